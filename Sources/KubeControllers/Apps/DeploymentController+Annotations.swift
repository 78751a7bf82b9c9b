// What a Deployment and its ReplicaSets note in annotations.
//
// Follows   pkg/controller/deployment/util/deployment_util.go (v1.36)

import KubeModel

/// The annotations by which a Deployment and its ReplicaSets tell each other what they need to
/// know.
enum Annotation {
  /// The place of a template in the history; on both.
  static let revision = "deployment.kubernetes.io/revision"
  /// Earlier places of the same template; on ReplicaSets.
  static let revisionHistory = "deployment.kubernetes.io/revision-history"
  /// How many pods the Deployment wanted when the set was last scaled.
  static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
  /// How many pods the Deployment could have had then.
  static let maxReplicas = "deployment.kubernetes.io/max-replicas"
  /// The revision to go back to; a remnant of an old API.
  static let rollbackTo = "deprecated.deployment.rollback.to"
  /// What was last applied, by kubectl.
  static let lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

  /// Annotations that a Deployment and its sets do not copy from each other.
  static let own = [
    lastApplied, revision, revisionHistory, desiredReplicas, maxReplicas, rollbackTo,
  ]

  /// Notes how many pods the Deployment wants and how many it may have.
  static func note(_ deployment: Deployment, in annotations: inout StringMap<String>) {
    let wanted = deployment.wantedReplicas
    annotations[desiredReplicas] = String(wanted)
    annotations[maxReplicas] = String(wanted + deployment.maxSurge)
  }

  /// The place in the history; 0 when it is missing, nil when it is no number.
  static func revision(of metadata: ObjectMeta) -> Int64? {
    guard let text = metadata.annotations[revision] else { return 0 }
    return Int64(text)
  }

  /// The annotations of a Deployment that goes back to a set: its own stay, the others are the
  /// set's.
  static func restored(
    of deployment: ObjectMeta, from set: ObjectMeta
  ) -> StringMap<String> {
    var annotations = deployment.annotations.filter { own.contains($0.key) }
    annotations.merge(set.annotations.filter { !own.contains($0.key) })
    return annotations
  }
}
