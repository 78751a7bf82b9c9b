import KubeModel

/// What the server does to a Deployment.
///
/// Follows `pkg/apis/apps/v1/defaults.go`, `pkg/registry/apps/deployment/strategy.go` and
/// `pkg/apis/apps/validation` (v1.36).
public struct DeploymentRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout Deployment) {
    let spec = Self.defaulted(object.spec)
    if spec != object.spec { object.spec = spec }
  }

  private static func defaulted(_ spec: DeploymentSpec) -> DeploymentSpec {
    var spec = spec
    PodDefaults.setTemplate(&spec.template)
    if spec.replicas == nil { spec.replicas = 1 }
    if spec.strategy.type.isEmpty { spec.strategy.type = .rollingUpdate }
    if spec.strategy.type == .rollingUpdate {
      var rolling = spec.strategy.rollingUpdate ?? RollingUpdateDeployment()
      if rolling.maxUnavailable == nil { rolling.maxUnavailable = "25%" }
      if rolling.maxSurge == nil { rolling.maxSurge = "25%" }
      spec.strategy.rollingUpdate = rolling
    }
    if spec.revisionHistoryLimit == nil { spec.revisionHistoryLimit = 10 }
    if spec.progressDeadlineSeconds == nil { spec.progressDeadlineSeconds = 600 }
    return spec
  }

  /// Annotations count too: a rollback of old wrote them.
  public func prepareForUpdate(_ new: inout Deployment, from old: Deployment) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.keepStatus(of: old)
    new.countGeneration(
      from: old,
      changed: new.spec != old.spec || new.metadata.annotations != old.metadata.annotations)
  }

  public func prepareForCreate(_ object: inout Deployment) {
    object.start()
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
  }

  public func validate(_ object: Deployment) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + validate(object.spec)
  }

  public func validateUpdate(_ new: Deployment, from old: Deployment) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new.spec)
      + TemplateValidation.immutable(
        new.spec.selector, old.spec.selector, at: FieldPath("spec").child("selector"))
  }

  private func validate(_ spec: DeploymentSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    errors.negative(path.child("replicas"), spec.replicas ?? 0)
    errors.add(TemplateValidation.replicaTemplate(spec.selector, spec.template, at: path))
    errors.add(validate(spec.strategy, at: path.child("strategy")))
    errors.negative(path.child("minReadySeconds"), spec.minReadySeconds)
    errors.negative(path.child("revisionHistoryLimit"), spec.revisionHistoryLimit ?? 0)
    if let deadline = spec.progressDeadlineSeconds {
      let place = path.child("progressDeadlineSeconds")
      errors.negative(place, deadline)
      if deadline <= spec.minReadySeconds {
        errors.invalid(place, deadline, "must be greater than minReadySeconds")
      }
    }
    return errors.all
  }

  private func validate(_ strategy: DeploymentStrategy, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("rollingUpdate")
    switch strategy.type {
    case .recreate:
      if strategy.rollingUpdate != nil {
        errors.forbidden(place, "may not be specified when strategy `type` is 'Recreate'")
      }
    case .rollingUpdate:
      guard let rolling = strategy.rollingUpdate else {
        errors.required(place, "this should be defaulted and never be nil")
        break
      }
      let unavailable = place.child("maxUnavailable")
      errors.add(TemplateValidation.count(rolling.maxUnavailable, at: unavailable))
      errors.add(TemplateValidation.count(rolling.maxSurge, at: place.child("maxSurge")))
      if TemplateValidation.number(rolling.maxUnavailable) == 0,
        TemplateValidation.number(rolling.maxSurge) == 0
      {
        errors.invalid(
          unavailable, rolling.maxUnavailable, "may not be 0 when `maxSurge` is 0")
      }
      errors.add(TemplateValidation.atMostAll(rolling.maxUnavailable, at: unavailable))
    default: errors.notSupported(path, GoDump(strategy), ["Recreate", "RollingUpdate"])
    }
    return errors.all
  }
}
