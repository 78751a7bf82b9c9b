// Sets the sizes of workloads by what is measured of their pods.
//
// Follows   pkg/controller/podautoscaler/horizontal.go (v1.36)
// Same      the fixed period of 15 s, the memory that a restart loses, conditions and Events
// Left out  scaling to zero, whose gate is off; more than one worker
// Differs   an autoscaler that is being deleted, and held by a finalizer, scales nothing any more

import KubeModel
import KubeReconcile
import SimulationKernel

/// Looks at each HorizontalPodAutoscaler every 15 s and sets the size of its target.
///
/// Nothing but the passing of time makes it look: neither pods, nor metrics, nor the target.
public struct HorizontalPodAutoscalerController: Reconciler {
  public static let name = "horizontal-pod-autoscaler"
  public static let watches: [Watch] = [
    .changes(of: HorizontalPodAutoscaler.self) { change, _, keys in
      if change.type != .modified { keys.append(change.key) }
    }
  ]
  public static let writes = WrittenKinds.every

  /// From one look to the next; the first one comes as long after the object was created.
  public static let period = Duration.seconds(15)

  public let latency = period
  /// What can be measured.
  public var metrics: any MetricsReading
  /// The window for the way down of autoscalers that name none.
  public var downscaleStabilization = Duration.seconds(300)
  /// By how much autoscalers without rules may multiply a size in one look.
  public var scaleUpFactor: Int32 = 2

  private var memories: [ObjectKey: Memory] = [:]  // Looked up, never walked.

  private struct Memory: Sendable {
    var scaling = ScalingMemory()
    var selector: Selector?
    /// A change of size that was planned, and is remembered if it was not refused.
    var planned: (isUp: Bool, entry: ScalingMemory.Entry)?
  }

  /// A controller that has seen nothing yet.
  public init(metrics: any MetricsReading = MetricsSource()) { self.metrics = metrics }

  public mutating func adopt(settingsOf former: Self) {
    metrics = former.metrics
    downscaleStabilization = former.downscaleStabilization
    scaleUpFactor = former.scaleUpFactor
  }

