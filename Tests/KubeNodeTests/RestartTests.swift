import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct RestartTests {
  @Test func waitsDoubleFromTenSecondsToFiveMinutes() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "20s", "exit": 1}]}}"#))
    driver.run(for: .minutes(40))
    // The wait between an exit and the next start, as the API shows them.
    var waits: [Int64] = []
    for status in driver.statuses {
      guard let started = status.state.running?.startedAt,
        let ended = status.lastState.terminated?.finishedAt,
        Int(status.restartCount) == waits.count + 1
      else { continue }
      waits.append((started - ended).components.seconds)
    }
    let least: [Int64] = [0, 10, 20, 40, 80, 160, 300, 300]
    #expect(waits.count >= least.count)
    for (wait, least) in zip(waits, least) {
      // The kubelet comes back after up to 1.375 times the rest of the wait, or after some 75 s.
      #expect(wait >= least && wait <= max(2, least * 14 / 10 + 2, least > 60 ? least + 90 : 0))
    }
    #expect(driver.status(key)?.restartCount == Int32(waits.count))
  }

  @Test func aLongRunForgetsTheWaits() {
    var driver = NodeDriver()
    let behavior =
      """
      {"app": {"runs": [{"for": "1s", "exit": 1}, {"for": "1s", "exit": 1},
        {"for": "700s", "exit": 1}]}}
      """
    driver.create(makePod(behavior))
    driver.run(for: .minutes(20))
    let texts = driver.statuses.compactMap { $0.state.waiting?.message }
    #expect(texts.contains { $0.hasPrefix("back-off 10s") })
    #expect(!texts.contains { $0.hasPrefix("back-off 20s") })
    // After 700 s the restart is free again.
    #expect(driver.time(after: 700) { $0.status.containerStatuses.first?.restartCount == 3 } != nil)
  }

  @Test func theStoryOfACrashLoop() {
    var driver = NodeDriver()
    driver.create(makePod(#"{"app": {"runs": [{"for": "2s", "exit": 1}]}}"#, name: "crasher"))
    driver.run(for: .seconds(25))
    #expect(
      driver.story() == [
        "Pending ContainerCreating 0", "Running running 0 ready", "Running Error(1) 0",
        "Running running 1 ready", "Running Error(1) 1", "Running CrashLoopBackOff 1",
        "Running running 2 ready", "Running Error(1) 2",
      ])
    let waiting = driver.statuses.lazy.compactMap(\.state.waiting)
      .first { $0.reason == "CrashLoopBackOff" }
    #expect(
      waiting?.message
        == "back-off 10s restarting failed container=app pod=crasher_default(uid-2)")
    #expect(
      driver.events("BackOff").first?.message
        == "Back-off restarting failed container app in pod crasher_default(uid-2)")
  }

  @Test func anotherImageEndsTheWait() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "1s", "exit": 1}]}}"#))
    driver.run(for: .seconds(6))
    #expect(driver.status(key)?.state.terminated != nil)
    driver.change(key) { $0.spec.containers[0].image = "app:2" }
    driver.run(for: .milliseconds(1))
    #expect(driver.status(key)?.state.running != nil)
    #expect(driver.status(key)?.image == "app:2")
    #expect(driver.status(key)?.restartCount == 2)
  }

  @Test func anotherImageRestartsOnlyItsContainer() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"stop": {"after": "3s"}}}"#, restart: .never) {
        $0.spec.containers.append(Container(name: "other", image: "other:1"))
      })
    driver.run(for: .seconds(10))
    let before = driver.pod(key)
    driver.change(key) { $0.spec.containers[0].image = "app:2" }
    driver.run(for: .seconds(5))
    let after = driver.pod(key)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 0)
    #expect(driver.status(key, "other")?.restartCount == 0)
    #expect(before?.status.podIP == after?.status.podIP)
    #expect(
      driver.events("Killing").map(\.message)
        == ["Container app definition changed, will be restarted"])
  }

  @Test func rulesDecideByExitCode() {
    var driver = NodeDriver()
    let behavior =
      #"{"app": {"runs": [{"for": "1s", "exit": 42}, {"for": "1s", "exit": 1}]}}"#
    let key = driver.create(
      makePod(behavior, restart: .never) {
        var rule = ContainerRestartRule()
        rule.action = .restart
        var codes = ContainerRestartRuleOnExitCodes()
        codes.operator = .in
        codes.values = [42]
        rule.exitCodes = codes
        $0.spec.containers[0].restartPolicy = .never
        $0.spec.containers[0].restartPolicyRules = [rule]
      })
    driver.run(for: .seconds(10))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.pod(key)?.status.phase == .failed)
  }

  @Test func aRuleCanRestartAllContainers() {
    var driver = NodeDriver()
    let behavior =
      #"{"app": {"runs": [{"for": "5s", "exit": 88}, {}]}, "setup": {"runs": [{"for": "1s"}]}}"#
    let key = driver.create(
      makePod(behavior, restart: .never) {
        var rule = ContainerRestartRule()
        rule.action = .restartAllContainers
        var codes = ContainerRestartRuleOnExitCodes()
        codes.operator = .in
        codes.values = [88]
        rule.exitCodes = codes
        $0.spec.containers[0].restartPolicy = .never
        $0.spec.containers[0].restartPolicyRules = [rule]
        $0.spec.containers.append(Container(name: "other", image: "other:1"))
        $0.spec.initContainers = [Container(name: "setup", image: "app:1")]
      })
    driver.run(for: .seconds(30))
    #expect(driver.pod(key)?.status.phase == .running)
    for name in ["app", "other", "setup"] {
      #expect(driver.status(key, name)?.restartCount == 1)
      #expect(driver.status(key, name)?.lastState.terminated?.exitCode == 137)
      #expect(driver.status(key, name)?.lastState.terminated?.reason == "RestartingAllContainers")
    }
    #expect(driver.time { $0.status.condition(.allContainersRestarting)?.status == .true } != nil)
    #expect(driver.pod(key)?.status.condition(.allContainersRestarting)?.status == .false)
    let failed = driver.versions.contains { $0.pod.status.phase == .failed }
    #expect(!failed)
  }

  @Test func aKilledProcessIsNoticedAtTheNextLook() {
    var driver = NodeDriver()
    let key = driver.create(makePod())
    driver.run(for: .seconds(10))
    driver.kill(key, "app", exit: 137)
    driver.run(for: .seconds(2))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 137)
    #expect(driver.status(key)?.lastState.terminated?.reason == "Error")
  }
}
