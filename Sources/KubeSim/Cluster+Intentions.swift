import KubeModel
import KubeReconcile
import SimulationKernel

// What the reconcilers would do if they looked now.

/// What one reconciler would do about one key.
public struct Intention: Sendable {
  /// The reconciler's name.
  public let reconciler: String
  /// What it would look at.
  public let key: ObjectKey
  /// What it would want, as far as it plans before it knows how its writes went.
  public let plan: Plan

  /// True when it wants something written; an Event is no such thing.
  public var wantsWrites: Bool {
    plan.writes.contains { if case .event = $0.action { false } else { true } }
  }
}

extension Cluster {
  /// What each reconciler would do if it looked now at everything it watches. Nothing is done, and
  /// nobody remembers having been asked.
  ///
  /// In a settled cluster nobody wants anything written:
  ///
  /// ```swift
  /// #expect(!cluster.intentions.contains { $0.wantsWrites })
  /// ```
  ///
  /// - Complexity: as a look of all reconcilers at all objects.
  public var intentions: [Intention] {
    var found: [Intention] = []
    for (number, reconciler) in reconcilers.enumerated() {
      for key in keys(of: UInt16(number)) {
        var asked = reconciler
        found.append(
          Intention(
            reconciler: type(of: reconciler).name, key: key,
            plan: asked.reconcile(key, in: snapshot)))
      }
    }
    return found
  }

  /// The keys at which a reconciler would look if it started now.
  private func keys(of number: UInt16) -> [ObjectKey] {
    var engine = engine
    engine.agenda = Agenda()
    engine.relist(for: number, store: store)
    var keys: [ObjectKey] = []
    while let entry = engine.agenda.next() { keys.append(entry.key.key) }
    return keys
  }
}
