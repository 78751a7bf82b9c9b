import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// A StatefulSet from end to end: server, controller, scheduler, kubelet, collector, kubectl.
@Suite struct StatefulSetTests {
  static let service = """
    apiVersion: v1
    kind: Service
    metadata: {name: db}
    spec:
      clusterIP: None
      selector: {app: db}
      ports: [{name: db, port: 5432}]
    """

  static let db = """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      replicas: 3
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          terminationGracePeriodSeconds: 5
          containers: [{name: app, image: "db:1"}]
    """

  private func cluster(seed: UInt64 = 1) throws -> Cluster {
    var cluster = Cluster(nodes: 2, seed: seed)
    try cluster.apply(yamlText: Self.service)
    try cluster.apply(yamlText: Self.db)
    try cluster.run(until: { $0[StatefulSet.self, "db"]?.status.availableReplicas == 3 })
    return cluster
  }

  private func roll(_ cluster: inout Cluster, to image: String) throws {
    try cluster.setImage(StatefulSet.self, "db", container: "app", to: image)
    try cluster.run(until: { Self.isRolledOut($0) })
  }

  private static func isRolledOut(_ cluster: borrowing Cluster) -> Bool {
    guard let set = cluster[StatefulSet.self, "db"] else { return false }
    return set.status.observedGeneration == set.metadata.generation
      && set.status.currentRevision == set.status.updateRevision
      && set.status.readyReplicas == 3
  }