  /// Gives an autoscaler a past, as if this controller had been running.
  mutating func remember(_ memory: ScalingMemory, of key: ObjectKey) {
    memories[key, default: Memory()].scaling = memory
  }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let autoscaler = snapshot[HorizontalPodAutoscaler.self, key] else {  // read
      memories[key] = nil
      return .nothing
    }
    var plan = Plan()
    if !autoscaler.isBeingDeleted {
      var look = AutoscalerLook(key: key, autoscaler, at: snapshot, reports: Self.name)
      plan = decide(&look)
    }
    plan.wake(key, at: snapshot.now + Self.period)  // wait
    return plan
  }

  private mutating func decide(_ look: inout AutoscalerLook) -> Plan {
    let spec = look.autoscaler.spec
    let target: ScaleTarget
    do throws(MetricError) {
      target = try ScaleTarget(
        spec.scaleTargetRef, namespace: look.autoscaler.metadata.namespace,
        in: look.snapshot.store)
    } catch {
      look.warn("FailedGetScale", error.message)
      look.set(
        .ableToScale, .false, "FailedGetScale",
        "the HPA controller was unable to get the target's current scale: \(error.message)")
      return look.report()
    }
    look.set(
      .ableToScale, .true, "SucceededGetScale",
      "the HPA controller was able to get the target's current scale")
    let current = target.scale.spec.replicas
    settle(look)
    if memories[look.key, default: Memory()].scaling.recommendations.isEmpty {
      recall(look.key, current, look.snapshot.now)
    }
    let least = spec.minReplicas ?? 1
    let wanted: Int32
    if current == 0 && least != 0 {
      wanted = 0
      look.set(
        .scalingActive, .false, "ScalingDisabled",
        "scaling is disabled since the replica count of the target is zero")
    } else if current > spec.maxReplicas {
      (wanted, look.reason) = (
        spec.maxReplicas, "Current number of replicas above Spec.MaxReplicas"
      )
    } else if current < least {
      (wanted, look.reason) = (least, "Current number of replicas below Spec.MinReplicas")
    } else {
      guard let proposal = measure(&look, target.scale) else {
        look.setSizes(current: current, wanted: nil)
        return look.report()
      }
      wanted = normalize(proposal, &look, current)
    }
    look.setSizes(current: current, wanted: wanted)
    if wanted == current { return look.report() }
    return rescale(target, to: wanted, look)
  }

  /// A planned change of size counts once it was not refused.
  private mutating func settle(_ look: AutoscalerLook) {
    guard let planned = memories[look.key]?.planned else { return }
    memories[look.key]?.planned = nil
    if look.autoscaler.status.conditions[.ableToScale]?.reason == "FailedUpdateScale" { return }
    let longest = Duration.seconds(1800)
    func add(_ entry: ScalingMemory.Entry, to list: inout [ScalingMemory.Entry]) {
      list.removeAll { $0.time < look.snapshot.now - longest }
      list.append(entry)
    }
    if planned.isUp {
      add(planned.entry, to: &memories[look.key, default: Memory()].scaling.scaledUp)
    } else {
      add(planned.entry, to: &memories[look.key, default: Memory()].scaling.scaledDown)
    }
  }

  private mutating func recall(_ key: ObjectKey, _ replicas: Int32, _ now: Instant) {
    let longest = max(Duration.seconds(3600), downscaleStabilization)
    memories[key, default: Memory()].scaling.recommendations.removeAll {
      $0.time < now - longest
    }
    memories[key, default: Memory()].scaling.recommendations.append(
      ScalingMemory.Entry(replicas: replicas, time: now))
  }

  /// The limits, in their order: recent recommendations first, then bounds and rate.
  private mutating func normalize(
    _ proposal: Int32, _ look: inout AutoscalerLook, _ current: Int32
  ) -> Int32 {
    let spec = look.autoscaler.spec
    var limits = ScalingLimits(
      minReplicas: spec.minReplicas ?? 1, maxReplicas: spec.maxReplicas, current: current,
      behavior: spec.behavior, downscaleStabilization: downscaleStabilization,
      memory: memories[look.key, default: Memory()].scaling, now: look.snapshot.now)
    limits.scaleUpFactor = scaleUpFactor
    recall(look.key, proposal, look.snapshot.now)
    look.apply(limits, to: proposal)
    return look.wanted
  }

  private mutating func rescale(
    _ target: ScaleTarget, to wanted: Int32, _ look: AutoscalerLook
  ) -> Plan {
    let current = target.scale.spec.replicas
    if look.autoscaler.spec.behavior != nil {
      memories[look.key, default: Memory()].planned = (
        wanted > current,
        ScalingMemory.Entry(replicas: abs(wanted - current), time: look.snapshot.now)
      )
    }
    var plan = Plan()
    plan.writes += look.events
    plan += target.write(
      wanted, because: "rescale: the metrics or the bounds ask for another size",
      "\(current) to \(wanted): \(look.reason)")
    let before = plan.writes.count - 1
    plan.afterwards = { results, _ in
      look.rescaled(wanted, from: current, refused: results[before].error).report()
    }
    return plan
  }

  /// The greatest number of pods that a valid metric asks for; nil when no size can be computed.
  private mutating func measure(_ look: inout AutoscalerLook, _ scale: Scale) -> Int32? {
    guard let selector = selector(&look, scale) else { return nil }
    let now = look.snapshot
    let pods = now.store[Pod.self].selected(
      by: selector, in: look.autoscaler.metadata.namespace
    ).map(\.object).sorted { $0.metadata.name < $1.metadata.name }
    memories[look.key, default: Memory()].selector = selector
    if let rivals = rivals(of: look, over: pods) {
      look.refuse(
        "AmbiguousSelector",
        "pods by selector \(scale.status.selector) are controlled by multiple HPAs: "
          + "[\(rivals.joined(separator: " "))]")
      return nil
    }
    var calculator = ReplicaCalculator(now: now.time)
    calculator.take(look.autoscaler.spec.behavior)
    let evaluation = MetricEvaluation(
      metrics: metrics, calculator: calculator,
      query: MetricsQuery(
        namespace: look.autoscaler.metadata.namespace, pods: pods, snapshot: now),
      scale: scale)
    return look.combine(evaluation)
  }

  private func selector(_ look: inout AutoscalerLook, _ scale: Scale) -> Selector? {
    if scale.status.selector.isEmpty {
      look.warn("SelectorRequired", "selector is required")
      look.warn("FailedComputeMetricsReplicas", "selector is required")
      look.set(
        .scalingActive, .false, "InvalidSelector", "the HPA target's scale is missing a selector")
      return nil
    }
    do throws(SelectorError) {
      return try Selector(parsing: scale.status.selector)
    } catch {
      look.refuse(
        "InvalidSelector",
        "couldn't convert selector into a corresponding internal selector object: "
          + error.message)
      return nil
    }
  }

  /// The autoscalers that are known to select some of these pods, by name, when there are several.
  private func rivals(of look: AutoscalerLook, over pods: [Pod]) -> [String]? {
    let table = look.snapshot.store[HorizontalPodAutoscaler.self]
    if table.count < 2 { return nil }
    let namespace = look.autoscaler.metadata.namespace
    let names = table.keys.compactMap { key -> String? in
      guard let metadata = table[key]?.metadata, metadata.namespace == namespace,
        let selector = memories[key]?.selector,
        pods.contains(where: { selector.matches($0.metadata.labels) })
      else { return nil }
      return "\(namespace)/\(metadata.name)"
    }
    return names.count > 1 ? names.sorted() : nil
  }
}
