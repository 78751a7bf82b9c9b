import KubeSim
import KubeSimManifests
import TestFixtures
import Testing

/// The sample of Docs/Guides/Leader-Election.md.
@Suite struct DocumentationLeaderElection {
  private let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path

  @Test func theOtherManagerTakesOver() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)
    try cluster.runControllerManagers(["a", "b"])
    try cluster.run(until: { $0.readyEndpoints(of: "web") == 3 })
    #expect(cluster.leader == "a")

    try cluster.crashControllerManager("a")
    let victim = cluster.pods(on: "node-1")[0].metadata.name
    try cluster.delete(Pod.self, victim)
    try cluster.run(for: .seconds(10))
    #expect(cluster.leader == nil)
    #expect(cluster.all(Pod.self).count == 2)  // nobody replaces it

    try cluster.run(until: { $0.leader == "b" })
    try cluster.run(until: { $0.readyEndpoints(of: "web") == 3 })
  }
}

/// The sample of Docs/Kinds/HorizontalPodAutoscaler.md.
@Suite struct DocumentationAutoscaler {
  @Test func theSizeFollowsTheLoad() throws {
    var cluster = Cluster(nodes: 3)
    try cluster.create(Samples.deployment(replicas: 2, milliCPU: 100))
    try cluster.autoscale(Deployment.self, "web", max: 10, cpuPercent: 50)
    // A load of 400m in all, which the ready pods share: 50m a pod are wanted, so 8 pods.
    cluster.metrics.measure(
      .resource("cpu"), .shared(["app": "web"]), .constant(Quantity(milliValue: 400)))
    try cluster.run(for: .minutes(2))
    #expect(cluster[Deployment.self, "web"]?.spec.replicas == 8)
  }
}
