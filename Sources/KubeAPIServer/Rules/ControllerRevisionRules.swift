import KubeModel

/// What the server does to a ControllerRevision.
///
/// Follows `pkg/registry/apps/controllerrevision/strategy.go` and `pkg/apis/apps/validation`
/// (v1.36).
public struct ControllerRevisionRules: KindRules {
  public init() {}

  public func validate(_ object: ControllerRevision) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    if object.data?.isNull ?? true { errors.required(FieldPath("data"), "data is mandatory") }
    errors.negative(FieldPath("revision"), object.revision)
    return errors.all
  }

  public func validateUpdate(
    _ new: ControllerRevision, from old: ControllerRevision
  ) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new)
      + TemplateValidation.immutable(new.data, old.data, at: FieldPath("data"))
  }
}
