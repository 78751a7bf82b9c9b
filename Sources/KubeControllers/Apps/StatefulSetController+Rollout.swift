// Replaces pods of old revisions, from the highest number down.
//
// Follows   the end of updateStatefulSet of pkg/controller/statefulset/stateful_set_control.go
//           (v1.36)

import KubeModel
import KubeReconcile

extension StatefulSetController.Sync {
  /// Deletes the pods whose turn it is, and writes the status.
  func rollOut(_ counts: StatefulSetStatus) -> Plan {
    let targets = obeysMaxUnavailable ? nextTargets : nextTarget
    let errands = targets.map { target in
      deleting(
        target.key, target.name, because: "rolling update: the pod is of an old revision",
        "\(target.revision) to \(revisions.update.metadata.name)")
    }
    return .counting(errands) { deleted, error in
      var counts = counts
      counts.currentReplicas -= Int32(clamping: deleted)
      return finish(counts, error)
    }
  }

  /// A pod that is to be replaced.
  private struct Target {
    let key: ObjectKey
    let name: String
    let revision: String

    /// Nil for a pod that is on its way out, or yet to be made, or of the new revision.
    init?(_ member: StatefulSetController.Member, _ update: ControllerRevision) {
      revision = member.pod.revisionName
      guard let key = member.key, !member.pod.isBeingDeleted, revision != update.metadata.name
      else { return nil }
      self.key = key
      name = member.pod.metadata.name
    }
  }

  /// The highest pod of an old revision, unless one above it is not available.
  private var nextTarget: [Target] {
    for member in replicas.dropFirst(min(set.partition, replicas.count)).reversed() {
      if let target = Target(member, revisions.update) { return [target] }
      if isUnavailable(member.pod) { return [] }
    }
    return []
  }

  /// As many of the highest pods of old revisions as may be missing at once.
  ///
  /// Of 5 pods 2 may be missing and one is: then one more goes, healthy or not. Pods below the
  /// partition count among the missing.
  private var nextTargets: [Target] {
    let limit = maxUnavailable - replicas.count { isUnavailable($0.pod) }
    if limit <= 0 { return [] }
    let candidates = replicas.dropFirst(min(set.partition, replicas.count)).reversed()
    return Array(candidates.lazy.compactMap { Target($0, revisions.update) }.prefix(limit))
  }

  /// A percentage is of the wanted pods and rounded down; at least one pod may always be missing.
  private var maxUnavailable: Int {
    let value = set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? .int(1)
    let scaled = try? value.scaledValue(total: set.wantedReplicas, roundUp: false)
    return max(1, scaled ?? 1)
  }
}

extension Plan {
  /// Errands one after the other up to the first that fails; then what follows, with the number of
  /// those that were done.
  fileprivate static func counting(
    _ errands: [Errand], done: Int = 0, then: @escaping @Sendable (Int, String?) -> Plan
  ) -> Plan {
    guard let first = errands.first else { return then(done, nil) }
    return sequence([first]) { error in
      if let error { return then(done, error) }
      return counting(Array(errands.dropFirst()), done: done + 1, then: then)
    }
  }
}
