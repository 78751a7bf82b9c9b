import KubeSim
import KubeSimManifests
import Testing

/// Pods and the claims they use, from creation to rescheduling.
@Suite struct StoragePodTests {
  @Test func aPodThatIsMadeAnewFindsItsClaimAndTheNodeOfItsVolumeAgain() throws {
    var cluster = Cluster(nodes: 3)
    try cluster.apply(
      yamlText: Storage.manualClass("local", waits: true)
        + Storage.volume("disk", in: "local", on: "node-2") + Storage.claim("data", in: "local"))
    for _ in 0..<2 {
      try cluster.apply(yamlText: Storage.pod("user", using: "data"))
      try cluster.run(for: .seconds(5))
      #expect(cluster.isRunning("user"))
      #expect(cluster[Pod.self, "user"]?.spec.nodeName == "node-2")
      #expect(cluster.binding(of: "data") == "Bound disk")
      try cluster.delete(Pod.self, "user")
      try cluster.run(for: .seconds(5))
      #expect(cluster[Pod.self, "user"] == nil)
    }
  }

  @Test func manifestsThatAreAppliedAgainLeaveWhatIsBoundBound() throws {
    var cluster = Cluster(nodes: 1)
    let manifests = Storage.volume("disk") + Storage.claim("data")
    try cluster.apply(yamlText: manifests)
    try cluster.run(for: .seconds(1))
    let before = cluster.revision
    try cluster.apply(yamlText: manifests)
    try cluster.run(for: .seconds(1))
    #expect(cluster.revision == before)
    #expect(cluster.binding(of: "data") == "Bound disk")
  }

  @Test func aPodThatNamesItsNodePassesTheSchedulerByAndItsClaimStaysPending() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.manualClass("local", waits: true) + Storage.volume("disk", in: "local")
        + Storage.claim("data", in: "local")
        + Storage.pod("user", using: "data", more: "nodeName: node-1"))
    try cluster.run(for: .minutes(1))
    #expect(cluster.binding(of: "data") == "Pending")
    #expect(
      cluster.notes(about: "data") == [
        "WaitForFirstConsumer: waiting for first consumer to be created before binding"
      ])
    #expect(
      cluster.notes(about: "user") == [
        "FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], "
          + "unattached volumes=[], failed to process volumes=[data]: "
          + "error processing PVC default/data: PVC is not bound"
      ])
  }

  @Test func aPodWaitsForAnImmediateClaimAndRunsOnceItIsBound() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(yamlText: Storage.claim("data") + Storage.pod("user", using: "data"))
    try cluster.run(for: .seconds(1))
    #expect(
      cluster[Pod.self, "user"]?.status.condition(.podScheduled)?.message
        == "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found")
    try cluster.apply(yamlText: Storage.volume("disk"))
    try cluster.run(for: .seconds(10))
    #expect(cluster.isRunning("user"))
  }

  @Test func theDiskOfAnotherNodeIsNotMounted() throws {
    let local = Storage.volume("disk", on: "node-2")
      .replacing("hostPath: {path: /data}", with: "local: {path: /data}")
    var cluster = Cluster(nodes: 2)
    try cluster.apply(yamlText: local + Storage.claim("data"))
    try cluster.run(for: .seconds(1))
    try cluster.apply(yamlText: Storage.pod("user", using: "data", more: "nodeName: node-1"))
    try cluster.run(for: .seconds(2))
    #expect(
      cluster.notes(about: "user").first
        == "FailedMount: MountVolume.NodeAffinity check failed for volume \"disk\" : "
        + "no matching NodeSelectorTerms")
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    func run() throws -> String {
      var cluster = Cluster(nodes: 2, seed: 3)
      try cluster.apply(
        yamlText: Storage.madeClass("fast", by: "ebs.csi.aws.com", waits: true)
          + Storage.claim("data", in: "fast") + Storage.pod("user", using: "data"))
      try cluster.run(for: .seconds(20))
      #expect(cluster.isRunning("user"))
      try cluster.delete(Pod.self, "user")
      try cluster.delete(PersistentVolumeClaim.self, "data")
      try cluster.run(for: .minutes(1))
      #expect(cluster.all(PersistentVolume.self).isEmpty)
      #expect(cluster.all(VolumeAttachment.self).isEmpty)
      return "\(cluster.trace.hash)"
    }
    #expect(try run() == run())
  }
}
