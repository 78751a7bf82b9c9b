import KubeControllers
import KubeModel
import KubeReconcile
import TestFixtures
import Testing

@Suite struct DaemonSetVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("daemonset", expected: { comparable($0) }) { row in
      row.kind == "sync" ? try sync(row) : try placement(row.input)
    }
  }

  private func placement(_ input: JSONValue) throws -> JSONValue {
    let set = try DaemonSet(json: input["daemonSet"] ?? .null)
    let verdict = DaemonPlacement(set.spec.template).verdict(
      on: try Node(json: input["node"] ?? .null))
    return [
      "shouldRun": .bool(verdict.shouldRun), "shouldContinueRunning": .bool(verdict.shouldContinue),
    ]
  }

  /// Which nodes upstream's walk over a map takes first is open; how many it takes is not.
  private func comparable(_ row: VectorRow) -> JSONValue {
    guard row.output["ambiguous"]?.boolValue == true else { return row.output }
    var output = row.output
    output["createsAmong"] = nil
    output["deletesAmong"] = nil
    return output
  }

  private func sync(_ row: VectorRow) throws -> JSONValue {
    let input = row.input
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let key = runner.insert(try DaemonSet(json: input["daemonSet"] ?? .null))
    for node in input["nodes"]?.arrayValue ?? [] { runner.insert(try Node(json: node)) }
    for revision in input["revisions"]?.arrayValue ?? [] {
      runner.insert(try ControllerRevision(json: revision))
    }
    for pod in input["pods"]?.arrayValue ?? [] { runner.insert(try Pod(json: pod)) }
    let log = CreationLog()
    runner.refuse = { write in
      if case .create(let pod as Pod) = write.action { log.pods.append(pod) }
      return nil
    }
    var controller = DaemonSetController()
    runner.run(controller.reconcile(key, in: runner.snapshot))
    // Events about creations and deletions are those of the pods' control, not of this function.
    let events = runner.events.filter { $0.contains("DaemonPod") || $0.contains("SelectingAll") }
    let deletes = runner.names(.delete, "pods").sorted()
    let set = try #require(runner.store[DaemonSet.self, key])
    var answer: JSONValue = [
      "ambiguous": row.output["ambiguous"] ?? .null, "events": strings(events.sorted()),
      "patched": strings(runner.names(.update, "pods").sorted()),
      "revisionActions": .array(
        runner.actions.filter { $0.resource == "controllerrevisions" }.map(\.json)),
      "status": set.status.json,
    ]
    if row.output["ambiguous"]?.boolValue == true {
      answer["createCount"] = .int(Int64(log.pods.count))
      answer["deleteCount"] = .int(Int64(deletes.count))
      let among = row.output["deletesAmong"]?.arrayValue ?? []
      #expect(deletes.allSatisfy { among.contains(.string($0)) })
    } else {
      answer["creates"] = .array(log.pods.map(creation).sorted { "\($0)" < "\($1)" })
      answer["deletes"] = strings(deletes)
    }
    return answer
  }

  private func creation(_ pod: Pod) -> JSONValue {
    let terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    return [
      "controllerRevisionHash": .string(pod.metadata.labels["controller-revision-hash"] ?? ""),
      "image": .string(pod.spec.containers[0].image),
      "node": .string(terms?.nodeSelectorTerms[0].matchFields[0].values[0] ?? ""),
    ]
  }
}

private final class CreationLog {
  var pods: [Pod] = []
}

private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
