import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// Which containers start again, when, and with what wait.
@Suite struct RestartEdgeTests {
  private func starts(_ driver: NodeDriver, _ name: String = "app") -> [Double] {
    driver.events("Started").filter { $0.fieldPath.contains("{\(name)}") }.map(\.time)
  }

  @Test func theWaitsBeforeRestartsAre0And10And20UpTo300Seconds() {
    var driver = NodeDriver()
    driver.create(makePod(#"{"app": {"runs": [{"for": "20s", "exit": 1}]}}"#))
    driver.run(for: .minutes(30))
    let times = starts(driver)
    let waits = zip(times, times.dropFirst()).map { $1 - $0 - 20 }
    // The pod comes up in the queue only once a second and, after a wait, a little later than asked.
    for (wait, least) in zip(waits, [0, 10, 20, 40, 80, 160, 300, 300]) {
      #expect(wait >= Double(least) && wait < Double(least) * 1.5 + 2)
    }
    #expect(waits.count >= 8)
  }

  @Test func aRunOfMoreThanTenMinutesBeginsTheWaitsAnew() {
    var driver = NodeDriver()
    driver.create(
      makePod(
        #"{"app": {"runs": [{"for": "1s", "exit": 1}, {"for": "1s", "exit": 1}, "#
          + #"{"for": "620s", "exit": 1}, {"for": "1s", "exit": 1}, {}]}}"#))
    driver.run(for: .minutes(20))
    let times = starts(driver)
    #expect(times.count == 5)
    #expect(times[3] - times[2] - 620 < 2)
    let wait = times[4] - times[3] - 1
    #expect(wait >= 10 && wait < 17)
  }

  @Test func aRunOfLessThanTenMinutesGoesOnWithTheWaits() {
    var driver = NodeDriver()
    driver.create(
      makePod(
        #"{"app": {"runs": [{"for": "1s", "exit": 1}, {"for": "1s", "exit": 1}, "#
          + #"{"for": "580s", "exit": 1}, {}]}}"#))
    driver.run(for: .minutes(20))
    let times = starts(driver)
    #expect(times.count == 4)
    let wait = times[3] - times[2] - 580
    #expect(wait >= 20 && wait < 31)
  }

  @Test func aContainerInUnknownStateIsKilledBeforeItStartsAgain() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.containers.append(Container(name: "other", image: "app:1"))
      })
    driver.run(for: .seconds(5))
    driver.kubelet.loseTrack(of: "app", pod: key, at: driver.now)
    driver.enqueue(key)
    driver.run(for: .seconds(2))
    #expect(
      driver.events("Killing").map(\.message)
        == [#"Container is in "unknown" state, try killing it before restart"#])
    #expect(driver.status(key)?.state.running != nil)
    #expect(driver.status(key)?.restartCount == 1)
    let ending = driver.status(key)?.lastState.terminated
    #expect(ending?.exitCode == 137)
    #expect(ending?.reason == "ContainerStatusUnknown")
    #expect(
      ending?.message == "The container could not be located when the pod was terminated")
    #expect(driver.status(key, "other")?.restartCount == 0)
  }

  @Test func aSidecarInUnknownStateIsKilledBeforeItStartsAgain() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(restart: .onFailure) {
        var sidecar = Container(name: "side", image: "app:1")
        sidecar.restartPolicy = .always
        $0.spec.initContainers = [sidecar]
      })
    driver.run(for: .seconds(5))
    driver.kubelet.loseTrack(of: "side", pod: key, at: driver.now)
    driver.enqueue(key)
    driver.run(for: .seconds(2))
    #expect(
      driver.events("Killing").map(\.message)
        == [#"Init container is in "unknown" state, try killing it before restart"#])
    #expect(driver.status(key, "side")?.state.running != nil)
    #expect(driver.status(key, "side")?.restartCount == 1)
  }

  @Test func aPodThatNeverRestartsFailsWithAContainerInUnknownState() {
    var driver = NodeDriver()
    let key = driver.create(makePod(restart: .never))
    driver.run(for: .seconds(5))
    driver.kubelet.loseTrack(of: "app", pod: key, at: driver.now)
    driver.enqueue(key)
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.events("Started").count == 1)
  }

  @Test func exitCodesAreToldAsTheyAre() {
    for (code, reason) in [(0, "Completed"), (1, "Error"), (137, "Error"), (143, "Error")] {
      var driver = NodeDriver()
      let key = driver.create(
        makePod(#"{"app": {"runs": [{"for": "1s", "exit": \#(code)}]}}"#, restart: .never))
      driver.run(for: .seconds(10))
      #expect(driver.status(key)?.state.terminated?.exitCode == Int32(code))
      #expect(driver.status(key)?.state.terminated?.reason == reason)
    }
  }

  @Test func aContainerKilledForItsMemorySaysSo() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(5))
    driver.kubelet.kill(
      pod: key, container: "app", exitCode: 137, isOutOfMemory: true, at: driver.now)
    driver.enqueue(key)
    driver.run(for: .seconds(2))
    #expect(driver.status(key)?.lastState.terminated?.reason == "OOMKilled")
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 137)
    #expect(driver.status(key)?.restartCount == 1)
  }

