// Which changes make which objects due for collection.
//
// Follows   pkg/controller/garbagecollector/graph_builder.go: processGraphChanges (v1.36)
// Left out  Events, which neither own nor are owned

import KubeModel
import KubeReconcile

extension GarbageCollector {
  public static let watches: [Watch] = {
    let others = BuiltInKinds.all.filter { $0 != Pod.self && $0 != Event.self }
    // Most writes are of pods: named here, their watch is compiled for the kind.
    return [watch(Pod.self)] + others.map { watch($0) }
  }()

  /// The watch of a kind that may own or be owned; a user's own kinds need it as the others do.
  ///
  /// A status write makes nothing due, and costs two comparisons.
  public static func watch<Object: APIObject>(_ kind: Object.Type) -> Watch {
    .changes(of: kind) { change, snapshot, keys in
      let store = snapshot.store
      guard let new = change.new else {
        if let old = change.old { addNeighbours(of: old.metadata, store, &keys) }
        return
      }
      guard let old = change.old else {
        if hasLostOwner(new.metadata, store) { keys.append(change.key) }
        return
      }
      if new.metadata.ownerReferences != old.metadata.ownerReferences {
        addUnblockedOwners(old.metadata, new.metadata, store, &keys)
        if hasLostOwner(new.metadata, store) { keys.append(change.key) }
      }
      if new.metadata.isBeingDeleted,
        !old.metadata.isBeingDeleted || new.metadata.finalizers != old.metadata.finalizers
      {
        addDeletion(change.key, new.metadata, store, &keys)
      }
    }
  }

  /// Of an object that is gone: its dependents, and the owners that waited for it.
  private static func addNeighbours(
    of gone: ObjectMeta, _ store: Store, _ keys: inout [ObjectKey]
  ) {
    keys += store.dependents(of: gone.uid)
    for owner in gone.ownerReferences where owner.blockOwnerDeletion == true {
      addWaitingOwner(owner, store, &keys)
    }
  }

  /// Of an object whose owners changed: the owners that waited for it and no longer do.
  private static func addUnblockedOwners(
    _ old: ObjectMeta, _ new: ObjectMeta, _ store: Store, _ keys: inout [ObjectKey]
  ) {
    for owner in old.ownerReferences where owner.blockOwnerDeletion == true {
      let stillBlocks = new.ownerReferences.contains {
        $0.uid == owner.uid && $0.blockOwnerDeletion == true
      }
      if !stillBlocks { addWaitingOwner(owner, store, &keys) }
    }
  }

  private static func addWaitingOwner(
    _ reference: OwnerReference, _ store: Store, _ keys: inout [ObjectKey]
  ) {
    guard let key = store.key(of: reference.uid), store.metadata(key)?.awaitsDependents == true
    else { return }
    keys.append(key)
  }

  /// Of an object that begins to orphan or to await its dependents: itself, and those that must go.
  private static func addDeletion(
    _ key: ObjectKey, _ item: ObjectMeta, _ store: Store, _ keys: inout [ObjectKey]
  ) {
    let awaitsDependents = item.awaitsDependents
    if awaitsDependents { keys += store.dependents(of: item.uid) }
    if awaitsDependents || item.orphansDependents { keys.append(key) }
  }

  private static func hasLostOwner(_ item: ObjectMeta, _ store: Store) -> Bool {
    item.ownerReferences.contains {
      OwnerState(of: $0, namespace: item.namespace, in: store) != .solid
    }
  }
}
