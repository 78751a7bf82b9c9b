import KubeModel
import KubeReconcile
import KubeScheduler
import SimulationKernel
import TestFixtures
import Testing

@Suite struct SchedulerVectorTests {
  /// What later plugins decide, by what in a row asks for them.
  private enum Later: String, CaseIterable {
    case interPodAffinity, preemption
  }

  @Test func filtersScoresAndTextsAgreeWithKubernetes() throws {
    guard let rows = try Vectors.rows("scheduler") else { return }
    var skipped: [Later: Int] = [:]
    var (passed, total) = (0, 0)
    for row in rows {
      if let later = later(row) {
        skipped[later, default: 0] += 1
        continue
      }
      total += 1
      let driver = try cluster(row.input)
      let pod = try defaulted(Pod(manifest: row.input["pod"] ?? .null, strict: false))
      let actual = answer(SchedulingReport(of: pod, in: driver.snapshot), row.output)
      if actual == row.output {
        passed += 1
      } else if total - passed <= 3 {
        Issue.record(
          """
          line \(row.line) (\(row.input["case"]?.stringValue ?? "")):
          pod \(row.input["pod"] ?? .null)
          expected \(row.output)
          actual   \(actual)
          """)
      }
    }
    Vectors.report("scheduler", passed: passed, total: total)
    for later in Later.allCases {
      print("VECTORS scheduler: \(skipped[later] ?? 0) rows left to \(later.rawValue)")
    }
    #expect(passed == total)
  }

  @Test func theSchedulerChoosesWhatTheReportFindsBest() throws {
    guard let rows = try Vectors.rows("scheduler") else { return }
    for row in rows where later(row) == nil {
      var driver = try cluster(row.input)
      var pod = try defaulted(Pod(manifest: row.input["pod"] ?? .null, strict: false))
      if !pod.spec.nodeName.isEmpty || driver.store[Node.self].count >= 100 { continue }
      pod.metadata.name = "incoming"
      let key = driver.create(pod)
      driver.run()
      let stored = driver.store[Pod.self, key]
      let best = row.output["best"]?.arrayValue?.compactMap(\.stringValue) ?? []
      if best.isEmpty {
        #expect(
          stored?.status.condition(.podScheduled)?.message == row.output["error"]?.stringValue,
          "line \(row.line)")
      } else {
        // A pod whose volumes are still to be bound is nominated first.
        let node = driver.node(of: "incoming")
        let chosen = node.isEmpty ? stored?.status.nominatedNodeName ?? "" : node
        #expect(best.contains(chosen), "line \(row.line)")
      }
    }
  }

  private func later(_ row: VectorRow) -> Later? {
    let pods = [row.input["pod"] ?? .null] + (row.input["pods"]?.arrayValue ?? [])
    for pod in pods {
      let affinity = pod["spec"]?["affinity"]
      if affinity?["podAffinity"] != nil || affinity?["podAntiAffinity"] != nil {
        return .interPodAffinity
      }
    }
    if row.output["error"] != nil {
      let priority = row.input["pod"]?["spec"]?["priority"]?.intValue ?? 0
      let others = pods.dropFirst().map { $0["spec"]?["priority"]?.intValue ?? 0 }
      if others.contains(where: { $0 < priority }) { return .preemption }
    }
    return nil
  }

  private func cluster(_ input: JSONValue) throws -> Driver {
    var driver = Driver()
    for json in input["nodes"]?.arrayValue ?? [] {
      var node = try Node(manifest: json, strict: false)
      if node.status.allocatable.isEmpty { node.status.allocatable = node.status.capacity }
      driver.create(node)
    }
    for json in input["services"]?.arrayValue ?? [] {
      driver.create(try Service(manifest: json, strict: false))
    }
    for json in input["replicasets"]?.arrayValue ?? [] {
      driver.create(try ReplicaSet(manifest: json, strict: false))
    }
    for json in input["persistentvolumes"]?.arrayValue ?? [] {
      driver.create(try PersistentVolume(manifest: json, strict: false))
    }
    for json in input["persistentvolumeclaims"]?.arrayValue ?? [] {
      driver.create(try PersistentVolumeClaim(manifest: json, strict: false))
    }
    for json in input["storageclasses"]?.arrayValue ?? [] {
      driver.create(try StorageClass(manifest: json, strict: false))
    }
    for json in input["pods"]?.arrayValue ?? [] {
      driver.create(try defaulted(Pod(manifest: json, strict: false)))
    }
    return driver
  }

  /// What the server fills in, as far as the scheduler looks at it.
  private func defaulted(_ pod: Pod) -> Pod {
    var pod = pod
    let usesHostNetwork = pod.spec.hostNetwork
    func fill(_ container: inout Container) {
      for (name, limit) in container.resources.limits
      where container.resources.requests[name] == nil {
        container.resources.requests[name] = limit
      }
      for index in container.ports.indices where usesHostNetwork {
        container.ports[index].hostPort = container.ports[index].containerPort
      }
    }
    for index in pod.spec.containers.indices { fill(&pod.spec.containers[index]) }
    for index in pod.spec.initContainers.indices { fill(&pod.spec.initContainers[index]) }
    return pod
  }

  private func answer(_ report: SchedulingReport, _ expected: JSONValue) -> JSONValue {
    var filter = JSONObject()
    var scores = JSONObject()
    for node in report.nodes {
      filter[node.node] = verdict(node)
      guard node.fits else { continue }
      var plugins = JSONObject(node.scores.map { ($0.key, .int($0.value)) })
      // Takes part in every row, and never has anything to say.
      plugins["DynamicResources"] = 0
      scores[node.node] = ["total": .int(node.total), "plugins": .object(plugins)]
    }
    var answer = JSONObject([("filter", .object(filter))])
    if let objection = report.objection { answer["preFilterMsg"] = .string(objection) }
    if let failure = report.failure {
      answer["error"] = .string(failure)
    } else {
      answer["scores"] = .object(scores)
      answer["best"] = .array(report.best.map { .string($0) })
    }
    return .object(answer)
  }

  private func verdict(_ node: SchedulingReport.NodeVerdict) -> JSONValue {
    if node.fits { return ["ok": true] }
    if !node.isEvaluated { return ["ok": false, "notEvaluated": true] }
    var verdict = JSONObject([
      ("ok", false), ("reasons", .array(node.reasons.map { .string($0) })),
      (
        "code",
        .string(node.isUnresolvable ? "UnschedulableAndUnresolvable" : "Unschedulable")
      ),
    ])
    if !node.plugin.isEmpty { verdict["plugin"] = .string(node.plugin) }
    return .object(verdict)
  }
}
