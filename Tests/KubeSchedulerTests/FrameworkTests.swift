import Foundation
import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeScheduler

@Suite struct FrameworkTests {
  @Test func theLogarithmIsThatOfTheSystemToTheLastBits() {
    for number in 1...20_000 {
      let expected = log(Double(number))
      #expect(abs(naturalLogarithm(number) - expected) <= 4e-16 * max(1, expected))
    }
  }

  @Test func nodesAreTriedZoneByZoneInTurn() throws {
    var nodes = NodeTable()
    for (name, zone) in [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")] {
      let node = try makeNode(name, labels: ["topology.kubernetes.io/zone": zone])
      nodes.set(node, at: nodes.index(of: name))
    }
    nodes.refreshOrder()
    #expect(nodes.order.map { nodes.infos[Int($0)].name } == ["a1", "b1", "c1", "a2", "a3"])
    nodes.set(nil, at: nodes.index(of: "b1"))
    nodes.refreshOrder()
    #expect(nodes.order.map { nodes.infos[Int($0)].name } == ["a1", "c1", "a2", "a3"])
  }

  @Test func eachSearchBeginsWhereTheLastOneEnded() throws {
    var driver = Driver()
    for index in 0..<200 { driver.create(try makeNode("n\(index)")) }
    for name in ["first", "second", "third"] { driver.create(try makePod(name)) }
    driver.run()
    func number(_ pod: String) -> Int { Int(driver.node(of: pod).dropFirst()) ?? -1 }
    #expect((0..<100).contains(number("first")))
    #expect((100..<200).contains(number("second")))
    #expect((0..<100).contains(number("third")))
  }

  @Test func imagesWithoutATagAreTheLatest() {
    #expect(PodShape.tagged("nginx") == "nginx:latest")
    #expect(PodShape.tagged("nginx:1.27") == "nginx:1.27")
    #expect(PodShape.tagged("registry:5000/nginx") == "registry:5000/nginx:latest")
  }

  @Test func podsWithEqualSpecsHaveOneShape() throws {
    var shapes = ShapeTable()
    let one = try makePod("a", cpu: "100m")
    var two = try makePod("b", cpu: "100m", labels: ["app": "web"])
    #expect(shapes.shape(of: one) === shapes.shape(of: two))
    two.spec.nodeName = "n1"
    #expect(shapes.shape(of: one) === shapes.shape(of: two), "the node is no part of it")
    two.spec.tolerations = [Toleration(key: "k", operator: .exists)]
    #expect(shapes.shape(of: one) !== shapes.shape(of: two))
  }

  @Test func absurdAmountsDoNotTrap() throws {
    var driver = Driver()
    driver.create(try makeNode("n1", memory: "9E"))
    for index in 0..<4 {
      var pod = try makePod("p\(index)", cpu: "9E", memory: "9E")
      if index < 3 { pod.spec.nodeName = "n1" }
      var constraint = TopologySpreadConstraint()
      constraint.maxSkew = .max
      constraint.topologyKey = "kubernetes.io/hostname"
      constraint.whenUnsatisfiable = .scheduleAnyway
      pod.spec.topologySpreadConstraints = [constraint, constraint]
      driver.create(pod)
    }
    driver.create(try makeNode("n2", memory: "9E"))
    driver.create(try makePod("small"))
    driver.run()
    #expect(driver.node(of: "small") != "")
  }
}
