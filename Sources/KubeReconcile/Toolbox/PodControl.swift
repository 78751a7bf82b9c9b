// How owners create and delete their pods, and what they say about it.
//
// Follows   RealPodControl and slowStartBatch of pkg/controller (v1.36)

import KubeModel

/// Creates and deletes the pods of one owner, and reports each with an Event on the owner.
///
/// Its plans go on once the writes are done, so they are added to another plan last:
///
/// ```swift
/// plan += control.create(3, because: "scale up", "2 of 5 pods") { _ in pod } then: { … }
/// ```
public struct PodControl: Sendable {
  private let owner: ObjectReference
  private let component: String

  /// How the writes went.
  public struct Outcome: Sendable {
    /// How many pods were created or deleted.
    public var done = 0
    /// The first refusal.
    public var error: APIError?
  }

  /// What acts for an owner, reporting as `component`.
  public init(for owner: some APIObject, component: String) {
    self.owner = ObjectReference(to: owner)
    self.component = component
  }

  /// Creates pods in batches of 1, 2, 4, 8 …; after a batch with a refusal no other follows.
  ///
  /// So 100 pods of which the quota allows 10 take 15 attempts: 1 + 2 + 4 + 8. A pod that is
  /// refused because its namespace is going counts as created, and nothing is said.
  ///
  /// - Parameters:
  ///   - pod: The pod of a number from 0 to `count` - 1.
  ///   - then: Plans on when all batches are done.
  public func create(
    _ count: Int, because rule: StaticString, _ detail: String = "",
    pod: @escaping @Sendable (Int) -> Pod, then: @escaping @Sendable (Outcome) -> Plan
  ) -> Plan {
    batch(from: 0, of: 1, count, Outcome(), rule, detail, pod, then)
  }

  private func batch(
    from first: Int, of size: Int, _ count: Int, _ outcome: Outcome, _ rule: StaticString,
    _ detail: String, _ pod: @escaping @Sendable (Int) -> Pod,
    _ then: @escaping @Sendable (Outcome) -> Plan
  ) -> Plan {
    if first >= count || outcome.error != nil { return then(outcome) }
    var plan = Plan()
    let end = min(first + size, count)
    for number in first..<end { plan.create(pod(number), because: rule, detail) }
    plan.afterwards = { results, _ in
      var outcome = outcome
      var plan = Plan()
      for result in results.suffix(end - first) { note(creation: result, &outcome, &plan) }
      plan += batch(from: end, of: size * 2, count, outcome, rule, detail, pod, then)
      return plan
    }
    return plan
  }

  /// Deletes pods, all of them whatever happens. A pod that is gone already is no failure.
  public func delete(
    _ pods: [(key: ObjectKey, name: String)], because rule: StaticString, _ detail: String = "",
    then: @escaping @Sendable (Outcome) -> Plan
  ) -> Plan {
    if pods.isEmpty { return then(Outcome()) }
    var plan = Plan()
    for pod in pods { plan.delete(pod.key, because: rule, detail) }
    plan.afterwards = { results, _ in
      var outcome = Outcome()
      var plan = Plan()
      for (pod, result) in zip(pods, results.suffix(pods.count)) {
        note(deletionOf: pod.name, result, &outcome, &plan)
      }
      plan += then(outcome)
      return plan
    }
    return plan
  }

  /// Counts a creation and adds its Event.
  public func note(creation result: WriteResult, _ outcome: inout Outcome, _ plan: inout Plan) {
    switch result {
    case .done(_, let name):
      outcome.done += 1
      plan.event(event(.normal, "SuccessfulCreate", "Created pod: \(name)"))
    case .refused(let error) where error.isNamespaceTerminating:
      outcome.done += 1
    case .refused(let error):
      outcome.error = outcome.error ?? error
      plan.event(event(.warning, "FailedCreate", "Error creating: \(error.message)"))
    }
  }

  /// Counts a deletion and adds its Event.
  public func note(
    deletionOf name: String, _ result: WriteResult, _ outcome: inout Outcome, _ plan: inout Plan
  ) {
    switch result {
    case .done:
      outcome.done += 1
      plan.event(event(.normal, "SuccessfulDelete", "Deleted pod: \(name)"))
    case .refused(let error) where error.reason == .notFound: break
    case .refused(let error):
      outcome.error = outcome.error ?? error
      plan.event(event(.warning, "FailedDelete", "Error deleting: \(error.message)"))
    }
  }

  private func event(
    _ type: EventType, _ reason: String, _ message: String
  ) -> EventDraft {
    EventDraft(type, reason, message, regarding: owner, component: component)
  }
}

extension APIError {
  /// True when nothing can be created because the namespace is being deleted.
  public var isNamespaceTerminating: Bool {
    details.causes.contains { $0.type == "NamespaceTerminating" }
  }
}