  @Test func podsHaveTheirNamesUnderTheHeadlessService() throws {
    let cluster = try cluster()
    let slice = try #require(
      cluster.all(EndpointSlice.self).first {
        $0.metadata.labels["kubernetes.io/service-name"] == "db"
      })
    #expect(slice.endpoints.compactMap(\.hostname).sorted() == ["db-0", "db-1", "db-2"])
    #expect(cluster[Pod.self, "db-1"]?.spec.subdomain == "db")
  }

  @Test func manySeedsKeepTheOrderOfARollout() {
    expectEverySeed(in: 0..<max(1, Sweep.seeds / 5)) { seed in
      var cluster = try cluster(seed: seed)
      cluster.always("one pod is missing at most") { cluster in
        cluster.all(Pod.self).count { $0.isReady && !$0.isBeingDeleted } >= 2
      }
      cluster.always("a new pod stands above all old ones") { cluster in
        let images = cluster.all(Pod.self).map { $0.spec.containers[0].image }
        return images == images.sorted()
      }
      try roll(&cluster, to: "db:2")
    }
  }

  @Test func kubectlScalesIt() throws {
    var cluster = try cluster()
    try cluster.scale(StatefulSet.self, "db", to: 1)
    try cluster.run(until: { $0.all(Pod.self).map(\.metadata.name) == ["db-0"] })
    #expect(cluster.all(ControllerRevision.self).count == 1)
  }

  @Test func kubectlUndoesItsRolloutAndShowsItsHistory() throws {
    var cluster = try cluster()
    try roll(&cluster, to: "db:2")
    #expect(try cluster.rolloutHistory(StatefulSet.self, "db").map(\.number) == [1, 2])
    #expect(try cluster.undoRollout(StatefulSet.self, "db") == "rolled back")
    try cluster.run(until: { Self.isRolledOut($0) })
    #expect(cluster[Pod.self, "db-0"]?.spec.containers[0].image == "db:1")
    #expect(try cluster.rolloutHistory(StatefulSet.self, "db").map(\.number) == [2, 3])
    #expect(
      try cluster.undoRollout(StatefulSet.self, "db", toRevision: 3)
        == "skipped rollback (current template already matches revision 3)")
  }

  @Test func anUndoWithoutAnEarlierRevisionIsRefusedInKubectlsWords() throws {
    var cluster = try cluster()
    func message(_ revision: Int64) -> String? {
      #expect(throws: APIError.self) {
        try cluster.undoRollout(StatefulSet.self, "db", toRevision: revision)
      }?.message
    }
    #expect(message(0) == "no last revision to roll back to")
    #expect(message(7) == "unable to find specified revision 7 in history")
    #expect(message(-1) == "unable to find specified revision -1 in history")
  }

  @Test func kubectlRestartsIt() throws {
    var cluster = try cluster()
    let before = cluster.all(Pod.self).map(\.metadata.uid)
    try cluster.restartRollout(StatefulSet.self, "db")
    #expect(try !cluster.rolloutStatus(StatefulSet.self, "db").isDone)
    try cluster.run(until: { Self.isRolledOut($0) })
    #expect(try cluster.rolloutStatus(StatefulSet.self, "db").isDone)
    #expect(cluster.all(Pod.self).allSatisfy { !before.contains($0.metadata.uid) })
  }

  @Test func podsThatWereOrphanedAreAdoptedByANewSetAndRolled() throws {
    var cluster = try cluster()
    let before = cluster.all(Pod.self).map(\.metadata.uid)
    var options = DeleteOptions()
    options.propagationPolicy = .orphan
    try cluster.delete(StatefulSet.self, "db", options)
    try cluster.run(for: .minutes(1))
    #expect(cluster[StatefulSet.self, "db"] == nil)
    #expect(cluster.all(Pod.self).map(\.metadata.uid) == before)
    #expect(cluster.all(Pod.self).allSatisfy { $0.metadata.controllerRef == nil })
    try cluster.apply(yamlText: Self.db)
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(Pod.self).map(\.metadata.uid) == before, "the same revision")
    #expect(cluster.all(Pod.self).allSatisfy { $0.metadata.controllerRef?.name == "db" })
    try cluster.delete(StatefulSet.self, "db", options)
    try cluster.run(for: .minutes(1))
    try cluster.apply(yamlText: Self.db.replacing("db:1", with: "db:2"))
    try cluster.run(until: { $0[StatefulSet.self, "db"]?.status.updatedReplicas == 3 })
    #expect(cluster.all(Pod.self).allSatisfy { $0.spec.containers[0].image == "db:2" })
  }

  @Test(arguments: [("Delete", 0), ("Retain", 3)])
  func whenTheSetGoesItsClaimsGoAsThePolicySays(policy: String, left: Int) throws {
    let yaml =
      Self.db + """
        \n
          persistentVolumeClaimRetentionPolicy: {whenDeleted: \(policy), whenScaled: Retain}
          podManagementPolicy: Parallel
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """
    var cluster = Cluster(nodes: 1)
    try cluster.apply(yamlText: yaml)
    try cluster.run(for: .seconds(10))
    #expect(cluster.all(PersistentVolumeClaim.self).count == 3)
    try cluster.delete(StatefulSet.self, "db")
    try cluster.run(for: .minutes(2))
    #expect(cluster.all(Pod.self).isEmpty)
    #expect(cluster.all(PersistentVolumeClaim.self).count == left)
  }

  @Test func whenAPodIsScaledAwayItsClaimGoesWithItAndComesAnew() throws {
    let yaml =
      Self.db + """
        \n
          persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Delete}
          podManagementPolicy: Parallel
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """
    var cluster = Cluster(nodes: 1)
    try cluster.apply(yamlText: yaml)
    try cluster.run(for: .seconds(10))
    let old = try #require(cluster[PersistentVolumeClaim.self, "data-db-2"])
    try cluster.scale(StatefulSet.self, "db", to: 2)
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(PersistentVolumeClaim.self).count == 2)
    try cluster.scale(StatefulSet.self, "db", to: 3)
    try cluster.run(for: .minutes(1))
    let new = try #require(cluster[PersistentVolumeClaim.self, "data-db-2"])
    #expect(new.metadata.uid != old.metadata.uid)
  }

  @Test func maxUnavailableIsDroppedUnlessItsGateIsOn() throws {
    let yaml =
      Self.db + """
        \n
          updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
        """
    var plain = Cluster(nodes: 1)
    try plain.apply(yamlText: yaml)
    let strategy = plain[StatefulSet.self, "db"]?.spec.updateStrategy
    #expect(
      strategy?.rollingUpdate?.maxUnavailable == nil && strategy?.rollingUpdate?.partition == 0)

    var cluster = Cluster(nodes: 1)
    cluster.enable(.maxUnavailableStatefulSet)
    try cluster.apply(yamlText: yaml)
    try cluster.run(until: { $0[StatefulSet.self, "db"]?.status.availableReplicas == 3 })
    try cluster.setImage(StatefulSet.self, "db", container: "app", to: "db:2")
    try cluster.run(until: { $0.all(Pod.self).count { $0.isBeingDeleted } == 2 })
    try cluster.run(until: { Self.isRolledOut($0) })
    let refusal = #expect(throws: APIError.self) {
      try cluster.edit(StatefulSet.self, "db") {
        $0.spec.updateStrategy.rollingUpdate?.maxUnavailable = 0
      }
    }
    #expect(refusal?.message.hasSuffix("maxUnavailable: Invalid value: 0: cannot be 0") == true)
  }

  @Test func threeHundredParallelPodsComeAndGo() throws {
    var cluster = Cluster(nodes: 4)
    try cluster.apply(
      yamlText: Self.db.replacing(
        "replicas: 3", with: "replicas: 300\n  podManagementPolicy: Parallel"))
    try cluster.run(until: { $0[StatefulSet.self, "db"]?.status.availableReplicas == 300 })
    try cluster.scale(StatefulSet.self, "db", to: 0)
    try cluster.run(until: { $0.all(Pod.self).isEmpty })
  }

  @Test func kindsWithoutRolloutsAreRefusedInKubectlsWords() throws {
    var cluster = try cluster()
    let undo = #expect(throws: APIError.self) { try cluster.undoRollout(Pod.self, "db-0") }
    #expect(undo?.message == "no rollbacker has been implemented for \"Pod\"")
    let history = #expect(throws: APIError.self) { try cluster.rolloutHistory(Service.self, "db") }
    #expect(history?.message == "no history viewer has been implemented for \"Service\"")
    let pause = #expect(throws: APIError.self) { try cluster.pauseRollout(StatefulSet.self, "db") }
    #expect(pause?.message == "statefulsets.apps \"db\" pausing is not supported")
    let resume = #expect(throws: APIError.self) {
      try cluster.resumeRollout(StatefulSet.self, "db")
    }
    #expect(resume?.message == "statefulsets.apps \"db\" resuming is not supported")
    let restart = #expect(throws: APIError.self) { try cluster.restartRollout(Service.self, "db") }
    #expect(restart?.message == "services \"db\" restarting is not supported")
  }
}
