import KubeModel

/// What the server does to a ReplicationController.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/replicationcontroller/strategy.go`
/// and `pkg/apis/core/validation` (v1.36).
public struct ReplicationControllerRules: KindRules {
  public init() {}

  public var defaultPropagation: DeletionPropagation { .orphan }

  public func setDefaults(_ object: inout ReplicationController) {
    var spec = object.spec
    if var template = spec.template {
      PodDefaults.setTemplate(&template)
      spec.template = template
      if spec.selector.isEmpty { spec.selector = template.metadata.labels }
      if object.metadata.labels.isEmpty { object.metadata.labels = template.metadata.labels }
    }
    if spec.replicas == nil { spec.replicas = 1 }
    if spec != object.spec { object.spec = spec }
  }

  public func prepareForCreate(_ object: inout ReplicationController) {
    object.start()
    if var template = object.spec.template,
      template.spec.serviceAccount != template.spec.serviceAccountName
    {
      PodDefaults.agreeOnServiceAccount(&template)
      object.spec.template = template
    }
  }

  public func prepareForUpdate(
    _ new: inout ReplicationController, from old: ReplicationController
  ) {
    if var template = new.spec.template,
      template.spec.serviceAccount != template.spec.serviceAccountName
    {
      PodDefaults.agreeOnServiceAccount(&template)
      new.spec.template = template
    }
    new.keepStatus(of: old)
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  public func validate(_ object: ReplicationController) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + validate(object.spec)
  }

  public func validateUpdate(
    _ new: ReplicationController, from old: ReplicationController
  ) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new)
  }

  private func validate(_ spec: ReplicationControllerSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    errors.negative(path.child("minReadySeconds"), spec.minReadySeconds)
    if spec.selector.isEmpty { errors.required(path.child("selector")) }
    errors.negative(path.child("replicas"), spec.replicas ?? 0)
    let place = path.child("template")
    guard let template = spec.template else {
      errors.required(place)
      return errors.all
    }
    errors.add(
      TemplateValidation.match(Selector(matching: spec.selector), template, at: place))
    errors.add(TemplateValidation.template(template, at: place))
    errors.add(TemplateValidation.keepsRunning(template, at: place, of: "ReplicationController"))
    return errors.all
  }
}
