// What `kubectl rollout status` says.
//
// Follows   staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go (v1.36)

import KubeModel

/// How far a rollout is, in kubectl's words.
public struct RolloutStatus: Hashable, Sendable {
  /// A line, with its end.
  public let message: String
  /// True when there is nothing more to wait for.
  public let isDone: Bool

  private static func waiting(_ message: String) -> Self { Self(message: message, isDone: false) }
  private static func done(_ message: String) -> Self { Self(message: message, isDone: true) }

  private static let otherStrategy = RolloutError(
    "rollout status is only available for RollingUpdate strategy type")
}

extension RolloutStatus {
  /// How far a workload is.
  ///
  /// - Parameter revision: The revision that must be the present one, of a Deployment; 0 for any.
  /// - Throws: `RolloutError` for kinds without rollouts, and as each kind's own does.
  public static func of(
    workload object: any APIObject, revision: Int64 = 0
  ) throws(RolloutError) -> Self {
    switch object {
    case let deployment as Deployment: return try of(deployment, revision: revision)
    case let daemonSet as DaemonSet: return try of(daemonSet)
    case let statefulSet as StatefulSet: return try of(statefulSet)
    default:
      let kind = type(of: object).resource.kind
      throw RolloutError("no status viewer has been implemented for \(kind)")
    }
  }

  /// How far a Deployment is.
  ///
  /// - Parameter revision: The revision that must be the present one; 0 for any.
  /// - Throws: `RolloutError` when the revision is another, or the deadline is over.
  public static func of(
    _ deployment: Deployment, revision: Int64 = 0
  ) throws(RolloutError) -> Self {
    let name = "deployment \"\(deployment.metadata.name)\""
    if revision > 0 { try check(revision, deployment, name) }
    let status = deployment.status
    if deployment.metadata.generation > status.observedGeneration {
      return waiting("Waiting for deployment spec update to be observed...\n")
    }
    if status.conditions.contains(where: {
      $0.type == .progressing && $0.reason == "ProgressDeadlineExceeded"
    }) {
      throw RolloutError("\(name) exceeded its progress deadline")
    }
    let start = "Waiting for \(name) rollout to finish: "
    let (updated, available) = (status.updatedReplicas, status.availableReplicas)
    if let wanted = deployment.spec.replicas, updated < wanted {
      return waiting("\(start)\(updated) out of \(wanted) new replicas have been updated...\n")
    }
    if status.replicas > updated {
      let old = status.replicas - updated
      return waiting("\(start)\(old) old replicas are pending termination...\n")
    }
    if available < updated {
      return waiting("\(start)\(available) of \(updated) updated replicas are available...\n")
    }
    return done("\(name) successfully rolled out\n")
  }

  private static func check(
    _ revision: Int64, _ deployment: Deployment, _ name: String
  ) throws(RolloutError) {
    guard let current = Annotation.revision(of: deployment.metadata) else {
      let text = deployment.metadata.annotations[Annotation.revision] ?? ""
      throw RolloutError(
        "cannot get the revision of \(name): strconv.ParseInt: parsing \"\(text)\": invalid syntax")
    }
    if current != revision {
      throw RolloutError(
        "desired revision (\(revision)) is different from the running revision (\(current))")
    }
  }

  /// How far a DaemonSet is.
  ///
  /// - Throws: `RolloutError` when it does not replace pods by itself.
  public static func of(_ daemonSet: DaemonSet) throws(RolloutError) -> Self {
    guard daemonSet.spec.updateStrategy.type == .rollingUpdate else { throw otherStrategy }
    let status = daemonSet.status
    let name = "daemon set \"\(daemonSet.metadata.name)\""
    if daemonSet.metadata.generation > status.observedGeneration {
      return waiting("Waiting for daemon set spec update to be observed...\n")
    }
    let start = "Waiting for \(name) rollout to finish: "
    let (updated, wanted) = (status.updatedNumberScheduled, status.desiredNumberScheduled)
    if updated < wanted {
      return waiting("\(start)\(updated) out of \(wanted) new pods have been updated...\n")
    }
    if status.numberAvailable < wanted {
      return waiting(
        "\(start)\(status.numberAvailable) of \(wanted) updated pods are available...\n")
    }
    return done("\(name) successfully rolled out\n")
  }

  /// How far a StatefulSet is.
  ///
  /// - Throws: `RolloutError` when it does not replace pods by itself.
  public static func of(_ statefulSet: StatefulSet) throws(RolloutError) -> Self {
    let strategy = statefulSet.spec.updateStrategy
    guard strategy.type == .rollingUpdate else { throw otherStrategy }
    let status = statefulSet.status
    if status.observedGeneration == 0
      || statefulSet.metadata.generation > status.observedGeneration
    {
      return waiting("Waiting for statefulset spec update to be observed...\n")
    }
    let wanted = statefulSet.spec.replicas
    if let wanted, status.readyReplicas < wanted {
      return waiting("Waiting for \(wanted - status.readyReplicas) pods to be ready...\n")
    }
    let updated = status.updatedReplicas
    if let rollingUpdate = strategy.rollingUpdate {
      if let wanted, let partition = rollingUpdate.partition, updated < wanted - partition {
        return waiting(
          "Waiting for partitioned roll out to finish: \(updated) out of \(wanted - partition) "
            + "new pods have been updated...\n")
      }
      return done("partitioned roll out complete: \(updated) new pods have been updated...\n")
    }
    if status.updateRevision != status.currentRevision {
      return waiting(
        "waiting for statefulset rolling update to complete \(updated) pods at revision "
          + "\(status.updateRevision)...\n")
    }
    return done(
      "statefulset rolling update complete \(status.currentReplicas) pods at revision "
        + "\(status.currentRevision)...\n")
  }
}
