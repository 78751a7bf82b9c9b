import KubeControllers
import KubeModel
import TestFixtures
import Testing

/// What kubectl says of rollouts; how it prints a template of the history is the views' part.
@Suite struct RolloutStatusVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("rolloutstatus", expected: { compared($0) ? shown($0.output) : .null }) {
      row in
      guard compared(row) else { return .null }
      do throws(RolloutError) {
        switch row.input["op"] {
        case "status": return try status(row.input)
        case "undo": return try undo(row.input)
        default: return try history(row.input)
        }
      } catch {
        return ["error": .string(error.message)]
      }
    }
  }

  private func compared(_ row: VectorRow) -> Bool {
    row.input["op"] != "history" || row.input["revision"] == 0 || row.output["error"] != nil
  }

  /// Of an error only its text counts; a template is written as this library writes it.
  private func shown(_ output: JSONValue) -> JSONValue {
    if let error = output["error"] { return ["error": error] }
    var output = output
    if let template = output["template"] {
      output["template"] = (try? PodTemplateSpec(json: template))?.json
    }
    return output
  }

  private func status(_ input: JSONValue) throws(RolloutError) -> JSONValue {
    let object = input["object"] ?? .null
    let status =
      switch object["kind"] {
      case "DaemonSet": try RolloutStatus.of(decoded(DaemonSet.self, object))
      case "StatefulSet": try RolloutStatus.of(decoded(StatefulSet.self, object))
      default:
        try RolloutStatus.of(
          decoded(Deployment.self, object), revision: input["revision"]?.intValue ?? 0)
      }
    return ["message": .string(status.message), "done": .bool(status.isDone)]
  }

  private func undo(_ input: JSONValue) throws(RolloutError) -> JSONValue {
    let undone = try Rollout.undo(
      decoded(Deployment.self, input["deployment"]), replicaSets: sets(input),
      toRevision: input["toRevision"]?.intValue ?? 0)
    return ["message": .string(undone.message), "template": undone.deployment.spec.template.json]
  }

  private func history(_ input: JSONValue) throws(RolloutError) -> JSONValue {
    let deployment = decoded(Deployment.self, input["deployment"])
    let history = Rollout.history(of: deployment, replicaSets: sets(input))
    if let revision = input["revision"]?.intValue, revision > 0 {
      let found = try Rollout.revision(revision, in: history)
      return ["text": .string("revision \(found.number)")]
    }
    return ["text": .string(Rollout.text(of: history))]
  }

  private func sets(_ input: JSONValue) -> [ReplicaSet] {
    (input["replicasets"]?.arrayValue ?? []).map { decoded(ReplicaSet.self, $0) }
  }

  private func decoded<Object: APIObject>(_ kind: Object.Type, _ json: JSONValue?) -> Object {
    (try? Object(manifest: json ?? .null)) ?? Object()
  }
}
