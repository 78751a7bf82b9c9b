import KubeControllers
import KubeModel
import SimulationKernel

// Follows   kubectl/pkg/polymorphichelpers/{history,rollout_status}.go,
//           kubectl/pkg/cmd/rollout/rollout_{history,status}.go (v1.36)

extension Views {
  /// What `kubectl rollout history` prints; with a revision, its template.
  ///
  /// - Parameter kind: As kubectl takes it: `deployment`, `ds`, `statefulset`.
  /// - Throws: NotFound; BadRequest for kinds without a history, and when there is no such revision.
  public func rolloutHistory(
    of name: String, kind: String = "deployment", namespace: String = "default",
    revision: Int64 = 0
  ) throws(APIError) -> String {
    let object = try workload(kind, name, namespace)
    do throws(RolloutError) {
      let history = try Rollout.history(of: object, in: store)
      let title = Rollout.title(of: object, revision: revision)
      return title + (try Self.text(of: history, revision)) + "\n"
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// What `kubectl rollout status --watch=false` prints.
  ///
  /// - Parameter revision: The revision that a Deployment must have now; 0 for any.
  /// - Throws: NotFound; BadRequest when the deadline is over, when the revision is another, and for
  ///   kinds without rollouts.
  public func rolloutStatus(
    of name: String, kind: String = "deployment", namespace: String = "default",
    revision: Int64 = 0
  ) throws(APIError) -> String {
    let object = try workload(kind, name, namespace)
    do throws(RolloutError) {
      return try RolloutStatus.of(workload: object, revision: revision).message
    } catch {
      throw .badRequest(error.message)
    }
  }

  /// The list of revisions, or the template of one: its columns are not aligned.
  static func text(
    of history: [Rollout.Revision], _ revision: Int64
  ) throws(RolloutError) -> String {
    if revision == 0 || history.isEmpty { return Rollout.text(of: history) }
    var text = Description(at: MicroTime(unixMicroseconds: 0))
    text.template(try Rollout.revision(revision, in: history).template)
    return text.unaligned
  }

  private func workload(
    _ word: String, _ name: String, _ namespace: String
  ) throws(APIError) -> any APIObject {
    let kind = try kind(named: word)
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
    case "status":
      return try rolloutStatus(
        of: target[1], kind: target[0], namespace: namespace, revision: revision)
    case "history":
      return try rolloutHistory(
        of: target[1], kind: target[0], namespace: namespace, revision: revision)
    case "undo", "pause", "resume", "restart":
      throw .badRequest(
        "rollout \(arguments[0]) changes the cluster and views only look at it: it is a step of a "
          + "scenario, as rollout: {action: \(arguments[0]), …}")
    default:
      throw .badRequest("unknown command \(GoText.quoted(arguments[0])) for \"kubectl rollout\"")
    }
  }
}
