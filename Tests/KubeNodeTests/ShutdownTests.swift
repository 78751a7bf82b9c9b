import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// The orderly end of a machine.
@Suite struct ShutdownTests {
  private func shutDown(
    _ driver: inout NodeDriver, grace: Duration = .seconds(30), critical: Duration = .seconds(10)
  ) throws {
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    let isBegun = driver.kubelet.shutDown(
      node: node, grace: grace, critical: critical, at: driver.now)
    #expect(isBegun)
    driver.enqueue(node)
  }

  @Test func ordinaryPodsEndBeforeCriticalOnes() throws {
    var driver = NodeDriver()
    let stubborn = #"{"app": {"stop": {"ignore": true}}}"#
    let web = driver.create(makePod(stubborn, name: "web", grace: 300))
    let quick = driver.create(makePod(#"{"app": {"stop": {"after": "3s"}}}"#, name: "quick"))
    let critical = driver.create(
      makePod(stubborn, name: "critical", grace: 300) { $0.spec.priority = 2_000_001_000 })
    driver.run(for: .seconds(10))
    try shutDown(&driver)
    driver.run(for: .minutes(1))
    func end(_ name: String) -> Double? {
      driver.versions.first { $0.pod.metadata.name == name && $0.pod.isTerminal }?.time
    }
    #expect(end("quick") == 13)
    #expect(end("web") == 30)
    #expect(end("critical") == 40)
    for key in [web, quick, critical] {
      let status = driver.pod(key)?.status
      #expect(status?.phase == .failed)
      #expect(status?.reason == "Terminated")
      #expect(
        status?.message == "Pod was terminated in response to imminent node shutdown.")
      #expect(status?.condition(.disruptionTarget)?.reason == "TerminationByKubelet")
    }
  }

  @Test func theNodeIsNotReadyAndTakesNoPods() throws {
    var driver = NodeDriver()
    driver.create(makePod(#"{"app": {"stop": {"ignore": true}}}"#))
    driver.run(for: .seconds(5))
    try shutDown(&driver)
    driver.run(for: .seconds(1))
    let late = driver.create(makePod(name: "late"))
    driver.run(for: .seconds(1))
    let key = try #require(driver.store.key(Node.self, "", "node-1"))
    let ready = driver.store[Node.self, key]?.status.conditions.first { $0.type == .ready }
    #expect(ready?.status == .false)
    #expect(ready?.message == "node is shutting down")
    #expect(driver.pod(late)?.status.reason == "NodeShutdown")
    #expect(
      driver.pod(late)?.status.message
        == "Pod was rejected: Pod was rejected as the node is shutting down.")
    driver.run(for: .minutes(1))
    #expect(!driver.kubelet.isRunning(node: key))
  }
}
