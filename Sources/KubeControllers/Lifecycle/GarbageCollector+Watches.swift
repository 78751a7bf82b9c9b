// Which changes make which objects due for collection.
//
// Follows   pkg/controller/garbagecollector/graph_builder.go: processGraphChanges (v1.36)
// Left out  Events, which neither own nor are owned

import KubeModel
import KubeReconcile

extension GarbageCollector {
  public static let watches = BuiltInKinds.all.filter { $0 != Event.self }.map { watch($0) }

  /// The watch of a kind that may own or be owned; a user's own kinds need it as the others do.
  public static func watch(_ kind: any APIObject.Type) -> Watch {
    .metadataChanges(of: kind) { addDue(of: $0, $1.store, &$2) }
  }

  private static func addDue(of change: AnyChange, _ store: Store, _ keys: inout [ObjectKey]) {
    let item = change.latestMetadata
    if change.type == .deleted {
      keys += store.dependents(of: item.uid)
      addUnblockedOwners(item.ownerReferences, [], store, &keys)
      return
    }
    let former = change.oldMetadata
    if former?.ownerReferences != item.ownerReferences {
      addUnblockedOwners(former?.ownerReferences ?? [], item.ownerReferences, store, &keys)
      if hasLostOwner(item.ownerReferences, item.namespace, store) { keys.append(change.key) }
    }
    if item.isBeingDeleted, let former,
      !former.isBeingDeleted || item.finalizers != former.finalizers
    {
      addDeletion(change.key, item, store, &keys)
    }
  }

  /// Of an object that is gone or whose owners changed: the owners that waited for it and no longer
  /// do.
  private static func addUnblockedOwners(
    _ old: [OwnerReference], _ new: [OwnerReference], _ store: Store, _ keys: inout [ObjectKey]
  ) {
    for owner in old where owner.blockOwnerDeletion == true {
      let stillBlocks = new.contains { $0.uid == owner.uid && $0.blockOwnerDeletion == true }
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

  private static func hasLostOwner(
    _ owners: [OwnerReference], _ namespace: String, _ store: Store
  ) -> Bool {
    owners.contains { OwnerState(of: $0, namespace: namespace, in: store) != .solid }
  }
}
