import KubeModel
import KubeReconcile

/// Keeps a pod off nodes whose drivers cannot attach more volumes.
///
/// Follows pkg/scheduler/framework/plugins/nodevolumelimits (v1.36): `csi.go`.
/// Left out: in-tree volumes that were migrated to drivers.
struct NodeVolumeLimits: ClusterFilterPlugin {
  let name = "NodeVolumeLimits"

  private static let tooMany = "node(s) exceed max volume count"

  /// A volume of a driver; one that is still to be made is known by its claim.
  private struct Attachable: Hashable {
    let driver: String
    let handle: String
  }

  func mayReject(_ pod: WaitingPod) -> Bool { !pod.pod.spec.volumes.isEmpty }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .podGone, .storageChanged(.driver), .storageChanged(.attachment): return true
    case .storageChanged(.claim(let name)):
      return pod.pod.metadata.namespace == name.namespace
        && pod.pod.claimNames.contains(name.name)
    default: return false
    }
  }

  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)? {
    let wanted = volumes(of: pod.pod, snapshot)
    if wanted.isEmpty { return nil }
    let (nodes, pending) = (cache.nodes, cache.volumeBindings)
    return { index in
      let node = nodes.infos[index].name
      guard let drivers = snapshot[CSINode.self, "", node]?.spec.drivers else { return nil }
      let limits = drivers.filter { $0.allocatable?.count != nil }
      if !limits.contains(where: { limit in wanted.contains { $0.driver == limit.name } }) {
        return nil
      }
      let table = snapshot.store[Pod.self]
      let assumed = pending.filter { $0.node == node }.compactMap { table[$0.pod] }
      var present = attached(to: node, snapshot)
      for other in table.placed(on: node).map(\.object) + assumed where !other.isTerminal {
        present += volumes(of: other, snapshot).filter { !present.contains($0) }
      }
      let exceeded = limits.contains { limit in
        let new = wanted.filter { $0.driver == limit.name && !present.contains($0) }.count
        let old = present.filter { $0.driver == limit.name }.count
        return new > 0 && old + new > Int(limit.allocatable?.count ?? .max)
      }
      return exceeded
        ? Rejection(plugin: name, reasons: [Self.tooMany], isUnresolvable: false) : nil
    }
  }

  /// The volumes that are attached, whoever uses them.
  private func attached(to node: String, _ snapshot: Snapshot) -> [Attachable] {
    let table = snapshot.store[VolumeAttachment.self]
    return table.keys.compactMap { key in
      guard let attachment = table[key], attachment.spec.nodeName == node,
        let name = attachment.spec.source.persistentVolumeName,
        let source = snapshot[PersistentVolume.self, "", name]?.spec.csi
      else { return nil }
      return Attachable(driver: source.driver, handle: source.volumeHandle)
    }
  }

  /// The volumes of drivers that a pod uses, each once.
  private func volumes(of pod: Pod, _ snapshot: Snapshot) -> [Attachable] {
    var volumes: [Attachable] = []
    for name in pod.claimNames {
      guard let claim = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name] else {
        continue
      }
      var found: Attachable?
      if let volume = snapshot[PersistentVolume.self, "", claim.spec.volumeName] {
        found = volume.spec.csi.map { Attachable(driver: $0.driver, handle: $0.volumeHandle) }
      } else if let made = snapshot[StorageClass.self, "", claim.className] {
        let handle = "\(claim.metadata.namespace)/\(claim.metadata.name)"
        found = Attachable(driver: made.provisioner, handle: handle)
      }
      if let found, !volumes.contains(found) { volumes.append(found) }
    }
    return volumes
  }
}
