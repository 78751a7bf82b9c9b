// What `kubectl rollout` does to a Deployment: undo, pause, resume, restart, history.
//
// Follows   staging/src/k8s.io/kubectl/pkg/polymorphichelpers (v1.36): rollback.go, history.go,
//           objectpauser.go, objectresumer.go, objectrestarter.go

import KubeModel

/// The verbs of `kubectl rollout`, as functions from objects to changed objects.
///
/// ```swift
/// let undone = try Rollout.undo(web, replicaSets: sets, toRevision: 2)
/// undone.deployment.spec.template  // that of revision 2
/// ```
public enum Rollout {
  /// The Deployment after an undo, and what kubectl says.
  public struct Undo: Hashable, Sendable {
    /// The Deployment to write back.
    public let deployment: Deployment
    /// `rolled back`, or that there was nothing to do.
    public let message: String
  }

  /// One template that a Deployment has had.
  public struct Revision: Hashable, Sendable {
    /// Its place in the history.
    public let number: Int64
    /// Why it came; empty when nobody said.
    public let changeCause: String
    /// The template, with the cause among its annotations as kubectl shows it.
    public let template: PodTemplateSpec
  }

  /// Takes a Deployment back to an earlier template; 0 stands for the last one before the present.
  ///
  /// - Parameter replicaSets: Those of the namespace; only the Deployment's own are looked at.
  /// - Throws: `RolloutError` when the revision is not known or the Deployment is paused.
  public static func undo(
    _ deployment: Deployment, replicaSets: [ReplicaSet], toRevision revision: Int64 = 0
  ) throws(RolloutError) -> Undo {
    if revision < 0 { throw unknown(revision) }
    let sets = owned(replicaSets, by: deployment)
    let target = try revision == 0 ? previous(of: deployment, sets) : find(revision, sets)
    if deployment.spec.paused {
      throw RolloutError(
        "you cannot rollback a paused deployment; resume it first with "
          + "'kubectl rollout resume' and try again")
    }
    if target.spec.template.equalsIgnoringHash(deployment.spec.template) {
      let reason = "current template already matches revision \(revision)"
      return Undo(deployment: deployment, message: "skipped rollback (\(reason))")
    }
    var changed = deployment
    changed.spec.template = target.spec.template.withoutHash
    changed.metadata.annotations = Annotation.restored(
      of: deployment.metadata, from: target.metadata)
    return Undo(deployment: changed, message: "rolled back")
  }

  /// Holds a Deployment's rollout.
  ///
  /// - Throws: `RolloutError` when it is held already.
  public static func pause(_ deployment: Deployment) throws(RolloutError) -> Deployment {
    if deployment.spec.paused { throw refusal(deployment, "is already paused") }
    var changed = deployment
    changed.spec.paused = true
    return changed
  }

  /// Lets a Deployment's rollout go on.
  ///
  /// - Throws: `RolloutError` when it is not held.
  public static func resume(_ deployment: Deployment) throws(RolloutError) -> Deployment {
    if !deployment.spec.paused { throw refusal(deployment, "is not paused") }
    var changed = deployment
    changed.spec.paused = false
    return changed
  }

  /// Replaces all pods by new ones of the same template, which notes the time.
  ///
  /// - Parameter time: In RFC 3339, as kubectl writes it.
  /// - Throws: `RolloutError` when the Deployment is paused.
  public static func restart(
    _ deployment: Deployment, at time: String
  ) throws(RolloutError) -> Deployment {
    if deployment.spec.paused {
      throw refusal(deployment, "can't restart paused deployment (run rollout resume first)")
    }
    var changed = deployment
    changed.spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] = time
    return changed
  }

  /// The templates that a Deployment has had and still knows, oldest first.
  public static func history(of deployment: Deployment, replicaSets: [ReplicaSet]) -> [Revision] {
    let cause = "kubernetes.io/change-cause"
    var revisions: [Revision] = []
    for set in owned(replicaSets, by: deployment) {
      guard let number = Annotation.revision(of: set.metadata) else { continue }
      var template = set.spec.template
      if let text = set.metadata.annotations[cause], !text.isEmpty {
        template.metadata.annotations[cause] = text
      }
      revisions.removeAll { $0.number == number }
      revisions.append(
        Revision(
          number: number, changeCause: template.metadata.annotations[cause] ?? "",
          template: template))
    }
    return revisions.sorted { $0.number < $1.number }
  }

  /// The line above a history, as kubectl prints it: with a revision, above its template.
  public static func title(of object: any APIObject, revision: Int64 = 0) -> String {
    "\(type(of: object).resource.qualifiedKind.lowercased())/\(object.metadata.name) "
      + (revision > 0 ? "with revision #\(revision)" : "") + "\n"
  }

  /// A history as kubectl prints it: a line each revision, with its number and its cause.
  public static func text(of revisions: [Revision]) -> String {
    if revisions.isEmpty { return "No rollout history found." }
    let rows = revisions.map {
      (number: String($0.number), cause: $0.changeCause.isEmpty ? "<none>" : $0.changeCause)
    }
    let all = [(number: "REVISION", cause: "CHANGE-CAUSE")] + rows
    let width = 2 + all.reduce(0) { max($0, $1.number.count) }
    return all.reduce("") { text, row in
      let gap = String(repeating: " ", count: width - row.number.count)
      return text + row.number + gap + row.cause + "\n"
    }
  }
}

extension Rollout {
  /// The sets that a Deployment controls and selects, oldest first, the one of its template last.
  private static func owned(_ sets: [ReplicaSet], by deployment: Deployment) -> [ReplicaSet] {
    guard let selector = try? Selector(deployment.spec.selector) else { return [] }
    var owned = sets.filter {
      $0.metadata.isControlled(by: deployment.metadata.uid) && selector.matches($0.metadata.labels)
        && $0.metadata.namespace == deployment.metadata.namespace
    }
    owned.sort { $0.isOlder(than: $1) }
    let current = owned.firstIndex {
      $0.spec.template.equalsIgnoringHash(deployment.spec.template)
    }
    if let current { owned.append(owned.remove(at: current)) }
    return owned
  }

  private static func find(
    _ revision: Int64, _ sets: [ReplicaSet]
  ) throws(RolloutError) -> ReplicaSet {
    let found = sets.first { Annotation.revision(of: $0.metadata) == revision }
    guard let found else { throw unknown(revision) }
    return found
  }

  /// The set with the second highest revision.
  private static func previous(
    of deployment: Deployment, _ sets: [ReplicaSet]
  ) throws(RolloutError) -> ReplicaSet {
    var latest: (revision: Int64, set: ReplicaSet?) = (-1, nil)
    var previous = latest
    for set in sets {
      guard let revision = Annotation.revision(of: set.metadata) else { continue }
      if revision > latest.revision {
        previous = latest
        latest = (revision, set)
      } else if revision > previous.revision {
        previous = (revision, set)
      }
    }
    guard let set = previous.set else {
      throw RolloutError("no rollout history found for deployment \"\(deployment.metadata.name)\"")
    }
    return set
  }

  private static func refusal(_ deployment: Deployment, _ text: String) -> RolloutError {
    RolloutError(
      "\(Deployment.resource.qualifiedName) \"\(deployment.metadata.name)\" \(text)")
  }
}
