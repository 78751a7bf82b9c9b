import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct LifecycleTests {
  @Test func aPodComesUpStepByStep() {
    var driver = NodeDriver(timing: .kubernetes)
    driver.create(makePod())
    driver.run(for: .seconds(1))
    let steps = driver.versions.dropFirst().map { version in
      let status = version.pod.status
      return "\(status.phase) \(NodeDriver.text(status.containerStatuses[0].state)) "
        + "\(status.podIP.isEmpty ? "" : "address ")"
        + status.conditions.map { "\($0.status.rawValue.prefix(1))" }.joined()
    }
    #expect(
      steps == [
        "Pending ContainerCreating FTFFT", "Pending ContainerCreating TTFFT",
        "Running running address TTTTT",
      ])
    #expect(
      driver.versions.last?.pod.status.conditions.map(\.type) == [
        .podReadyToStartContainers, .initialized, .ready, .containersReady, .podScheduled,
      ])
    #expect(
      driver.events.filter { $0.name == "web" }.map(\.reason)
        == ["Pulling", "Pulled", "Created", "Started"])
    #expect(driver.versions.last?.rule == "containers changed started app")
  }

  @Test func aPodThatIsDoneSucceedsASecondLater() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "6s"}]}}"#, restart: .never))
    driver.run(for: .seconds(20))
    #expect(
      driver.story() == [
        "Pending ContainerCreating 0", "Running running 0 ready", "Running Completed(0) 0",
        "Succeeded Completed(0) 0",
      ])
    let exit = driver.time { $0.status.containerStatuses.first?.state.terminated != nil } ?? 0
    let end = driver.time { $0.status.phase == .succeeded } ?? 0
    // With the end of the next look at the containers.
    #expect(end > exit + 1 && end < exit + 1.02)
    #expect(driver.pod(key)?.status.condition(.initialized)?.reason == "PodCompleted")
    #expect(driver.pod(key)?.status.condition(.ready)?.reason == "PodCompleted")
    #expect(driver.pod(key)?.status.condition(.podReadyToStartContainers)?.status == .false)
    #expect(driver.pod(key)?.status.podIP.isEmpty == false)
  }

  @Test func onFailureRestartsOnlyWhatFailed() {
    var driver = NodeDriver()
    let behavior =
      """
      {"app": {"runs": [{"for": "2s", "exit": 1}, {"for": "2s"}]},
        "good": {"runs": [{"for": "1s"}]}}
      """
    let key = driver.create(
      makePod(behavior, restart: .onFailure) {
        $0.spec.containers.append(Container(name: "good", image: "app:1"))
      })
    driver.run(for: .seconds(30))
    #expect(driver.pod(key)?.status.phase == .succeeded)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key, "good")?.restartCount == 0)
  }

  @Test func aPodPastItsDeadlineFails() {
    var driver = NodeDriver()
    let key = driver.create(makePod { $0.spec.activeDeadlineSeconds = 10 })
    driver.run(for: .seconds(20))
    let status = driver.pod(key)?.status
    #expect(status?.phase == .failed)
    #expect(status?.reason == "DeadlineExceeded")
    #expect(status?.message == "Pod was active on the node longer than the specified deadline")
    #expect(driver.events("DeadlineExceeded").first?.type == .normal)
    // The phase is withheld until nothing runs any more.
    let early = driver.versions.contains {
      $0.pod.isTerminal && $0.pod.status.containerStatuses[0].state.running != nil
    }
    #expect(!early)
  }

  @Test func aHookAfterTheStartDelaysTheReport() {
    var driver = NodeDriver()
    let behavior = #"{"app": {"hooks": {"postStart": {"for": "5s"}}}}"#
    driver.create(makePod(behavior) { withPostStart(&$0) })
    driver.run(for: .seconds(10))
    #expect(driver.time { $0.status.phase == .running } == 5)
  }

  @Test func aFailingHookAfterTheStartKillsTheContainer() {
    var driver = NodeDriver()
    let behavior = #"{"app": {"hooks": {"postStart": {"for": "2s", "exit": 1}}}}"#
    let key = driver.create(makePod(behavior) { withPostStart(&$0) })
    driver.run(for: .seconds(4))
    #expect(driver.status(key)?.state.waiting?.reason == "PostStartHookError")
    #expect(driver.events("FailedPostStartHook").map(\.message) == ["PostStartHook failed"])
    #expect(driver.events("Killing").map(\.message) == ["FailedPostStartHook"])
  }

  private func withPostStart(_ pod: inout Pod) {
    var lifecycle = Lifecycle()
    var handler = LifecycleHandler()
    handler.exec = ExecAction()
    lifecycle.postStart = handler
    pod.spec.containers[0].lifecycle = lifecycle
  }

  @Test func readinessGatesAreFollowed() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        var gate = PodReadinessGate()
        gate.conditionType = "example.com/gate"
        $0.spec.readinessGates = [gate]
      })
    driver.run(for: .seconds(2))
    let ready = driver.pod(key)?.status.condition(.ready)
    #expect(ready?.reason == "ReadinessGatesNotReady")
    #expect(
      ready?.message
        == "corresponding condition of pod readiness gate \"example.com/gate\" does not exist.")
    driver.change(key) {
      $0.status.conditions.append(PodCondition(type: "example.com/gate", status: .true))
    }
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.pod(key)?.status.condition("example.com/gate")?.status == .true)
  }

  @Test func eachClosedGateIsNamed() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.readinessGates = ["example.com/a", "example.com/b"].map {
          var gate = PodReadinessGate()
          gate.conditionType = PodConditionType(rawValue: $0)
          return gate
        }
      })
    driver.run(for: .seconds(2))
    driver.change(key) {
      $0.status.conditions.append(PodCondition(type: "example.com/a", status: .false))
    }
    driver.run(for: .seconds(1))
    #expect(
      driver.pod(key)?.status.condition(.ready)?.message
        == "the status of pod readiness gate \"example.com/a\" is not \"True\", but False, "
        + "corresponding condition of pod readiness gate \"example.com/b\" does not exist.")
    #expect(driver.pod(key)?.status.condition(.containersReady)?.status == .true)
  }

  @Test func aReadyThatSomebodyElseTookAwayIsRestored() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(2))
    driver.change(key) { pod in
      for index in pod.status.conditions.indices where pod.status.conditions[index].type == .ready {
        pod.status.conditions[index].status = .false
      }
    }
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.isReady == true)
  }

  @Test func transitionTimesChangeOnlyWithTheStatus() {
    var driver = NodeDriver()
    let behavior = #"{"app": {"runs": [{"for": "30s", "exit": 1}, {}]}}"#
    let key = driver.create(makePod(behavior))
    driver.run(for: .seconds(60))
    let status = driver.pod(key)?.status
    let start = driver.clock.timestamp(.zero)
    #expect(status?.condition(.initialized)?.lastTransitionTime == start)
    #expect((status?.condition(.ready)?.lastTransitionTime ?? start) - start == .seconds(30))
  }

  @Test func itsOwnStatusDoesNotWakeTheKubelet() {
    var driver = NodeDriver()
    driver.create(makePod())
    driver.run(for: .seconds(10))
    // The node, the pod, and nothing afterwards.
    #expect(driver.reconciles == 2)
  }

  @Test func aCopyLivesItsOwnLife() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(5))
    var other = driver
    other.kill(key, "app", exit: 1)
    other.run(for: .seconds(5))
    driver.run(for: .seconds(5))
    #expect(other.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func ephemeralContainersAreStartedOnce() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"debug": {"runs": [{"for": "4s", "exit": 1}]}}"#))
    driver.run(for: .seconds(5))
    driver.change(key) {
      var container = EphemeralContainer()
      container.common = Container(name: "debug", image: "debug:1")
      $0.spec.ephemeralContainers = [container]
    }
    driver.run(for: .seconds(3))
    #expect(driver.pod(key)?.status.ephemeralContainerStatuses.first?.state.running != nil)
    driver.run(for: .minutes(5))
    // It failed, which changes nothing for the pod, and nobody starts it again.
    let status = driver.pod(key)?.status
    #expect(status?.ephemeralContainerStatuses.first?.state.terminated?.exitCode == 1)
    #expect(status?.ephemeralContainerStatuses.first?.restartCount == 0)
    #expect(driver.events("Started").filter { $0.fieldPath.contains("{debug}") }.count == 1)
    #expect(status?.phase == .running)
    #expect(driver.versions.filter { $0.time > 1 }.allSatisfy { $0.pod.isReady })
  }
}
