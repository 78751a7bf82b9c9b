import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct InitContainerTests {
  private func pod(
    _ behavior: String, restart: RestartPolicy = .always, _ inits: [String],
    sidecars: [String] = [], _ change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    makePod(behavior, restart: restart) { pod in
      pod.spec.initContainers = inits.map {
        var container = Container(name: $0, image: "app:1")
        if sidecars.contains($0) { container.restartPolicy = .always }
        return container
      }
      change(&pod)
    }
  }

  @Test func initContainersRunOneAfterTheOther() {
    var driver = NodeDriver()
    let behavior = #"{"a": {"runs": [{"for": "4s"}]}, "b": {"runs": [{"for": "6s"}]}}"#
    let key = driver.create(pod(behavior, ["a", "b"]))
    driver.run(for: .seconds(2))
    #expect(driver.status(key, "a")?.state.running != nil)
    #expect(driver.status(key, "b")?.state.waiting?.reason == "PodInitializing")
    #expect(driver.status(key)?.state.waiting?.reason == "PodInitializing")
    #expect(driver.pod(key)?.status.phase == .pending)
    driver.run(for: .seconds(4))
    #expect(driver.status(key, "a")?.ready == true)
    #expect(driver.status(key, "b")?.state.running != nil)
    let initialized = driver.pod(key)?.status.condition(.initialized)
    #expect(initialized?.status == .false)
    #expect(initialized?.message == "containers with incomplete status: [b]")
    driver.run(for: .seconds(6))
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.pod(key)?.status.condition(.initialized)?.status == .true)
  }

  @Test func aFailingInitContainerIsTriedAgainWithBackoff() {
    var driver = NodeDriver()
    let behavior =
      #"{"a": {"runs": [{"for": "3s", "exit": 1}, {"for": "3s", "exit": 1}, {"for": "3s"}]}}"#
    let key = driver.create(pod(behavior, ["a"]))
    driver.run(for: .seconds(40))
    #expect(
      driver.story("a") == [
        "Pending PodInitializing 0", "Pending running 0", "Pending Error(1) 0", "Pending running 1",
        "Pending Error(1) 1", "Pending CrashLoopBackOff 1", "Pending running 2",
        "Pending Completed(0) 2 ready", "Running Completed(0) 2 ready",
      ])
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.events("BackOff").first?.fieldPath == "spec.initContainers{a}")
  }

  @Test func aFailingInitContainerEndsAPodThatNeverRestarts() {
    var driver = NodeDriver()
    let behavior = #"{"b": {"runs": [{"for": "2s", "exit": 7}]}, "a": {"runs": [{"for": "1s"}]}}"#
    let key = driver.create(pod(behavior, restart: .never, ["a", "b", "c"]))
    driver.run(for: .seconds(10))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.status(key, "b")?.state.terminated?.exitCode == 7)
    #expect(driver.status(key, "c")?.state.waiting?.reason == "PodInitializing")
    #expect(driver.status(key)?.state.waiting?.reason == "PodInitializing")
    #expect(driver.pod(key)?.status.condition(.ready)?.reason == "PodFailed")
  }

  @Test func whatFollowsASidecarWaitsForItsStartupProbe() {
    var driver = NodeDriver()
    let behavior = """
      {"proxy": {"probes": {"startup": [{"for": "5s", "result": "failure"},
        {"result": "success"}]}}}
      """
    let key = driver.create(
      pod(behavior, ["proxy", "logger"], sidecars: ["proxy", "logger"]) {
        $0.spec.initContainers[0].startupProbe = makeProbe(period: 2, failures: 20)
      })
    driver.run(for: .seconds(5))
    #expect(driver.status(key, "proxy")?.state.running != nil)
    #expect(driver.status(key, "proxy")?.started == false)
    #expect(driver.status(key, "logger")?.state.waiting != nil)
    driver.run(for: .seconds(2))
    #expect(driver.status(key, "logger")?.state.running != nil)
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.pod(key)?.isReady == true)
  }

  @Test func aSidecarRestartsEvenInAPodThatNeverRestarts() {
    var driver = NodeDriver()
    let behavior = #"{"proxy": {"runs": [{"for": "5s", "exit": 1}, {}]}}"#
    let key = driver.create(pod(behavior, restart: .never, ["proxy"], sidecars: ["proxy"]))
    driver.run(for: .seconds(20))
    #expect(driver.status(key, "proxy")?.restartCount == 1)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.pod(key)?.status.condition(.initialized)?.status == .true)
  }

  @Test func sidecarLivenessRestartsOnlyTheSidecar() {
    var driver = NodeDriver()
    let behavior = """
      {"proxy": {"probes": {"liveness": [{"for": "6s", "result": "success"},
        {"for": "10s", "result": "failure"}, {"result": "success"}]}}}
      """
    let key = driver.create(
      pod(behavior, restart: .never, ["proxy"], sidecars: ["proxy"]) {
        $0.spec.initContainers[0].livenessProbe = makeProbe(period: 2)
      })
    driver.run(for: .seconds(10))
    #expect(driver.status(key, "proxy")?.restartCount == 1)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(
      driver.events("Killing").map(\.message)
        == ["Init container proxy failed liveness probe"])
  }

  @Test func aSidecarThatFailsItsStartupProbeIsRestartedAndTheNextOneGoesOnWaiting() {
    var driver = NodeDriver()
    let key = driver.create(
      pod(
        #"{"proxy": {"probes": {"startup": [{"result": "failure"}]}}}"#, ["proxy", "next"],
        sidecars: ["proxy"]
      ) { $0.spec.initContainers[0].startupProbe = makeProbe(period: 2, failures: 3) })
    driver.run(for: .seconds(9))
    #expect(
      driver.events("Killing").map(\.message) == ["Init container proxy failed startup probe"])
    #expect(driver.status(key, "proxy")?.restartCount == 1)
    #expect(driver.status(key, "next")?.state.waiting?.reason == "PodInitializing")
    #expect(driver.pod(key)?.status.phase == .pending)
  }

  @Test func sidecarsGoWhenTheOthersAreDone() {
    var driver = NodeDriver()
    let behavior =
      #"{"app": {"runs": [{"for": "5s"}]}, "proxy": {"stop": {"after": "2s", "exit": 3}}}"#
    let key = driver.create(pod(behavior, restart: .never, ["proxy"], sidecars: ["proxy"]))
    driver.run(for: .seconds(30))
    #expect(driver.pod(key)?.status.phase == .succeeded)
    #expect(driver.status(key, "proxy")?.state.terminated?.exitCode == 3)
  }
}
