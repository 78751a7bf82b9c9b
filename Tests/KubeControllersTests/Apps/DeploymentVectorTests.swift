import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@testable import KubeControllers

@Suite struct DeploymentVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors(
      "deployment", expected: { $0.kind == "sync" ? comparable($0.output) : $0.output }
    ) {
      row in
      switch row.kind {
      case "fenceposts": fenceposts(row.input)
      case "newRSNewReplicas": newReplicas(row.input)
      case "status": try status(row.input)
      case "scale": try scale(row.input)
      default: comparable(try sync(row.input), named: createdName(row.output))
      }
    }
  }

  private func fenceposts(_ input: JSONValue) -> JSONValue {
    do {
      let limits = try RolloutLimits(
        maxSurge: amount(input["maxSurge"]), maxUnavailable: amount(input["maxUnavailable"]),
        desired: int(input["desired"]))
      return [
        "surge": .int(Int64(limits.surge)), "unavailable": .int(Int64(limits.unavailable)),
      ]
    } catch {
      return ["error": .string(error.message)]
    }
  }

  private func newReplicas(_ input: JSONValue) -> JSONValue {
    var deployment = Deployment()
    deployment.spec.replicas = Int32(int(input["replicas"]))
    deployment.spec.strategy.type = DeploymentStrategyType(
      rawValue: input["strategy"]?.stringValue ?? "")
    var limits = RollingUpdateDeployment()
    limits.maxSurge = amount(input["maxSurge"])
    limits.maxUnavailable = amount(input["maxUnavailable"])
    deployment.spec.strategy.rollingUpdate = limits
    let current = int(input["newReplicas"])
    let total = current + (input["oldReplicas"]?.arrayValue ?? []).reduce(0) { $0 + int($1) }
    var answer: JSONValue = [
      "maxSurge": .int(Int64(deployment.maxSurge)),
      "maxUnavailable": .int(Int64(deployment.maxUnavailable)),
      "minAvailable": .int(Int64(deployment.minAvailable)),
    ]
    do {
      answer["replicas"] = .int(Int64(try deployment.newSetSize(total: total, current: current)))
    } catch {
      answer["error"] = .string(error.message)
    }
    return answer
  }

  private func status(_ input: JSONValue) throws -> JSONValue {
    let deployment = try Deployment(json: input["deployment"] ?? .null)
    let status = try DeploymentStatus(json: input["newStatus"] ?? .null)
    let runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    return [
      "complete": .bool(deployment.isComplete(status)),
      "progressing": .bool(deployment.isProgressing(status)),
      "timedOut": .bool(deployment.isTimedOut(status, at: runner.now, runner.clock)),
    ]
  }

  private func scale(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let deployment = try Deployment(json: input["deployment"] ?? .null)
    let key = runner.insert(deployment)
    var sets: [(key: ObjectKey, object: ReplicaSet)] = []
    for json in (input["oldRSs"]?.arrayValue ?? []) + [input["newRS"] ?? .null] where !json.isNull {
      let set = try ReplicaSet(json: json)
      sets.append((runner.insert(set), set))
    }
    var sync = DeploymentController.Sync(
      key, deployment, sets, try Selector(deployment.spec.selector), in: runner.snapshot)
    sync.scaleAll()
    runner.run(sync.finished())
    return ["replicaSets": replicaSets(runner), "events": events(runner)]
  }

  private func sync(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let key = runner.insert(try Deployment(json: input["deployment"] ?? .null))
    for set in input["replicaSets"]?.arrayValue ?? [] { runner.insert(try ReplicaSet(json: set)) }
    for pod in input["pods"]?.arrayValue ?? [] { runner.insert(try Pod(json: pod)) }
    runner.run(DeploymentController().reconcile(key, in: runner.snapshot))
    let deployment = try #require(runner.store[Deployment.self, key])
    #expect(runner.errors.isEmpty, "a second write of an object must not conflict with the first")
    return [
      "actions": .array(runner.actions.map(\.json)), "replicaSets": replicaSets(runner),
      "status": deployment.status.json, "annotations": deployment.metadata.annotations.json,
      "events": events(runner),
    ]
  }

  private func replicaSets(_ runner: PlanRunner) -> JSONValue {
    .object(
      JSONObject(
        runner.objects(ReplicaSet.self).map { set in
          let shown: JSONValue = [
            "replicas": .int(Int64(set.spec.replicas ?? 0)),
            "annotations": set.metadata.annotations.json,
            "minReadySeconds": .int(Int64(set.spec.minReadySeconds)),
          ]
          return (set.metadata.name, shown)
        }))
  }

  private func events(_ runner: PlanRunner) -> JSONValue {
    .array(runner.events.map { .string($0) })
  }

  private func amount(_ json: JSONValue?) -> IntOrString? {
    if let text = json?.stringValue { return .string(text) }
    return json?.intValue.map { .int(Int32(clamping: $0)) }
  }

  private func int(_ json: JSONValue?) -> Int { Int(json?.intValue ?? 0) }
}

/// The name of the ReplicaSet that a row says was created.
private func createdName(_ output: JSONValue) -> String? {
  let created = output["actions"]?.arrayValue?.first { $0["verb"] == "create" }
  return created?["name"]?.stringValue
}

/// A result of a look in the form in which it is compared.
///
/// Two writes of one object in a row count as one: upstream looks at a copy that does not show its
/// first write, and so writes the same twice, which a real server refuses or ignores. A new
/// ReplicaSet is renamed: the hash in its name depends on Go.
private func comparable(_ output: JSONValue, named name: String? = nil) -> JSONValue {
  var output = output
  if let name, let own = createdName(output), own != name,
    let renamed = try? JSONValue(
      parsing: output.text().split(separator: own).joined(separator: name))
  {
    output = renamed
  }
  var actions: [JSONValue] = []
  for action in output["actions"]?.arrayValue ?? [] where action != actions.last {
    actions.append(action)
  }
  output["actions"] = .array(actions)
  return output
}
