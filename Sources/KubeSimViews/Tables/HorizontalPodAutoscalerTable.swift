import KubeModel

// Follows   pkg/printers/internalversion/printers.go, formatHPAMetrics (v1.36)

extension HorizontalPodAutoscaler: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, "\(spec.scaleTargetRef.kind)/\(spec.scaleTargetRef.name)", .text(targetText),
      .text(spec.minReplicas.orUnset), .number(spec.maxReplicas),
      .number(status.currentReplicas), age(at: now),
    ]
  }

  /// `cpu: 30%/80%`; the first two targets, and how many more there are.
  private var targetText: String {
    guard !spec.metrics.isEmpty else { return "<none>" }
    let texts = spec.metrics.indices.map { index in
      let current = index < status.currentMetrics.count ? status.currentMetrics[index] : nil
      return MetricText(spec.metrics[index], current).cell
    }
    let shown = texts.prefix(2).joined(separator: ", ")
    return texts.count > 2 ? "\(shown) + \(texts.count - 2) more..." : shown
  }
}

/// What is wanted of a metric and what was measured, in words.
struct MetricText {
  private let spec: MetricSpec
  private let status: MetricStatus?

  init(_ spec: MetricSpec, _ status: MetricStatus?) {
    self.spec = spec
    self.status = status
  }

  /// As `cpu: 30%/80%`, `1k/500 (avg)`.
  var cell: String {
    switch spec.type.rawValue {
    case "External":
      quantities(spec.external?.target, status?.external?.current, marksAverage: true)
    case "Object": quantities(spec.object?.target, status?.object?.current, marksAverage: true)
    case "Pods": quantities(spec.pods?.target, status?.pods?.current, marksAverage: false)
    case "Resource":
      (spec.resource?.name ?? "") + ": "
        + resource(spec.resource?.target, status?.resource?.current)
    case "ContainerResource":
      (spec.containerResource?.name ?? "") + ": "
        + resource(spec.containerResource?.target, status?.containerResource?.current)
    default: "<unknown type>"
    }
  }

  /// As `resource cpu on pods  (as a percentage of request)` and `30% (60m) / 80%`.
  var line: (title: String, value: String) {
    switch spec.type.rawValue {
    case "External":
      let name = "\"\(spec.external?.metric.name ?? "")\""
      return quantityLine(name, spec.external?.target, status?.external?.current)
    case "Pods":
      let (target, current) = (spec.pods?.target.averageValue, status?.pods?.current.averageValue)
      return ("\"\(spec.pods?.metric.name ?? "")\" on pods", Self.pair(current, target))
    case "Object":
      let object = spec.object?.describedObject ?? CrossVersionObjectReference()
      let name = "\"\(spec.object?.metric.name ?? "")\" on \(object.kind)/\(object.name)"
      return quantityLine(name, spec.object?.target, status?.object?.current)
    case "Resource":
      let name = "resource \(spec.resource?.name ?? "") on pods"
      return resourceLine(name, spec.resource?.target, status?.resource?.current)
    case "ContainerResource":
      let container = spec.containerResource?.container ?? ""
      let name =
        "resource \(spec.containerResource?.name ?? "") of container \"\(container)\" on pods"
      return resourceLine(
        name, spec.containerResource?.target, status?.containerResource?.current)
    default: return ("<unknown metric type \"\(spec.type)\">", "")
    }
  }

  private func quantityLine(
    _ name: String, _ target: MetricTarget?, _ current: MetricValueStatus?
  ) -> (String, String) {
    if let average = target?.averageValue {
      return (name + " (target average value)", Self.pair(current?.averageValue, average))
    }
    return (name + " (target value)", Self.pair(current?.value, target?.value))
  }

  private func resourceLine(
    _ name: String, _ target: MetricTarget?, _ current: MetricValueStatus?
  ) -> (String, String) {
    if let average = target?.averageValue {
      return (name, Self.pair(current?.averageValue, average))
    }
    let measured = current?.averageUtilization.map {
      "\($0)% (\(current?.averageValue ?? Quantity()))"
    }
    let wanted = target?.averageUtilization.map { "\($0)%" }
    return (
      name + "  (as a percentage of request)",
      "\(measured ?? "<unknown>") / \(wanted ?? "<auto>")"
    )
  }

  private static func pair(_ current: Quantity?, _ target: Quantity?) -> String {
    "\(current?.description ?? "<unknown>") / \(target?.description ?? "")"
  }

  private func quantities(
    _ target: MetricTarget?, _ current: MetricValueStatus?, marksAverage: Bool
  ) -> String {
    if let average = target?.averageValue {
      return "\(current?.averageValue?.description ?? "<unknown>")/\(average)"
        + (marksAverage ? " (avg)" : "")
    }
    return "\(current?.value?.description ?? "<unknown>")/\(target?.value?.description ?? "")"
  }

  private func resource(_ target: MetricTarget?, _ current: MetricValueStatus?) -> String {
    if let average = target?.averageValue {
      return "\(current?.averageValue?.description ?? "<unknown>")/\(average)"
    }
    let measured = current?.averageUtilization.map { "\($0)%" } ?? "<unknown>"
    return measured + "/" + (target?.averageUtilization.map { "\($0)%" } ?? "<auto>")
  }
}
