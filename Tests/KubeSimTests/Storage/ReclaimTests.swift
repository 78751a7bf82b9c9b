import KubeSim
import KubeSimManifests
import Testing

/// What becomes of volumes whose claims are gone.
@Suite struct ReclaimTests {
  /// A cluster in which a claim was bound to a volume and then deleted.
  private func afterDeletion(_ volume: String) throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(yamlText: volume + Storage.claim("data"))
    try cluster.run(for: .seconds(1))
    #expect(cluster.binding(of: "data") == "Bound disk")
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(1))
    #expect(cluster.claim("data") == nil)
    return cluster
  }

  @Test func aRetainedVolumeIsReleasedAndTakenByNobody() throws {
    var cluster = try afterDeletion(Storage.volume("disk"))
    #expect(cluster.volumePhases == ["disk Released"])
    try cluster.apply(yamlText: Storage.claim("data"))
    try cluster.run(for: .seconds(30))
    #expect(cluster.binding(of: "data") == "Pending")
  }

  @Test func aReleasedVolumeIsFreeOnceItsClaimIsTakenOut() throws {
    var cluster = try afterDeletion(Storage.volume("disk"))
    try cluster.edit(PersistentVolume.self, "disk") { $0.spec.claimRef = nil }
    try cluster.run(for: .seconds(1))
    #expect(cluster.volumePhases == ["disk Available"])
  }

  @Test func aVolumeInTheTemporaryDirectoryIsDeleted() throws {
    let cluster = try afterDeletion(
      Storage.volume("disk", policy: "Delete", path: "/tmp/disk"))
    #expect(cluster.volume("disk") == nil)
  }

  @Test func aDirectoryElsewhereCannotBeDeleted() throws {
    let cluster = try afterDeletion(Storage.volume("disk", policy: "Delete"))
    let text = "host_path deleter only supports /tmp/.+ but received provided /data"
    #expect(cluster.volume("disk")?.status.phase == .failed)
    #expect(cluster.volume("disk")?.status.message == text)
    #expect(cluster.notes(about: "disk") == ["VolumeFailedDelete: \(text)"])
  }

  @Test func aVolumeWithoutDeleterFails() throws {
    let nfs = Storage.volume("disk", policy: "Delete")
      .replacing("hostPath: {path: /data}", with: "nfs: {server: s, path: /x}")
    let cluster = try afterDeletion(nfs)
    #expect(
      cluster.notes(about: "disk") == [
        "VolumeFailedDelete: error getting deleter volume plugin for volume \"disk\": "
          + "no deletable volume plugin matched"
      ])
  }

  @Test func aRecycledVolumeIsAvailableAgain() throws {
    let cluster = try afterDeletion(Storage.volume("disk", policy: "Recycle"))
    #expect(cluster.volumePhases == ["disk Available"])
    #expect(cluster.volume("disk")?.spec.claimRef == nil)
    #expect(cluster.notes(about: "disk") == ["VolumeRecycled: Volume recycled"])
  }

  @Test func aVolumeWithoutRecyclerFails() throws {
    let local = Storage.volume("disk", on: "node-1", policy: "Recycle")
      .replacing("hostPath: {path: /data}", with: "local: {path: /data}")
    let cluster = try afterDeletion(local)
    #expect(
      cluster.notes(about: "disk") == [
        "VolumeFailedRecycle: No recycler plugin found for the volume!"
      ])
  }
}
