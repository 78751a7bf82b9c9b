import KubeSim
import Testing

/// A ReplicationController in a whole cluster.
@Suite struct ReplicationControllerTests {
  private func cluster() throws -> Cluster {
    var cluster = Cluster(nodes: 2)
    var controller = ReplicationController()
    controller.metadata.name = "rc"
    controller.spec.replicas = 3
    var template = Samples.deployment("rc").spec.template
    template.spec.terminationGracePeriodSeconds = 1
    controller.spec.template = template
    try cluster.create(controller)
    try cluster.run(for: .seconds(5))
    return cluster
  }

  private func pods(_ cluster: Cluster) -> [String] { cluster.all(Pod.self).map(\.metadata.name) }

  @Test func itKeepsItsPodsAndReportsThem() throws {
    let cluster = try cluster()
    let status = cluster[ReplicationController.self, "rc"]?.status
    #expect(status?.replicas == 3)
    #expect(status?.readyReplicas == 3)
    #expect(status?.availableReplicas == 3)
    #expect(status?.fullyLabeledReplicas == 3)
    // Without a selector it selects by the labels of its template.
    #expect(cluster[ReplicationController.self, "rc"]?.spec.selector == ["app": "rc"])
  }

  @Test func itReplacesAPodThatIsDeleted() throws {
    var cluster = try cluster()
    let victim = pods(cluster)[0]
    try cluster.delete(Pod.self, victim)
    try cluster.run(for: .seconds(5))
    #expect(pods(cluster).count == 3)
    #expect(!pods(cluster).contains(victim))
  }

  @Test func itRemovesTheSurplus() throws {
    var cluster = try cluster()
    try cluster.scale(ReplicationController.self, "rc", to: 1)
    try cluster.run(for: .seconds(5))
    #expect(pods(cluster).count == 1)
    #expect(cluster[ReplicationController.self, "rc"]?.status.replicas == 1)
  }

  @Test func itLetsAPodGoWhoseLabelNoLongerMatchesAndMakesAnother() throws {
    var cluster = try cluster()
    let name = pods(cluster)[0]
    try cluster.edit(Pod.self, name) { $0.metadata.labels["app"] = "debug" }
    try cluster.run(for: .seconds(5))
    #expect(pods(cluster).count == 4)
    #expect(cluster[Pod.self, name]?.metadata.controllerRef == nil)
  }

  @Test func itsPodsOutliveItUnlessADeletionSaysOtherwise() throws {
    var cluster = try cluster()
    var kubectl = cluster
    try cluster.delete(ReplicationController.self, "rc", DeleteOptions())
    try cluster.run(for: .seconds(10))
    #expect(cluster[ReplicationController.self, "rc"] == nil)
    #expect(pods(cluster).count == 3)
    try kubectl.delete(ReplicationController.self, "rc")
    try kubectl.run(for: .seconds(10))
    #expect(pods(kubectl).isEmpty)
  }
}
