// Follows   pkg/controller/namespace/deletion/{namespaced_resources_deleter,
//           status_condition_utils}.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// What is left in a namespace after all of it was deleted, and how long it may take to go.
///
/// While pods are left nothing else is looked at, so the conditions about what remains stay false.
struct NamespaceRest {
  /// In how many seconds the rest may be gone; 0 when it is, or when nothing tells.
  private var estimate: Int64 = 0
  /// What is left though nothing holds it.
  private(set) var errors: [String] = []
  private var counts: StringMap<Int> = [:]
  private var finalizers: StringMap<Int> = [:]

  init(_ content: NamespaceContent, of namespace: Namespace, at snapshot: Snapshot) {
    let name = namespace.metadata.name
    if !content.pods.isEmpty {
      estimate = Self.grace(of: content.pods, since: namespace, snapshot)
      if estimate == 0 { count(content.pods, name) }
      counts = [:]
      finalizers = [:]
      return
    }
    var kinds: [String: [NamespaceContent.Item]] = [:]  // Looked up, never walked.
    var order: [String] = []
    for item in content.others {
      let resource = item.resource.qualifiedName
      if kinds[resource] == nil { order.append(resource) }
      kinds[resource, default: []].append(item)
    }
    for resource in order { count(kinds[resource] ?? [], name) }
  }

  /// When to look again: half of what it may take and a second, 30 s: 16 s, 15 s: 8 s. Nil when
  /// nothing is left, or something that nothing holds.
  var wait: Duration? {
    errors.isEmpty && estimate > 0 ? .seconds(estimate / 2 + 1) : nil
  }

  /// The longest grace of a pod that is not over, unless it has passed since the deletion began.
  private static func grace(
    of pods: [NamespaceContent.Item], since namespace: Namespace, _ snapshot: Snapshot
  ) -> Int64 {
    let graces = pods.compactMap { item -> Int64? in
      guard let pod = snapshot[Pod.self, item.key], !pod.isTerminal else { return nil }
      return pod.spec.terminationGracePeriodSeconds
    }
    guard let longest = graces.max(), let begin = namespace.metadata.deletionTimestamp else {
      return 0
    }
    return snapshot.now - snapshot.clock.instant(begin) >= .seconds(longest) ? 0 : longest
  }

  /// Takes note of the objects of one kind: finalizers get 15 s.
  private mutating func count(_ items: [NamespaceContent.Item], _ namespace: String) {
    guard let resource = items.first?.resource else { return }
    counts["\(resource.plural).\(resource.group)"] = items.count
    for finalizer in items.flatMap(\.metadata.finalizers) { finalizers[finalizer, default: 0] += 1 }
    if items.contains(where: { !$0.metadata.finalizers.isEmpty }) {
      estimate = max(estimate, 15)
      return
    }
    errors.append(
      "unexpected items still remain in namespace: \(namespace) for gvr: "
        + "\(resource.group)/\(resource.version), Resource=\(resource.plural)")
  }
}

extension NamespaceRest {
  /// All five conditions of a namespace that is being deleted.
  func conditions(at now: Timestamp) -> [NamespaceCondition] {
    func condition(
      _ type: NamespaceConditionType, _ failure: (reason: String, message: String)?,
      otherwise success: (reason: String, message: String)
    ) -> NamespaceCondition {
      var condition = NamespaceCondition()
      condition.type = type
      condition.status = failure == nil ? .false : .true
      condition.lastTransitionTime = now
      (condition.reason, condition.message) = failure ?? success
      return condition
    }
    return [
      condition(
        .deletionDiscoveryFailure, nil,
        otherwise: ("ResourcesDiscovered", "All resources successfully discovered")),
      condition(
        .deletionGVParsingFailure, nil,
        otherwise: ("ParsedGroupVersions", "All legacy kube types successfully parsed")),
      condition(
        .deletionContentFailure, failure,
        otherwise: (
          "ContentDeleted",
          "All content successfully deleted, may be waiting on finalization"
        )),
      condition(
        .contentRemaining, contentRemaining,
        otherwise: ("ContentRemoved", "All content successfully removed")),
      condition(
        .finalizersRemaining, finalizersRemaining,
        otherwise: ("ContentHasNoFinalizers", "All content-preserving finalizers finished")),
    ]
  }

  private var failure: (reason: String, message: String)? {
    if errors.isEmpty { return nil }
    let list = errors.sorted().joined(separator: ", ")
    return (
      "ContentDeletionFailed",
      "Failed to delete all resource types, \(errors.count) remaining: \(list)"
    )
  }

  private var contentRemaining: (reason: String, message: String)? {
    if counts.isEmpty { return nil }
    let list = counts.map { "\($0.key) has \($0.value) resource instances" }
    return (
      "SomeResourcesRemain", "Some resources are remaining: " + list.joined(separator: ", ")
    )
  }

  private var finalizersRemaining: (reason: String, message: String)? {
    if finalizers.isEmpty { return nil }
    let list = finalizers.map { "\($0.key) in \($0.value) resource instances" }
    return (
      "SomeFinalizersRemain",
      "Some content in the namespace has finalizers remaining: " + list.joined(separator: ", ")
    )
  }
}

extension NamespaceCondition: StatusCondition {}
