import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeScheduler

/// What the scheduler keeps about nodes must never differ from what a look from nothing finds.
@Suite struct CachedVerdictTests {
  @Test(arguments: 1...12) func choicesEqualThoseOfAFreshLook(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var driver = Driver(seed: seed)
    let sets = ["web", "db", "job"].map(makeReplicaSet)
    for set in sets { driver.create(set) }
    for index in 0..<12 { driver.create(try randomNode("n\(index)", &random)) }
    driver.run()
    // Few sorts of pods, so that what is kept about nodes is used again and again.
    let templates = try (0..<4).map { try randomPod("template\($0)", &random) }
    var checked = 0
    for step in 0..<150 {
      try change(&driver, step, &random)
      driver.run()
      var pod = templates[Int(random.below(4))]
      pod.metadata.name = "p\(step)"
      if random.below(3) > 0 { pod = pod.owned(by: sets[Int(random.below(3))]) }
      let report = SchedulingReport(of: pod, in: driver.snapshot)
      let key = driver.create(pod)
      driver.run()
      let stored = try #require(driver.store[Pod.self, key])
      if let failure = report.failure {
        #expect(stored.status.condition(.podScheduled)?.message == failure, "step \(step)")
      } else {
        #expect(report.best.contains(stored.spec.nodeName), "step \(step)")
        checked += 1
      }
      // What does not fit goes again, or every later change would have it tried, too.
      if stored.spec.nodeName.isEmpty { driver.delete(Pod.self, key) }
    }
    #expect(checked > 30, "the test is meant to see choices")
  }

  private func randomNode(_ name: String, _ random: inout SeededRandom) throws -> Node {
    var node = try makeNode(name, cpu: "\(2 + random.below(6))", memory: "8Gi", pods: "12")
    if random.below(4) > 0 {
      node.metadata.labels["topology.kubernetes.io/zone"] = "zone-\(random.below(3))"
    }
    if random.below(2) == 0 { node.metadata.labels["disk"] = random.below(2) == 0 ? "ssd" : "hdd" }
    node.spec.taints = randomTaints(&random)
    node.status.images = randomImages(&random)
    return node
  }

  private func randomTaints(_ random: inout SeededRandom) -> [Taint] {
    switch random.below(6) {
    case 0: [Taint(key: "dedicated", value: "db", effect: .noSchedule)]
    case 1: [Taint(key: "slow", effect: .preferNoSchedule)]
    default: []
    }
  }

  private func randomImages(_ random: inout SeededRandom) -> [ContainerImage] {
    guard random.below(3) == 0 else { return [] }
    var image = ContainerImage()
    image.names = ["app:\(random.below(3))"]
    image.sizeBytes = Int64(random.below(900)) << 20
    return [image]
  }

  private func randomPod(_ name: String, _ random: inout SeededRandom) throws -> Pod {
    var pod = try makePod(
      name, cpu: random.below(4) > 0 ? "\(100 * (1 + random.below(9)))m" : nil,
      memory: random.below(2) > 0 ? "\(64 << random.below(5))Mi" : nil,
      labels: ["app": ["web", "db"][Int(random.below(2))]])
    pod.spec.containers[0].image = "app:\(random.below(4))"
    if random.below(5) == 0 { pod.spec.nodeSelector = ["disk": "ssd"] }
    if random.below(4) == 0 {
      pod.spec.tolerations = [Toleration(key: "dedicated", operator: .exists)]
    }
    if random.below(6) == 0 {
      var port = ContainerPort(containerPort: 80)
      port.hostPort = 8080
      pod.spec.containers[0].ports = [port]
    }
    if random.below(3) == 0 { pod.spec.topologySpreadConstraints = constraints(&random) }
    if random.below(4) == 0 {
      var preference = PreferredSchedulingTerm()
      preference.weight = 10
      preference.preference.matchExpressions = [
        NodeSelectorRequirement(key: "disk", operator: .in, values: ["hdd"])
      ]
      var affinity = Affinity()
      var nodeAffinity = NodeAffinity()
      nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution = [preference]
      affinity.nodeAffinity = nodeAffinity
      pod.spec.affinity = affinity
    }
    return pod
  }

  private func constraints(_ random: inout SeededRandom) -> [TopologySpreadConstraint] {
    let keys = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
    return (0...random.below(2)).map { index in
      var constraint = TopologySpreadConstraint()
      constraint.maxSkew = 1 + Int32(random.below(3))
      constraint.topologyKey = keys[Int(index)]
      constraint.whenUnsatisfiable = random.below(2) == 0 ? .doNotSchedule : .scheduleAnyway
      constraint.labelSelector = LabelSelector(matchLabels: ["app": "web"])
      if random.below(3) == 0 { constraint.nodeTaintsPolicy = .honor }
      if random.below(3) == 0 { constraint.nodeAffinityPolicy = .ignore }
      if random.below(3) == 0 { constraint.minDomains = 2 }
      return constraint
    }
  }

  /// Something else happens: a node or a pod changes, comes or goes.
  private func change(
    _ driver: inout Driver, _ step: Int, _ random: inout SeededRandom
  ) throws {
    let nodes = driver.store[Node.self].keys
    let pods = driver.store[Pod.self].keys
    switch random.below(10) {
    case 0: driver.create(try randomNode("extra\(step)", &random))
    case 1 where nodes.count > 6:
      driver.delete(Node.self, nodes[Int(random.below(UInt64(nodes.count)))])
    case 2:
      let (taints, images) = (randomTaints(&random), randomImages(&random))
      let cordons = random.below(4) == 0
      driver.change(nodes[Int(random.below(UInt64(nodes.count)))]) { (node: inout Node) in
        node.spec.taints = taints
        node.status.images = images
        node.spec.unschedulable = cordons
      }
    case 3:
      let zone = "zone-\(random.below(4))"
      driver.change(nodes[Int(random.below(UInt64(nodes.count)))]) { (node: inout Node) in
        node.metadata.labels["topology.kubernetes.io/zone"] = zone
      }
    case 4...5 where !pods.isEmpty:
      driver.delete(Pod.self, pods[Int(random.below(UInt64(pods.count)))])
    case 6 where !pods.isEmpty:
      driver.change(pods[Int(random.below(UInt64(pods.count)))]) { (pod: inout Pod) in
        pod.status.phase = .succeeded
      }
    case 7 where !pods.isEmpty:
      driver.change(pods[Int(random.below(UInt64(pods.count)))]) { (pod: inout Pod) in
        pod.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
      }
    case 8 where !pods.isEmpty:
      driver.change(pods[Int(random.below(UInt64(pods.count)))]) { (pod: inout Pod) in
        pod.metadata.labels["app"] = "web"
      }
    case 9:
      var service = Service()
      service.metadata = ObjectMeta(name: "s\(step)", namespace: "default")
      service.spec.selector = ["app": "db"]
      driver.create(service)
    default: break
    }
  }
}
