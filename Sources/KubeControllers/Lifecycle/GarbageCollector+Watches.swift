// Which changes make which objects due for collection.
//
// Follows   pkg/controller/garbagecollector/graph_builder.go: processGraphChanges (v1.36)
// Left out  Events, which neither own nor are owned

import KubeModel
import KubeReconcile

extension GarbageCollector {
  public static let watches: [Watch] = {
    let others = BuiltInKinds.all.filter { $0 != Pod.self && $0 != Job.self && $0 != Event.self }
    // Most writes are of pods and Jobs: named here, their watches are compiled for the kind.
    let pods = Watch.changes(of: Pod.self) { addDue(of: $0, $1.store, &$2) }
    let jobs = Watch.changes(of: Job.self) { addDue(of: $0, $1.store, &$2) }
    return [pods, jobs] + others.map { watch($0) }
  }()

  /// The watch of a kind that may own or be owned; a user's own kinds need it as the others do.
  ///
  /// A status write makes nothing due, and costs one comparison.
  public static func watch<Object: APIObject>(_ kind: Object.Type) -> Watch {
    .changes(of: kind) { addDue(of: $0, $1.store, &$2) }
  }

  private static func addDue<Object: APIObject>(
    of change: Change<Object>, _ store: Store, _ keys: inout [ObjectKey]
  ) {
    if let new = change.erased.newMetadata, let old = change.erased.oldMetadata,
      new.sharesStorage(with: old)
    {
      return
    }
    // Asked through the optionals: an object that is bound is copied.
    guard let owners = change.new?.metadata.ownerReferences else {
      if let uid = change.old?.metadata.uid { keys += store.dependents(of: uid) }
      addUnblockedOwners(change.old?.metadata.ownerReferences ?? [], [], store, &keys)
      return
    }
    let former = change.old?.metadata.ownerReferences
    if former != owners {
      addUnblockedOwners(former ?? [], owners, store, &keys)
      if !owners.isEmpty, let namespace = change.new?.metadata.namespace,
        hasLostOwner(owners, namespace, store)
      {
        keys.append(change.key)
      }
    }
    if change.new?.metadata.deletionTimestamp != nil, change.old != nil,
      change.old?.metadata.deletionTimestamp == nil
        || change.new?.metadata.finalizers != change.old?.metadata.finalizers,
      let item = change.new?.metadata
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
