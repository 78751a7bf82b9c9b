// Which owners a change of an object concerns.
//
// Follows   addPod, updatePod and deletePod of pkg/controller/replicaset/replica_set.go (v1.36),
//           which the other workload controllers repeat

import KubeModel

extension Watch {
  /// As `owned`; and for an object without a controller, each owner that may adopt it is due: when
  /// the object comes, and when its labels or its controller change.
  ///
  /// - Parameter isIdle: True for a change, from the first object to the second, at which their
  ///   controller would see that there is nothing to do; then it is not made due.
  /// - Complexity: O(1) for an object with a controller, O(owners) for one without.
  @inlinable public static func claimed<Object: APIObject, Owner: Claimant>(
    _ kind: Object.Type, by owner: Owner.Type,
    unless isIdle: @escaping @Sendable (Object, Object, Owner) -> Bool = { _, _, _ in false }
  ) -> Watch {
    let name = owner.resource.kind
    return changes(of: kind) { change, snapshot, keys in
      let new = change.new?.metadata.ownerReferences.controller(ofKind: name)
      let old = change.old?.metadata.ownerReferences.controller(ofKind: name)
      if let new, let key = snapshot.key(of: owner, uid: new) {
        if let before = change.old, let after = change.new, old == new,
          let controller = snapshot[owner, key], isIdle(before, after, controller)
        {
          return
        }
        keys.append(key)
      }
      if let old, old != new, let key = snapshot.key(of: owner, uid: old) { keys.append(key) }
      guard let orphan = change.new, !orphan.metadata.ownerReferences.hasController,
        !orphan.isBeingDeleted
      else { return }
      if let before = change.old, !before.metadata.ownerReferences.hasController,
        before.metadata.labels == orphan.metadata.labels
      {
        return
      }
      snapshot.store[owner].forEach { key, owner in
        if owner.metadata.namespace == orphan.metadata.namespace,
          let selector = try? Selector(owner.claimSelector), !selector.isEmpty,
          selector.matches(orphan.metadata.labels)
        {
          keys.append(key)
        }
      }
    }
  }
}

extension ObjectMeta {
  /// True when the owner with this uid manages the object.
  public func isControlled(by owner: UID) -> Bool {
    for index in ownerReferences.indices where ownerReferences[index].controller == true {
      return ownerReferences[index].uid == owner
    }
    return false
  }
}
