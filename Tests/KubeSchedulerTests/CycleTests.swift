import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeScheduler

@Suite struct CycleTests {
  @Test func aPodIsBoundAndAnEventSaysSo() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1"))
    driver.create(try makePod("web"))
    driver.run()
    #expect(driver.bindings == ["web node-1"])
    #expect(driver.events == ["Normal Scheduled Successfully assigned default/web to node-1"])
  }

  @Test func podsAreTriedOneAfterTheOther() throws {
    var timing = Timing.immediate
    timing.scheduling = .milliseconds(3)
    var driver = Driver(timing: timing)
    driver.create(try makeNode("node-1"))
    for name in ["a", "b", "c"] { driver.create(try makePod(name)) }
    driver.run(until: .zero + .milliseconds(2))
    #expect(driver.bindings.isEmpty)
    driver.run(until: .zero + .milliseconds(6))
    #expect(driver.bindings == ["a node-1", "b node-1"])
    driver.run(until: .zero + .milliseconds(9))
    #expect(driver.bindings.count == 3)
    #expect(driver.nextTime() == nil)
  }

  @Test func higherPriorityGoesFirstAndEqualOnesInOrderOfArrival() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1"))
    driver.create(try makePod("a"))
    driver.create(try makePod("b", priority: 5))
    driver.create(try makePod("c"))
    driver.create(try makePod("d", priority: 5))
    driver.run()
    #expect(driver.bindings.map { $0.prefix(1) } == ["b", "d", "a", "c"])
  }

  @Test func whatAPodTakesIsCountedFromTheDecisionOn() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", cpu: "1"))
    driver.create(try makePod("a", cpu: "600m"))
    driver.create(try makePod("b", cpu: "600m"))
    driver.run()
    #expect(driver.node(of: "a") == "node-1")
    #expect(driver.node(of: "b") == "")
  }

  @Test func podsOfOneOwnerSpreadOverTheNodes() throws {
    var driver = Driver()
    for name in ["n1", "n2", "n3"] { driver.create(try makeNode(name)) }
    let set = makeReplicaSet("web")
    driver.create(set)
    for index in 0..<9 { driver.create(try makePod("web-\(index)").owned(by: set)) }
    driver.run()
    for name in ["n1", "n2", "n3"] {
      #expect(driver.bindings.filter { $0.hasSuffix(name) }.count == 3)
    }
  }

  @Test func aGatedPodIsTriedOnceItsLastGateIsGone() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1"))
    var gated = try makePod("gated")
    gated.spec.schedulingGates = [
      PodSchedulingGate(name: "example.com/a"), PodSchedulingGate(name: "example.com/b"),
    ]
    let key = driver.create(gated)
    driver.run(until: .zero + .minutes(20))
    #expect(driver.events.isEmpty)
    driver.change(key) { (pod: inout Pod) in
      pod.spec.schedulingGates.removeFirst()
      pod.metadata.generation += 1
    }
    driver.run(until: .zero + .minutes(40))
    #expect(driver.bindings.isEmpty)
    driver.change(key) { (pod: inout Pod) in
      pod.spec.schedulingGates = []
      pod.metadata.generation += 1
    }
    driver.run()
    #expect(driver.bindings == ["gated node-1"])
  }

  @Test func aPodOfAnotherSchedulerIsLeftAlone() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1"))
    var pod = try makePod("other")
    pod.spec.schedulerName = "my-scheduler"
    driver.create(pod)
    driver.run(until: .zero + .minutes(10))
    #expect(driver.bindings.isEmpty && driver.events.isEmpty)
  }

  @Test func aRefusedBindingFreesTheRoomAndIsTriedAgainAfterABackOff() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", cpu: "1"))
    driver.refusing = ["a"]
    driver.create(try makePod("a", cpu: "1"))
    driver.run()
    #expect(driver.events.isEmpty)
    driver.create(try makePod("b", cpu: "1"))
    driver.run()
    #expect(driver.bindings == ["b node-1"])
    driver.refusing = []
    driver.run(until: .zero + .seconds(2))
    #expect(driver.events.last?.contains("Insufficient cpu") == true)
  }

  @Test func aPodThatIsBeingDeletedIsSkipped() throws {
    var timing = Timing.immediate
    timing.scheduling = .milliseconds(3)
    var driver = Driver(timing: timing)
    driver.create(try makeNode("node-1"))
    let key = driver.create(try makePod("web"))
    driver.run()
    driver.change(key) { (pod: inout Pod) in
      pod.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
    }
    driver.run(until: .zero + .seconds(1))
    #expect(driver.bindings.isEmpty)
    #expect(
      driver.events == ["Warning FailedScheduling skip schedule deleting pod: default/web"])
  }

  @Test func aPodThatNamesItsNodeByFieldGoesThere() throws {
    var driver = Driver()
    for index in 1...5 { driver.create(try makeNode("node-\(index)")) }
    driver.create(try pod("agent", onlyOn: "node-4"))
    driver.create(try pod("lost", onlyOn: "node-9"))
    driver.run()
    #expect(driver.bindings == ["agent node-4"])
    #expect(
      driver.pod("lost")?.status.condition(.podScheduled)?.message
        == "0/5 nodes are available: 5 node(s) didn't satisfy plugin(s) [NodeAffinity]. "
        + "no new claims to deallocate, preemption: 0/5 nodes are available: "
        + "5 Preemption is not helpful for scheduling.")
  }

  private func pod(_ name: String, onlyOn node: String) throws -> Pod {
    var pod = try makePod(name)
    var term = NodeSelectorTerm()
    term.matchFields = [
      NodeSelectorRequirement(key: "metadata.name", operator: .in, values: [node])
    ]
    var selector = NodeSelector()
    selector.nodeSelectorTerms = [term]
    var affinity = Affinity()
    var nodeAffinity = NodeAffinity()
    nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution = selector
    affinity.nodeAffinity = nodeAffinity
    pod.spec.affinity = affinity
    return pod
  }

  @Test func ofManyNodesAShareIsLookedAtFromAMovingStart() throws {
    #expect(
      [50, 100, 500, 1000, 5000, 10_000].map { Scheduler.enough(of: $0) } == [
        50, 100, 230, 420, 500, 500,
      ])
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    func run(_ seed: UInt64) throws -> [String] {
      var driver = Driver(seed: seed)
      for index in 0..<20 { driver.create(try makeNode("node-\(index)")) }
      for index in 0..<40 { driver.create(try makePod("pod-\(index)")) }
      driver.run()
      return driver.bindings
    }
    #expect(try run(7) == run(7))
    #expect(try run(7) != run(8))
  }

  @Test func aCopyGoesItsOwnWay() throws {
    var one = Driver()
    one.create(try makeNode("node-1", cpu: "1"))
    one.run()
    var two = one
    one.create(try makePod("a", cpu: "1"))
    one.run()
    two.create(try makePod("b", cpu: "1"))
    two.run()
    #expect(one.bindings == ["a node-1"] && two.bindings == ["b node-1"])
  }
}
