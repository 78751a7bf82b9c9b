import KubeModel

/// What the server does to a DaemonSet.
///
/// Follows `pkg/apis/apps/v1/defaults.go`, `pkg/registry/apps/daemonset/strategy.go` and
/// `pkg/apis/apps/validation` (v1.36).
public struct DaemonSetRules: KindRules {
  public init() {}

  private static let templateGeneration = "deprecated.daemonset.template.generation"

  public func setDefaults(_ object: inout DaemonSet) {
    var spec = object.spec
    PodDefaults.setTemplate(&spec.template)
    if spec.updateStrategy.type.isEmpty { spec.updateStrategy.type = .rollingUpdate }
    if spec.updateStrategy.type == .rollingUpdate {
      var rolling = spec.updateStrategy.rollingUpdate ?? RollingUpdateDaemonSet()
      if rolling.maxUnavailable == nil { rolling.maxUnavailable = .int(1) }
      if rolling.maxSurge == nil { rolling.maxSurge = .int(0) }
      spec.updateStrategy.rollingUpdate = rolling
    }
    if spec.revisionHistoryLimit == nil { spec.revisionHistoryLimit = 10 }
    if spec != object.spec { object.spec = spec }
  }

  public func prepareForCreate(_ object: inout DaemonSet) {
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
    object.start()
    if generation(of: object) <= 0 { setGeneration(1, of: &object) }
  }

  public func prepareForUpdate(_ new: inout DaemonSet, from old: DaemonSet) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.keepStatus(of: old)
    let changed = new.spec.template != old.spec.template
    setGeneration(generation(of: old) + (changed ? 1 : 0), of: &new)
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  private func generation(of object: DaemonSet) -> Int64 {
    object.metadata.annotations[Self.templateGeneration].flatMap { Int64($0) } ?? 0
  }

  private func setGeneration(_ generation: Int64, of object: inout DaemonSet) {
    let text = String(generation)
    if object.metadata.annotations[Self.templateGeneration] != text {
      object.metadata.annotations[Self.templateGeneration] = text
    }
  }

  public func validate(_ object: DaemonSet) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + validate(object.spec)
  }

  public func validateUpdate(_ new: DaemonSet, from old: DaemonSet) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + TemplateValidation.immutable(
        new.spec.selector, old.spec.selector, at: FieldPath("spec").child("selector"))
      + validate(new)
  }

  private func validate(_ spec: DaemonSetSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    let place = path.child("template")
    errors.add(LabelValidation.selector(spec.selector, at: path.child("selector")))
    if let selector = try? Selector(spec.selector) {
      errors.add(TemplateValidation.match(selector, spec.template, at: place))
    }
    if let selector = spec.selector, selector == LabelSelector() {
      errors.invalid(
        path.child("selector"), selector, "empty selector is invalid for daemonset")
    }
    errors.add(TemplateValidation.template(spec.template, at: place))
    errors.add(TemplateValidation.keepsRunning(spec.template, at: place, of: "DaemonSet"))
    errors.negative(path.child("minReadySeconds"), spec.minReadySeconds)
    errors.add(validate(spec.updateStrategy, at: path.child("updateStrategy")))
    errors.negative(path.child("revisionHistoryLimit"), spec.revisionHistoryLimit ?? 0)
    return errors.all
  }

  private func validate(
    _ strategy: DaemonSetUpdateStrategy, at path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("rollingUpdate")
    switch strategy.type {
    case .onDelete: break
    case .rollingUpdate:
      guard let rolling = strategy.rollingUpdate else {
        errors.required(place)
        break
      }
      let (unavailable, surge) = (place.child("maxUnavailable"), place.child("maxSurge"))
      errors.add(TemplateValidation.count(rolling.maxUnavailable, at: unavailable))
      errors.add(TemplateValidation.count(rolling.maxSurge, at: surge))
      errors.add(TemplateValidation.atMostAll(rolling.maxUnavailable, at: unavailable))
      errors.add(TemplateValidation.atMostAll(rolling.maxSurge, at: surge))
      let hasUnavailable = TemplateValidation.number(rolling.maxUnavailable) != 0
      let hasSurge = TemplateValidation.number(rolling.maxSurge) != 0
      if hasUnavailable, hasSurge {
        errors.invalid(
          surge, rolling.maxSurge, "may not be set when maxUnavailable is non-zero")
      } else if !hasUnavailable, !hasSurge {
        errors.required(unavailable, "cannot be 0 when maxSurge is 0")
      }
    default: errors.notSupported(path, GoDump(strategy), ["RollingUpdate", "OnDelete"])
    }
    return errors.all
  }
}
