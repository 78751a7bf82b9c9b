import KubeModel

/// Checks of the spec of a HorizontalPodAutoscaler.
///
/// Follows `pkg/apis/autoscaling/validation/validation.go` (v1.36).
enum AutoscalerValidation {
  static func spec(_ spec: HorizontalPodAutoscalerSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if let least = spec.minReplicas, least < 1 {
      errors.invalid(path.child("minReplicas"), least, "must be greater than or equal to 1")
    }
    let most = path.child("maxReplicas")
    if spec.maxReplicas == 0 {
      errors.required(most, "must be set and greater than 0")
    } else if spec.maxReplicas < 0 {
      errors.invalid(most, spec.maxReplicas, "must be greater than or equal to 1")
    }
    if let least = spec.minReplicas, spec.maxReplicas < least {
      errors.invalid(most, spec.maxReplicas, "must be greater than or equal to `minReplicas`")
    }
    let target = path.child("scaleTargetRef")
    errors.add(reference(spec.scaleTargetRef, at: target))
    errors.add(group(spec.scaleTargetRef, at: target.child("apiVersion")))
    errors.add(metrics(spec, at: path.child("metrics")))
    if let behavior = spec.behavior {
      for (field, rules) in [("scaleUp", behavior.scaleUp), ("scaleDown", behavior.scaleDown)] {
        guard let rules else { continue }
        errors.add(scaling(rules, at: path.child("behavior", field)))
      }
    }
    return errors.all
  }

  private static func reference(
    _ reference: CrossVersionObjectReference, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    for (field, text) in [("kind", reference.kind), ("name", reference.name)] {
      if text.isEmpty {
        errors.required(place.child(field))
      } else {
        errors.invalid(place.child(field), text, NameFormat.pathSegment(text))
      }
    }
    return errors.all
  }

  /// What is scaled is of a named group, except for the one kind of the core group that can be.
  private static func group(
    _ reference: CrossVersionObjectReference, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let parts = reference.apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 2 {
      errors.invalid(
        place, reference.apiVersion, "unexpected GroupVersion string: \(reference.apiVersion)")
    } else if parts.count < 2, reference.kind != "ReplicationController" {
      errors.invalid(place, reference.apiVersion, "apiVersion must specify API group")
    }
    return errors.all
  }

  // MARK: - Metrics

  private static func metrics(
    _ spec: HorizontalPodAutoscalerSpec, at list: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    for (index, metric) in spec.metrics.enumerated() {
      errors.add(Self.metric(metric, at: list.index(index)))
    }
    let scalesFromZero = spec.metrics.contains { $0.type == .object || $0.type == .external }
    if spec.minReplicas == 0, !scalesFromZero {
      errors.forbidden(
        list,
        "must specify at least one Object or External metric to support scaling to zero replicas")
    }
    return errors.all
  }

  private static let types = ["ContainerResource", "External", "Object", "Pods", "Resource"]

  private static func metric(_ metric: MetricSpec, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let type = place.child("type")
    if metric.type.isEmpty { errors.required(type, "must specify a metric source type") }
    let isKnown = types.contains(metric.type.rawValue)
    if !isKnown { errors.notSupported(type, metric.type, types) }
    let present: [(String, Bool)] = [
      ("object", metric.object != nil), ("external", metric.external != nil),
      ("pods", metric.pods != nil), ("resource", metric.resource != nil),
      ("containerResource", metric.containerResource != nil),
    ].filter(\.1)
    if let first = present.first { errors.add(source(metric, first.0, at: place.child(first.0))) }
    var expected = ""
    if isKnown {
      expected = metric.type.rawValue.prefix(1).lowercased() + metric.type.rawValue.dropFirst()
      if !present.contains(where: { $0.0 == expected }) {
        errors.required(
          place.child(expected), "must populate information for the given metric source")
      }
    } else {
      errors.notSupported(type, metric.type, types)
    }
    if present.count > 1 {
      for (field, _) in present where field != expected {
        errors.forbidden(place.child(field), "must populate the given metric source only")
      }
    }
    return errors.all
  }

