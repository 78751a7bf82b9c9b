// How fast and how far the number of pods may change.
//
// Follows   the normalization of pkg/controller/podautoscaler/horizontal.go (v1.36)
// Left out  the reuse of outdated entries: what is older than the longest window is dropped

import KubeModel
import SimulationKernel

/// What the autoscaler remembers of one HorizontalPodAutoscaler. A new leader starts without it.
public struct ScalingMemory: Hashable, Sendable {
  /// A number with its time.
  public struct Entry: Hashable, Sendable {
    /// A recommendation, or by how many pods the size changed.
    public var replicas: Int32
    /// When.
    public var time: Instant

    /// An entry.
    public init(replicas: Int32, time: Instant) {
      self.replicas = replicas
      self.time = time
    }
  }

  /// What the metrics asked for, before any limit.
  public var recommendations: [Entry] = []
  /// By how many pods the size was raised.
  public var scaledUp: [Entry] = []
  /// By how many pods the size was lowered.
  public var scaledDown: [Entry] = []

  /// Nothing is remembered.
  public init() {}
}

/// The number of pods within the limits, and which limit decided.
public struct ScalingDecision: Hashable, Sendable {
  /// How many pods are wanted.
  public var replicas: Int32
  /// The reason and message of a condition.
  public var reason: String
  public var message: String

  init(_ replicas: Int32, _ limit: ScalingLimit) {
    self.replicas = replicas
    (reason, message) = limit.words
  }
}

enum ScalingLimit {
  case none, tooMany, tooFew, upRate, downRate, upStabilized, downStabilized, ready

  var words: (reason: String, message: String) {
    switch self {
    case .none: ("DesiredWithinRange", "the desired count is within the acceptable range")
    case .tooMany:
      ("TooManyReplicas", "the desired replica count is more than the maximum replica count")
    case .tooFew:
      ("TooFewReplicas", "the desired replica count is less than the minimum replica count")
    case .upRate:
      (
        "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate"
      )
    case .downRate:
      (
        "ScaleDownLimit",
        "the desired replica count is decreasing faster than the maximum scale rate"
      )
    case .upStabilized:
      (
        "ScaleUpStabilized",
        "recent recommendations were lower than current one, applying the lowest recent "
          + "recommendation"
      )
    case .downStabilized:
      (
        "ScaleDownStabilized",
        "recent recommendations were higher than current one, applying the highest recent "
          + "recommendation"
      )
    case .ready: ("ReadyForNewScale", "recommended size matches current size")
    }
  }
}

/// The limits of one autoscaler at one look.
public struct ScalingLimits: Sendable {
  /// The least number of pods.
  public var minReplicas: Int32
  /// The greatest number of pods.
  public var maxReplicas: Int32
  /// The number of pods now.
  public var current: Int32
  /// The autoscaler's rules, if it has any.
  public var behavior: HorizontalPodAutoscalerBehavior?
  /// The window of an autoscaler that names none for the way down.
  public var downscaleStabilization: Duration
  /// What was recommended and done before.
  public var memory: ScalingMemory
  /// The instant.
  public var now: Instant
  /// By how much an autoscaler without rules may multiply the size in one look.
  public var scaleUpFactor: Int32 = 2

  /// Limits.
  public init(
    minReplicas: Int32, maxReplicas: Int32, current: Int32,
    behavior: HorizontalPodAutoscalerBehavior? = nil,
    downscaleStabilization: Duration = .seconds(300), memory: ScalingMemory = ScalingMemory(),
    now: Instant
  ) {
    self.minReplicas = minReplicas
    self.maxReplicas = maxReplicas
    self.current = current
    self.behavior = behavior
    self.downscaleStabilization = downscaleStabilization
    self.memory = memory
    self.now = now
  }

