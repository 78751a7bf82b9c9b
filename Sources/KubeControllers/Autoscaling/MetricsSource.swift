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
