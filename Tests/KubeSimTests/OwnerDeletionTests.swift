import KubeSim
import Testing

/// What becomes of what an owner owns, by the words of the deletion.
@Suite struct OwnerDeletionTests {
  private func job() throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    var job = Job()
    job.metadata.name = "job"
    // Suspended, so that its controller, if there is one, makes no pods of its own.
    job.spec.suspend = true
    job.spec.template = Samples.deployment("job").spec.template
    job.spec.template.spec.restartPolicy = .never
    let stored = try cluster.create(job)
    var map = ConfigMap()
    map.metadata.name = "of-the-job"
    map.metadata.ownerReferences = [OwnerReference(controller: stored)]
    try cluster.create(map)
    try cluster.run(for: .seconds(1))
    return cluster
  }

  @Test func aJobDeletedWithoutAPolicyLeavesWhatItOwns() throws {
    var cluster = try job()
    try cluster.delete(Job.self, "job", DeleteOptions())
    try cluster.run(for: .seconds(10))
    #expect(cluster[Job.self, "job"] == nil)
    #expect(cluster[ConfigMap.self, "of-the-job"]?.metadata.ownerReferences == [])
  }

  @Test func aJobDeletedAsKubectlDoesTakesWhatItOwnsAlong() throws {
    var cluster = try job()
    try cluster.delete(Job.self, "job")
    try cluster.run(for: .seconds(10))
    #expect(cluster[Job.self, "job"] == nil)
    #expect(cluster[ConfigMap.self, "of-the-job"] == nil)
  }

  @Test func anOrphaningDeploymentSeesThatItIsAloneBeforeItGoes() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.create(Samples.deployment())
    try cluster.run(for: .seconds(5))
    var options = DeleteOptions()
    options.propagationPolicy = .orphan
    try cluster.delete(Deployment.self, "web", options)
    try cluster.run(until: { $0[Deployment.self, "web"]?.status.replicas == 0 })
    try cluster.run(for: .seconds(1))
    #expect(cluster[Deployment.self, "web"] == nil)
    #expect(cluster.all(ReplicaSet.self).map(\.metadata.ownerReferences) == [[]])
    #expect(cluster.all(Pod.self).count == 2)
  }

  @Test func aNewDeploymentAdoptsTheSetThatAFormerOneLeft() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.create(Samples.deployment())
    try cluster.run(for: .seconds(5))
    let pods = cluster.all(Pod.self).map(\.metadata.name)
    var options = DeleteOptions()
    options.propagationPolicy = .orphan
    try cluster.delete(Deployment.self, "web", options)
    try cluster.run(for: .seconds(5))
    try cluster.create(Samples.deployment())
    try cluster.run(for: .seconds(5))
    #expect(cluster.all(ReplicaSet.self).count == 1)
    #expect(cluster.all(ReplicaSet.self)[0].metadata.controllerRef?.name == "web")
    #expect(cluster.all(Pod.self).map(\.metadata.name) == pods)
  }

  // MARK: Chains

  private func deployment(
    _ policy: DeletionPropagation, for time: Duration = .seconds(5),
    _ prepare: (inout Cluster) throws -> Void = { _ in }
  ) throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    try cluster.create(Samples.deployment())
    try cluster.run(for: .seconds(5))
    try prepare(&cluster)
    var options = DeleteOptions()
    options.propagationPolicy = policy
    try cluster.delete(Deployment.self, "web", options)
    try cluster.run(for: time)
    return cluster
  }

  /// The kinds of what was removed, in order, and of what was created since the deletion.
  private func removals(_ cluster: Cluster) -> (removed: [String], created: [String]) {
    let kinds = ["Deployment", "ReplicaSet", "Pod"]
    let steps = cluster.trace.suffix(cluster.trace.count).filter {
      kinds.contains($0.subject.sort) && $0.time >= .zero + .seconds(5)
    }
    return (
      steps.filter { $0.action == "remove" }.map(\.subject.sort),
      steps.filter { $0.action == "create" }.map(\.subject.sort)
    )
  }

  @Test func inTheBackgroundTheOwnerGoesFirstAndItsPodsLast() throws {
    let (removed, created) = removals(try deployment(.background))
    #expect(removed == ["Deployment", "ReplicaSet", "Pod", "Pod"])
    #expect(created == [])
  }

  @Test func inTheForegroundPodsGoFirstAndNothingIsMadeMeanwhile() throws {
    let (removed, created) = removals(try deployment(.foreground))
    #expect(removed == ["Pod", "Pod", "ReplicaSet", "Deployment"])
    #expect(created == [])
  }

  @Test func aDependentWithAFinalizerHoldsAForegroundOwnerUntilItIsGone() throws {
    var cluster = try deployment(.foreground) { cluster in
      let pod = cluster.all(Pod.self)[0].metadata.name
      try cluster.edit(Pod.self, pod) { $0.metadata.finalizers = ["example.com/hold"] }
    }
    let pod = try #require(cluster.all(Pod.self).first)
    #expect(cluster.all(Pod.self).count == 1)
    #expect(pod.metadata.isBeingDeleted)
    #expect(cluster.all(ReplicaSet.self)[0].metadata.finalizers == ["foregroundDeletion"])
    #expect(cluster[Deployment.self, "web"]?.metadata.finalizers == ["foregroundDeletion"])
    try cluster.edit(Pod.self, pod.metadata.name) { $0.metadata.finalizers = [] }
    try cluster.run(for: .seconds(1))
    #expect(cluster.all(ReplicaSet.self).isEmpty)
    #expect(cluster[Deployment.self, "web"] == nil)
  }

  @Test func aDependentThatDoesNotBlockIsDeletedAndNotWaitedFor() throws {
    let cluster = try deployment(.foreground) { cluster in
      let set = cluster.all(ReplicaSet.self)[0]
      var map = ConfigMap()
      map.metadata.name = "aside"
      map.metadata.finalizers = ["example.com/hold"]
      var owner = OwnerReference(controller: set)
      (owner.blockOwnerDeletion, owner.controller) = (false, nil)
      map.metadata.ownerReferences = [owner]
      try cluster.create(map)
    }
    #expect(cluster[Deployment.self, "web"] == nil)
    #expect(cluster.all(ReplicaSet.self).isEmpty)
    #expect(cluster[ConfigMap.self, "aside"]?.metadata.isBeingDeleted == true)
  }

  @Test func thePodsOfADeletedStatefulSetGoAndItsClaimsStay() throws {
    var cluster = Cluster(nodes: 1)
    var set = StatefulSet()
    set.metadata.name = "db"
    let web = Samples.deployment("db")
    set.spec.selector = web.spec.selector
    set.spec.template = web.spec.template
    set.spec.serviceName = "db"
    set.spec.replicas = 1
    var claim = PersistentVolumeClaim()
    claim.metadata.name = "data"
    claim.spec.accessModes = [.readWriteOnce]
    claim.spec.resources.requests["storage"] = Quantity(value: 1)
    set.spec.volumeClaimTemplates = [claim]
    try cluster.create(set)
    try cluster.run(for: .seconds(5))
    #expect(cluster.all(Pod.self).count == 1)
    try cluster.delete(StatefulSet.self, "db")
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(Pod.self).isEmpty)
    #expect(cluster[PersistentVolumeClaim.self, "data-db-0"] != nil)
  }
}
