// How many pods a metric asks for.
//
// Follows   pkg/controller/podautoscaler/replica_calculator.go,
//           pkg/controller/podautoscaler/metrics/utilization.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// The arithmetic of the autoscaler: from samples and a target to a number of pods.
///
/// Three pods that request 1 CPU each and use 300m, 500m and 700m are at 50%. With a target of 30%
/// the ratio is 50 / 30, so ceil(1.67 · 3) = 5 pods are wanted.
public struct ReplicaCalculator: Sendable {
  /// How far below 1 a ratio may be without effect.
  public var toleranceDown = 0.1
  /// How far above 1 a ratio may be without effect.
  public var toleranceUp = 0.1
  /// How long after its start a pod's CPU is judged with care.
  public var cpuInitializationPeriod = Duration.seconds(300)
  /// Within which time after its start a pod that turns unready counts as never ready.
  public var initialReadinessDelay = Duration.seconds(30)
  /// The time.
  public var now: Timestamp

  /// What a metric asks for, and what it was.
  public struct Proposal: Hashable, Sendable {
    /// How many pods are wanted.
    public var replicas: Int32
    /// The mean or the whole value, in thousandths, before anything was made up for missing pods.
    public var usage: Int64
    /// The mean use in percent of the requests, for targets in percent.
    public var utilization: Int32?
  }

  /// The arithmetic at a time, with the tolerances of a cluster.
  public init(now: Timestamp) { self.now = now }

  /// True when a ratio is near enough to 1 to leave things as they are: 0.9 and 1.1 are.
  func isWithin(_ ratio: Double) -> Bool {
    1 - toleranceDown <= ratio && ratio <= 1 + toleranceUp
  }

  /// The number of pods for a mean use of a resource in percent of the requests.
  ///
  /// - Parameter container: The one that is looked at; nil for whole pods.
  /// - Throws: `MetricError` without pods, samples or requests.
  public func utilization(
    of resource: String, container: String? = nil, current: Int32, target: Int32, pods: [Pod],
    samples: StringMap<PodSample>
  ) throws(MetricError) -> Proposal {
    if pods.isEmpty { throw .noPods }
    let groups = PodGroups(pods, samples, isCPU: resource == ResourceName.cpu, self)
    if groups.samples.isEmpty { throw .noSamples }
    let requests = try PodRequests(pods, of: resource, in: container)
    let measured = try Mean(groups.samples, requests)
    let ratio = measured.ratio(to: target)
    let fallback = Int64(max(100, target))
    let replicas = try size(groups, current: current, ratio) {
      (name) in
      Self.product(requests.milli[name] ?? 0, fallback) / 100
    } again: { (filled) throws(MetricError) in
      try Mean(filled, requests).ratio(to: target)
    }
    return Proposal(
      replicas: replicas, usage: measured.usage, utilization: measured.utilization)
  }

  /// The number of pods for a mean value, of a resource or of a metric of each pod.
  ///
  /// - Parameter resource: Empty for a metric that is no resource.
  /// - Throws: `MetricError` without pods or samples.
  public func average(
    of resource: String, current: Int32, target: Int64, pods: [Pod],
    samples: StringMap<PodSample>
  ) throws(MetricError) -> Proposal {
    if pods.isEmpty { throw .noPods }
    let groups = PodGroups(pods, samples, isCPU: resource == ResourceName.cpu, self)
    if groups.samples.isEmpty { throw .noSamples }
    let usage = Self.mean(groups.samples)
    let replicas = try size(groups, current: current, Double(usage) / Double(target)) { _ in
      target
    } again: { (filled) throws(MetricError) in
      Double(Self.mean(filled)) / Double(target)
    }
    return Proposal(replicas: replicas, usage: usage)
  }

