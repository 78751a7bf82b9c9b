import KubeModel

/// What the server does to a ReplicaSet.
///
/// Follows `pkg/apis/apps/v1/defaults.go`, `pkg/registry/apps/replicaset/strategy.go` and
/// `pkg/apis/apps/validation` (v1.36).
public struct ReplicaSetRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout ReplicaSet) {
    var spec = object.spec
    PodDefaults.setTemplate(&spec.template)
    if spec.replicas == nil { spec.replicas = 1 }
    if spec != object.spec { object.spec = spec }
  }

  public func prepareForCreate(_ object: inout ReplicaSet) {
    object.start()
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
  }

  public func prepareForUpdate(_ new: inout ReplicaSet, from old: ReplicaSet) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.keepStatus(of: old)
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  public func validate(_ object: ReplicaSet) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + validate(object.spec)
  }

  public func validateUpdate(_ new: ReplicaSet, from old: ReplicaSet) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new)
      + TemplateValidation.immutable(
        new.spec.selector, old.spec.selector, at: FieldPath("spec").child("selector"))
  }

  private func validate(_ spec: ReplicaSetSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    errors.negative(path.child("replicas"), spec.replicas ?? 0)
    errors.negative(path.child("minReadySeconds"), spec.minReadySeconds)
    errors.add(TemplateValidation.replicaTemplate(spec.selector, spec.template, at: path))
    return errors.all
  }
}
