import KubeModel
import KubeReconcile

/// Keeps a pod off nodes that are not in the zone or region of its volumes.
///
/// Follows pkg/scheduler/framework/plugins/volumezone (v1.36).
struct VolumeZone: ClusterFilterPlugin {
  let name = "VolumeZone"

  private static let conflict = "node(s) had no available volume zone"
  /// The labels that count, each with the one that took its place.
  private static let labels = [
    ("failure-domain.beta.kubernetes.io/zone", TopologyLabel.zone),
    ("failure-domain.beta.kubernetes.io/region", TopologyLabel.region),
    (TopologyLabel.zone, TopologyLabel.zone), (TopologyLabel.region, TopologyLabel.region),
  ]

  /// A label of a volume, and the values that a node may have there.
  private struct Place {
    let label: String
    let present: String
    let values: [String]
  }

  func mayReject(_ pod: WaitingPod) -> Bool { !pod.pod.spec.volumes.isEmpty }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .nodeAdded, .storageChanged(.volume), .storageChanged(.storageClass): return true
    case .nodeChanged(let old, let new): return old.metadata.labels != new.metadata.labels
    case .storageChanged(.claim(let name)):
      return pod.pod.metadata.namespace == name.namespace
        && pod.pod.claimNames.contains(name.name)
    default: return false
    }
  }

  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)? {
    let places = places(of: pod.pod, snapshot)
    if places.isEmpty { return nil }
    let nodes = cache.nodes
    return { index in
      guard let labels = nodes.infos[index].node?.metadata.labels else { return nil }
      // A node that says nothing about where it is takes all volumes.
      if !Self.labels.contains(where: { labels[$0.0] != nil }) { return nil }
      let fits = places.allSatisfy { place in
        (labels[place.label] ?? labels[place.present]).map(place.values.contains) ?? false
      }
      return fits ? nil : Rejection(plugin: name, reasons: [Self.conflict], isUnresolvable: true)
    }
  }

  private func places(of pod: Pod, _ snapshot: Snapshot) -> [Place] {
    var places: [Place] = []
    for volume in pod.spec.volumes {
      guard let name = volume.persistentVolumeClaim?.claimName,
        let claim = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name],
        let found = snapshot[PersistentVolume.self, "", claim.spec.volumeName]
      else { continue }
      for (label, present) in Self.labels {
        guard let value = found.metadata.labels[label] else { continue }
        // A volume in several zones names them with two underscores in between.
        places.append(Place(label: label, present: present, values: Self.split(value)))
      }
    }
    return places
  }

  private static func split(_ value: String) -> [String] {
    var values: [String] = []
    var rest = value[...]
    while let end = rest.indices.first(where: { rest[$0...].hasPrefix("__") }) {
      values.append(String(rest[..<end]))
      rest = rest[rest.index(end, offsetBy: 2)...]
    }
    return values + [String(rest)]
  }
}