  /// What recent recommendations make of the latest one.
  ///
  /// A rise is held down to the least of the window for the way up, a fall up to the greatest of
  /// the window for the way down.
  public func stabilized(_ wanted: Int32) -> ScalingDecision {
    guard let behavior else {
      let cutoff = now - downscaleStabilization
      let recent = memory.recommendations.filter { $0.time >= cutoff }.map(\.replicas)
      return ScalingDecision(max(wanted, recent.max() ?? wanted), .downStabilized)
    }
    let upWindow = behavior.scaleUp?.stabilizationWindowSeconds ?? 0
    let up = recommendations(within: .seconds(Int64(upWindow))).min() ?? wanted
    let downWindow = behavior.scaleDown?.stabilizationWindowSeconds
      .map { Duration.seconds(Int64($0)) }
    let down = recommendations(within: downWindow ?? downscaleStabilization).max() ?? wanted
    let result = min(max(current, min(up, wanted)), max(down, wanted))
    return ScalingDecision(result, wanted >= current ? .upStabilized : .downStabilized)
  }

  private func recommendations(within window: Duration) -> [Int32] {
    let cutoff = now - window
    return memory.recommendations.filter { $0.time > cutoff }.map(\.replicas)
  }

  /// What the bounds and the greatest rate make of a size.
  public func limited(_ wanted: Int32) -> ScalingDecision {
    guard let behavior else { return limitedByDefault(wanted) }
    if wanted > current {
      let rate = max(current, raised(by: behavior.scaleUp))
      let limit = min(maxReplicas, rate)
      if wanted > limit { return ScalingDecision(limit, rate < maxReplicas ? .upRate : .tooMany) }
    } else if wanted < current {
      let rate = min(current, lowered(by: behavior.scaleDown))
      let limit = max(minReplicas, rate)
      if wanted < limit { return ScalingDecision(limit, rate > minReplicas ? .downRate : .tooFew) }
    }
    return ScalingDecision(wanted, .none)
  }

  /// Without rules of its own a size at most doubles, or grows to 4.
  private func limitedByDefault(_ wanted: Int32) -> ScalingDecision {
    let rate = Int32(clamping: max(Int64(scaleUpFactor) * Int64(current), 4))
    if wanted < minReplicas { return ScalingDecision(minReplicas, .tooFew) }
    let limit = min(maxReplicas, rate)
    if wanted > limit { return ScalingDecision(limit, rate < maxReplicas ? .upRate : .tooMany) }
    return ScalingDecision(wanted, .none)
  }

  /// The greatest size that the policies allow. From 10 pods, of which 2 came within the period,
  /// 100% allows 16: twice the 8 at its start.
  private func raised(by rules: HPAScalingRules?) -> Int32 {
    guard let rules, rules.selectPolicy != .disabled else { return current }
    let proposals = rules.policies.map { policy -> Int64 in
      let start = sizeBefore(policy)
      if policy.type == .pods { return start + Int64(policy.value) }
      return Int64((Double(start) * (1 + Double(policy.value) / 100)).rounded(.up))
    }
    let chosen = rules.selectPolicy == .min ? proposals.min() : proposals.max()
    return Int32(clamping: chosen ?? (rules.selectPolicy == .min ? Int64(Int32.max) : 0))
  }

  /// The least size that the policies allow.
  private func lowered(by rules: HPAScalingRules?) -> Int32 {
    guard let rules, rules.selectPolicy != .disabled else { return current }
    let proposals = rules.policies.map { policy -> Int64 in
      let start = sizeBefore(policy)
      if policy.type == .pods { return start - Int64(policy.value) }
      return Int64(Double(start) * (1 - Double(policy.value) / 100))
    }
    let chosen = rules.selectPolicy == .min ? proposals.max() : proposals.min()
    return Int32(clamping: chosen ?? (rules.selectPolicy == .min ? 0 : Int64(Int32.max)))
  }

  /// The size at the start of a policy's period.
  private func sizeBefore(_ policy: HPAScalingPolicy) -> Int64 {
    let cutoff = now - .seconds(Int64(policy.periodSeconds))
    func change(_ entries: [ScalingMemory.Entry]) -> Int64 {
      entries.reduce(0) { $1.time > cutoff ? $0 + Int64($1.replicas) : $0 }
    }
    return Int64(current) - change(memory.scaledUp) + change(memory.scaledDown)
  }
}
