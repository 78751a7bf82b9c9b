import KubeControllers
import KubeModel
import SimulationKernel

// Follows   kubectl/pkg/polymorphichelpers/{history,rollout_status}.go,
//           kubectl/pkg/cmd/rollout/rollout_{history,status}.go (v1.36)
// Left out  the templates of ControllerRevisions: their history is a list

extension Views {
  /// What `kubectl rollout history` prints; with a revision of a Deployment, its template.
  ///
  /// - Parameter kind: As kubectl takes it: `deployment`, `ds`, `statefulset`.
  /// - Throws: NotFound; BadRequest for kinds without a history, and when there is no such revision.
  public func rolloutHistory(
    of name: String, kind: String = "deployment", namespace: String = "default",
    revision: Int64 = 0
  ) throws(APIError) -> String {
    let object = try workload(kind, name, namespace)
    let resource = type(of: object).resource
    let title =
      "\(resource.kind.lowercased()).\(resource.group)/\(name) "
      + (revision > 0 ? "with revision #\(revision)" : "")
    do throws(RolloutError) {
      guard let deployment = object as? Deployment else {
        return title + "\n" + (try revisions(of: object, revision)) + "\n"
      }
      let table = store[ReplicaSet.self]
      let sets = table.keys.compactMap { table[$0] }
      return title + "\n" + (try Self.history(of: deployment, sets, revision)) + "\n"
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// What `kubectl rollout status --watch=false` prints.
  ///
  /// - Throws: NotFound; BadRequest when the deadline is over and for kinds without rollouts.
  public func rolloutStatus(
    of name: String, kind: String = "deployment", namespace: String = "default"
  ) throws(APIError) -> String {
    let object = try workload(kind, name, namespace)
    do throws(RolloutError) {
      switch object {
      case let deployment as Deployment: return try RolloutStatus.of(deployment).message
      case let daemonSet as DaemonSet: return try RolloutStatus.of(daemonSet).message
      case let statefulSet as StatefulSet: return try RolloutStatus.of(statefulSet).message
      default: return ""
      }
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// The list of revisions, or the template of one: its columns are not aligned.
  static func history(
    of deployment: Deployment, _ sets: [ReplicaSet], _ revision: Int64
  ) throws(RolloutError) -> String {
    if revision == 0 || Rollout.history(of: deployment, replicaSets: sets).isEmpty {
      return Rollout.historyText(of: deployment, replicaSets: sets)
    }
    var text = Description(at: MicroTime(unixMicroseconds: 0))
    text.template(try Rollout.revision(revision, of: deployment, replicaSets: sets).template)
    return text.unaligned
  }

  /// The list of the ControllerRevisions that a workload owns.
  private func revisions(
    of owner: any APIObject, _ revision: Int64
  ) throws(RolloutError) -> String {
    if revision > 0 {
      throw RolloutError("the template of a revision is shown for deployments only")
    }
    let uid = owner.metadata.uid
    let owned = store[ControllerRevision.self].owned(by: uid).map(\.object)
      .sorted { $0.revision < $1.revision }
    if owned.isEmpty { return "No rollout history found." }
    let rows = owned.map { revision in
      let cause = revision.metadata.annotations["kubernetes.io/change-cause"] ?? ""
      return (String(revision.revision), cause.isEmpty ? "<none>" : cause)
    }
    let lines = [("REVISION", "CHANGE-CAUSE")] + rows
    return TabbedText(minimum: 0, padding: 2).aligned(
      lines.map { "\($0.0)\t\($0.1)\n" }.joined())
  }

  private func workload(
    _ word: String, _ name: String, _ namespace: String
  ) throws(APIError) -> any APIObject {
    let known: [any APIObject.Type] = [Deployment.self, DaemonSet.self, StatefulSet.self]
    guard let kind = try kinds(named: word).first, known.contains(where: { $0 == kind }) else {
      throw .badRequest("no history viewer has been implemented for \(word)")
    }
    let table = store.allTables.first { $0.objectType == kind }
    guard let key = table?.key(namespace, name), let object = table?.object(key) else {
      throw .notFound(kind.resource, name)
    }
    return object
  }
}

extension Views {
  /// `rollout status KIND/NAME` and `rollout history KIND/NAME`, with `-n`, `--revision` and
  /// `--watch`.
  func rollout(_ words: [String]) throws(APIError) -> String {
    var namespace = "default"
    var revision: Int64 = 0
    var arguments: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "-n", "--namespace": namespace = parts.count > 1 ? parts[1] : rest.popFirst() ?? ""
      case "--revision": revision = Int64(parts.count > 1 ? parts[1] : rest.popFirst() ?? "") ?? 0
      case "--watch": break
      case let flag where flag.hasPrefix("-"): throw .badRequest("unknown flag: \(flag)")
      default: arguments.append(word)
      }
    }
    guard arguments.count >= 2 else {
      throw .badRequest("required resource not specified")
    }
    var target = arguments[1].split(separator: "/", maxSplits: 1).map(String.init)
    if target.count == 1, arguments.count > 2 { target.append(arguments[2]) }
    guard target.count == 2 else { throw .badRequest("required resource not specified") }
    switch arguments[0] {
    case "status": return try rolloutStatus(of: target[1], kind: target[0], namespace: namespace)
    case "history":
      return try rolloutHistory(
        of: target[1], kind: target[0], namespace: namespace, revision: revision)
    default:
      throw .badRequest("unknown command \(GoText.quoted(arguments[0])) for \"kubectl rollout\"")
    }
  }
}
