// From one metric of a spec to a proposal, with its status, its name and its failures.
//
// Follows   computeReplicasForMetric and computeStatusFor* of
//           pkg/controller/podautoscaler/horizontal.go (v1.36)

import KubeModel
import KubeReconcile

/// Why a metric gives no size: the short text goes into Events and conditions, the long one into the
/// sum of all metrics.
struct InvalidMetric: Error {
  let reason: String
  let message: String
  let summary: String
}

/// What a valid metric says.
struct ValidMetric {
  /// How many pods it asks for.
  let replicas: Int32
  /// As `cpu resource utilization (percentage of request)`.
  let name: String
  /// As the status shows it.
  let status: MetricStatus
}

/// The look at the metrics of one autoscaler.
struct MetricEvaluation {
  let metrics: any MetricsReading
  let calculator: ReplicaCalculator
  let query: MetricsQuery
  /// The target's size.
  let scale: Scale

  func evaluate(_ metric: MetricSpec) throws(InvalidMetric) -> ValidMetric {
    switch metric.type {
    case .resource:
      guard let source = metric.resource else { break }
      return try resource(source.name, nil, source.target)
    case .containerResource:
      guard let source = metric.containerResource else { break }
      return try resource(source.name, source.container, source.target)
    case .pods:
      guard let source = metric.pods else { break }
      return try pods(source)
    case .object:
      guard let source = metric.object else { break }
      return try object(source)
    case .external:
      guard let source = metric.external else { break }
      return try external(source)
    default: break
    }
    let text = "unknown metric source type \(GoText.quoted(metric.type.rawValue))"
    throw InvalidMetric(reason: "InvalidMetricSourceType", message: text, summary: text)
  }

  /// `cpu` or `memory` of whole pods, or of one container in each.
  private func resource(
    _ name: String, _ container: String?, _ target: MetricTarget
  ) throws(InvalidMetric) -> ValidMetric {
    let sort = container.map { "\($0) container" } ?? "\(name) resource"
    func invalid(_ text: String) -> InvalidMetric {
      InvalidMetric(
        reason: container == nil ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric",
        message: text, summary: "failed to get \(sort) metric value: \(text)")
    }
    let what: String
    let proposal: ReplicaCalculator.Proposal
    if let wanted = target.averageValue {
      what = "\(name) resource"
      do {
        proposal = try calculator.average(
          of: name, current: scale.spec.replicas, target: wanted.milliValue ?? .max,
          pods: query.pods, samples: metrics.resource(name, container: container, query))
      } catch { throw invalid("failed to get \(name) usage: \(error.message)") }
    } else if let wanted = target.averageUtilization {
      what =
        "\(name)\(container == nil ? "" : " container") resource utilization "
        + "(percentage of request)"
      do {
        proposal = try calculator.utilization(
          of: name, container: container, current: scale.spec.replicas, target: wanted,
          pods: query.pods, samples: metrics.resource(name, container: container, query))
      } catch { throw invalid("failed to get \(name) utilization: \(error.message)") }
    } else {
      throw invalid(
        "invalid resource metric source: neither an average utilization target nor an average "
          + "value (usage) target was set")
    }
    var current = MetricValueStatus()
    current.averageValue = Quantity(
      milliValue: proposal.usage, format: name == ResourceName.memory ? .binarySI : .decimalSI)
    current.averageUtilization = proposal.utilization
    var status = MetricStatus()
    if let container {
      status.type = .containerResource
      var part = ContainerResourceMetricStatus()
      (part.name, part.container, part.current) = (name, container, current)
      status.containerResource = part
    } else {
      status.type = .resource
      var whole = ResourceMetricStatus()
      (whole.name, whole.current) = (name, current)
      status.resource = whole
    }
    return ValidMetric(replicas: proposal.replicas, name: what, status: status)
  }

