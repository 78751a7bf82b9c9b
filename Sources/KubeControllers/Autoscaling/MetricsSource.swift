// What the metrics APIs answer: metrics.k8s.io, custom.metrics.k8s.io, external.metrics.k8s.io.
//
// Follows   pkg/controller/podautoscaler/metrics/client.go (v1.36) for the errors
// Left out  adapters: a metric is what the user of the simulation says it is

import KubeModel
import KubeReconcile
import SimulationKernel

/// How a measured value runs over the time of a run.
///
/// ```swift
/// MetricCurve.constant(Quantity(milliValue: 250))
/// MetricCurve { Quantity(milliValue: $0 < .zero + .minutes(2) ? 100 : 900) }
/// ```
public struct MetricCurve: Sendable {
  /// The value at an instant; nil while there is none. It must depend on the instant alone, or runs
  /// are not repeatable.
  public let value: @Sendable (Instant) -> Quantity?

  /// A curve.
  public init(_ value: @escaping @Sendable (Instant) -> Quantity?) { self.value = value }

  /// The same value at all times.
  public static func constant(_ value: Quantity) -> MetricCurve { MetricCurve { _ in value } }

  /// A value from each of these instants on; before the first there is none.
  public static func steps(_ steps: [(from: Instant, value: Quantity?)]) -> MetricCurve {
    MetricCurve { now in steps.last { $0.from <= now }?.value }
  }
}

/// Which value is measured.
public enum MetricSubject: Hashable, Sendable {
  /// `cpu` or `memory` of a container in each pod; without a name, of the pod's first container.
  case resource(String, container: String? = nil)
  /// A metric of each pod.
  case pods(String)
  /// A metric of one object.
  case object(kind: String, name: String, metric: String)
  /// A metric from outside the cluster, one series with its labels.
  case external(String, labels: StringMap<String> = [:])
}

/// Among which pods a value is found, and how.
public struct MetricShare: Hashable, Sendable {
  /// The pods' labels.
  public var selector: Selector
  /// True when the value is a load that the ready pods share in equal parts, false when each running
  /// pod has the value.
  public var isShared: Bool

  /// Each running pod with these labels has the value.
  public static func each(_ labels: StringMap<String>) -> MetricShare {
    MetricShare(selector: Selector(matching: labels), isShared: false)
  }

  /// The ready pods with these labels share the value; other running pods have none of it.
  public static func shared(_ labels: StringMap<String>) -> MetricShare {
    MetricShare(selector: Selector(matching: labels), isShared: true)
  }
}

/// What can be measured in a cluster: a value that belongs to it and is copied with it.
///
/// A cluster begins without any metrics API, as one without metrics-server. The first metric of a
/// sort brings its API.
public struct MetricsSource: Sendable {
  /// One thing that is measured.
  struct Entry: Sendable {
    let namespace: String
    let subject: MetricSubject
    let share: MetricShare?
    let curve: MetricCurve
  }

  /// Over how long a sample is taken, and how old it may be.
  public var window = Duration.seconds(15)

  private(set) var entries: [Entry] = []

  /// Nothing is measured, and no metrics API is there.
  public init() {}

  /// From now on, a value is measured; it takes the place of an earlier one of the same subject,
  /// namespace and pods.
  ///
  /// - Parameter share: For metrics of pods, which pods and how; otherwise not looked at.
  public mutating func measure(
    _ subject: MetricSubject, _ share: MetricShare? = nil, namespace: String = "default",
    _ curve: MetricCurve
  ) {
    entries.removeAll {
      $0.subject == subject && $0.namespace == namespace && $0.share?.selector == share?.selector
    }
    entries.append(Entry(namespace: namespace, subject: subject, share: share, curve: curve))
  }

  /// Nothing is measured any more; the APIs are gone too.
  public mutating func removeAll() { entries = [] }
}

/// What the autoscaler asks about: the pods of a target, at an instant.
public struct MetricsQuery: Sendable {
  /// The namespace of the autoscaler.
  public let namespace: String
  /// The pods of the target.
  public let pods: [Pod]
  /// All objects, and the time.
  public let snapshot: Snapshot
}

/// Where the autoscaler's figures come from. ``MetricsSource`` is what a cluster has.
public protocol MetricsReading: Sendable {
  /// The use of a resource by pod: of one container in each, or of whole pods.
  func resource(
    _ name: String, container: String?, _ query: MetricsQuery
  ) throws(MetricError) -> StringMap<PodSample>

  /// The values of a metric by pod.
  func pods(_ metric: String, _ query: MetricsQuery) throws(MetricError) -> StringMap<PodSample>

  /// The value of a metric of one object, in thousandths.
  func object(
    _ metric: String, of object: CrossVersionObjectReference, _ query: MetricsQuery
  ) throws(MetricError) -> Int64

  /// The values of all series of an external metric that its selector matches, in thousandths.
  func external(
    _ metric: MetricIdentifier, _ query: MetricsQuery
  ) throws(MetricError) -> [Int64]
}

