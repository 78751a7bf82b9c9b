import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// A critical pod finds a full node.
@Suite struct CriticalAdmissionTests {
  private func start(
    _ name: String, cpu: String, limit: Bool = false, priority: Int32 = 0,
    _ driver: inout NodeDriver
  ) -> ObjectKey {
    let amounts: ResourceList = [
      "cpu": (try? Quantity(cpu)) ?? .zero, "memory": Quantity(value: 1 << 20),
    ]
    let key = driver.create(
      makePod(#"{"app": {"stop": {"after": "3s"}}}"#, name: name) {
        $0.spec.containers[0].resources.requests = amounts
        if limit { $0.spec.containers[0].resources.limits = amounts }
        $0.spec.priority = priority
      })
    driver.run(for: .seconds(2))
    return key
  }

  @Test func anotherPodGivesWayToACriticalOne() {
    var driver = NodeDriver()
    let web = start("web", cpu: "3", &driver)
    let critical = start("critical", cpu: "2", priority: 2_000_000_000, &driver)
    driver.run(for: .seconds(10))
    let status = driver.pod(web)?.status
    #expect(status?.phase == .failed)
    #expect(status?.reason == "Preempting")
    #expect(status?.message == "Preempted in order to admit critical pod")
    #expect(status?.condition(.disruptionTarget)?.reason == "TerminationByKubelet")
    #expect(driver.events("Preempting").first?.type == .warning)
    #expect(driver.pod(critical)?.status.phase == .running)
    // It waits until the other has stopped.
    let started = driver.events("Started").first { $0.name == "critical" }?.time ?? 0
    #expect(started >= 5)
  }

  @Test func asFewAsPossibleAndGuaranteedOnesLast() {
    var driver = NodeDriver()
    let sturdy = start("sturdy", cpu: "1", limit: true, &driver)
    let small = start("small", cpu: "500m", &driver)
    let large = start("large", cpu: "2", &driver)
    _ = start("critical", cpu: "1500m", priority: 2_000_000_000, &driver)
    driver.run(for: .seconds(10))
    #expect(driver.events("Preempting").map(\.name) == ["large"])
    #expect(driver.pod(sturdy)?.status.phase == .running)
    #expect(driver.pod(small)?.status.phase == .running)
    #expect(driver.pod(large)?.status.phase == .failed)
  }

  @Test func nobodyGoesWhenItWouldNotBeEnough() {
    var driver = NodeDriver()
    let web = start("web", cpu: "3", &driver)
    let critical = start("critical", cpu: "5", priority: 2_000_000_000, &driver)
    #expect(driver.pod(web)?.status.phase == .running)
    #expect(driver.pod(critical)?.status.reason == "OutOfcpu")
  }

  @Test func anOrdinaryPodIsTurnedAway() {
    var driver = NodeDriver()
    let web = start("web", cpu: "3", &driver)
    let other = start("other", cpu: "2", priority: 0, &driver)
    #expect(driver.pod(web)?.status.phase == .running)
    #expect(driver.pod(other)?.status.reason == "OutOfcpu")
  }
}
