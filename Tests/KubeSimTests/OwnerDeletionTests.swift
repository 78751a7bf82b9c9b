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
}
