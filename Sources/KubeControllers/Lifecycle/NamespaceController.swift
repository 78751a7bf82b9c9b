// Empties a namespace that is being deleted: its pods first, then all the rest, then itself.
//
// Follows   pkg/controller/namespace/namespace_controller.go,
//           pkg/controller/namespace/deletion/namespaced_resources_deleter.go (v1.36)
// Same      the 5 s before it begins, the waits between two looks, the five conditions
// Left out  failures of discovery, which cannot be here; the resync every 5 min

import KubeModel
import KubeReconcile
import SimulationKernel

/// Deletes what is in a namespace that is being deleted, and takes `kubernetes` off its
/// `spec.finalizers` when nothing is left.
public struct NamespaceController: Reconciler {
  public static let name = "namespace-controller"
  public static let writes = WrittenKinds.every
  public static let watches: [Watch] = [
    .changes(of: Namespace.self) { change, _, keys in
      if change.new?.isBeingDeleted ?? true { keys.append(change.key) }
    }
  ]

  static let finalizer = "kubernetes"
  /// How long a change of the namespace waits, so that all servers know that it is being deleted.
  private static let settling = Duration.seconds(5)
  private static let backoff = Backoff(base: .milliseconds(5), cap: .seconds(60))

  public let latency: Duration
  private var progress: [ObjectKey: Progress] = [:]  // Looked up, never walked.

  /// When a namespace is next looked at, and how often in a row something unexpected was left.
  private struct Progress: Sendable {
    var due: Instant
    var failures = 0
  }

  /// A controller that hears of a change after this long.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let namespace = snapshot[Namespace.self, key], namespace.isBeingDeleted else {
      progress[key] = nil
      return .nothing
    }
    // Each change of the namespace, its status too, brings the next look to at most 5 s from now.
    let latest = snapshot.now + Self.settling
    var state = progress[key] ?? Progress(due: latest)
    if snapshot.now < state.due { state.due = min(state.due, latest) }
    defer { progress[key] = state }
    var plan = Plan()
    if snapshot.now < state.due {
      plan.wake(key, at: state.due)
      return plan
    }
    if namespace.spec.finalizers.isEmpty { return .nothing }

    let content = NamespaceContent(of: namespace.metadata.name, in: snapshot.store)
    let fresh = content.pods.isEmpty ? content.freshOthers : content.freshPods
    if !fresh.isEmpty {
      plan = deletion(of: fresh)
      // The same look goes on with what is left now.
      plan.wake(key, at: snapshot.now)
      return plan
    }
    let rest = NamespaceRest(content, of: namespace, at: snapshot)
    plan += report(rest, key, namespace, snapshot)
    if let wait = rest.wait {
      state.failures = 0
      state.due = snapshot.now + wait
    } else if !rest.errors.isEmpty {
      state.failures += 1
      state.due = snapshot.now + Self.backoff.delay(failures: state.failures)
    } else {
      plan += finalization(key, namespace)
      return plan
    }
    plan.wake(key, at: state.due)
    return plan
  }

  private func deletion(of items: [NamespaceContent.Item]) -> Plan {
    var options = DeleteOptions()
    options.propagationPolicy = .background
    var plan = Plan()
    for item in items { plan.delete(item.key, options, because: "namespace is being deleted") }
    return plan
  }

  private func report(
    _ rest: NamespaceRest, _ key: ObjectKey, _ namespace: Namespace, _ snapshot: Snapshot
  ) -> Plan {
    var namespace = namespace
    let before = namespace.status
    namespace.status.phase = .terminating
    for condition in rest.conditions(at: snapshot.time) {
      let old = namespace.status.conditions[condition.type]
      if old?.status == condition.status && old?.reason == condition.reason
        && old?.message == condition.message
      {
        continue
      }
      namespace.status.conditions.set(condition, .inPlace)
    }
    var plan = Plan()
    if namespace.status != before { plan.updateStatus(key, namespace, because: "content left") }
    return plan
  }

  private func finalization(_ key: ObjectKey, _ namespace: Namespace) -> Plan {
    var namespace = namespace
    namespace.spec.finalizers.removeAll { $0 == Self.finalizer }
    // The status may have been written just before.
    namespace.metadata.resourceVersion = ResourceVersion()
    var plan = Plan()
    plan.update(key, namespace, because: "namespace is empty")
    return plan
  }
}

/// What is in a namespace.
struct NamespaceContent {
  struct Item {
    let key: ObjectKey
    let resource: APIResource
    let metadata: ObjectMeta
  }

  private(set) var pods: [Item] = []
  private(set) var others: [Item] = []

  /// - Complexity: O(objects of all kinds that live in namespaces, and their slots).
  init(of namespace: String, in store: Store) {
    for table in store.allTables where table.count > 0 && table.resource.isNamespaced {
      let resource = table.resource
      let items = table.keys.compactMap { key -> Item? in
        guard let metadata = table.metadata(key), metadata.namespace == namespace else {
          return nil
        }
        return Item(key: key, resource: resource, metadata: metadata)
      }
      if table.objectType == Pod.self { pods += items } else { others += items }
    }
  }

  /// Pods whose deletion has not begun.
  var freshPods: [Item] { pods.filter { !$0.metadata.isBeingDeleted } }

  /// Other objects whose deletion has not begun.
  var freshOthers: [Item] { others.filter { !$0.metadata.isBeingDeleted } }
}
