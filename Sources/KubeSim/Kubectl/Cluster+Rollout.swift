import KubeAPIServer
import KubeControllers
import KubeModel
import SimulationKernel

// kubectl rollout. What it does to objects is in KubeControllers/Apps/Rollout.swift.
//
// Follows   staging/src/k8s.io/kubectl/pkg/polymorphichelpers (v1.36)

extension Cluster {
  /// Goes back to an earlier template of a Deployment, StatefulSet or DaemonSet:
  /// `kubectl rollout undo`. Returns what kubectl prints.
  ///
  /// Revision 0 is the last one before the present.
  ///
  /// - Throws: NotFound; BadRequest for an unknown revision, a paused Deployment, and kinds that have
  ///   no rollouts.
  @discardableResult public mutating func undoRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default",
    toRevision revision: Int64 = 0
  ) throws(APIError) -> String {
    switch try server.get(kind, namespace, name) {
    case is Deployment:
      let sets = try list(ReplicaSet.self, namespace: namespace)
      var message = ""
      try rollOut(name, namespace, because: "rollout undo", "revision \(revision)") {
        (deployment) throws(RolloutError) in
        let undo = try Rollout.undo(deployment, replicaSets: sets, toRevision: revision)
        message = undo.message
        return undo.deployment
      }
      return message
    case let set as StatefulSet: return try undo(set, toRevision: revision)
    case let set as DaemonSet: return try undo(set, toRevision: revision)
    default:
      throw .badRequest(
        "no rollbacker has been implemented for \(GoText.quoted(kind.resource.qualifiedKind))")
    }
  }

  private mutating func undo<Keeper: RevisionKeeper>(
    _ keeper: Keeper, toRevision revision: Int64
  ) throws(APIError) -> String {
    let namespace = keeper.metadata.namespace
    let revisions = try list(ControllerRevision.self, namespace: namespace)
    let undo: Rollout.UndoPatch
    do throws(RolloutError) {
      undo = try Rollout.undo(keeper, revisions: revisions, toRevision: revision)
    } catch {
      throw .badRequest(error.message)
    }
    if let patch = undo.patch {
      try change(
        Keeper.self, keeper.metadata.name, namespace, .strategic(patch), because: "rollout undo",
        "revision \(revision)")
    }
    return undo.message
  }

  /// Holds the rollout of a Deployment where it is: `kubectl rollout pause`.
  ///
  /// - Throws: NotFound; BadRequest when it is held already or of another kind.
  public mutating func pauseRollout(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) {
    guard kind == Deployment.self else { throw try unsupported(kind, name, namespace, "pausing") }
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
    guard kind == Deployment.self else { throw try unsupported(kind, name, namespace, "resuming") }
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
    default: throw try unsupported(kind, name, namespace, "restarting")
    }
  }

  /// How far a rollout is: `kubectl rollout status --watch=false`.
  ///
  /// - Parameter revision: The revision that a Deployment must have now; 0 for any.
  /// - Throws: NotFound; BadRequest when the deadline is over, when the revision is another, and for
  ///   kinds that have no rollouts.
  public func rolloutStatus(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default", revision: Int64 = 0
  ) throws(APIError) -> RolloutStatus {
    let object = try server.get(kind, namespace, name)
    do throws(RolloutError) {
      return try RolloutStatus.of(workload: object, revision: revision)
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// The templates that a Deployment, StatefulSet or DaemonSet has had and still knows, oldest
  /// first: `kubectl rollout history`, whose text the views print.
  ///
  /// - Throws: NotFound; BadRequest for kinds that have no rollouts.
  public func rolloutHistory(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default"
  ) throws(APIError) -> [Rollout.Revision] {
    let object = try server.get(kind, namespace, name)
    do throws(RolloutError) {
      return try Rollout.history(of: object, in: store)
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// The refusal of a verb that a kind does not know.
  private func unsupported(
    _ kind: any APIObject.Type, _ name: String, _ namespace: String, _ verb: String
  ) throws(APIError) -> APIError {
    _ = try server.get(kind, namespace, name)
    let object = "\(kind.resource.qualifiedName) \(GoText.quoted(name))"
    return .badRequest("\(object) \(verb) is not supported")
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
