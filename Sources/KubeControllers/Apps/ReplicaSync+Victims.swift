// Which pods go when a set has too many.
//
// Follows   getPodsToDelete and getPodsRankedByRelatedPodsOnSameNode of
//           pkg/controller/replicaset/replica_set.go (v1.36)

import KubeModel
import KubeReconcile

extension ReplicaSync {
  /// The first `count` active pods in the order of deletion; in any order when all of them go.
  ///
  /// - Complexity: O(pods · log pods) and the pods of all sets of the same owner.
  func victims(
    _ count: Int, _ selector: Selector, in snapshot: Snapshot
  ) -> [(key: ObjectKey, name: String)] {
    let owned = PodCensus.active(of: set, selector, in: snapshot)
    var order = Array(owned.indices)
    if count < owned.count {
      let neighbours = podsByNode(in: snapshot)
      let rankings = owned.map { _, pod in
        PodRanking(
          pod, rank: neighbours[pod.spec.nodeName] ?? 0, now: snapshot.now, snapshot.clock)
      }
      order.sort { rankings[$0] < rankings[$1] }
    }
    return order.prefix(count).map { (owned[$0].key, owned[$0].pod.metadata.name) }
  }

  /// How many active pods of all sets of the same owner stand on each node; nothing without owner.
  ///
  /// While a Deployment replaces its pods, a node that holds an old and a new one loses one first.
  private func podsByNode(in snapshot: Snapshot) -> [String: Int] {
    var counts: [String: Int] = [:]  // Looked up, never walked.
    guard let owner = set.metadata.controllerRef else { return counts }
    let pods = snapshot.store[Pod.self]
    var seen: Set<ObjectKey> = []
    snapshot.store[Keeper.self].forEach(ownedBy: owner.uid) { _, sibling in
      guard sibling.metadata.isControlled(by: owner.uid),
        let selector = try? Selector(sibling.claimSelector)
      else { return }
      for (key, pod) in pods.selected(by: selector, in: set.metadata.namespace)
      where pod.isActive && seen.insert(key).inserted {
        counts[pod.spec.nodeName, default: 0] += 1
      }
    }
    return counts
  }
}
