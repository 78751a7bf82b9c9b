import KubeControllers
import KubeSim

/// What a `measure` step says: from now on, a metric has a value.
public struct Measurement: Sendable {
  /// Which value.
  public var subject: MetricSubject
  /// Among which pods; nil for metrics that are not of pods.
  public var share: MetricShare?
  /// Where.
  public var namespace = "default"
  /// How much.
  public var value: Quantity
}

extension Measurement {
  /// Reads `{resource|metric, container, pods, each|shared, object, labels, value, namespace}`.
  init(_ field: FieldReader) throws(APIError) {
    try field.allow([
      "resource", "metric", "container", "pods", "each", "shared", "object", "labels", "value",
      "namespace",
    ])
    namespace = try field.string("namespace") ?? "default"
    let metric = try field.string("metric") ?? ""
    if let object = field["object"] {
      try object.allow(["kind", "name"])
      subject = .object(
        kind: try object.required("kind").string(), name: try object.required("name").string(),
        metric: try field.required("metric").string())
      value = try field.required("value").value(Quantity.self)
    } else if let pods = field["pods"] {
      let labels = try pods.value(StringMap<String>.self)
      if let resource = try field.string("resource") {
        subject = .resource(resource, container: try field.string("container"))
      } else {
        subject = .pods(try field.required("metric").string())
      }
      if let each = field["each"] {
        share = .each(labels)
        value = try each.value(Quantity.self)
      } else {
        share = .shared(labels)
        value = try field.required("shared").value(Quantity.self)
      }
    } else {
      guard !metric.isEmpty else { throw field.refusal("pods: Required value") }
      let labels = try field["labels"]?.value(StringMap<String>.self) ?? [:]
      subject = .external(metric, labels: labels)
      value = try field.required("value").value(Quantity.self)
    }
  }
}

extension Cluster {
  /// From now on, a metric has a value.
  mutating func measure(_ measurement: Measurement) {
    metrics.measure(
      measurement.subject, measurement.share, namespace: measurement.namespace,
      .constant(measurement.value))
  }
}
