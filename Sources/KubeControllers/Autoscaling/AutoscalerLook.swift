// Follows   pkg/controller/podautoscaler/horizontal.go (v1.36): setCondition, setStatus,
//           computeReplicasForMetrics and the Events

import KubeModel
import KubeReconcile
import SimulationKernel

/// One look at an autoscaler: what becomes of its status, and which Events it gets.
struct AutoscalerLook: Sendable {
  let key: ObjectKey
  let autoscaler: HorizontalPodAutoscaler
  let snapshot: Snapshot
  /// The status as it will be.
  private(set) var status: HorizontalPodAutoscalerStatus
  /// The Events so far.
  private(set) var events: [Write] = []
  /// Why the size changes.
  var reason = ""
  /// The size within the limits.
  private(set) var wanted: Int32 = 0
  private let component: String

  init(
    key: ObjectKey, _ autoscaler: HorizontalPodAutoscaler, at snapshot: Snapshot,
    reports component: String
  ) {
    self.key = key
    self.autoscaler = autoscaler
    self.snapshot = snapshot
    self.component = component
    status = autoscaler.status
  }

  mutating func warn(_ reason: String, _ message: String) { note(.warning, reason, message) }

  private mutating func note(_ type: EventType, _ reason: String, _ message: String) {
    let draft = EventDraft(
      type, reason, message, regarding: ObjectReference(to: autoscaler), component: component)
    events.append(Write(.event(draft), because: "event"))
  }

  /// Sets a condition; its time moves with its status only.
  mutating func set(
    _ type: HorizontalPodAutoscalerConditionType, _ value: ConditionStatus, _ reason: String,
    _ message: String
  ) {
    var condition = HorizontalPodAutoscalerCondition()
    condition.type = type
    condition.status = value
    condition.lastTransitionTime = snapshot.time
    condition.reason = reason
    condition.message = message
    status.conditions.set(condition, .inPlace)
  }

  /// The metrics are not usable: an Event, a condition, and the Event that sums it up.
  mutating func refuse(_ reason: String, _ message: String) {
    warn(reason, message)
    warn("FailedComputeMetricsReplicas", message)
    set(.scalingActive, .false, reason, message)
  }

  /// Sets what the status says of sizes; metrics that this look did not measure go.
  mutating func setSizes(current: Int32, wanted: Int32?) {
    status.currentReplicas = current
    if let wanted { status.desiredReplicas = wanted }
    status.currentMetrics = measured
  }
  private var measured: [MetricStatus] = []

  /// The greatest proposal of the valid metrics. With invalid ones among them it counts only if it
  /// does not lower the size.
  mutating func combine(_ evaluation: MetricEvaluation) -> Int32? {
    var best: ValidMetric?
    var first: InvalidMetric?
    var invalid = 0
    let metrics = autoscaler.spec.metrics
    for metric in metrics {
      do throws(InvalidMetric) {
        let valid = try evaluation.evaluate(metric)
        measured.append(valid.status)
        if (best?.replicas ?? 0) == 0 || valid.replicas > (best?.replicas ?? 0) { best = valid }
      } catch {
        measured.append(MetricStatus())
        warn(error.reason, error.message)
        if first == nil { first = error }
        invalid += 1
      }
    }
    let current = evaluation.scale.spec.replicas
    let proposal = best?.replicas ?? 0
    if let first, best == nil || proposal < current {
      set(
        .scalingActive, .false, first.reason,
        "the HPA was unable to compute the replica count: \(first.message)")
      warn(
        "FailedComputeMetricsReplicas",
        "invalid metrics (\(invalid) invalid out of \(metrics.count)), first error is: "
          + first.summary)
      return nil
    }
    let name = best?.name ?? ""
    set(
      .scalingActive, .true, "ValidMetricFound",
      "the HPA was able to successfully calculate a replica count from \(name)")
    if proposal > current { reason = "\(proposal > 0 ? name : "") above target" }
    if proposal < current { reason = "All metrics below target" }
    return proposal
  }

  /// Sets the size that the limits leave, and says which of them decided.
  mutating func apply(_ limits: ScalingLimits, to proposal: Int32) {
    let stable = limits.stabilized(proposal)
    let able =
      stable.replicas == proposal ? ScalingLimit.ready.words : (stable.reason, stable.message)
    set(.ableToScale, .true, able.0, able.1)
    let decision = limits.limited(stable.replicas)
    set(
      .scalingLimited, decision.replicas == stable.replicas ? .false : .true, decision.reason,
      decision.message)
    wanted = decision.replicas
  }

  /// What follows from a new size that was written, or refused.
  func rescaled(_ wanted: Int32, from current: Int32, refused: APIError?) -> AutoscalerLook {
    var look = self
    look.events = []
    if let refused {
      look.warn(
        "FailedRescale", "New size: \(wanted); reason: \(reason); error: \(refused.message)")
      look.set(
        .ableToScale, .false, "FailedUpdateScale",
        "the HPA controller was unable to update the target scale: \(refused.message)")
      look.status.desiredReplicas = autoscaler.status.desiredReplicas
      return look
    }
    look.set(
      .ableToScale, .true, "SucceededRescale",
      "the HPA controller was able to update the target scale to \(wanted)")
    look.note(.normal, "SuccessfulRescale", "New size: \(wanted); reason: \(reason)")
    look.status.lastScaleTime = snapshot.time
    return look
  }

  /// Writes the status, if it is another, and the Events.
  func report() -> Plan {
    var plan = Plan()
    if status != autoscaler.status {
      var updated = autoscaler
      updated.status = status
      // Whatever is stored: an edit of the spec in between is no reason to lose what was seen.
      plan.patchStatus(
        key, updated, because: "status: the autoscaler's figures have changed",
        "\(status.currentReplicas) pods, \(status.desiredReplicas) wanted")
    }
    plan.writes += events
    return plan
  }
}

extension HorizontalPodAutoscalerCondition: StatusCondition {}

extension ReplicaCalculator {
  /// Takes over the tolerances that an autoscaler names itself.
  mutating func take(_ behavior: HorizontalPodAutoscalerBehavior?) {
    if let up = behavior?.scaleUp?.tolerance { toleranceUp = up.approximate }
    if let down = behavior?.scaleDown?.tolerance { toleranceDown = down.approximate }
  }
}
