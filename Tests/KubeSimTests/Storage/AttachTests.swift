import KubeSim
import KubeSimManifests
import Testing

/// Volumes of drivers, which are attached to one node at a time.
@Suite struct AttachTests {
  /// A volume of a driver that was made by hand.
  private static func disk(modes: String = "ReadWriteOnce", after delay: String = "0s") -> String {
    """
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: disk, annotations: {kubesim.dev/attach-after: \(delay)}}
    spec:
      capacity: {storage: 1Gi}
      accessModes: [\(modes)]
      storageClassName: manual
      csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}
    ---

    """
  }

  private func pod(_ name: String, on node: String) -> String {
    Storage.pod(name, using: "data", more: "nodeName: \(node)")
  }

  private func cluster(_ volume: String, modes: String = "ReadWriteOnce") throws -> Cluster {
    var cluster = Cluster(nodes: 2)
    try cluster.apply(yamlText: volume + Storage.claim("data", modes: modes))
    try cluster.run(for: .seconds(1))
    return cluster
  }

  private func attached(_ cluster: borrowing Cluster) -> [String] {
    cluster.all(VolumeAttachment.self).filter(\.status.attached).map(\.spec.nodeName).sorted()
  }

  @Test func aVolumeIsAttachedBeforeItIsMounted() throws {
    var cluster = try cluster(Self.disk(after: "5s"))
    try cluster.apply(yamlText: pod("a", on: "node-1"))
    try cluster.run(for: .seconds(4))
    #expect(attached(cluster).isEmpty && !cluster.isRunning("a"))
    try cluster.run(for: .seconds(6))
    #expect(attached(cluster) == ["node-1"] && cluster.isRunning("a"))
    #expect(
      cluster.notes(about: "a").contains(
        "SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume \"disk\" "))
  }

  @Test func aReadWriteOnceVolumeIsOnOneNodeAtATime() throws {
    var cluster = try cluster(Self.disk())
    try cluster.apply(yamlText: pod("a", on: "node-1"))
    try cluster.run(for: .seconds(3))
    try cluster.apply(yamlText: pod("b", on: "node-2"))
    try cluster.run(for: .seconds(130))
    #expect(cluster.isRunning("a") && !cluster.isRunning("b"))
    let notes = cluster.notes(about: "b")
    #expect(
      notes.contains(
        "FailedAttachVolume: Multi-Attach error for volume \"disk\" Volume is already used by pod(s) a"
      ))
    #expect(
      notes.contains(
        "FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], "
          + "unattached volumes=[data], failed to process volumes=[]: context deadline exceeded"))
    try cluster.delete(Pod.self, "a")
    try cluster.run(for: .minutes(5))
    #expect(attached(cluster) == ["node-2"] && cluster.isRunning("b"))
  }

  @Test func twoPodsOnOneNodeShareAReadWriteOnceVolume() throws {
    var cluster = try cluster(Self.disk())
    try cluster.apply(yamlText: pod("a", on: "node-1") + pod("b", on: "node-1"))
    try cluster.run(for: .seconds(5))
    #expect(cluster.isRunning("a") && cluster.isRunning("b"))
    #expect(attached(cluster) == ["node-1"])
  }

  @Test func aReadWriteManyVolumeIsOnSeveralNodes() throws {
    var cluster = try cluster(Self.disk(modes: "ReadWriteMany"), modes: "ReadWriteMany")
    try cluster.apply(yamlText: pod("a", on: "node-1") + pod("b", on: "node-2"))
    try cluster.run(for: .seconds(5))
    #expect(attached(cluster) == ["node-1", "node-2"])
  }

  @Test func aDirectoryOfANodeIsNotAttached() throws {
    var cluster = try cluster(Storage.volume("disk"))
    try cluster.apply(yamlText: pod("a", on: "node-1") + pod("b", on: "node-2"))
    try cluster.run(for: .seconds(5))
    // Each has the directory of its own node.
    #expect(cluster.isRunning("a") && cluster.isRunning("b"))
    #expect(cluster.all(VolumeAttachment.self).isEmpty)
  }
}
