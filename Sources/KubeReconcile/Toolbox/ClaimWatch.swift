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
    unless isIdle: (@Sendable (Object, Object, Owner) -> Bool)? = nil
  ) -> Watch {
    let name = owner.resource.kind
    return Watch(kind: kind) { change, snapshot, keys in
      guard change.concerns(ownersOf: name) else { return }
      snapshot.addOwners(owner, name, of: change.typed(as: kind), unless: isIdle, to: &keys)
    }
  }
}

extension Snapshot {
  @inlinable func addOwners<Object: APIObject, Owner: Claimant>(
    _ owner: Owner.Type, _ name: String, of change: Change<Object>,
    unless isIdle: (@Sendable (Object, Object, Owner) -> Bool)?, to keys: inout [ObjectKey]
  ) {
    let uids = change.erased.controllers(ofKind: name)
    if let new = uids.new, let key = key(of: owner, uid: new) {
      if let isIdle, uids.old == new, let before = change.old, let after = change.new,
        let controller = self[owner, key], isIdle(before, after, controller)
      {
        return
      }
      keys.append(key)
    }
    if let old = uids.old, old != uids.new, let key = key(of: owner, uid: old) {
      keys.append(key)
    }
    if change.erased.controllerKind.isEmpty {
      addClaimants(
        owner, of: change, hadController: !change.erased.formerControllerKind.isEmpty, to: &keys)
    }
  }

  /// The owners that may adopt an object which has come without a controller, has lost it or has got
  /// other labels.
  @inlinable func addClaimants<Object: APIObject, Owner: Claimant>(
    _ owner: Owner.Type, of change: Change<Object>, hadController: Bool, to keys: inout [ObjectKey]
  ) {
    guard let orphan = change.new, !orphan.isBeingDeleted else { return }
    if let labels = change.old?.metadata.labels, !hadController, labels == orphan.metadata.labels {
      return
    }
    store[owner].forEach { key, owner in
      if owner.metadata.namespace == orphan.metadata.namespace,
        let selector = try? Selector(owner.claimSelector), !selector.isEmpty,
        selector.matches(orphan.metadata.labels)
      {
        keys.append(key)
      }
    }
  }
}

extension ObjectMeta {
  /// True when the owner with this uid manages the object.
  @inlinable public func isControlled(by owner: UID) -> Bool {
    for index in ownerReferences.indices where ownerReferences[index].controller == true {
      return ownerReferences[index].uid == owner
    }
    return false
  }
}
