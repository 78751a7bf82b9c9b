import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// A rolling update from end to end: Deployment, ReplicaSets, scheduler, kubelet.
@Suite struct RolloutTests {
  static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 4
      selector: {matchLabels: {app: web}}
      template:
        metadata:
          labels: {app: web}
          annotations:
            kubesim.dev/behavior: |
              app:
                probes:
                  readiness: [{for: 3s, result: failure}, {result: success}]
                stop: {after: 1s}
        spec:
          terminationGracePeriodSeconds: 5
          containers:
            - name: app
              image: web:1
              readinessProbe:
                exec: {command: [probe, readiness]}
                periodSeconds: 2
    """

  static func cluster(seed: UInt64) throws -> Cluster {
    var cluster = Cluster(nodes: 3, seed: seed)
    try cluster.apply(yamlText: web)
    try cluster.run(until: { $0[Deployment.self, "web"]?.status.availableReplicas == 4 })
    return cluster
  }

  static func roll(_ cluster: inout Cluster) throws {
    try cluster.edit(Deployment.self, "web") {
      $0.spec.template.spec.containers[0].image = "web:2"
    }
  }

  static func isRolledOut(_ cluster: borrowing Cluster) -> Bool {
    guard let web = cluster[Deployment.self, "web"] else { return false }
    return web.status.observedGeneration == web.metadata.generation
      && web.status.updatedReplicas == 4 && web.status.availableReplicas == 4
      && cluster.all(Pod.self).count == 4
  }

  /// What must hold in every rollout of four replicas with 25% and 25%.
  static func guardRollout(_ cluster: inout Cluster) {
    cluster.always("at most replicas + surge") { cluster in
      cluster.all(Pod.self).count { !$0.isTerminal && !$0.isBeingDeleted } <= 5
    }
    cluster.always("at least replicas - unavailable") { cluster in
      cluster.all(Pod.self).count { $0.isReady && !$0.isBeingDeleted } >= 3
    }
    cluster.always("every pod has its owner") { cluster in
      cluster.all(Pod.self).allSatisfy { pod in
        guard let owner = pod.metadata.controllerRef else { return false }
        return cluster.store.key(of: owner.uid) != nil
      }
    }
  }

  /// The reasons of the condition Progressing, one after the other.
  private func progress(of cluster: Cluster) throws -> [String] {
    try cluster.history.changes(after: 0).reduce(into: []) { reasons, change in
      guard let web = change.object as? Deployment,
        let reason = web.status.conditions[.progressing]?.reason, reason != reasons.last
      else { return }
      reasons.append(reason)
    }
  }

  @Test func aNewDeploymentHasASetThenProgressThenAllItsPods() throws {
    var cluster = Cluster(nodes: 3, history: .all)
    try cluster.apply(yamlText: Self.web)
    try cluster.run(until: { Self.isRolledOut($0) })
    #expect(
      try progress(of: cluster)
        == ["NewReplicaSetCreated", "ReplicaSetUpdated", "NewReplicaSetAvailable"])
    #expect(
      cluster.events(about: "Deployment", "web").map(\.message).allSatisfy {
        $0.hasSuffix(" from 0 to 4")
      })
    #expect(
      cluster[Deployment.self, "web"]?.metadata.annotations["deployment.kubernetes.io/revision"]
        == "1")
  }

  @Test func podsThatAreRefusedShowAsFailureAndThenAsADeadlineThatIsOver() throws {
    var cluster = Cluster(nodes: 1, history: .all)
    try cluster.apply(
      yamlText: Self.web.replacing(
        "  replicas: 4\n", with: "  replicas: 4\n  progressDeadlineSeconds: 20\n"
      ).replacing("      containers:", with: "      serviceAccountName: nobody\n      containers:"))
    try cluster.run(for: .seconds(15))
    let failure = try #require(
      cluster[Deployment.self, "web"]?.status.conditions[.replicaFailure])
    #expect(failure.status == .true && failure.reason == "FailedCreate")
    #expect(
      failure.message.hasSuffix(
        "is forbidden: error looking up service account default/nobody: serviceaccount \"nobody\""
          + " not found"))
    try cluster.run(for: .seconds(10))
    #expect(try progress(of: cluster) == ["NewReplicaSetCreated", "ProgressDeadlineExceeded"])
    let error = #expect(throws: APIError.self) { try cluster.rolloutStatus(Deployment.self, "web") }
    #expect(error?.message == "deployment \"web\" exceeded its progress deadline")
    try cluster.apply(yamlText: "{apiVersion: v1, kind: ServiceAccount, metadata: {name: nobody}}")
    try cluster.run(until: { Self.isRolledOut($0) })
    #expect(cluster[Deployment.self, "web"]?.status.conditions[.replicaFailure] == nil)
    #expect(try progress(of: cluster).last == "NewReplicaSetAvailable")
  }

  @Test func aRolloutReplacesEveryPod() throws {
    var cluster = try Self.cluster(seed: 1)
    let before = Set(cluster.all(Pod.self).map(\.metadata.uid))
    try Self.roll(&cluster)
    Self.guardRollout(&cluster)
    expectEventually(&cluster, "the rollout is complete", within: .minutes(2)) {
      Self.isRolledOut($0)
    }
    let after = cluster.all(Pod.self)
    #expect(after.allSatisfy { !before.contains($0.metadata.uid) })
    #expect(after.allSatisfy { $0.spec.containers[0].image == "web:2" })
  }

  @Test func manySeedsKeepTheInvariantsOfARollout() {
    expectEverySeed(in: 0..<Sweep.seeds) { seed in
      var cluster = try Self.cluster(seed: seed)
      Self.guardRollout(&cluster)
      try Self.roll(&cluster)
      try cluster.run(
        until: { Self.isRolledOut($0) }, within: .minutes(2))
    }
  }

  @Test func aForkThatIsChangedLeavesTheOriginalAlone() throws {
    let original = try Self.cluster(seed: 2)
    let hash = original.trace.hash
    var fork = original
    try fork.delete(Deployment.self, "web")
    try fork.run(for: .minutes(1))
    #expect(original.trace.hash == hash)
    #expect(original.all(Pod.self).count == 4)
    #expect(fork.all(Pod.self).isEmpty)
    #expect(fork.trace.hash != hash)
    var again = original
    try again.delete(Deployment.self, "web")
    try again.run(for: .minutes(1))
    #expect(again.trace.hash == fork.trace.hash)
  }

  @Test func anotherSeedIsAnotherRun() throws {
    #expect(try Self.cluster(seed: 3).trace.hash == Self.cluster(seed: 3).trace.hash)
    #expect(try Self.cluster(seed: 3).trace.hash != Self.cluster(seed: 4).trace.hash)
  }

  @Test func aPodsEndIsWalkedBackToTheUser() throws {
    var cluster = try Self.cluster(seed: 5)
    let victim = try #require(cluster.all(Pod.self).first)
    try cluster.edit(Deployment.self, "web") { $0.spec.replicas = 0 }
    try cluster.run(until: { $0.all(Pod.self).isEmpty })
    let why = try #require(cluster.why(Pod.self, victim.metadata.name))
    let chain = why.latest
    #expect(chain.first?.action == "remove")
    #expect(chain.contains { $0.actor == "replicaset-controller" && $0.action == "delete" })
    #expect(chain.last?.actor == Cluster.user)
    #expect(chain.last?.subject.name == "web")
  }
}
