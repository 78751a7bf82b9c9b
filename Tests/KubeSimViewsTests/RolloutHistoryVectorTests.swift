import KubeControllers
import KubeModel
import TestFixtures
import Testing

@testable import KubeSimViews

/// The templates of a history; all else of a rollout is compared where it is computed.
@Suite struct RolloutHistoryVectorTests {
  @Test func aRevisionIsShownAsKubectlShowsIt() throws {
    var count = 0
    try checkVectors("rolloutstatus", expected: { isTemplate($0) ? shown($0) : .null }) { row in
      guard isTemplate(row) else { return .null }
      count += 1
      let deployment = try Deployment(
        manifest: row.input["deployment"] ?? .null, strict: false)
      let sets = try (row.input["replicasets"]?.arrayValue ?? []).map {
        try ReplicaSet(manifest: $0, strict: false)
      }
      let history = Rollout.history(of: deployment, replicaSets: sets)
      let number = row.input["revision"]?.intValue ?? 0
      return ["text": .string(try Views.text(of: history, number))]
    }
    #expect(count > 0)
  }

  /// The rows are of kubectl v1.36; descriptions follow recordings of v1.37, which names what a
  /// probe counts in other words.
  private func shown(_ row: VectorRow) -> JSONValue {
    let text = (row.output["text"]?.stringValue ?? "")
      .replacing("#success=", with: "successThreshold=")
      .replacing("#failure=", with: "failureThreshold=")
    return ["text": .string(text)]
  }

  private func isTemplate(_ row: VectorRow) -> Bool {
    row.input["op"] == "history" && (row.input["revision"]?.intValue ?? 0) > 0
      && row.output["error"] == nil
  }
}
