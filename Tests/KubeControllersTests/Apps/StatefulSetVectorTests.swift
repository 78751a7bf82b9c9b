import KubeControllers
import KubeModel
import KubeReconcile
import TestFixtures
import Testing

@Suite struct StatefulSetVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("statefulset") { try answer($0.input) }
  }

  private func answer(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let set = try StatefulSet(json: input["statefulSet"] ?? .null)
    let key = runner.insert(set)
    let log = WriteLog()
    for revision in input["revisions"]?.arrayValue ?? [] {
      let revision = try ControllerRevision(json: revision)
      log.revisions[runner.insert(revision)] = revision.metadata.name
    }
    for pod in input["pods"]?.arrayValue ?? [] {
      let pod = try Pod(json: pod)
      log.pods[runner.insert(pod)] = pod.metadata.name
    }
    for claim in input["claims"]?.arrayValue ?? [] {
      runner.insert(try PersistentVolumeClaim(json: claim))
    }
    runner.refuse = { write in
      log.note(write)
      return nil
    }
    runner.run(StatefulSetController().reconcile(key, in: runner.snapshot))
    let isParallel = set.spec.podManagementPolicy == .parallel
    var answer: JSONValue = [
      "actions": .array(isParallel ? sorted(log.actions) : log.actions),
      "events": strings(isParallel ? runner.events.sorted() : runner.events),
      "revisionActions": .array(log.revisionActions),
      "statusUpdated": .bool(log.statuses.count == 1),
    ]
    // What upstream computed and did not write is not seen here; the stored status is no less.
    let stored = try #require(runner.store[StatefulSet.self, key])
    if runner.retries, let last = runner.events.last {
      let error = last.split(separator: "failed error: ").last.map(String.init) ?? ""
      answer["error"] = .string(error)
    } else {
      answer["status"] = (log.statuses.first ?? stored.status).json
    }
    return answer
  }
}

/// The writes of a run in the words of the vectors.
private final class WriteLog {
  var actions: [JSONValue] = []
  var revisionActions: [JSONValue] = []
  var statuses: [StatefulSetStatus] = []
  var pods: [ObjectKey: String] = [:]
  var revisions: [ObjectKey: String] = [:]

  func note(_ write: Write) {
    switch write.action {
    case .create(let pod as Pod):
      actions.append([
        "action": "createPod", "name": .string(pod.metadata.name),
        "image": .string(pod.spec.containers[0].image), "labels": labels(of: pod),
        "revision": .string(pod.metadata.labels["controller-revision-hash"] ?? ""),
      ])
    case .update(_, let pod as Pod):
      // The function gets its pods claimed already; what is let go here is no work of its own.
      if pod.metadata.ownerReferences.isEmpty { break }
      actions.append([
        "action": "updatePod", "name": .string(pod.metadata.name), "labels": labels(of: pod),
      ])
    case .create(let claim as PersistentVolumeClaim):
      actions.append(["action": "createClaim", "name": .string(claim.metadata.name)])
    case .update(_, let claim as PersistentVolumeClaim):
      let owners = claim.metadata.ownerReferences.map { JSONValue.string("\($0.kind)/\($0.name)") }
      actions.append([
        "action": "updateClaim", "name": .string(claim.metadata.name),
        "ownerKinds": .array(owners),
      ])
    case .updateStatus(_, let set as StatefulSet): statuses.append(set.status)
    case .delete(let key, _):
      if let name = pods[key] {
        actions.append(["action": "deletePod", "name": .string(name)])
      } else {
        revisionActions.append([
          "name": .string(revisions[key] ?? ""), "resource": "controllerrevisions",
          "verb": "delete",
        ])
      }
    default: break
    }
  }

  private func labels(of pod: Pod) -> JSONValue {
    .object(JSONObject(pod.metadata.labels.map { ($0.key, .string($0.value)) }))
  }
}

private func sorted(_ actions: [JSONValue]) -> [JSONValue] {
  actions.sorted {
    ($0["action"]?.stringValue ?? "", $0["name"]?.stringValue ?? "")
      < ($1["action"]?.stringValue ?? "", $1["name"]?.stringValue ?? "")
  }
}

private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
