import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct TerminationTests {
  /// Runs a pod for 10 s, deletes it, and says when its last state was told, counted from then.
  private func end(
    _ behavior: String, grace: Int64 = 30, _ change: (inout Pod) -> Void = { _ in }
  ) -> (seconds: Double?, code: Int32?, driver: NodeDriver) {
    var driver = NodeDriver()
    let key = driver.create(makePod(behavior, grace: grace, change))
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(2))
    let last = driver.versions.first { $0.time >= 10 && $0.pod.isTerminal }
    return (
      last.map { $0.time - 10 },
      last?.pod.status.containerStatuses[0].state.terminated?.exitCode, driver
    )
  }

  private func withHook(_ pod: inout Pod) {
    var lifecycle = Lifecycle()
    var handler = LifecycleHandler()
    handler.exec = ExecAction()
    lifecycle.preStop = handler
    pod.spec.containers[0].lifecycle = lifecycle
  }

  @Test func anObedientContainerEndsAtOnce() {
    let (seconds, code, driver) = end("")
    #expect(seconds == 0)
    #expect(code == 0)
    #expect(driver.deletions.count == 1)
    #expect(driver.events("Killing").map(\.message) == ["Stopping container app"])
  }

  @Test func theAnswerToSIGTERMTakesItsTime() {
    let (seconds, code, _) = end(#"{"app": {"stop": {"after": "4s", "exit": 143}}}"#)
    #expect(seconds == 4)
    #expect(code == 143)
  }

  @Test func whoIgnoresSIGTERMIsKilledAfterTheGrace() {
    let (seconds, code, driver) = end(#"{"app": {"stop": {"ignore": true}}}"#, grace: 5)
    #expect(seconds == 5)
    #expect(code == 137)
    #expect(driver.versions.last?.pod.status.phase == .failed)
  }

  @Test func twoSecondsAreTheLeast() {
    let (seconds, code, _) = end(#"{"app": {"stop": {"ignore": true}}}"#, grace: 1)
    #expect(seconds == 2)
    #expect(code == 137)
  }

  @Test func theHookBeforeTheStopTakesFromTheGrace() {
    let behavior = #"{"app": {"hooks": {"preStop": {"for": "5s"}}, "stop": {"after": "3s"}}}"#
    let (seconds, code, _) = end(behavior, grace: 20, withHook)
    #expect(seconds == 8)
    #expect(code == 0)
  }

  @Test func aHookThatUsesUpTheGraceLeavesTwoSeconds() {
    let behavior = #"{"app": {"hooks": {"preStop": {"for": "40s"}}, "stop": {"ignore": true}}}"#
    let (seconds, code, _) = end(behavior, grace: 30, withHook)
    #expect(seconds == 32)
    #expect(code == 137)
  }

  @Test func aFailedHookIsTold() {
    let behavior = #"{"app": {"hooks": {"preStop": {"for": "1s", "exit": 1}}}}"#
    let (_, _, driver) = end(behavior, withHook)
    #expect(driver.events("FailedPreStopHook").map(\.time) == [11])
  }

  @Test func aSecondDeletionCanOnlyShortenTheGrace() {
    func time(first: Int64, second: Int64) -> Double? {
      var driver = NodeDriver()
      let key = driver.create(makePod(#"{"app": {"stop": {"ignore": true}}}"#))
      driver.run(for: .seconds(10))
      driver.delete(key, grace: first)
      driver.run(for: .seconds(4))
      driver.delete(key, grace: second)
      driver.run(for: .minutes(1))
      return driver.time { $0.isTerminal }
    }
    #expect(time(first: 30, second: 10) == 20)
    #expect(time(first: 10, second: 30) == 20)
  }

  @Test func aForcedDeletionLeavesOnlyAnEvent() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(10))
    driver.delete(key, grace: 0)
    driver.run(for: .minutes(1))
    #expect(driver.deletions.map(\.time) == [10])
    #expect(driver.events("Killing").map(\.message) == ["Stopping container app"])
  }

  @Test func sidecarsStopAfterTheOthersInReverse() {
    let behavior = """
      {"app": {"stop": {"after": "4s"}}, "first": {"stop": {"after": "2s"}},
       "second": {"stop": {"after": "3s"}}}
      """
    let (seconds, _, driver) = end(behavior, grace: 25) {
      for name in ["first", "second"] {
        var sidecar = Container(name: name, image: "app:1")
        sidecar.restartPolicy = .always
        $0.spec.initContainers.append(sidecar)
      }
    }
    #expect(seconds == 9)
    func finished(_ name: String) -> Int64? {
      let statuses =
        (driver.versions.last?.pod.status.initContainerStatuses ?? [])
        + (driver.versions.last?.pod.status.containerStatuses ?? [])
      return statuses.first { $0.name == name }?.state.terminated?.finishedAt?.unixSeconds
    }
    let start = driver.clock.timestamp(.zero).unixSeconds + 10
    #expect(finished("app") == start + 4)
    #expect(finished("second") == start + 7)
    #expect(finished("first") == start + 9)
  }

  @Test func whileContainersStopThePodRuns() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"after": "10s"}}}"#))
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.pod(key)?.status.observedGeneration == 2)
  }

  @Test func aPodThatNeverStartedFailsAndGoes() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"pull": {"fail": true}}}"#))
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .seconds(3))
    #expect(driver.pod(key) == nil)
    #expect(
      driver.story().suffix(2) == [
        "Pending ContainerCreating 0", "Failed ContainerStatusUnknown(137) 0",
      ])
  }

  @Test func aPodDeletedBeforeItsVolumesAreThereGoesAtOnce() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        var volume = Volume()
        volume.name = "v"
        volume.configMap = ConfigMapVolumeSource()
        volume.configMap?.name = "missing"
        $0.spec.volumes = [volume]
      })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .seconds(2))
    #expect(driver.pod(key) == nil)
  }

  @Test func aDeletedPodIsAskedForOnce() {
    var driver = NodeDriver(timing: .kubernetes)
    let key = driver.create(makePod())
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .minutes(1))
    #expect(driver.deletions.count == 1)
    // Removal comes with the next look at the node, at most a second later.
    #expect(driver.deletions[0].time < 11.1)
  }
}
