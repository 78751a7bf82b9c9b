import KubeSim
import Testing

/// What a pod's kubelet did to it, and why, in sentences.
@Suite struct WhyPodTests {
  private func pod(
    _ name: String = "web", _ behavior: String = "", _ change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    var pod = Pod()
    pod.metadata.name = name
    if !behavior.isEmpty { pod.metadata.annotations["kubesim.dev/behavior"] = behavior }
    pod.spec.containers = [Container(name: "app", image: "app:1")]
    change(&pod)
    return pod
  }

  private func cluster(_ pods: Pod..., for duration: Duration = .seconds(10)) throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 1)
    for pod in pods { try cluster.create(pod) }
    try cluster.run(for: duration)
    return cluster
  }

  /// What was done to the pod, without times and causes.
  private func told(_ cluster: Cluster, _ name: String = "web", steps: Int = 20) -> [String] {
    let chains = cluster.why(Pod.self, name, steps: steps)?.chains ?? []
    return chains.compactMap(\.first).map {
      $0.detail.isEmpty ? "\($0.rule)" : "\($0.rule): \($0.detail)"
    }
  }

  private func probe(_ change: (inout Probe) -> Void) -> Probe {
    var probe = Probe()
    probe.periodSeconds = 2
    probe.failureThreshold = 3
    change(&probe)
    return probe
  }

  private func hook(exec command: [String]) -> LifecycleHandler {
    var handler = LifecycleHandler()
    handler.exec = ExecAction()
    handler.exec?.command = command
    return handler
  }

  @Test func aLivenessFailureTellsItsCountItsTextAndTheGrace() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"probes": {"liveness": [{"for": "5s"}, {"result": "failure"}]}}}"#) {
        $0.spec.containers[0].livenessProbe = probe {
          $0.httpGet = HTTPGetAction()
          $0.httpGet?.port = .int(80)
          $0.terminationGracePeriodSeconds = 7
        }
      }, for: .seconds(15))
    #expect(
      told(cluster).first
        == "containers changed: Container app failed liveness probe, will be restarted "
        + "(liveness probe failed, app, 3 failures in a row, "
        + "the last: HTTP probe failed with statuscode: 500, grace 7s); started app, restart 1")
  }

  @Test func aLivenessFailureThatEndsThePodTellsItToo() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"probes": {"liveness": [{"result": "failure"}]}}}"#) {
        $0.spec.restartPolicy = .never
        $0.spec.containers[0].livenessProbe = probe {
          $0.exec = ExecAction()
          $0.exec?.command = ["true"]
        }
      }, for: .seconds(15))
    #expect(
      told(cluster).contains(
        "containers changed: app failed its liveness probe and is not restarted"))
  }

  @Test func aStartupFailureTellsTheSame() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"probes": {"startup": [{"result": "failure"}]}}}"#) {
        $0.spec.containers[0].startupProbe = probe {
          $0.exec = ExecAction()
          $0.exec?.command = ["true"]
        }
      }, for: .seconds(8))
    #expect(
      told(cluster).first
        == "containers changed: Container app failed startup probe, will be restarted "
        + "(startup probe failed, app, 3 failures in a row, grace 30s); started app, restart 1")
  }

  @Test func aReadinessFailureTellsItsCountAndItsText() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"probes": {"readiness": [{"for": "5s"}, {"result": "failure"}]}}}"#) {
        $0.spec.containers[0].readinessProbe = probe {
          $0.tcpSocket = TCPSocketAction()
          $0.tcpSocket?.port = .int(80)
        }
      }, for: .seconds(20))
    #expect(
      told(cluster).first
        == "readiness probe failed: app, 3 failures in a row, "
        + "the last: dial tcp 10.244.0.2:80: connect: connection refused")
  }

  @Test func anExitTellsTheCodeThePolicyAndTheWait() throws {
    let crashing = pod("web", #"{"app": {"runs": [{"for": "2s", "exit": 3}]}}"#)
    let first = try cluster(crashing, for: .seconds(3))
    #expect(
      told(first).contains(
        "container exited: app with code 3; restartPolicy Always starts it again"))
    let second = try cluster(crashing, for: .seconds(8))
    #expect(
      told(second).first
        == "container exited: app with code 3; restartPolicy Always starts it again, "
        + "10s after its exit")
    let third = try cluster(crashing, for: .seconds(20))
    #expect(told(third).contains("back-off is over: app waited 10s after its exit"))
  }

  @Test func anExitForGoodTellsThePolicyToo() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"runs": [{"for": "2s", "exit": 3}]}}"#) {
        $0.spec.restartPolicy = .never
      })
    #expect(
      told(cluster).contains("container exited: app with code 3; restartPolicy Never leaves it so"))
    #expect(told(cluster).first == "all containers stopped: app with code 3")
  }

  @Test func aRuleOfTheContainerIsNamed() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"runs": [{"for": "2s", "exit": 42}, {}]}}"#) {
        $0.spec.restartPolicy = .never
        $0.spec.containers[0].restartPolicy = .never
        $0.spec.containers[0].restartPolicyRules = [rule(.restart, 42)]
      })
    #expect(
      told(cluster).contains(
        "container exited: app with code 42; a restart rule of the container starts it again"))
  }

  private func rule(_ action: ContainerRestartRuleAction, _ code: Int32) -> ContainerRestartRule {
    var codes = ContainerRestartRuleOnExitCodes()
    codes.operator = .in
    codes.values = [code]
    var rule = ContainerRestartRule()
    rule.action = action
    rule.exitCodes = codes
    return rule
  }

  @Test func aRestartOfAllIsSeenStepByStep() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"runs": [{"for": "3s", "exit": 88}, {}]}}"#) {
        $0.spec.restartPolicy = .never
        $0.spec.containers[0].restartPolicy = .never
        $0.spec.containers[0].restartPolicyRules = [rule(.restartAllContainers, 88)]
        $0.spec.containers.append(Container(name: "other", image: "app:1"))
      })
    #expect(
      told(cluster, steps: 3) == [
        "containers changed: started app, restart 1; started other, restart 1",
        "containers changed: all containers were removed, to start anew",
        "container exited: app with code 88; "
          + "a restart rule of the container starts all containers again",
      ])
  }

  @Test func whatTheKernelKillsForItsMemorySaysSo() throws {
    var cluster = try cluster(
      pod {
        $0.spec.containers[0].resources.limits["memory"] = Quantity(value: 100 << 20)
      })
    try cluster.setMemoryUsage(of: "web", container: "app", to: Quantity(value: 200 << 20))
    try cluster.run(for: .seconds(3))
    #expect(
      told(cluster).contains(
        "container exited: app with code 137 (OOMKilled); restartPolicy Always starts it again"))
  }

  @Test func anEvictionTellsUsageAgainstRequest() throws {
    var cluster = try cluster(
      pod {
        $0.spec.containers[0].resources.requests["memory"] = Quantity(
          value: 1 << 30, format: .binarySI)
      })
    try cluster.setMemoryUsage(
      of: "web", container: "app", to: Quantity(value: 8 << 30, format: .binarySI))
    try cluster.run(for: .seconds(20))
    #expect(cluster[Pod.self, "web"]?.status.reason == "Evicted")
    #expect(
      told(cluster).contains(
        "evicted under node pressure: memory, 0 available; it used 8Gi and asked for 1Gi"))
    #expect(
      told(cluster).first == "all containers stopped: app with code 0, after SIGTERM, Evicted")
  }

  @Test func anEvictionByTheUserIsNamed() throws {
    var cluster = try cluster(pod())
    try cluster.evict("web")
    try cluster.run(for: .seconds(5))
    let text = cluster.why(Pod.self, "web")?.description ?? ""
    #expect(text.contains("The kubelet removed it (all containers are gone)"))
    #expect(text.contains("because you evicted it\n"))
  }

  @Test func aPodThatGivesWayNamesTheCriticalOne() throws {
    var cluster = try cluster(
      pod { $0.spec.containers[0].resources.requests["cpu"] = Quantity(value: 3) })
    var critical = pod("dns")
    critical.spec.nodeName = "node-1"
    critical.spec.containers[0].resources.requests["cpu"] = Quantity(value: 3)
    critical.spec.priorityClassName = "system-node-critical"
    critical.metadata.namespace = "kube-system"
    try cluster.create(critical)
    try cluster.run(for: .seconds(5))
    #expect(told(cluster).contains("gives way to a critical pod: to admit dns"))
  }

  @Test func aDeadlineIsNamed() throws {
    let cluster = try cluster(
      pod { $0.spec.activeDeadlineSeconds = 5 }, for: .seconds(20))
    #expect(told(cluster).contains("active deadline passed: 5 s"))
    #expect(
      told(cluster).first
        == "all containers stopped: app with code 0, after SIGTERM, DeadlineExceeded")
  }

  @Test func aStopTellsWhatTookTheGrace() throws {
    func ending(_ behavior: String, grace: Int64, hook: Bool) throws -> String? {
      var cluster = try cluster(
        pod("web", behavior) {
          $0.spec.terminationGracePeriodSeconds = grace
          if hook {
            $0.spec.containers[0].lifecycle = Lifecycle()
            $0.spec.containers[0].lifecycle?.preStop = self.hook(exec: ["drain"])
          }
        })
      try cluster.delete(Pod.self, "web")
      try cluster.run(for: .minutes(1))
      return told(cluster).first { $0.hasPrefix("all containers stopped") }
    }
    #expect(
      try ending(#"{"app": {"stop": {"after": "2s"}}}"#, grace: 30, hook: false)
        == "all containers stopped: app with code 0, after SIGTERM")
    #expect(
      try ending(#"{"app": {"stop": {"ignore": true}}}"#, grace: 5, hook: false)
        == "all containers stopped: app with code 137, by SIGKILL as its grace of 5s was over")
    #expect(
      try ending(#"{"app": {"hooks": {"preStop": {"for": "3s"}}}}"#, grace: 5, hook: true)
        == "all containers stopped: app with code 0, after SIGTERM; "
        + "preStop took 3s of its grace of 5s")
    #expect(
      try ending(
        #"{"app": {"stop": {"ignore": true}, "hooks": {"preStop": {"for": "9s"}}}}"#, grace: 5,
        hook: true)
        == "all containers stopped: app with code 137, "
        + "by SIGKILL as preStop used up its grace of 5s")
    #expect(
      try ending(
        #"{"app": {"stop": {"ignore": true}, "hooks": {"preStop": {"for": "3s"}}}}"#, grace: 5,
        hook: true)
        == "all containers stopped: app with code 137, by SIGKILL as "
        + "preStop took 3s of its grace of 5s and SIGTERM did not end it")
  }

  @Test func aFailedStartHookIsNamed() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"hooks": {"postStart": {"exit": 1}}}}"#) {
        $0.spec.containers[0].lifecycle = Lifecycle()
        $0.spec.containers[0].lifecycle?.postStart = hook(exec: ["warm-up"])
      }, for: .seconds(1))
    #expect(
      told(cluster).first
        == "look at the runtime: started app; app was killed since its postStart hook failed; "
        + "app: PostStartHookError (command 'warm-up' exited with 1: )")
  }

  @Test func aResizeThatRestartsIsNamed() throws {
    var cluster = try cluster(
      pod {
        $0.spec.containers[0].resources.requests["memory"] = Quantity(value: 1 << 20)
        var policy = ContainerResizePolicy()
        policy.resourceName = "memory"
        policy.restartPolicy = .restartContainer
        $0.spec.containers[0].resources.limits["memory"] = Quantity(value: 1 << 20)
        $0.spec.containers[0].resizePolicy = [policy]
      })
    try cluster.resize("web") {
      $0.containers[0].resources.limits["memory"] = Quantity(value: 2 << 20)
      $0.containers[0].resources.requests["memory"] = Quantity(value: 2 << 20)
    }
    try cluster.run(for: .seconds(5))
    #expect(
      told(cluster).contains(
        "containers changed: Container app resize requires restart "
          + "(resize is granted, grace 30s); started app, restart 1"))
  }

  @Test func anotherImageIsNamed() throws {
    var cluster = try cluster(pod())
    try cluster.edit(Pod.self, "web") { $0.spec.containers[0].image = "app:2" }
    try cluster.run(for: .seconds(5))
    #expect(
      told(cluster).first
        == "containers changed: Container app definition changed, will be restarted "
        + "(pod was changed, grace 30s); started app, restart 1")
  }

  @Test func aLostSandboxIsNamed() throws {
    var cluster = try cluster(pod())
    try cluster.loseSandbox(of: "web")
    try cluster.run(for: .seconds(5))
    #expect(
      told(cluster).contains(
        "sandbox died: the containers of the pod start anew in another one"))
    #expect(told(cluster).first == "containers changed: started app, restart 1")
  }

  @Test func aLostContainerIsNamed() throws {
    var cluster = try cluster(pod())
    try cluster.loseTrack(ofContainer: "app", of: "web")
    try cluster.run(for: .seconds(5))
    #expect(
      told(cluster).contains(
        "container exited: app with code 137 (ContainerStatusUnknown); "
          + "restartPolicy Always starts it again"))
    #expect(
      cluster.why(Pod.self, "web")?.description.contains(
        "because you made the runtime lose track of a container of it") == true)
  }

  @Test func aShutdownOfTheNodeIsNamed() throws {
    var cluster = try cluster(pod())
    try cluster.shutDown(node: "node-1", grace: .seconds(20), critical: .seconds(5))
    try cluster.run(for: .seconds(5))
    #expect(
      told(cluster).first == "all containers stopped: app with code 0, after SIGTERM, Terminated")
    #expect(told(cluster).contains("node shuts down: ordinary pods get 15s"))
  }

  @Test func whatKeepsAContainerFromItsStartIsNamed() throws {
    let cluster = try cluster(
      pod("web", #"{"app": {"pull": {"fail": true}}}"#), for: .seconds(20))
    #expect(
      told(cluster, steps: 2) == [
        "try again: app: ImagePullBackOff (Back-off pulling image \"app:1\": "
          + "ErrImagePull: the registry answers with an error)",
        "look at the runtime: app: ErrImagePull (the registry answers with an error)",
      ])
  }

  @Test func whatTheKubeletRejectsSaysWhy() throws {
    let cluster = try cluster(
      pod {
        $0.spec.nodeName = "node-1"
        $0.spec.containers[0].resources.requests["cpu"] = Quantity(value: 9)
      })
    #expect(
      told(cluster).first
        == "node does not take the pod: Node didn't have enough resource: cpu, "
        + "requested: 9000, used: 0, capacity: 4000")
  }
}
