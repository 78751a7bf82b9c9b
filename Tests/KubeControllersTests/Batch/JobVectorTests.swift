import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@testable import KubeControllers

@Suite struct JobVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("job") { row in
      row.kind == "sync" ? sorted(row.output) : row.output
    } answer: { row in
      switch row.kind {
      case "podFailurePolicy": try failurePolicy(row.input)
      case "successPolicy": try successPolicy(row.input)
      case "parseIndexes": try parsed(row.input)
      case "formatIndexes": formatted(row.input)
      case "backoff": try backoff(row.input)
      default: try sync(row.input)
      }
    }
  }

  private func failurePolicy(_ input: JSONValue) throws -> JSONValue {
    let pod = try Pod(json: input["podFailurePolicy"] == nil ? .null : input["pod"] ?? .null)
    var job = Job()
    if let policy = input["podFailurePolicy"], !policy.isNull {
      job.spec.podFailurePolicy = try PodFailurePolicy(json: policy)
    }
    let verdict = job.verdict(on: pod)
    return [
      "failJobMessage": verdict.failure.map { .string($0) } ?? .null,
      "countFailed": .bool(verdict.counts),
      "action": verdict.action.map { .string($0.rawValue) } ?? .null,
    ]
  }

  private func successPolicy(_ input: JSONValue) throws -> JSONValue {
    let completions = Int(input["completions"]?.intValue ?? 0)
    let succeeded = CompletionIndexes(
      input["succeededIndexes"]?.stringValue ?? "", below: completions)
    var message: String?
    if let policy = input["successPolicy"], !policy.isNull {
      message = try SuccessPolicy(json: policy).match(succeeded, completions: completions)
    }
    return ["met": .bool(message != nil), "message": .string(message ?? "")]
  }

  private func parsed(_ input: JSONValue) throws -> JSONValue {
    let indexes = CompletionIndexes(
      input["indexes"]?.stringValue ?? "", below: Int(input["completions"]?.intValue ?? 0))
    return [
      "intervals": .array(
        indexes.intervals.map { interval -> JSONValue in
          [.int(Int64(interval.first)), .int(Int64(interval.last))]
        }),
      "total": .int(Int64(indexes.count)), "string": .string(indexes.description),
    ]
  }

  private func formatted(_ input: JSONValue) -> JSONValue {
    let indexes = CompletionIndexes(
      (input["list"]?.arrayValue ?? []).compactMap { $0.intValue.map(Int.init) })
    return ["total": .int(Int64(indexes.count)), "string": .string(indexes.description)]
  }

  private func time(_ json: JSONValue?) -> Timestamp? {
    json?.stringValue.flatMap { Timestamp($0) }
  }

  private func backoff(_ input: JSONValue) throws -> JSONValue {
    func pods(_ key: String) -> [Pod] {
      (input[key]?.arrayValue ?? []).enumerated().map { (index, finish) -> Pod in
        var pod = Pod()
        pod.metadata.uid = UID("\(key)-\(index)")
        pod.metadata.creationTimestamp = time(finish)
        return pod
      }
    }
    let now = try #require(time(input["now"]))
    var record = JobBackoff(
      failures: Int32(input["failuresAfterLastSuccess"]?.intValue ?? 0),
      lastFailure: time(input["lastFailureTime"]))
    record.count(
      succeeded: pods("newSucceededFinishTimes"), failed: pods("newFailedFinishTimes"))
    let end = record.end(after: Instant.zero, Clock(start: now)) ?? Instant.zero
    let remaining = end - Instant.zero
    return [
      "failuresAfterLastSuccess": .int(Int64(record.failures)),
      "lastFailureTime": record.lastFailure?.json ?? .null,
      "remainingSeconds": .int(remaining.components.seconds),
    ]
  }

  private func sync(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let key = runner.insert(try Job(json: input["job"] ?? .null))
    for pod in input["pods"]?.arrayValue ?? [] { runner.insert(try Pod(json: pod)) }
    var controller = JobController()
    controller.backoffs[key] = JobBackoff(
      failures: Int32(input["backoffFailures"]?.intValue ?? 0),
      lastFailure: time(input["backoffLastFailureTime"]))
    let statuses = Statuses()
    let created = Statuses()
    // A pod is patched a second time when it was deleted in between, and gone.
    let patched = Statuses()
    runner.refuse = { write in
      if case .updateStatus(_, let object) = write.action, let job = object as? Job {
        statuses.list.append(job.status.json)
      }
      if case .create(let object) = write.action, let pod = object as? Pod {
        created.list.append(creation(pod))
      }
      if case .update(_, let object) = write.action {
        patched.list.append(.string(object.metadata.name))
      }
      return nil
    }
    runner.run(controller.reconcile(key, in: runner.snapshot))
    let requeues = runner.wakes.map { JSONValue.int(($0.time - Instant.zero).components.seconds) }
    return sorted([
      "creates": .array(created.list), "deletes": names(runner.names(.delete, "pods")),
      "finalizerRemoved": names(patched.list.compactMap(\.stringValue)),
      "statusUpdates": .array(statuses.list),
      "requeueAfterSeconds": .array(requeues + (runner.retries ? [.int(-1)] : [])),
      "events": .array(
        runner.events.filter { !$0.contains(" pod: ") }.map { .string($0) }),
    ])
  }

  private func creation(_ pod: Pod) -> JSONValue {
    let annotations = pod.metadata.annotations
    // Without an index the recording has no prefix of its own.
    let isIndexed = annotations[JobPod.indexKey] != nil
    var json: JSONValue = ["generateName": .string(isIndexed ? pod.metadata.generateName : "")]
    if let index = annotations[JobPod.indexKey] { json["index"] = .string(index) }
    if !pod.spec.hostname.isEmpty { json["hostname"] = .string(pod.spec.hostname) }
    if let count = annotations[JobPod.failuresKey] {
      json["indexFailureCount"] = .string(count)
    }
    return json
  }

  private func names(_ names: [String]) -> JSONValue {
    .array(names.sorted().map { .string($0) })
  }

  /// With the lists that have no order sorted.
  private func sorted(_ output: JSONValue) -> JSONValue {
    var output = output
    output["creates"] = .array(
      (output["creates"]?.arrayValue ?? []).sorted { $0.description < $1.description })
    output["events"] = .array(
      (output["events"]?.arrayValue ?? []).sorted { $0.description < $1.description })
    let statuses = (output["statusUpdates"]?.arrayValue ?? []).map { status in
      guard var status = try? JobStatus(json: status) else { return status }
      status.uncountedTerminatedPods?.succeeded.sort()
      status.uncountedTerminatedPods?.failed.sort()
      return status.json
    }
    output["statusUpdates"] = .array(statuses)
    return output
  }
}

private final class Statuses {
  var list: [JSONValue] = []
}
