import KubeModel
import KubeReconcile
import KubeScheduler
import SimulationKernel
import Testing

@Suite struct FailureTests {
  private func message(_ driver: Driver, _ pod: String) -> String? {
    driver.pod(pod)?.status.condition(.podScheduled)?.message
  }

  @Test func theTextCountsReasonsAndSortsThem() throws {
    var driver = Driver()
    driver.create(
      try makeNode("control", taints: [Taint(key: "control-plane", effect: .noSchedule)]))
    driver.create(try makeNode("small-1", cpu: "1"))
    driver.create(try makeNode("small-2", cpu: "1"))
    driver.create(try makePod("big", cpu: "2"))
    driver.run()
    let text =
      "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. "
      + "no new claims to deallocate, preemption: 0/3 nodes are available: "
      + "3 Preemption is not helpful for scheduling."
    #expect(message(driver, "big") == text)
    #expect(driver.events == ["Warning FailedScheduling " + text])
    let condition = driver.pod("big")?.status.condition(.podScheduled)
    #expect(condition?.status == .false)
    #expect(condition?.reason == "Unschedulable")
    #expect(condition?.observedGeneration == 1)
  }

  @Test func aFullNodeCouldBeCleared() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", cpu: "1"))
    driver.create(try makePod("a", cpu: "600m"))
    driver.create(try makePod("b", cpu: "600m"))
    driver.run()
    #expect(
      message(driver, "b")
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: "
        + "0/1 nodes are available: 1 No preemption victims found for incoming pod.")
  }

  @Test func aPodThatNeverPreemptsSaysSo() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", cpu: "1"))
    var pod = try makePod("polite", cpu: "2")
    pod.spec.preemptionPolicy = .never
    driver.create(pod)
    driver.run()
    #expect(
      message(driver, "polite")
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
        + "preemption: not eligible due to preemptionPolicy=Never.")
  }

  @Test func withoutNodesItIsTriedAgainAfterBackOffs() throws {
    var driver = Driver()
    driver.create(try makePod("web"))
    driver.run(until: .zero + .seconds(12))
    // Back-offs of 1, 2 and 4 s are over at 2, 5 and 10 s.
    #expect(driver.events.count == 4)
    #expect(
      driver.events.first == "Warning FailedScheduling no nodes available to schedule pods")
    driver.create(try makeNode("node-1"))
    driver.run(until: .zero + .seconds(40))
    #expect(driver.bindings == ["web node-1"])
  }

  @Test func anEqualFailureWritesTheConditionOnce() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", cpu: "1"))
    let key = driver.create(try makePod("big", cpu: "2"))
    driver.run()
    let first = driver.store[Pod.self, key]?.status.conditions
    driver.run(until: .zero + .minutes(6))
    #expect(driver.events.count == 2, "it is tried again after more than five minutes")
    #expect(driver.store[Pod.self, key]?.status.conditions == first)
  }

  @Test func aHostPortThatIsTakenIsAReason() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", labels: ["pool": "general"]))
    driver.create(
      try makeNode("node-2", taints: [Taint(key: "dedicated", value: "db", effect: .noSchedule)]))
    var holder = try makePod("holder")
    var port = ContainerPort(containerPort: 8080)
    port.hostPort = 8080
    holder.spec.containers[0].ports = [port]
    var wanted = holder
    wanted.metadata.name = "wanted"
    let key = driver.create(holder)
    driver.run()
    driver.create(wanted)
    driver.run()
    #expect(
      message(driver, "wanted")
        == "0/2 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, "
        + "1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes "
        + "are available: 1 No preemption victims found for incoming pod, 1 Preemption is not "
        + "helpful for scheduling.")
    driver.change(key) { (pod: inout Pod) in pod.status.phase = .succeeded }
    driver.run()
    #expect(driver.node(of: "wanted") == "node-1")
  }
}