  @Test func exit0UnderAlwaysWaitsAsAnyOther() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "1s"}]}}"#))
    driver.run(for: .seconds(14))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.versions.contains { $0.pod.status.phase == .succeeded } == false)
  }

  @Test func theSameWaitsHoldAfterLivenessFailures() {
    var driver = NodeDriver()
    driver.create(
      makePod(#"{"app": {"probes": {"liveness": [{"result": "failure"}]}}}"#) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1)
      })
    driver.run(for: .minutes(3))
    let times = starts(driver)
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
    // The kill and the next start are one sync, which sees only the exit before: two are free.
    #expect(gaps.count >= 5)
    for (gap, least) in zip(gaps, [0, 0, 9, 19, 39]) { #expect(gap >= Double(least)) }
    #expect(driver.events("BackOff").isEmpty == false)
  }

  @Test func theSameWaitsHoldAfterFailedStartHooks() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"hooks": {"postStart": {"exit": 1}}}}"#) {
        var handler = LifecycleHandler()
        handler.exec = ExecAction()
        var lifecycle = Lifecycle()
        lifecycle.postStart = handler
        $0.spec.containers[0].lifecycle = lifecycle
      })
    driver.run(for: .minutes(2))
    let times = starts(driver)
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
    #expect(gaps.count >= 3)
    #expect(gaps.last ?? 0 >= 20)
    #expect(driver.pod(key)?.status.phase == .running || driver.pod(key)?.status.phase == .pending)
  }

  @Test func onlyTheTwoNewestInstancesAreTold() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"runs": [{"for": "1s", "exit": 1}, {"for": "1s", "exit": 2}, {}]}}"#))
    driver.run(for: .minutes(1))
    #expect(driver.status(key)?.restartCount == 2)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 2)
  }

  @Test func anImageChangedDuringTheWaitStartsAtOnce() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "1s", "exit": 1}]}}"#))
    driver.run(for: .minutes(5))
    #expect(driver.status(key)?.state.running == nil)
    let before = starts(driver).count
    driver.change(key) { $0.spec.containers[0].image = "app:2" }
    driver.run(for: .milliseconds(10))
    #expect(starts(driver).count == before + 1)
  }

  @Test func aSidecarWithAnotherImageIsRestartedAlone() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(restart: .never) {
        var sidecar = Container(name: "side", image: "app:1")
        sidecar.restartPolicy = .always
        $0.spec.initContainers = [sidecar]
      })
    driver.run(for: .seconds(5))
    driver.change(key) { $0.spec.initContainers[0].image = "app:2" }
    driver.run(for: .seconds(5))
    #expect(driver.status(key, "side")?.restartCount == 1)
    #expect(driver.status(key, "side")?.image == "app:2")
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.events("Killing").map(\.message) == ["Init container side definition changed"])
  }

  @Test func initContainersAreNotRunAgainOnceAMainContainerExists() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"setup": {"runs": [{"for": "1s"}]}, "app": {"runs": [{"for": "5s", "exit": 1}, {}]}}"#
      ) { $0.spec.initContainers = [Container(name: "setup", image: "app:1")] })
    driver.run(for: .seconds(30))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key, "setup")?.restartCount == 0)
  }

  @Test func aSidecarThatCannotStartDoesNotHoldUpThoseAfterIt() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"second": {}}"#) {
        $0.spec.initContainers = ["first", "second"].map {
          var sidecar = Container(name: $0, image: "app:1")
          sidecar.restartPolicy = .always
          return sidecar
        }
      })
    driver.run(for: .seconds(10))
    // Both have to start again, and the image of the first cannot be pulled.
    driver.kill(key, "second", exit: 1)
    driver.change(key) {
      $0.metadata.annotations["kubesim.dev/behavior"] = #"{"first": {"pull": {"fail": true}}}"#
      $0.spec.initContainers[0].image = "missing:1"
    }
    driver.run(for: .seconds(2))
    #expect(driver.status(key, "first")?.state.waiting?.reason == "ImagePullBackOff")
    #expect(driver.status(key, "second")?.state.running != nil)
    #expect(driver.status(key, "second")?.restartCount == 1)
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func noMainContainerStartsBeforeEverySidecarHasStarted() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"second": {}, "first": {"pull": {"fail": true}}}"#) {
        $0.spec.initContainers = ["first", "second"].map {
          var sidecar = Container(name: $0, image: "\($0):1")
          sidecar.restartPolicy = .always
          return sidecar
        }
      })
    driver.run(for: .seconds(5))
    // The second one waits for the first to have started, and no main container runs before that.
    #expect(driver.status(key, "first")?.state.waiting != nil)
    #expect(driver.pod(key)?.status.phase == .pending)
    #expect(driver.status(key)?.state.running == nil)
  }

  @Test func oneRestartRuleWithNotInRestartsOnOtherCodes() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"runs": [{"for": "1s", "exit": 7}, {"for": "1s", "exit": 42}]}}"#,
        restart: .never
      ) {
        var codes = ContainerRestartRuleOnExitCodes()
        codes.operator = .notIn
        codes.values = [42]
        var rule = ContainerRestartRule()
        rule.action = .restart
        rule.exitCodes = codes
        $0.spec.containers[0].restartPolicy = .never
        $0.spec.containers[0].restartPolicyRules = [rule]
      })
    driver.run(for: .seconds(20))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.state.terminated?.exitCode == 42)
  }

  @Test func aContainersOwnOnFailureCountsInAPodThatNeverRestarts() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"runs": [{"for": "1s", "exit": 1}, {"for": "1s"}]}}"#, restart: .never) {
        $0.spec.containers[0].restartPolicy = .onFailure
      })
    driver.run(for: .seconds(20))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.pod(key)?.status.phase == .succeeded)
  }
}