  private func pods(_ source: PodsMetricSource) throws(InvalidMetric) -> ValidMetric {
    let proposal: ReplicaCalculator.Proposal
    do {
      proposal = try calculator.average(
        of: "", current: scale.spec.replicas,
        target: source.target.averageValue?.milliValue ?? 0, pods: query.pods,
        samples: metrics.pods(source.metric.name, query))
    } catch {
      throw InvalidMetric(
        reason: "FailedGetPodsMetric", message: error.message,
        summary: "failed to get pods metric value: \(error.message)")
    }
    var status = MetricStatus()
    status.type = .pods
    var pods = PodsMetricStatus()
    pods.metric = source.metric
    pods.current.averageValue = Quantity(milliValue: proposal.usage)
    status.pods = pods
    return ValidMetric(
      replicas: proposal.replicas, name: "pods metric \(source.metric.name)", status: status)
  }

  private func object(_ source: ObjectMetricSource) throws(InvalidMetric) -> ValidMetric {
    func invalid(_ text: String, _ summary: String? = nil) -> InvalidMetric {
      InvalidMetric(
        reason: "FailedGetObjectMetric", message: text,
        summary: "failed to get object metric value: \(summary ?? text)")
    }
    let name = source.metric.name
    var object = ObjectMetricStatus()
    object.metric = source.metric
    object.describedObject = source.describedObject
    let proposal: ReplicaCalculator.Proposal
    let what: String
    if source.target.type == .value, let target = source.target.value?.milliValue {
      do {
        proposal = try calculator.value(
          metrics.object(name, of: source.describedObject, query), current: scale.spec.replicas,
          target: target, pods: query.pods)
      } catch { throw invalid(error.message) }
      object.current.value = Quantity(milliValue: proposal.usage)
      what = "\(source.describedObject.kind) metric \(name)"
    } else if source.target.type == .averageValue,
      let target = source.target.averageValue?.milliValue
    {
      do {
        proposal = calculator.valuePerPod(
          try metrics.object(name, of: source.describedObject, query),
          current: scale.status.replicas, target: target)
      } catch {
        throw invalid(error.message, "failed to get \(name) object metric: \(error.message)")
      }
      object.current.averageValue = Quantity(milliValue: proposal.usage)
      what = "external metric \(name)(\(source.metric.selector.dump))"
    } else {
      throw invalid(
        "invalid object metric source: neither a value target nor an average value target was set")
    }
    var status = MetricStatus()
    status.type = .object
    status.object = object
    return ValidMetric(replicas: proposal.replicas, name: what, status: status)
  }

  private func external(_ source: ExternalMetricSource) throws(InvalidMetric) -> ValidMetric {
    let name = source.metric.name
    func invalid(_ text: String, _ summary: String) -> InvalidMetric {
      InvalidMetric(
        reason: "FailedGetExternalMetric", message: text,
        summary: "failed to get \(name) external metric value: \(summary)")
    }
    var external = ExternalMetricStatus()
    external.metric = source.metric
    let proposal: ReplicaCalculator.Proposal
    if let target = source.target.averageValue?.milliValue {
      do {
        proposal = calculator.valuePerPod(
          try total(source.metric), current: scale.status.replicas, target: target)
      } catch {
        throw invalid(error.message, "failed to get \(name) external metric: \(error.message)")
      }
      external.current.averageValue = Quantity(milliValue: proposal.usage)
    } else if let target = source.target.value?.milliValue {
      do {
        proposal = try calculator.value(
          total(source.metric), current: scale.spec.replicas, target: target, pods: query.pods)
      } catch {
        throw invalid(error.message, "failed to get external metric \(name): \(error.message)")
      }
      external.current.value = Quantity(milliValue: proposal.usage)
    } else {
      let text =
        "invalid external metric source: neither a value target nor an average value target was set"
      throw invalid(text, text)
    }
    var status = MetricStatus()
    status.type = .external
    status.external = external
    return ValidMetric(
      replicas: proposal.replicas, name: "external metric \(name)(\(source.metric.selector.dump))",
      status: status)
  }

  /// All series together, at most the greatest number there is.
  private func total(_ metric: MetricIdentifier) throws(MetricError) -> Int64 {
    try metrics.external(metric, query).reduce(0) { ReplicaCalculator.sum($0, $1) }
  }
}
