import KubeSim
import Testing

/// What befalls pods on their machines, seen from the cluster.
@Suite struct MachineTests {
  private func amounts(_ cpu: Int64) -> ResourceRequirements {
    let list: ResourceList = ["cpu": Quantity(value: cpu), "memory": Quantity(value: 1 << 30)]
    return ResourceRequirements(requests: list, limits: list)
  }

  private func pod(_ name: String, _ change: (inout Pod) -> Void = { _ in }) -> Pod {
    var pod = Pod()
    pod.metadata.name = name
    pod.spec.containers = [Container(name: "app", image: "app:1")]
    change(&pod)
    return pod
  }

  private func running(_ pod: Pod) throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.create(pod)
    try cluster.run(for: .seconds(10))
    return cluster
  }

  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return (error as? APIError)?.message ?? "\(error)"
    }
  }

  @Test func aResizeIsCarriedOutInPlace() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(1) })
    try cluster.resize("web") { $0.containers[0].resources = amounts(2) }
    try cluster.run(for: .seconds(5))
    let web = try #require(cluster[Pod.self, "web"])
    #expect(web.metadata.generation == 2)
    #expect(web.status.containerStatuses[0].resources == amounts(2))
    #expect(web.status.containerStatuses[0].restartCount == 0)
    let reasons = cluster.all(Event.self).map(\.reason)
    #expect(reasons.contains("ResizeStarted") && reasons.contains("ResizeCompleted"))
  }

  @Test func withoutTheSubresourceResourcesDoNotChange() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(1) })
    let text = refusal {
      try cluster.edit(Pod.self, "web") { $0.spec.containers[0].resources = amounts(2) }
    }
    #expect(text.contains("spec: Forbidden: pod updates may not change fields other than"))
  }

  @Test func aResizeMayNotChangeTheQualityOfService() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(2) })
    let text = refusal {
      try cluster.resize("web") {
        $0.containers[0].resources.requests["cpu"] = Quantity(value: 1)
      }
    }
    #expect(
      text == "Pod \"web\" is invalid: spec: Invalid value: \"Guaranteed\": "
        + "Pod QOS Class may not change as a result of resizing")
  }

  @Test func aResizeMayNotTakeRequestsOrContainersAway() throws {
    var cluster = try running(
      pod("web") {
        $0.spec.containers[0].resources.requests = [
          "cpu": Quantity(value: 1), "memory": Quantity(value: 1 << 20),
        ]
      })
    let removal = refusal {
      try cluster.resize("web") { $0.containers[0].resources.requests["cpu"] = nil }
    }
    #expect(
      removal == "Pod \"web\" is invalid: spec.containers[0].resources.requests: Forbidden: "
        + "resource requests cannot be removed")
    let renaming = refusal { try cluster.resize("web") { $0.containers[0].name = "other" } }
    #expect(
      renaming == "Pod \"web\" is invalid: spec.containers[0].name: Forbidden: "
        + "containers may not be renamed or reordered on resize")
  }

  @Test func aResizeTheNodeCouldNeverGiveIsForbidden() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(1) })
    let text = refusal {
      try cluster.resize("web") { $0.containers[0].resources = amounts(20) }
    }
    #expect(
      text == "pods \"web\" is forbidden: node didn't have enough allocatable resources: "
        + "cpu, requested: 20000, allocatable: 4000")
  }

  @Test func aPatchOfTheSubresourceResizes() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(1) })
    let wanted: JSONValue = ["cpu": "2", "memory": "1Gi"]
    try cluster.patch(
      pod: "web", subresource: .resize,
      .strategic([
        "spec": [
          "containers": [["name": "app", "resources": ["requests": wanted, "limits": wanted]]]
        ]
      ]))
    try cluster.run(for: .seconds(5))
    #expect(
      cluster[Pod.self, "web"]?.status.containerStatuses[0].allocatedResources["cpu"]
        == Quantity(value: 2))
  }

  @Test func anEphemeralContainerIsAddedAndNeverChanged() throws {
    var cluster = try running(pod("web"))
    var debugger = EphemeralContainer()
    debugger.name = "debug"
    debugger.image = "debug:1"
    debugger.terminationMessagePolicy = .file
    debugger.imagePullPolicy = .ifNotPresent
    try cluster.debug("web", with: debugger)
    try cluster.run(for: .seconds(5))
    let web = try #require(cluster[Pod.self, "web"])
    #expect(web.status.ephemeralContainerStatuses.first?.state.running != nil)
    #expect(web.isReady)
    let text = refusal {
      try cluster.patch(
        pod: "web", subresource: .ephemeralContainers,
        .merge(["spec": ["ephemeralContainers": []]]))
    }
    #expect(text.contains("existing ephemeral containers \"debug\" may not be removed"))
    try cluster.kill(container: "debug", of: "web", exit: 1)
    try cluster.run(for: .minutes(1))
    #expect(
      cluster[Pod.self, "web"]?.status.ephemeralContainerStatuses.first?.restartCount == 0)
    #expect(cluster[Pod.self, "web"]?.status.phase == .running)
  }

  @Test func whyAPodWasOOMKilledLeadsToWhoSaidSo() throws {
    var cluster = try running(pod("web") { $0.spec.containers[0].resources = amounts(1) })
    try cluster.setMemoryUsage(of: "web", container: "app", to: Quantity(value: 2 << 30))
    try cluster.run(for: .seconds(3))
    let why = try #require(cluster.why(Pod.self, "web", steps: 5)).description
    #expect(
      why.contains(
        "container exited, app with code 137 (OOMKilled); "
          + "restartPolicy Always starts it again"))
    #expect(why.contains("because you had a container of it use memory"))
  }

  @Test func whyAPodWasEvictedLeadsToTheMemoryThatWasUsed() throws {
    var cluster = try running(pod("web"))
    try cluster.setMemoryUsage(of: "web", container: "app", to: Quantity("8Gi"))
    try cluster.run(for: .minutes(1))
    #expect(cluster[Pod.self, "web"]?.status.reason == "Evicted")
    let why = try #require(cluster.why(Pod.self, "web", steps: 5)).description
    #expect(why.contains("evicted under node pressure, memory, 0 available; it used 8Gi"))
    #expect(why.contains("because you had a container of it use memory"))
  }

  @Test func whyAContainerWasRestartedNamesTheProbe() throws {
    var behavior = ContainerBehavior()
    behavior.liveness = [.init(for: .seconds(20), succeeds: true), .init(succeeds: false)]
    var cluster = Cluster(nodes: 1, seed: 1)
    cluster.behaviors.register(behavior, forImage: "app:1")
    try cluster.create(
      pod("web") {
        var probe = Probe()
        probe.exec = ExecAction()
        probe.exec?.command = ["true"]
        probe.periodSeconds = 5
        $0.spec.containers[0].livenessProbe = probe
      })
    try cluster.run(for: .seconds(38))
    let why = try #require(cluster.why(Pod.self, "web", steps: 5)).description
    #expect(
      why.contains(
        "Container app failed liveness probe, will be restarted "
          + "(liveness probe failed, app, 3 failures in a row, grace 30s); started app, restart 1"))
  }

  @Test func aLostSandboxIsExplained() throws {
    var cluster = try running(pod("web"))
    try cluster.loseSandbox(of: "web")
    try cluster.run(for: .seconds(5))
    let web = try #require(cluster[Pod.self, "web"])
    #expect(web.status.containerStatuses[0].restartCount == 1)
    let why = try #require(cluster.why(Pod.self, "web", steps: 5)).description
    #expect(why.contains("because you took the sandbox of it away"))
  }

  @Test func aMachineThatIsShutDownFailsItsPods() throws {
    var cluster = try running(pod("web"))
    try cluster.shutDown(node: "node-1")
    try cluster.run(for: .minutes(1))
    #expect(cluster[Pod.self, "web"]?.status.reason == "Terminated")
    let why = try #require(cluster.why(Pod.self, "web", steps: 5)).description
    #expect(why.contains("because you shut down Node node-1"))
  }

  @Test func aStaticPodOutlivesItsMirror() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    let name = try cluster.addStaticPod(pod("etcd"), on: "node-1")
    try cluster.run(for: .seconds(10))
    let first = try #require(cluster[Pod.self, name])
    #expect(first.isReady)
    try cluster.delete(Pod.self, name)
    try cluster.run(for: .seconds(10))
    let second = try #require(cluster[Pod.self, name])
    #expect(second.isReady)
    #expect(second.metadata.uid != first.metadata.uid)
    #expect(
      second.status.containerStatuses[0].containerID
        == first.status.containerStatuses[0].containerID)
    try cluster.removeStaticPod(name, from: "node-1")
    try cluster.run(for: .seconds(10))
    #expect(cluster[Pod.self, name] == nil)
  }

  @Test func aMachineThatIsRebootedKeepsItsPods() throws {
    var cluster = try running(pod("web"))
    try cluster.reboot(node: "node-1")
    try cluster.run(for: .seconds(10))
    let web = try #require(cluster[Pod.self, "web"])
    #expect(web.isReady)
    #expect(web.status.containerStatuses[0].restartCount == 1)
    #expect(cluster.all(Event.self).contains { $0.reason == "Rebooted" })
  }
}
