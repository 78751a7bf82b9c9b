import KubeAPIServer
import KubeControllers
import KubeModel
import SimulationKernel

// kubectl rollout. What it does to a Deployment is in KubeControllers/Apps/Rollout.swift.
//
// Follows   staging/src/k8s.io/kubectl/pkg/polymorphichelpers (v1.36)
// Left out  undo and history of DaemonSets and StatefulSets: not supported yet

extension Cluster {
  /// Goes back to an earlier template: `kubectl rollout undo`. Returns what kubectl prints.
  ///
  /// Revision 0 is the last one before the present.
  ///
  /// - Throws: NotFound; BadRequest for an unknown revision or a paused Deployment; 501 for kinds
  ///   other than Deployments, as long as those are not supported.
  @discardableResult public mutating func undoRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default",
    toRevision revision: Int64 = 0
  ) throws(APIError) -> String {
    guard kind == Deployment.self else {
      _ = try server.get(kind, namespace, name)
      throw .notSupportedYet("rollout undo of a \(kind.resource.kind)")
    }
    let sets = try list(ReplicaSet.self, namespace: namespace)
    var message = ""
    try rollOut(name, namespace, because: "rollout undo", "revision \(revision)") {
      (deployment) throws(RolloutError) in
      let undo = try Rollout.undo(deployment, replicaSets: sets, toRevision: revision)
      message = undo.message
      return undo.deployment
    }
    return message
  }

  /// Holds the rollout of a Deployment where it is: `kubectl rollout pause`.
  ///
  /// - Throws: NotFound; BadRequest when it is held already or of another kind.
  public mutating func pauseRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) {
    guard kind == Deployment.self else { throw .badRequest("pausing is not supported") }
    try rollOut(name, namespace, because: "rollout pause") { (deployment) throws(RolloutError) in
      try Rollout.pause(deployment)
    }
  }

  /// Lets a held Deployment go on: `kubectl rollout resume`.
  ///
  /// - Throws: NotFound; BadRequest when it is not held or of another kind.
  public mutating func resumeRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) {
    guard kind == Deployment.self else { throw .badRequest("resuming is not supported") }
    try rollOut(name, namespace, because: "rollout resume") { (deployment) throws(RolloutError) in
      try Rollout.resume(deployment)
    }
  }

  /// Replaces all pods of a workload by new ones, as a rollout: `kubectl rollout restart`.
  ///
  /// - Throws: NotFound; BadRequest for a paused Deployment and for kinds that have no rollouts.
  public mutating func restartRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) {
    let now = "\(time)"
    switch kind.resource.kind {
    case "Deployment":
      try rollOut(name, namespace, because: "rollout restart") {
        (deployment) throws(RolloutError) in try Rollout.restart(deployment, at: now)
      }
    case "DaemonSet", "StatefulSet":
      let annotations: JSONValue = ["kubectl.kubernetes.io/restartedAt": .string(now)]
      try change(
        kind, name, namespace,
        .strategic(["spec": ["template": ["metadata": ["annotations": annotations]]]]),
        because: "rollout restart")
    default: throw .badRequest("restarting is not supported")
    }
  }

  /// How far a rollout is: `kubectl rollout status --watch=false`.
  ///
  /// - Throws: NotFound; BadRequest when the deadline is over and for kinds that have no rollouts.
  public func rolloutStatus(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) -> RolloutStatus {
    let object = try server.get(kind, namespace, name)
    do {
      switch object {
      case let deployment as Deployment: return try RolloutStatus.of(deployment)
      case let daemonSet as DaemonSet: return try RolloutStatus.of(daemonSet)
      case let statefulSet as StatefulSet: return try RolloutStatus.of(statefulSet)
      default: throw RolloutError("no status viewer has been implemented for \(kind.resource.kind)")
      }
    } catch let error as RolloutError {
      throw .badRequest(error.message)
    } catch {
      throw .badRequest("\(error)")
    }
  }

  /// The templates that a Deployment has had and still knows, as kubectl prints them:
  /// `kubectl rollout history`.
  ///
  /// - Throws: NotFound.
  public func rolloutHistory(
    of name: String, namespace: String = "default"
  ) throws(APIError) -> String {
    let deployment = try server.get(Deployment.self, namespace, name)
    return Rollout.historyText(
      of: deployment, replicaSets: try list(ReplicaSet.self, namespace: namespace))
  }

  /// One template that a Deployment has had: what `kubectl rollout history --revision` shows.
  ///
  /// - Throws: NotFound; BadRequest when there is no such revision.
  public func rolloutRevision(
    _ revision: Int64, of name: String, namespace: String = "default"
  ) throws(APIError) -> Rollout.Revision {
    let deployment = try server.get(Deployment.self, namespace, name)
    let sets = try list(ReplicaSet.self, namespace: namespace)
    do throws(RolloutError) {
      return try Rollout.revision(revision, of: deployment, replicaSets: sets)
    } catch {
      throw .badRequest(error.message)
    }
  }

  private mutating func rollOut(
    _ name: String, _ namespace: String, because rule: StaticString, _ detail: String = "",
    _ change: (Deployment) throws(RolloutError) -> Deployment
  ) throws(APIError) {
    let key = try server.key(Deployment.self, namespace, name)
    let deployment = try server.get(Deployment.self, namespace, name)
    let changed: Deployment
    do throws(RolloutError) {
      changed = try change(deployment)
    } catch {
      throw .badRequest(error.message)
    }
    begin(actor: Self.user, rule: rule, detail, cause: .none)
    try server.update(key, with: changed, at: time, sink: &engine)
  }
}
