import KubeSim
import Testing

/// Several controller managers, of which one acts.
@Suite struct LeadershipTests {
  private func cluster() throws -> Cluster {
    var cluster = Cluster(nodes: 2)
    try cluster.runControllerManagers(["a", "b"])
    try cluster.create(Samples.deployment())
    try cluster.run(for: .seconds(5))
    return cluster
  }

  private func lease(_ cluster: Cluster) -> Lease? {
    cluster[Lease.self, "kube-controller-manager", namespace: "kube-system"]
  }

  @Test func theFirstManagerLeadsAndRenewsItsLease() throws {
    let cluster = try cluster()
    #expect(cluster.leader == "a")
    #expect(lease(cluster)?.spec.holderIdentity == "a")
    #expect(lease(cluster)?.spec.leaseDurationSeconds == 15)
    #expect(lease(cluster)?.spec.leaseTransitions == 0)
    #expect(lease(cluster)?.spec.renewTime == cluster.clock.microTime(.zero + .seconds(4)))
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 2)
    let events = cluster.events(
      about: "Lease", "kube-controller-manager", namespace: "kube-system")
    #expect(events.map(\.message) == ["a became leader"])
  }

  @Test func noControllerActsWhileThereIsNoLeader() throws {
    var cluster = try cluster()
    try cluster.crashControllerManager("a")
    #expect(cluster.leader == nil)
    let last = cluster.trace.count
    try cluster.scale(Deployment.self, "web", to: 5)
    try cluster.delete(Pod.self, cluster.all(Pod.self)[0].metadata.name)
    try cluster.run(for: .seconds(14))
    #expect(cluster.leader == nil)
    let actors = cluster.trace.suffix(cluster.trace.count - last).map(\.actor)
    #expect(Set(actors).isSubset(of: ["you", "kubelet"]))
    #expect(cluster.all(Pod.self).count == 1)
    #expect(cluster[Deployment.self, "web"]?.status.observedGeneration == 1)
  }

  @Test func theOtherTakesOverWhenTheLeaseHasRunOutAndCatchesUp() throws {
    var cluster = try cluster()
    try cluster.crashControllerManager("a")
    try cluster.scale(Deployment.self, "web", to: 5)
    try cluster.run(until: { $0.leader == "b" }, within: .seconds(30))
    // The last renewal was at 4 s; it was seen at 6 s, and holds for 15 s from there.
    #expect(cluster.now >= .zero + .seconds(19))
    #expect(cluster.now <= .zero + .seconds(24))
    #expect(lease(cluster)?.spec.holderIdentity == "b")
    #expect(lease(cluster)?.spec.leaseTransitions == 1)
    try cluster.run(for: .seconds(3))
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 5)
  }

  @Test func aManagerThatIsBackWaitsForItsTurn() throws {
    var cluster = try cluster()
    try cluster.crashControllerManager("a")
    try cluster.run(for: .seconds(25))
    try cluster.startControllerManager("a")
    try cluster.run(for: .seconds(60))
    #expect(cluster.leader == "b")
    try cluster.crashControllerManager("b")
    try cluster.run(for: .seconds(25))
    #expect(cluster.leader == "a")
    #expect(lease(cluster)?.spec.leaseTransitions == 2)
  }

  @Test func aLeaderThatIsBackBeforeTheLeaseRanOutLeadsAgain() throws {
    var cluster = try cluster()
    try cluster.crashControllerManager("a")
    try cluster.run(for: .seconds(3))
    try cluster.startControllerManager("a")
    try cluster.run(for: .seconds(3))
    #expect(cluster.leader == "a")
    #expect(lease(cluster)?.spec.leaseTransitions == 0)
  }

  @Test func aNewLeaderHasForgottenAndKeepsSettings() throws {
    var cluster = try cluster()
    cluster.configure(PodGarbageCollector.self) { $0.threshold = 7 }
    try cluster.crashControllerManager("a")
    try cluster.run(for: .seconds(25))
    #expect(cluster.leader == "b")
    let collector = cluster.attachedReconcilers.compactMap { $0 as? PodGarbageCollector }.first
    #expect(collector?.threshold == 7)
    // It has never seen the nodes, and says so, as a real one does.
    let events = cluster.events(about: "Node", "node-1").filter { $0.reason == "RegisteredNode" }
    #expect(events.reduce(0) { $0 + max(1, Int($1.count)) } == 2)
  }

  @Test func aForkMayLoseItsLeaderAlone() throws {
    let before = try cluster()
    var other = before
    try other.crashControllerManager("a")
    #expect(before.leader == "a")
    #expect(other.leader == nil)
  }

  @Test func withoutAnElectionThereIsNoLease() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.create(Samples.deployment())
    try cluster.run(for: .minutes(5))
    #expect(cluster.leader == nil)
    #expect(lease(cluster) == nil)
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 2)
  }

  @Test func wrongManagersAreRefused() throws {
    var cluster = Cluster()
    #expect(throws: APIError.self) { try cluster.runControllerManagers([]) }
    #expect(throws: APIError.self) { try cluster.runControllerManagers(["a", "a"]) }
    #expect(throws: APIError.self) { try cluster.crashControllerManager("a") }
    try cluster.runControllerManagers(["a"])
    #expect(throws: APIError.self) { try cluster.runControllerManagers(["b"]) }
    let error = #expect(throws: APIError.self) { try cluster.crashControllerManager("x") }
    #expect(error?.message == "there is no controller manager \"x\"")
  }
}