extension MetricsSource: MetricsReading {
  public func resource(
    _ name: String, container: String?, _ query: MetricsQuery
  ) throws(MetricError) -> StringMap<PodSample> {
    let all = entries.filter { if case .resource = $0.subject { true } else { false } }
    if all.isEmpty {
      throw MetricError(
        "unable to get metrics for resource \(name): unable to fetch metrics from resource metrics "
          + "API: the server could not find the requested resource (get pods.metrics.k8s.io)")
    }
    var samples: StringMap<PodSample> = [:]
    for entry in all {
      guard case .resource(let resource, let part) = entry.subject, resource == name else {
        continue
      }
      add(entry, to: &samples, query) { pod in
        let measured = part ?? pod.spec.containers.first?.name
        return container == nil || measured == container
      }
    }
    if samples.isEmpty {
      throw MetricError(
        "unable to get metrics for resource \(name): no metrics returned from resource metrics API")
    }
    return samples
  }

  public func pods(
    _ metric: String, _ query: MetricsQuery
  ) throws(MetricError) -> StringMap<PodSample> {
    try checkCustom(metric)
    var samples: StringMap<PodSample> = [:]
    for entry in entries where entry.subject == .pods(metric) {
      add(entry, to: &samples, query) { _ in true }
    }
    if samples.isEmpty {
      throw MetricError(
        "unable to get metric \(metric): no metrics returned from custom metrics API")
    }
    return samples
  }

  public func object(
    _ metric: String, of object: CrossVersionObjectReference, _ query: MetricsQuery
  ) throws(MetricError) -> Int64 {
    let place = "\(object.kind) on \(query.namespace) \(object.name)"
    guard hasCustom else { throw Self.noCustomAPI(metric, place) }
    let subject = MetricSubject.object(kind: object.kind, name: object.name, metric: metric)
    let value = entries.first { $0.subject == subject && $0.namespace == query.namespace }?
      .curve.value(query.snapshot.now)?.milliValue
    guard let value else {
      throw MetricError(
        "unable to get metric \(metric): \(place)/unable to fetch metrics from custom metrics API: "
          + "the server could not find the metric \(metric) for "
          + "\(object.kind.lowercased()) \(object.name)")
    }
    return value
  }

  public func external(
    _ metric: MetricIdentifier, _ query: MetricsQuery
  ) throws(MetricError) -> [Int64] {
    let selector = metric.selector.map { (try? Selector($0)) ?? .nothing } ?? .everything
    let place = "\(query.namespace)/\(metric.name)/\(metric.selector.dump)"
    let all = entries.filter { if case .external = $0.subject { true } else { false } }
    if all.isEmpty {
      throw MetricError(
        "unable to get external metric \(place): unable to fetch metrics from external metrics "
          + "API: the server could not find the requested resource "
          + "(get \(metric.name).external.metrics.k8s.io)")
    }
    let values = all.compactMap { entry -> Int64? in
      guard case .external(metric.name, let labels) = entry.subject, selector.matches(labels),
        entry.namespace == query.namespace
      else { return nil }
      return entry.curve.value(query.snapshot.now)?.milliValue
    }
    if values.isEmpty {
      throw MetricError(
        "unable to get external metric \(place): no metrics returned from external metrics API")
    }
    return values
  }

  private var hasCustom: Bool {
    entries.contains {
      switch $0.subject {
      case .pods, .object: true
      case .resource, .external: false
      }
    }
  }

  private func checkCustom(_ metric: String) throws(MetricError) {
    if !hasCustom { throw Self.noCustomAPI(metric, nil) }
  }

  private static func noCustomAPI(_ metric: String, _ place: String?) -> MetricError {
    MetricError(
      "unable to get metric \(metric): \(place.map { $0 + "/" } ?? "")unable to fetch metrics from "
        + "custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered")
  }

  /// Adds what an entry says of the pods of a query: of those that run.
  private func add(
    _ entry: Entry, to samples: inout StringMap<PodSample>, _ query: MetricsQuery,
    where counts: (Pod) -> Bool
  ) {
    guard let share = entry.share, entry.namespace == query.namespace,
      let value = entry.curve.value(query.snapshot.now)?.milliValue
    else { return }
    let table = query.snapshot.store[Pod.self]
    let sharers =
      share.isShared
      ? table.selected(by: share.selector, in: query.namespace).count { Self.serves($0.object) }
      : 1
    for pod in query.pods
    where pod.status.phase == .running && share.selector.matches(pod.metadata.labels)
      && counts(pod)
    {
      let part = share.isShared ? (Self.serves(pod) ? value / Int64(max(1, sharers)) : 0) : value
      let before = samples[pod.metadata.name]?.milliValue ?? 0
      samples[pod.metadata.name] = PodSample(
        milliValue: ReplicaCalculator.sum(before, part), timestamp: query.snapshot.time,
        window: window)
    }
  }

  private static func serves(_ pod: Pod) -> Bool {
    pod.status.phase == .running && pod.isReady && !pod.isBeingDeleted
  }
}

extension LabelSelector? {
  /// As Go's `%+v` prints it: `nil`, `&LabelSelector{MatchLabels:map[string]string{a: b,},…}`.
  var dump: String {
    guard let self else { return "nil" }
    let labels = self.matchLabels.map { "\($0.key): \($0.value)," }.joined()
    let expressions = self.matchExpressions.map {
      "LabelSelectorRequirement{Key:\($0.key),Operator:\($0.operator),"
        + "Values:[\($0.values.joined(separator: " "))],},"
    }.joined()
    return "&LabelSelector{MatchLabels:map[string]string{\(labels)},"
      + "MatchExpressions:[]LabelSelectorRequirement{\(expressions)},}"
  }
}
