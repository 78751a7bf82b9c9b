import KubeModel

/// What the server does to a PodTemplate.
///
/// Follows `pkg/registry/core/podtemplate/strategy.go` and `pkg/apis/core/validation` (v1.36).
public struct PodTemplateRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout PodTemplate) {
    PodDefaults.setTemplate(&object.template)
  }

  public func prepareForCreate(_ object: inout PodTemplate) {
    object.metadata.generation = 1
    PodDefaults.agreeOnServiceAccount(&object.template)
  }

  public func prepareForUpdate(_ new: inout PodTemplate, from old: PodTemplate) {
    PodDefaults.agreeOnServiceAccount(&new.template)
    let changed = new.template != old.template
    new.metadata.generation = old.metadata.generation + (changed ? 1 : 0)
  }

  public func validate(_ object: PodTemplate) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + TemplateValidation.template(object.template, at: FieldPath("template"))
  }

  public func validateUpdate(_ new: PodTemplate, from old: PodTemplate) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + TemplateValidation.template(new.template, at: FieldPath("template"))
  }
}
