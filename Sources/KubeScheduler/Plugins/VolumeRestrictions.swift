import KubeModel
import KubeReconcile

/// Keeps two pods from one disk that only one may write, and a second pod from a claim that is for
/// one pod only.
///
/// Follows pkg/scheduler/framework/plugins/volumerestrictions (v1.36).
struct VolumeRestrictions: ClusterFilterPlugin {
  let name = "VolumeRestrictions"

  private static let diskConflict = "node(s) had no available disk"
  private static let inUse =
    "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already "
    + "in-use by another pod"

  func mayReject(_ pod: WaitingPod) -> Bool { !pod.pod.spec.volumes.isEmpty }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .podGone: return true
    case .storageChanged(.claim(let name)):
      return pod.pod.metadata.namespace == name.namespace
        && pod.pod.claimNames.contains(name.name)
    default: return false
    }
  }

  func objection(to pod: WaitingPod, in snapshot: Snapshot, _ cache: ClusterCache) -> String? {
    for volume in pod.pod.spec.volumes {
      guard let name = volume.persistentVolumeClaim?.claimName else { continue }
      if snapshot[PersistentVolumeClaim.self, pod.pod.metadata.namespace, name] == nil {
        return "persistentvolumeclaim \(GoText.quoted(name)) not found"
      }
    }
    return nil
  }

  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)? {
    let disks = pod.pod.spec.volumes.filter { Disk($0) != nil }
    let isTaken = isClaimTaken(pod.pod, snapshot, cache)
    if disks.isEmpty && !isTaken { return nil }
    let nodes = cache.nodes
    return { index in
      let others = snapshot.store[Pod.self].placed(on: nodes.infos[index].name)
      let conflicts = disks.contains { volume in
        others.contains { other in
          !other.object.isTerminal
            && other.object.spec.volumes.contains { Self.conflict(volume, $0) }
        }
      }
      if conflicts {
        return Rejection(plugin: name, reasons: [Self.diskConflict], isUnresolvable: false)
      }
      return isTaken
        ? Rejection(plugin: name, reasons: [Self.inUse], isUnresolvable: false) : nil
    }
  }

  /// Whether a pod on any node uses a claim that is for one pod only.
  private func isClaimTaken(_ pod: Pod, _ snapshot: Snapshot, _ cache: ClusterCache) -> Bool {
    let namespace = pod.metadata.namespace
    let mine = pod.spec.volumes.compactMap { $0.persistentVolumeClaim?.claimName }.filter { name in
      snapshot[PersistentVolumeClaim.self, namespace, name]?
        .spec.accessModes.contains(.readWriteOncePod) ?? false
    }
    if mine.isEmpty { return false }
    let table = snapshot.store[Pod.self]
    return table.keys.contains { key in
      guard let other = table[key], other.metadata.namespace == namespace, !other.isTerminal,
        other.metadata.uid != pod.metadata.uid,
        !other.spec.nodeName.isEmpty || cache.volumeBindings.contains(where: { $0.pod == key })
      else { return false }
      return other.claimNames.contains { mine.contains($0) }
    }
  }

  /// A disk that a volume names by itself.
  private enum Disk: Equatable {
    case gce(String)
    case aws(String)
    case iscsi(String)
    case rbd(pool: String, image: String)

    init?(_ volume: Volume) {
      if let source = volume.gcePersistentDisk {
        self = .gce(source.pdName)
      } else if let source = volume.awsElasticBlockStore {
        self = .aws(source.volumeID)
      } else if let source = volume.iscsi {
        self = .iscsi(source.iqn)
      } else if let source = volume.rbd {
        self = .rbd(pool: source.pool, image: source.image)
      } else {
        return nil
      }
    }
  }

  /// Whether two pods on one node cannot both have their volume: all disks but Amazon's may be
  /// shared for reading.
  private static func conflict(_ one: Volume, _ two: Volume) -> Bool {
    guard let disk = Disk(one), disk == Disk(two) else { return false }
    switch disk {
    case .aws: return true
    case .gce:
      return one.gcePersistentDisk?.readOnly != true || two.gcePersistentDisk?.readOnly != true
    case .iscsi: return one.iscsi?.readOnly != true || two.iscsi?.readOnly != true
    case .rbd:
      let monitors = one.rbd?.monitors ?? []
      let isSame = (two.rbd?.monitors ?? []).contains { monitors.contains($0) }
      return isSame && (one.rbd?.readOnly != true || two.rbd?.readOnly != true)
    }
  }
}
