import KubeModel
import KubeReconcile
import KubeScheduler
import SimulationKernel
import Testing

/// Which changes have a rejected pod tried again.
@Suite struct RequeueTests {
  private func cluster(_ nodes: [Node], rejected pod: Pod) -> Driver {
    var driver = Driver()
    for node in nodes { driver.create(node) }
    driver.create(pod)
    driver.run()
    precondition(driver.events.count == 1, "the pod is meant to be rejected")
    driver.run(until: .zero + .seconds(20))
    return driver
  }

  @Test func aNodeWithRoomHelpsAndASmallOneDoesNot() throws {
    var driver = cluster([try makeNode("n1", cpu: "1")], rejected: try makePod("big", cpu: "2"))
    driver.create(try makeNode("n2", cpu: "1"))
    driver.run()
    #expect(driver.events.count == 1, "the hint says that it does not fit there")
    driver.create(try makeNode("n3", cpu: "2"))
    driver.run()
    #expect(driver.node(of: "big") == "n3")
  }

  @Test func moreAllocatableHelps() throws {
    var driver = cluster([try makeNode("n1", cpu: "1")], rejected: try makePod("big", cpu: "2"))
    let key = try #require(driver.store.key(Node.self, "", "n1"))
    driver.change(key) { (node: inout Node) in
      node.status.allocatable["cpu"] = Quantity(value: 3)
    }
    driver.run()
    #expect(driver.node(of: "big") == "n1")
  }

  @Test func theLossOfAPodHelpsOneThatLacksRoom() throws {
    var driver = Driver()
    driver.create(try makeNode("n1", cpu: "1"))
    let first = driver.create(try makePod("a", cpu: "1"))
    driver.create(try makePod("b", cpu: "1"))
    driver.run()
    driver.delete(Pod.self, first)
    driver.run()
    #expect(driver.bindings == ["a n1", "b n1"])
  }

  @Test func aPodThatIsOverGivesItsRoomBackAndItsRemovalIsNoNews() throws {
    var driver = Driver()
    driver.create(try makeNode("n1", cpu: "1"))
    let first = driver.create(try makePod("a", cpu: "1"))
    driver.create(try makePod("b", cpu: "1"))
    driver.run()
    driver.change(first) { (pod: inout Pod) in pod.status.phase = .succeeded }
    driver.run()
    #expect(driver.bindings == ["a n1", "b n1"])
    driver.change(first) { (pod: inout Pod) in pod.metadata.labels["other"] = "label" }
    driver.delete(Pod.self, first)
    #expect(driver.run() == 0)
  }

  @Test func theLossOfATaintHelps() throws {
    let taint = Taint(key: "node.kubernetes.io/not-ready", effect: .noSchedule)
    var driver = cluster([try makeNode("n1", taints: [taint])], rejected: try makePod("web"))
    let key = try #require(driver.store.key(Node.self, "", "n1"))
    driver.change(key) { (node: inout Node) in node.metadata.labels["other"] = "label" }
    driver.run()
    #expect(driver.events.count == 1)
    driver.change(key) { (node: inout Node) in node.spec.taints = [] }
    driver.run()
    #expect(driver.node(of: "web") == "n1")
  }

  @Test func anUncordonHelps() throws {
    var node = try makeNode("n1")
    node.spec.unschedulable = true
    var driver = cluster([node], rejected: try makePod("web"))
    #expect(driver.events[0].contains("1 node(s) were unschedulable."))
    let key = try #require(driver.store.key(Node.self, "", "n1"))
    driver.change(key) { (node: inout Node) in node.spec.unschedulable = false }
    driver.run()
    #expect(driver.node(of: "web") == "n1")
  }

  @Test func aLabelThatIsWantedHelps() throws {
    var pod = try makePod("web")
    pod.spec.nodeSelector = ["disk": "ssd"]
    var driver = cluster([try makeNode("n1")], rejected: pod)
    let key = try #require(driver.store.key(Node.self, "", "n1"))
    driver.change(key) { (node: inout Node) in node.metadata.labels["disk"] = "hdd" }
    driver.run()
    #expect(driver.events.count == 1)
    driver.change(key) { (node: inout Node) in node.metadata.labels["disk"] = "ssd" }
    driver.run()
    #expect(driver.node(of: "web") == "n1")
  }

  @Test func aMatchingPodElsewhereHelpsOneThatIsSkewed() throws {
    var driver = Driver()
    for (name, zone) in [("n1", "a"), ("n2", "b")] {
      driver.create(try makeNode(name, cpu: "1", labels: ["topology.kubernetes.io/zone": zone]))
    }
    var pod = try makePod("web-1", cpu: "100m", labels: ["app": "web"])
    var constraint = TopologySpreadConstraint()
    constraint.maxSkew = 1
    constraint.topologyKey = "topology.kubernetes.io/zone"
    constraint.whenUnsatisfiable = .doNotSchedule
    constraint.labelSelector = LabelSelector(matchLabels: ["app": "web"])
    pod.spec.topologySpreadConstraints = [constraint]
    driver.create(pod)
    driver.run()
    let full = driver.node(of: "web-1")
    let other = full == "n1" ? "n2" : "n1"
    let blocker = driver.create(try filler("blocker", on: other, cpu: "1"))
    pod.metadata.name = "web-2"
    driver.create(pod)
    driver.run()
    #expect(
      driver.events.last?.contains(
        "1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints.") == true)
    driver.delete(Pod.self, blocker)
    driver.run()
    #expect(driver.node(of: "web-2") == other)
  }

  private func filler(_ name: String, on node: String, cpu: String) throws -> Pod {
    var pod = try makePod(name, cpu: cpu)
    pod.spec.nodeName = node
    return pod
  }

  @Test func aPodStillBacksOffWhenOthersWait() throws {
    var timing = Timing.immediate
    timing.scheduling = .milliseconds(100)
    var driver = Driver(timing: timing)
    let node = driver.create(try makeNode("n1", cpu: "1"))
    driver.create(try makePod("urgent", cpu: "2", priority: 100))
    driver.run(until: .zero + .milliseconds(200))
    #expect(driver.events.count == 1)
    driver.create(try makePod("calm", cpu: "1", priority: 0))
    driver.change(node) { (node: inout Node) in
      node.status.allocatable["cpu"] = Quantity(value: 3)
    }
    driver.run(until: .zero + .seconds(1))
    // The urgent one backs off, so the calm one goes first; then nobody else waits.
    #expect(driver.bindings == ["calm n1", "urgent n1"])
  }

  @Test func anOwnChangeHelps() throws {
    let taint = Taint(key: "dedicated", effect: .noSchedule)
    var driver = cluster([try makeNode("n1", taints: [taint])], rejected: try makePod("web"))
    let key = try #require(driver.store.key(Pod.self, "default", "web"))
    driver.change(key) { (pod: inout Pod) in
      pod.spec.tolerations = [Toleration(key: "dedicated", operator: .exists)]
      pod.metadata.generation += 1
    }
    driver.run()
    #expect(driver.node(of: "web") == "n1")
  }
}
