// Deletes what has lost its owners, and lets owners wait for what they own.
//
// Follows   pkg/controller/garbagecollector/{garbagecollector,graph_builder}.go (v1.36)
// Same      background, foreground and orphan deletion; solid, waiting and dangling owners; cycles;
//           owners in another namespace
// Left out  the graph with its virtual nodes, the cache of absent owners and the resync of kinds:
//           the store's indexes are the graph, and they are never late

import KubeModel
import KubeReconcile
import SimulationKernel

/// Deletes objects whose owners are gone, and takes the finalizers `orphan` and
/// `foregroundDeletion` off owners when their dependents are released or gone.
public struct GarbageCollector: Reconciler {
  public static let name = "garbage-collector-controller"
  public static let writes = WrittenKinds.every

  public let latency: Duration

  /// A collector that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    let store = snapshot.store
    guard let table = store.table(of: key), let item = table.metadata(key) else { return .nothing }
    if item.orphansDependents { return orphaning(key, item, snapshot) }
    if item.awaitsDependents { return finishing(key, item, store) }
    if item.isBeingDeleted || item.ownerReferences.isEmpty { return .nothing }
    let owners = OwnerCensus(of: item, in: store)
    var plan = warnings(about: owners, of: item, table.resource)
    // Upstream fails, and never succeeds, on owners of which it cannot tell whether they are there.
    if owners.isUndecidable { return plan }
    plan +=
      owners.solid.isEmpty
      ? collection(key, item, owners, store) : cleaning(key, owners, store)
    return plan
  }

  /// An object with an owner stays, and forgets those that are gone or only wait for it to go.
  private func cleaning(_ key: ObjectKey, _ owners: OwnerCensus, _ store: Store) -> Plan {
    var plan = Plan()
    let lost = owners.dangling + owners.waiting
    if lost.isEmpty { return plan }
    plan.edit(key, in: store, because: "owner is gone, another one is left") { metadata in
      metadata.ownerReferences.removeAll { reference in
        lost.contains { $0.uid == reference.uid }
      }
    }
    return plan
  }

  /// An object without an owner goes; after its own dependents, if an owner waits for them all.
  private func collection(
    _ key: ObjectKey, _ item: ObjectMeta, _ owners: OwnerCensus, _ store: Store
  ) -> Plan {
    var plan = Plan()
    var options = DeleteOptions()
    options.preconditions = Preconditions()
    options.preconditions?.uid = item.uid
    let dependents = owners.waiting.isEmpty ? [] : store.dependents(of: item.uid)
    if dependents.isEmpty {
      options.preconditions?.resourceVersion = item.resourceVersion.description
      options.propagationPolicy = item.propagation
      plan.delete(key, options, because: "all owners are gone")
      return plan
    }
    if dependents.contains(where: { store.metadata($0)?.awaitsDependents == true }) {
      // Owner and dependent may wait for each other: the object no longer holds its owners back.
      unblock(key, item, store, &plan)
    } else {
      options.preconditions?.resourceVersion = item.resourceVersion.description
    }
    options.propagationPolicy = .foreground
    plan.delete(key, options, because: "owner waits for its dependents, and theirs")
    return plan
  }

  private func unblock(
    _ key: ObjectKey, _ item: ObjectMeta, _ store: Store, _ plan: inout Plan
  ) {
    guard item.ownerReferences.contains(where: { $0.blockOwnerDeletion == true }) else { return }
    plan.edit(key, in: store, because: "owner and dependent wait for each other") { metadata in
      for index in metadata.ownerReferences.indices
      where metadata.ownerReferences[index].blockOwnerDeletion == true {
        metadata.ownerReferences[index].blockOwnerDeletion = false
      }
    }
  }

  /// A foreground deletion ends when no dependent that blocks it is left.
  private func finishing(_ key: ObjectKey, _ item: ObjectMeta, _ store: Store) -> Plan {
    let isBlocked = store.dependents(of: item.uid).contains { dependent in
      store.metadata(dependent)?.ownerReferences.contains {
        $0.uid == item.uid && $0.blockOwnerDeletion == true
      } == true
    }
    return isBlocked ? .nothing : release(key, ObjectMeta.foregroundFinalizer, store)
  }

  /// An orphaning deletion first takes the owner off its dependents; all of them, or again.
  /// The owner itself follows a little later, when its own controller has seen that it is alone.
  private func orphaning(
    _ key: ObjectKey, _ item: ObjectMeta, _ snapshot: Snapshot
  ) -> Plan {
    let store = snapshot.store
    var plan = Plan()
    for dependent in store.dependents(of: item.uid) {
      plan.edit(dependent, in: store, because: "owner orphans its dependents") { metadata in
        metadata.ownerReferences.removeAll { $0.uid == item.uid }
      }
    }
    if plan.writes.isEmpty { return release(key, ObjectMeta.orphanFinalizer, store) }
    let later = snapshot.now + latency * 4
    plan.afterwards = { results, _ in
      let hasFailed = results.contains { $0.error.map { $0.reason != .notFound } ?? false }
      var again = Plan()
      again.retries = hasFailed
      if !hasFailed { again.wake(key, at: later) }
      return again
    }
    return plan
  }

  private func release(_ key: ObjectKey, _ finalizer: String, _ store: Store) -> Plan {
    var plan = Plan()
    plan.edit(key, in: store, because: "nothing holds the owner any more") { metadata in
      metadata.finalizers.removeAll { $0 == finalizer }
    }
    return plan
  }

  private func warnings(
    about owners: OwnerCensus, of item: ObjectMeta, _ resource: APIResource
  ) -> Plan {
    var plan = Plan()
    let namespace = item.namespace
    for owner in owners.elsewhere {
      var regarding = ObjectReference()
      regarding.kind = resource.kind
      regarding.apiVersion = resource.apiVersion
      regarding.namespace = item.namespace
      regarding.name = item.name
      regarding.uid = item.uid
      let named =
        "[\(owner.apiVersion)/\(owner.kind), namespace: \(namespace), "
        + "name: \(owner.name), uid: \(owner.uid)]"
      plan.event(
        EventDraft(
          .warning, "OwnerRefInvalidNamespace",
          "ownerRef \(named) does not exist in namespace \"\(namespace)\"",
          regarding: regarding, component: Self.name))
    }
    return plan
  }
}

extension ObjectMeta {
  static let orphanFinalizer = "orphan"
  static let foregroundFinalizer = "foregroundDeletion"

  /// True while the object is being deleted and its dependents are to lose it as their owner.
  var orphansDependents: Bool { isBeingDeleted && finalizers.contains(Self.orphanFinalizer) }

  /// True while the object is being deleted and waits for its dependents to go first.
  var awaitsDependents: Bool { isBeingDeleted && finalizers.contains(Self.foregroundFinalizer) }

  /// What its finalizers say shall become of its dependents.
  fileprivate var propagation: DeletionPropagation {
    if finalizers.contains(Self.orphanFinalizer) { return .orphan }
    return finalizers.contains(Self.foregroundFinalizer) ? .foreground : .background
  }
}

extension Plan {
  /// Writes an object of any kind with other metadata.
  mutating func edit(
    _ key: ObjectKey, in store: Store, because rule: StaticString,
    _ change: (inout ObjectMeta) -> Void
  ) {
    guard var object = store.table(of: key)?.object(key) else { return }
    change(&object.metadata)
    update(key, object, because: rule)
  }
}