  private static func source(
    _ metric: MetricSpec, _ field: String, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    switch field {
    case "object":
      guard let source = metric.object else { break }
      errors.add(reference(source.describedObject, at: place.child("describedObject")))
      errors.add(identifier(source.metric, at: place.child("metric")))
      errors.add(target(source.target, at: place.child("target")))
      if source.target.value == nil, source.target.averageValue == nil {
        errors.required(
          place.child("target", "averageValue"),
          "must set either a target value for metric or a per-pod target")
      }
    case "external":
      guard let source = metric.external else { break }
      errors.add(identifier(source.metric, at: place.child("metric")))
      errors.add(target(source.target, at: place.child("target")))
      if source.target.value == nil, source.target.averageValue == nil {
        errors.required(
          place.child("target", "averageValue"),
          "must set either a target value for metric or a per-pod target")
      }
      if source.target.value != nil, source.target.averageValue != nil {
        errors.forbidden(
          place.child("target", "value"),
          "may not set both a target value for metric and a per-pod target")
      }
    case "pods":
      guard let source = metric.pods else { break }
      errors.add(identifier(source.metric, at: place.child("metric")))
      errors.add(target(source.target, at: place.child("target")))
      if source.target.averageValue == nil {
        errors.required(
          place.child("target", "averageValue"), "must specify a positive target averageValue")
      }
    default:
      if let source = metric.resource {
        errors.add(resource(source.name, container: nil, source.target, at: place))
      } else if let source = metric.containerResource {
        errors.add(resource(source.name, container: source.container, source.target, at: place))
      }
    }
    return errors.all
  }

  private static func resource(
    _ name: String, container: String?, _ target: MetricTarget, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    if name.isEmpty { errors.required(place.child("name"), "must specify a resource name") }
    if container?.isEmpty == true {
      errors.required(place.child("container"), "must specify a container")
    }
    errors.add(Self.target(target, at: place.child("target")))
    if target.averageUtilization == nil, target.averageValue == nil {
      errors.required(
        place.child("target", "averageUtilization"),
        "must set either a target raw value or a target utilization")
    }
    if target.averageUtilization != nil, target.averageValue != nil {
      errors.forbidden(
        place.child("target", "averageValue"),
        "may not set both a target raw value and a target utilization")
    }
    return errors.all
  }

  private static func identifier(_ metric: MetricIdentifier, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if metric.name.isEmpty {
      errors.required(place.child("name"), "must specify a metric name")
    } else {
      errors.invalid(place.child("name"), metric.name, NameFormat.pathSegment(metric.name))
    }
    return errors.all
  }

  private static func target(_ target: MetricTarget, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if target.type.isEmpty {
      errors.required(place.child("type"), "must specify a metric target type")
    }
    if ![.utilization, .value, .averageValue].contains(target.type) {
      errors.invalid(
        place.child("type"), target.type, "must be either Utilization, Value, or AverageValue")
    }
    for (field, amount) in [("value", target.value), ("averageValue", target.averageValue)] {
      if let amount, amount.sign <= 0 {
        errors.invalid(place.child(field), amount, "must be positive")
      }
    }
    if let percent = target.averageUtilization, percent < 1 {
      errors.invalid(place.child("averageUtilization"), percent, "must be greater than 0")
    }
    return errors.all
  }

  // MARK: - Behavior

  private static func scaling(_ rules: HPAScalingRules, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let window = place.child("stabilizationWindowSeconds")
    if let seconds = rules.stabilizationWindowSeconds {
      if seconds < 0 { errors.invalid(window, seconds, "must be greater than or equal to zero") }
      if seconds > 3600 { errors.invalid(window, seconds, "must be less than or equal to 3600") }
    }
    let selections = ["Disabled", "Max", "Min"]
    if let selection = rules.selectPolicy, !selections.contains(selection.rawValue) {
      errors.notSupported(place.child("selectPolicy"), selection, selections)
    }
    let list = place.child("policies")
    if rules.policies.isEmpty { errors.required(list, "must specify at least one Policy") }
    for (index, policy) in rules.policies.enumerated() {
      let place = list.index(index)
      if policy.type != .percent, policy.type != .pods {
        errors.notSupported(place.child("type"), policy.type, ["Percent", "Pods"])
      }
      for (field, number) in [("value", policy.value), ("periodSeconds", policy.periodSeconds)]
      where number <= 0 {
        errors.invalid(place.child(field), number, "must be greater than zero")
      }
      if policy.periodSeconds > 1800 {
        errors.invalid(
          place.child("periodSeconds"), policy.periodSeconds, "must be less than or equal to 1800")
      }
    }
    if let tolerance = rules.tolerance, tolerance.sign < 0 {
      errors.invalid(
        place.child("tolerance"), tolerance.description, "must be greater than or equal to 0")
    }
    return errors.all
  }
}
