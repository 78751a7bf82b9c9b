import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// How a pod ends, and what its last status says.
@Suite struct DeletionEdgeTests {
  private func lifecycle(sleep seconds: Int64? = nil) -> Lifecycle {
    var handler = LifecycleHandler()
    if let seconds {
      var action = SleepAction()
      action.seconds = seconds
      handler.sleep = action
    } else {
      handler.exec = ExecAction()
    }
    var lifecycle = Lifecycle()
    lifecycle.preStop = handler
    return lifecycle
  }

  @Test func aSleepBeforeTheStopTakesItsSeconds() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod { $0.spec.containers[0].lifecycle = lifecycle(sleep: 7) })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(1))
    #expect(driver.time { $0.isTerminal } == 17)
    #expect(driver.events("FailedPreStopHook").isEmpty)
  }

  @Test func aHookOf40SecondsIsCutAt30AndLeavesTwo() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"hooks": {"preStop": {"for": "40s"}}, "stop": {"ignore": true}}}"#, grace: 30
      ) { $0.spec.containers[0].lifecycle = lifecycle() })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(2))
    let last = driver.versions.last { $0.pod.isTerminal }
    #expect(driver.time { $0.isTerminal } == 42)
    #expect(last?.pod.status.containerStatuses[0].state.terminated?.exitCode == 137)
  }

  @Test func aSignalThatIsIgnoredForFiveSecondsEndsWith137() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"ignore": true}}}"#, grace: 5))
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(1))
    let last = driver.versions.last { $0.pod.isTerminal }
    #expect(driver.time { $0.isTerminal } == 15)
    #expect(last?.pod.status.containerStatuses[0].state.terminated?.exitCode == 137)
    #expect(last?.pod.status.phase == .failed)
  }

  @Test func theDefaultAnswerToSIGTERMIs143AndFailsThePod() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"exit": 143}}}"#))
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(1))
    let last = driver.versions.last { $0.pod.isTerminal }
    #expect(last?.pod.status.phase == .failed)
    #expect(last?.pod.status.containerStatuses[0].state.terminated?.reason == "Error")
  }

  @Test func anOrderlyExitAtDeletionIsASuccessWhateverThePolicy() {
    for policy in [RestartPolicy.always, .onFailure, .never] {
      var driver = NodeDriver()
      let key = driver.create(makePod(restart: policy))
      driver.run(for: .seconds(10))
      driver.delete(key)
      driver.run(for: .minutes(1))
      let last = driver.versions.last { $0.pod.isTerminal }
      #expect(last?.pod.status.phase == .succeeded)
      let ready = last?.pod.status.condition(.ready)
      #expect(ready?.status == .false)
      #expect(ready?.reason == "PodCompleted")
      #expect(last?.pod.status.condition(.containersReady)?.status == .false)
      #expect(last?.pod.status.podIP == "10.244.0.2")
    }
  }

  @Test func aPodDeletedWhileItsImageCannotBePulledFailsAndWaitsForNoGrace() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"pull": {"for": "1s", "fail": true}}}"#))
    driver.run(for: .seconds(5))
    driver.delete(key)
    driver.run(for: .minutes(1))
    let last = driver.versions.last { $0.pod.isTerminal }
    #expect(last?.pod.status.phase == .failed)
    #expect(
      driver.versions.allSatisfy { $0.pod.status.containerStatuses.first?.state.running == nil })
    #expect((driver.deletions.first?.time ?? 99) < 8)
    #expect(driver.events("Killing").isEmpty)
  }

  @Test func aPullUnderWayIsAwaitedAndItsContainerStopped() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"pull": {"for": "8s"}}}"#))
    driver.run(for: .seconds(3))
    driver.delete(key)
    driver.run(for: .minutes(1))
    #expect(driver.events("Started").map(\.time) == [8])
    #expect(driver.events("Killing").map(\.time) == [8])
    #expect((driver.deletions.first?.time ?? 99) < 12)
  }

  @Test func observedGenerationFollowsTheDeletion() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"after": "5s"}}}"#))
    driver.run(for: .seconds(10))
    #expect(driver.pod(key)?.status.observedGeneration == 1)
    driver.delete(key)
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.metadata.generation == 2)
    #expect(driver.pod(key)?.status.observedGeneration == 2)
    let ready = driver.pod(key)?.status.condition(.ready)
    #expect(ready?.observedGeneration == 2)
  }

  @Test func conditionsOfOthersAreKept() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"after": "5s"}}}"#))
    driver.run(for: .seconds(5))
    driver.change(key) {
      $0.status.conditions.append(
        PodCondition(type: .disruptionTarget, status: .true, reason: "EvictionByEvictionAPI"))
      $0.status.conditions.append(PodCondition(type: "example.com/gate", status: .true))
    }
    driver.delete(key)
    driver.run(for: .minutes(1))
    let last = driver.versions.last { $0.pod.isTerminal }?.pod.status
    #expect(last?.condition(.disruptionTarget)?.reason == "EvictionByEvictionAPI")
    #expect(last?.condition("example.com/gate")?.status == .true)
  }

  @Test func aLastPhaseIsWithheldWhileAContainerRuns() {
    var driver = NodeDriver()
    driver.create(
      makePod(#"{"app": {"stop": {"after": "8s"}}}"#) { $0.spec.activeDeadlineSeconds = 10 })
    driver.run(for: .minutes(1))
    for version in driver.versions where version.pod.isTerminal {
      #expect(
        version.pod.status.containerStatuses.allSatisfy { $0.state.running == nil })
    }
    #expect(driver.versions.last?.pod.status.reason == "DeadlineExceeded")
  }

  @Test func theDeadlineIsToldWithEachStatusThatIsComputedAfterIt() throws {
    var driver = NodeDriver()
    driver.create(
      makePod(#"{"app": {"stop": {"after": "5s"}}}"#) { $0.spec.activeDeadlineSeconds = 10 })
    driver.run(for: .minutes(1))
    let times = driver.events("DeadlineExceeded").map(\.time)
    try #require(times.count == 4)
    // The sync, with the next look at the containers the begin of the stop, 5 s later its end, and
    // the clean-up.
    #expect((0...1.01).contains(times[1] - times[0]))
    #expect((times[2] - times[1]).rounded() == 5)
  }

  @Test func aDeadlineThatIsSetLaterCountsFromTheStartTimeToo() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(30))
    driver.change(key) { $0.spec.activeDeadlineSeconds = 20 }
    driver.run(for: .seconds(3))
    #expect(driver.pod(key)?.status.reason == "DeadlineExceeded")
    #expect(driver.events("DeadlineExceeded").first?.time == 30)
  }

  @Test func aDeadlineDuringAPullIsSeenWhenThePullIsDone() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"pull": {"for": "20s"}}}"#) { $0.spec.activeDeadlineSeconds = 5 })
    driver.run(for: .minutes(1))
    #expect(driver.events("Started").map(\.time) == [20])
    let told = driver.events("DeadlineExceeded").map(\.time)
    #expect(told.count == 4 && told[0] >= 20)
    #expect(driver.pod(key)?.status.reason == "DeadlineExceeded")
  }

  @Test func aDeadlineDuringAWaitForVolumesIsSeenWhenTheWaitIsGivenUp() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.activeDeadlineSeconds = 5
        var volume = Volume()
        volume.name = "v"
        volume.configMap = ConfigMapVolumeSource()
        volume.configMap?.name = "missing"
        $0.spec.volumes = [volume]
        var mount = VolumeMount()
        mount.name = "v"
        mount.mountPath = "/v"
        $0.spec.containers[0].volumeMounts = [mount]
      })
    driver.run(for: .minutes(2))
    #expect(driver.pod(key)?.status.phase == .pending)
    driver.run(for: .seconds(8))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.pod(key)?.status.reason == "DeadlineExceeded")
  }

  @Test func aDeadlineDuringTheWaitForARestartLeavesAContainerOfWhichNothingIsKnown() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"runs": [{"for": "2s", "exit": 3}]}}"#) {
        $0.spec.activeDeadlineSeconds = 10
      })
    driver.run(for: .minutes(1))
    let status = driver.pod(key)?.status
    #expect(status?.phase == .failed)
    #expect(status?.reason == "DeadlineExceeded")
    let container = status?.containerStatuses.first
    #expect(container?.state.terminated?.reason == "ContainerStatusUnknown")
    #expect(container?.state.terminated?.exitCode == 137)
    #expect(container?.lastState.terminated?.exitCode == 3)
    #expect(driver.story().suffix(2).first == "Failed CrashLoopBackOff 1")
  }

  @Test func ofInitContainersThatNeverBeganOnlyTheFirstCountsAsFailed() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"one": {"pull": {"fail": true}}}"#) {
        $0.spec.initContainers = ["one", "two"].map { Container(name: $0, image: "app:1") }
      })
    driver.run(for: .seconds(5))
    driver.delete(key)
    driver.run(for: .seconds(5))
    let last = driver.versions.last { $0.pod.isTerminal }?.pod.status
    #expect(last?.initContainerStatuses[0].state.terminated?.reason == "ContainerStatusUnknown")
    #expect(last?.initContainerStatuses[1].state.waiting?.reason == "PodInitializing")
    #expect(last?.containerStatuses[0].state.waiting?.reason == "PodInitializing")
  }

  @Test func theDeadlineCountsFromTheStartTime() {
    var driver = NodeDriver()
    driver.run(for: .seconds(30))
    driver.create(makePod { $0.spec.activeDeadlineSeconds = 10 })
    driver.run(for: .minutes(1))
    let end = driver.time { $0.isTerminal } ?? 0
    #expect(end >= 40 && end < 42.5)
  }

  @Test func aTerminalPodDoesNotRunAgain() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"runs": [{"for": "2s", "exit": 1}]}}"#, restart: .never))
    driver.run(for: .seconds(10))
    driver.change(key) { $0.metadata.labels["again"] = "yes" }
    driver.change(key) { $0.spec.containers[0].image = "app:2" }
    driver.run(for: .minutes(1))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.events("Started").count == 1)
  }

  @Test func aContainerOfWhichNothingIsKnownAtTheEndIs137ContainerStatusUnknown() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"other": {"pull": {"fail": true}}}"#) {
        $0.spec.containers.append(Container(name: "other", image: "other:1"))
      })
    driver.run(for: .seconds(5))
    driver.delete(key)
    driver.run(for: .minutes(3))
    let last = driver.versions.last { $0.pod.isTerminal }?.pod.status
    let other = last?.containerStatuses.first { $0.name == "other" }?.state.terminated
    #expect(other?.exitCode == 137)
    #expect(other?.reason == "ContainerStatusUnknown")
    #expect(
      other?.message == "The container could not be located when the pod was terminated")
  }

  @Test func theHookOfASidecarBeginsWithTheStopAndItsSignalWaitsForItsTurn() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"stop": {"after": "6s"}}, "side": {"hooks": {"preStop": {"for": "3s"}}, "#
          + #""stop": {"after": "2s"}}}"#
      ) {
        var sidecar = Container(name: "side", image: "app:1")
        sidecar.restartPolicy = .always
        sidecar.lifecycle = lifecycle()
        $0.spec.initContainers = [sidecar]
      })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(1))
    // 6 s for the app; the hook of 3 s is over by then; 2 s more for the sidecar.
    #expect(driver.time { $0.isTerminal } == 18)
  }
}
