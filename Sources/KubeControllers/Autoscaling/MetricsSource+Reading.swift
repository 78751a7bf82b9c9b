// What the autoscaler is answered, and the texts of the APIs that have no answer.
//
// Follows   pkg/controller/podautoscaler/metrics/client.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

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
