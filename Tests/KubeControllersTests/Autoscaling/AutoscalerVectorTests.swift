import KubeAPIServer
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@testable import KubeControllers

@Suite struct AutoscalerVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("hpa", expected: { try expected($0) }) { row in
      let input = row.input
      switch row.kind {
      case "defaults": return ["spec": try defaulted(input["spec"]).json]
      case "normalize", "normalizeWithBehaviors": return normalized(try limits(input), input)
      case "stabilizeWithBehaviors":
        return decision(try limits(input).stabilized(number(input["desiredReplicas"])))
      case "behaviorRate":
        return decision(try limits(input).limited(number(input["desiredReplicas"])))
      case "reconcile": return try reconciled(input)
      default:
        do throws(MetricError) {
          return try proposal(row.kind, input)
        } catch {
          return ["error": .string(error.message)]
        }
      }
    }
  }

  /// What the server makes of a spec.
  private func defaulted(_ spec: JSONValue?) throws -> HorizontalPodAutoscalerSpec {
    var autoscaler = HorizontalPodAutoscaler()
    autoscaler.spec = try HorizontalPodAutoscalerSpec(json: spec ?? .null)
    HorizontalPodAutoscalerRules().setDefaults(&autoscaler)
    return autoscaler.spec
  }

  /// Structs are written as this library writes them; the error of a reconcile shows in its Events.
  private func expected(_ row: VectorRow) throws -> JSONValue {
    if row.kind == "defaults" {
      let spec = try HorizontalPodAutoscalerSpec(json: row.output["spec"] ?? .null)
      return ["spec": spec.json]
    }
    guard row.kind == "reconcile", let members = row.output.objectValue else { return row.output }
    var output = JSONObject(members.map { ($0.key, $0.value) }.filter { $0.0 != "error" })
    output["status"] = try HorizontalPodAutoscalerStatus(json: row.output["status"] ?? .null).json
    return .object(output)
  }

  private func number(_ json: JSONValue?) -> Int32 { Int32(clamping: json?.intValue ?? 0) }

  private func time(_ input: JSONValue) -> Timestamp {
    Timestamp(input["now"]?.stringValue ?? "") ?? Timestamp(unixSeconds: 0)
  }

  private func pods(_ input: JSONValue) throws -> [Pod] {
    try (input["pods"]?.arrayValue ?? []).map { try Pod(json: $0, strict: false) }
  }

  private func samples(_ json: JSONValue?) -> StringMap<PodSample> {
    var samples: StringMap<PodSample> = [:]
    for (name, sample) in json?.objectValue ?? JSONObject([]) {
      samples[name] = PodSample(
        milliValue: sample["milliValue"]?.intValue ?? 0,
        timestamp: Timestamp(sample["timestamp"]?.stringValue ?? "")
          ?? Timestamp(unixSeconds: 0),
        window: .seconds(sample["windowSeconds"]?.intValue ?? 0))
    }
    return samples
  }

  private func double(_ json: JSONValue?) -> Double {
    switch json {
    case .double(let value): value
    case .int(let value): Double(value)
    default: 0.1
    }
  }

  private func limits(_ input: JSONValue) throws -> ScalingLimits {
    var limits = ScalingLimits(
      minReplicas: number(input["minReplicas"]), maxReplicas: number(input["maxReplicas"]),
      current: number(input["currentReplicas"]),
      behavior: try input["behavior"].map { try HorizontalPodAutoscalerBehavior(json: $0) },
      downscaleStabilization: .seconds(input["downscaleStabilizationSeconds"]?.intValue ?? 0),
      memory: memory(input), now: .zero)
    limits.scaleUpFactor = Self.recordedFactor
    return limits
  }

  /// The rows were recorded within Kubernetes' own tests, which raise the factor from 2 to 8.
  private static let recordedFactor: Int32 = 8

  private func memory(_ input: JSONValue) -> ScalingMemory {
    var memory = ScalingMemory()
    memory.recommendations = entries(input["recommendations"])
    memory.scaledUp = entries(input["scaleUpEvents"])
    memory.scaledDown = entries(input["scaleDownEvents"])
    return memory
  }

  private func entries(_ json: JSONValue?) -> [ScalingMemory.Entry] {
    (json?.arrayValue ?? []).map {
      ScalingMemory.Entry(
        replicas: number($0["replicas"]), time: .zero - .seconds($0["ageSeconds"]?.intValue ?? 0))
    }
  }

  private func decision(_ decision: ScalingDecision) -> JSONValue {
    [
      "replicas": .int(Int64(decision.replicas)), "reason": .string(decision.reason),
      "message": .string(decision.message),
    ]
  }

  private func normalized(_ limits: ScalingLimits, _ input: JSONValue) -> JSONValue {
    let runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    var look = AutoscalerLook(
      key: .cluster, HorizontalPodAutoscaler(), at: runner.snapshot, reports: "test")
    look.apply(limits, to: number(input["desiredReplicas"]))
    let conditions = look.status.conditions.map { condition -> JSONValue in
      [
        "type": .string(condition.type.rawValue), "status": .string(condition.status.rawValue),
        "reason": .string(condition.reason), "message": .string(condition.message),
      ]
    }
    return ["replicas": .int(Int64(look.wanted)), "conditions": .array(conditions)]
  }

  private func proposal(_ kind: String, _ input: JSONValue) throws(MetricError) -> JSONValue {
    var calculator = ReplicaCalculator(now: time(input))
    calculator.toleranceDown = double(input["toleranceDown"])
    calculator.toleranceUp = double(input["toleranceUp"])
    let current = number(input["currentReplicas"])
    let target = input["target"]?.intValue ?? 0
    let pods = (try? pods(input)) ?? []
    let samples = samples(input["metrics"])
    let values = (input["metricMilliValues"]?.arrayValue ?? []).compactMap(\.intValue)
    let value = input["metricMilliValue"]?.intValue ?? values.reduce(0, +)
    let answer =
      switch kind {
      case "resource":
        try calculator.utilization(
          of: input["resource"]?.stringValue ?? "", container: input["container"]?.stringValue,
          current: current, target: Int32(clamping: target), pods: pods, samples: samples)
      case "rawResource", "pods":
        try calculator.average(
          of: input["resource"]?.stringValue ?? "", current: current, target: target, pods: pods,
          samples: samples)
      case "object", "external":
        try calculator.value(value, current: current, target: target, pods: pods)
      default: calculator.valuePerPod(value, current: current, target: target)
      }
    guard let utilization = answer.utilization else {
      return ["replicas": .int(Int64(answer.replicas)), "usage": .int(answer.usage)]
    }
    return [
      "replicas": .int(Int64(answer.replicas)), "utilization": .int(Int64(utilization)),
      "rawUtilization": .int(answer.usage),
    ]
  }

  private func reconciled(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let autoscaler = try HorizontalPodAutoscaler(json: input["hpa"] ?? .null, strict: false)
    let key = runner.insert(autoscaler)
    let scale = try Scale(json: input["scale"] ?? .null, strict: false)
    var web = Deployment()
    web.metadata.name = autoscaler.spec.scaleTargetRef.name
    web.metadata.namespace = autoscaler.metadata.namespace
    web.spec.replicas = scale.spec.replicas
    web.spec.selector = LabelSelector(matchLabels: ["app": "web"])
    web.status.replicas = scale.status.replicas
    let target = runner.insert(web)
    for pod in try pods(input) { runner.insert(pod) }
    var controller = HorizontalPodAutoscalerController(
      metrics: RecordedMetrics(input: input, samples: { samples($0) }))
    controller.scaleUpFactor = Self.recordedFactor
    controller.remember(memory(input), of: key)
    runner.run(controller.reconcile(key, in: runner.snapshot))
    let scaled = runner.names(.update, "deployments").isEmpty
    let replicas = runner.store[Deployment.self, target]?.spec.replicas ?? 0
    return [
      "scaledTo": scaled ? .null : .int(Int64(replicas)),
      "status": runner.store[HorizontalPodAutoscaler.self, key]?.status.json ?? .null,
      "events": .array(runner.events.map { .string($0) }),
    ]
  }
}

/// The figures of one recorded row.
private struct RecordedMetrics: MetricsReading {
  let input: JSONValue
  let samples: @Sendable (JSONValue?) -> StringMap<PodSample>

  private func check(_ start: String) throws(MetricError) {
    if let error = input["metricsError"]?.stringValue { throw MetricError(start + error) }
  }

  func resource(
    _ name: String, container: String?, _ query: MetricsQuery
  ) throws(MetricError) -> StringMap<PodSample> {
    try check("unable to get metrics for resource \(name): ")
    return samples(input["resourceMetrics"]?[name])
  }

  func pods(
    _ metric: String, _ query: MetricsQuery
  ) throws(MetricError) -> StringMap<PodSample> {
    try check("unable to get metric \(metric): ")
    return samples(input["podsMetrics"])
  }

  func object(
    _ metric: String, of object: CrossVersionObjectReference, _ query: MetricsQuery
  ) throws(MetricError) -> Int64 {
    input["objectMetricMilliValue"]?.intValue ?? 0
  }

  func external(
    _ metric: MetricIdentifier, _ query: MetricsQuery
  ) throws(MetricError) -> [Int64] {
    (input["externalMetricMilliValues"]?.arrayValue ?? []).compactMap(\.intValue)
  }
}
