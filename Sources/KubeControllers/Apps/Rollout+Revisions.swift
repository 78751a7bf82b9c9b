// What `kubectl rollout` does to a StatefulSet or a DaemonSet: undo and history; histories of all.
//
// Follows   staging/src/k8s.io/kubectl/pkg/polymorphichelpers (v1.36): rollback.go, history.go

import KubeModel
import KubeReconcile

/// A kind that keeps the templates it has had as ControllerRevisions.
public protocol RevisionKeeper: Claimant {
  /// The template that it has now.
  var currentTemplate: PodTemplateSpec { get }
}

extension StatefulSet: RevisionKeeper {
  public var currentTemplate: PodTemplateSpec { spec.template }
}

extension DaemonSet: RevisionKeeper {
  public var currentTemplate: PodTemplateSpec { spec.template }
}

extension Rollout {
  /// What an undo sends, and what kubectl says.
  public struct UndoPatch: Hashable, Sendable {
    /// The strategic merge patch that puts the template back; nil when it is there already.
    public let patch: JSONValue?
    /// `rolled back`, or that there was nothing to do.
    public let message: String
  }

  /// Takes a set back to an earlier template; 0 stands for the last one before the present.
  ///
  /// - Parameter revisions: Those of the namespace; only the set's own are looked at.
  /// - Throws: `RolloutError` when the revision is not known, or there is none to go back to.
  public static func undo(
    _ keeper: some RevisionKeeper, revisions: [ControllerRevision], toRevision number: Int64 = 0
  ) throws(RolloutError) -> UndoPatch {
    if number < 0 { throw unknown(number) }
    let history = owned(revisions, by: keeper)
    let target: ControllerRevision?
    if number == 0 {
      if history.count <= 1 { throw RolloutError("no last revision to roll back to") }
      target = history[history.count - 2]
    } else {
      target = history.first { $0.revision == number }
    }
    guard let target else { throw unknown(number) }
    if target.data == RevisionHistory.patch(keeper.currentTemplate) {
      let reason = "current template already matches revision \(number)"
      return UndoPatch(patch: nil, message: "skipped rollback (\(reason))")
    }
    return UndoPatch(patch: target.data, message: "rolled back")
  }

  /// The templates that a set has had and still knows, oldest first.
  public static func history(
    of keeper: some RevisionKeeper, revisions: [ControllerRevision]
  ) -> [Revision] {
    var history: [Revision] = []
    for revision in owned(revisions, by: keeper) {
      guard let template = RevisionHistory.template(of: revision) else { continue }
      history.removeAll { $0.number == revision.revision }
      history.append(
        Revision(
          number: revision.revision,
          changeCause: revision.metadata.annotations["kubernetes.io/change-cause"] ?? "",
          template: template))
    }
    return history
  }

  /// The templates that a workload has had and still knows, oldest first.
  ///
  /// - Throws: `RolloutError` for kinds without rollouts.
  public static func history(
    of object: any APIObject, in store: Store
  ) throws(RolloutError) -> [Revision] {
    switch object {
    case let deployment as Deployment:
      let sets = store[ReplicaSet.self]
      return history(of: deployment, replicaSets: sets.keys.compactMap { sets[$0] })
    case let keeper as any RevisionKeeper:
      let revisions = store[ControllerRevision.self].owned(by: object.metadata.uid)
      return history(of: keeper, revisions: revisions.map(\.object))
    default:
      let kind = type(of: object).resource.qualifiedKind
      throw RolloutError("no history viewer has been implemented for \(GoText.quoted(kind))")
    }
  }

  /// One template of a history.
  ///
  /// - Throws: `RolloutError` when there is no such revision.
  public static func revision(
    _ number: Int64, in history: [Revision]
  ) throws(RolloutError) -> Revision {
    guard let found = history.first(where: { $0.number == number }) else {
      throw RolloutError("unable to find the specified revision")
    }
    return found
  }

  /// The revisions that a set controls and selects, in the order of their numbers.
  private static func owned(
    _ revisions: [ControllerRevision], by keeper: some RevisionKeeper
  ) -> [ControllerRevision] {
    guard let selector = try? Selector(keeper.claimSelector) else { return [] }
    return revisions.filter {
      $0.metadata.isControlled(by: keeper.metadata.uid) && selector.matches($0.metadata.labels)
        && $0.metadata.namespace == keeper.metadata.namespace
    }.sorted(by: ControllerRevision.precedes)
  }

  static func unknown(_ revision: Int64) -> RolloutError {
    RolloutError("unable to find specified revision \(revision) in history")
  }
}
