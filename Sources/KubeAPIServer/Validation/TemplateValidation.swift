import KubeModel

/// Checks that the workloads share: their template, their selector, their numbers.
///
/// Follows `pkg/apis/apps/validation/validation.go` and `ValidatePodTemplateSpec` of
/// `pkg/apis/core/validation/validation.go` (v1.36).
enum TemplateValidation {
  /// A pod template.
  static func template(_ template: PodTemplateSpec, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(LabelValidation.labels(template.metadata.labels, at: place.child("labels")))
    errors.add(
      LabelValidation.annotations(template.metadata.annotations, at: place.child("annotations")))
    errors.add(
      PodValidation.annotations(template.metadata.annotations, at: place.child("annotations")))
    errors.add(PodSpecValidation.validate(template.spec, podName: nil, at: place.child("spec")))
    if !template.spec.ephemeralContainers.isEmpty {
      errors.forbidden(
        place.child("spec", "ephemeralContainers"),
        "ephemeral containers not allowed in pod template")
    }
    return errors.all
  }

  /// A selector that must be there and select something.
  static func selector(
    _ selector: LabelSelector?, at place: FieldPath, of kind: String
  ) -> [FieldError] {
    var errors = FieldErrors()
    guard let selector else {
      errors.required(place)
      return errors.all
    }
    errors.add(LabelValidation.selector(selector, at: place))
    if selector == LabelSelector() {
      errors.invalid(place, selector, "empty selector is invalid for \(kind)")
    }
    return errors.all
  }

  /// The selector must match the labels of the template.
  static func match(
    _ selector: Selector, _ template: PodTemplateSpec, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let labels = template.metadata.labels
    if !selector.matches(labels) {
      let shown = labels.isEmpty ? JSONValue.null : labels.json
      errors.invalid(
        place.child("metadata", "labels"), shown, "`selector` does not match template `labels`")
    }
    return errors.all
  }

  /// What keeps its pods running restarts them always, and sets them no deadline.
  static func keepsRunning(
    _ template: PodTemplateSpec, at place: FieldPath, of kind: String
  ) -> [FieldError] {
    var errors = FieldErrors()
    let spec = template.spec
    if spec.restartPolicy != .always {
      errors.notSupported(place.child("spec", "restartPolicy"), spec.restartPolicy, ["Always"])
    }
    if spec.activeDeadlineSeconds != nil {
      errors.forbidden(
        place.child("spec", "activeDeadlineSeconds"),
        "activeDeadlineSeconds in \(kind) is not Supported")
    }
    return errors.all
  }

  /// Selector and template of a Deployment or ReplicaSet.
  static func replicaTemplate(
    _ selector: LabelSelector?, _ template: PodTemplateSpec, at spec: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let place = spec.child("selector")
    errors.add(Self.selector(selector, at: place, of: "deployment"))
    guard let parsed = try? Selector(selector) else {
      errors.invalid(place, selector, "invalid label selector")
      return errors.all
    }
    let path = spec.child("template")
    if !parsed.isEmpty { errors.add(match(parsed, template, at: path)) }
    errors.add(Self.template(template, at: path))
    errors.add(keepsRunning(template, at: path, of: "ReplicaSet"))
    return errors.all
  }

  /// A number that must not be negative, or a percentage.
  static func count(_ value: IntOrString?, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    switch value {
    case .int(let number)?: errors.negative(place, number)
    case .string(let text)?:
      for message in NameFormat.percent(text) { errors.invalid(place, text, message) }
    case nil: break
    }
    return errors.all
  }

  /// A percentage of at most 100.
  static func atMostAll(_ value: IntOrString?, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if case .string(let text)? = value, let percent = percent(text), percent > 100 {
      errors.invalid(place, text, "must not be greater than 100%")
    }
    return errors.all
  }

  /// The number before `%`, or the number itself.
  static func number(_ value: IntOrString?) -> Int {
    switch value {
    case .int(let number)?: Int(number)
    case .string(let text)?: percent(text) ?? Int(text) ?? 0
    case nil: 0
    }
  }

  private static func percent(_ text: String) -> Int? {
    NameFormat.percent(text).isEmpty ? Int(text.dropLast()) : nil
  }

  /// A field that may not change.
  static func immutable<Value: JSONCodable>(
    _ new: Value, _ old: Value, at place: @autoclosure () -> FieldPath,
    shown: @autoclosure () -> JSONValue? = nil
  ) -> [FieldError] {
    if new == old { return [] }
    var errors = FieldErrors()
    errors.invalid(place(), shown() ?? new.json, "field is immutable")
    return errors.all
  }
}