  /// The number of pods for a value that all ready pods work on together.
  ///
  /// - Throws: `MetricError` without pods.
  public func value(
    _ usage: Int64, current: Int32, target: Int64, pods: [Pod]
  ) throws(MetricError) -> Proposal {
    let ratio = Double(usage) / Double(target)
    if current == 0 { return Proposal(replicas: Self.ceiling(ratio), usage: usage) }
    if isWithin(ratio) { return Proposal(replicas: current, usage: usage) }
    if pods.isEmpty {
      throw MetricError("unable to calculate ready pods: \(MetricError.noPods.message)")
    }
    let ready = pods.count { $0.status.phase == .running && $0.isReady }
    return Proposal(replicas: Self.ceiling(ratio * Double(ready)), usage: usage)
  }

  /// The number of pods for a value that is divided among all pods, ready or not.
  public func valuePerPod(_ usage: Int64, current: Int32, target: Int64) -> Proposal {
    let wanted = Double(usage) / Double(target)
    let ratio = Double(usage) / (Double(target) * Double(current))
    let share = (Double(usage) / Double(current)).rounded(.up)
    return Proposal(
      replicas: isWithin(ratio) ? current : Self.ceiling(wanted),
      // Without pods there is no share: a conversion without a result is the least number.
      usage: Int64(exactly: share) ?? .min)
  }

  /// The common part: what is known decides when all is known; else the unknown is filled in
  /// against the direction, and nothing is done when that turns the direction round.
  private func size(
    _ groups: PodGroups, current: Int32, _ ratio: Double, missing: (String) -> Int64,
    again: (StringMap<PodSample>) throws(MetricError) -> Double
  ) throws(MetricError) -> Int32 {
    let unreadyAreIdle = !groups.unready.isEmpty && ratio > 1
    if !unreadyAreIdle && groups.missing.isEmpty {
      return isWithin(ratio) ? current : Self.ceiling(ratio * Double(groups.ready))
    }
    let filled = groups.filled(
      missing: { ratio < 1 ? missing($0) : ratio > 1 ? 0 : nil }, unreadyAreIdle: unreadyAreIdle)
    let filledRatio = try again(filled)
    let turned = (ratio < 1 && filledRatio > 1) || (ratio > 1 && filledRatio < 1)
    if isWithin(filledRatio) || turned { return current }
    let replicas = Self.ceiling(filledRatio * Double(filled.count))
    let contradicts =
      (filledRatio < 1 && replicas > current) || (filledRatio > 1 && replicas < current)
    return contradicts ? current : replicas
  }

  /// The next whole number of pods, at most the greatest there can be.
  static func ceiling(_ value: Double) -> Int32 {
    if value.isNaN { return 0 }
    return Int32(min(max(value.rounded(.up), Double(Int32.min)), Double(Int32.max)))
  }

  /// The mean, cut off.
  static func mean(_ samples: StringMap<PodSample>) -> Int64 {
    let sum = samples.reduce(Int64(0)) { Self.sum($0, $1.value.milliValue) }
    return sum / Int64(max(1, samples.count))
  }

  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right > 0 ? .max : .min) : sum
  }

  static func product(_ left: Int64, _ right: Int64) -> Int64 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : product
  }
}

/// What the samples of the known pods add up to.
private struct Mean {
  /// The mean, cut off, in thousandths.
  let usage: Int64
  /// In percent of what the same pods request, cut off.
  let utilization: Int32

  init(_ samples: StringMap<PodSample>, _ requests: PodRequests) throws(MetricError) {
    var (used, requested, count) = (Int64(0), Int64(0), Int64(0))
    for (name, sample) in samples {
      guard let request = requests.milli[name] else { continue }
      used = ReplicaCalculator.sum(used, sample.milliValue)
      requested = ReplicaCalculator.sum(requested, request)
      count += 1
    }
    if requested == 0 || count == 0 {
      throw MetricError("no metrics returned matched known pods")
    }
    usage = used / count
    utilization = Int32(clamping: ReplicaCalculator.product(used, 100) / requested)
  }

  func ratio(to target: Int32) -> Double { Double(utilization) / Double(target) }
}
