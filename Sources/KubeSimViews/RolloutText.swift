import KubeControllers
import KubeModel
import SimulationKernel

// Follows   kubectl/pkg/polymorphichelpers/history.go, kubectl/pkg/cmd/rollout/rollout_history.go
//           (v1.36)

extension Views {
  /// What `kubectl rollout history deployment/NAME` prints; with a revision, its template.
  ///
  /// - Throws: NotFound; BadRequest when there is no such revision.
  public func rolloutHistory(
    of name: String, namespace: String = "default", revision: Int64 = 0
  ) throws(APIError) -> String {
    guard let key = store.key(Deployment.self, namespace, name),
      let deployment = store[Deployment.self, key]
    else { throw .notFound(Deployment.resource, name) }
    let table = store[ReplicaSet.self]
    let sets = table.keys.compactMap { table[$0] }
    let title = "deployment.apps/\(name) " + (revision > 0 ? "with revision #\(revision)" : "")
    do throws(RolloutError) {
      return title + "\n" + (try Self.history(of: deployment, sets, revision)) + "\n"
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
}
