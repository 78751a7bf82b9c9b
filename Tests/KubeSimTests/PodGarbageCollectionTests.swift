import KubeSim
import Testing

/// Pods that nobody else removes, in a whole cluster.
@Suite struct PodGarbageCollectionTests {
  @Test func thePodsOfARemovedNodeGoAndAreReplaced() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.create(Samples.deployment(replicas: 4))
    try cluster.run(for: .seconds(5))
    let lost = cluster.pods(on: "node-2").map(\.metadata.name)
    #expect(!lost.isEmpty)
    try cluster.removeNode("node-2")
    try cluster.run(for: .seconds(39))
    #expect(lost.allSatisfy { cluster[Pod.self, $0] != nil })
    try cluster.run(for: .seconds(22))
    #expect(lost.allSatisfy { cluster[Pod.self, $0] == nil })
    try cluster.run(for: .seconds(5))
    #expect(cluster.pods(on: "node-1").count == 4)
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 4)
  }

  @Test func finishedPodsAboveTheThresholdGo() throws {
    var cluster = Cluster(nodes: 1)
    cluster.configure(PodGarbageCollector.self) { $0.threshold = 1 }
    for name in ["a", "b", "c"] {
      var pod = Pod()
      pod.metadata.name = name
      pod.spec = Samples.deployment().spec.template.spec
      pod.spec.restartPolicy = .never
      try cluster.create(pod)
      try cluster.run(for: .seconds(2))
      try cluster.kill(container: "app", of: name, exit: 0)
    }
    try cluster.run(for: .seconds(25))
    #expect(cluster.all(Pod.self).map(\.metadata.name) == ["c"])
  }

  @Test func aQuietClusterStaysQuiet() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.create(Samples.deployment())
    let isQuiet = try cluster.runUntilQuiet(within: .minutes(1))
    #expect(isQuiet)
    #expect(cluster.now < .zero + .seconds(20))
  }
}
