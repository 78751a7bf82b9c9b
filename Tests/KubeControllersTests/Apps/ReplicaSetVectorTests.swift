import KubeControllers
import KubeModel
import KubeReconcile
import TestFixtures
import Testing

@Suite struct ReplicaSetVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("replicaset") { try answer($0.input) }
  }

  private func answer(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let key = runner.insert(try ReplicaSet(json: input["replicaSet"] ?? .null))
    if let sibling = input["siblingReplicaSet"], !sibling.isNull {
      runner.insert(try ReplicaSet(json: sibling))
    }
    for pod in input["pods"]?.arrayValue ?? [] { runner.insert(try Pod(json: pod)) }
    let allowed = input["createsAllowed"]?.intValue ?? -1
    let quota = Counter()
    runner.refuse = { write in
      guard allowed >= 0, case .create = write.action else { return nil }
      quota.count += 1
      return quota.count > allowed ? .forbidden(Pod.resource, "web-", "exceeded quota") : nil
    }
    runner.run(ReplicaSetController().reconcile(key, in: runner.snapshot))
    let set = try #require(runner.store[ReplicaSet.self, key])
    var answer: JSONValue = [
      "creates": .int(Int64(runner.names(.create, "pods").count)),
      "deletes": names(runner.names(.delete, "pods")),
      "patched": names(runner.names(.update, "pods")), "status": set.status.json,
    ]
    if let error = runner.errors.first { answer["error"] = .string(error.message) }
    return answer
  }

  private func names(_ names: [String]) -> JSONValue {
    .array(names.sorted().map { .string($0) })
  }
}

private final class Counter {
  var count = 0
}
