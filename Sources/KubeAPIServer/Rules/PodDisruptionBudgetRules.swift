import KubeModel

/// What the server does to a PodDisruptionBudget.
///
/// Follows `pkg/registry/policy/poddisruptionbudget/strategy.go` and `pkg/apis/policy/validation`
/// (v1.36). Its name is checked last, as that of a kind without naming rules.
public struct PodDisruptionBudgetRules: KindRules {
  public init() {}

  public var allowsUnconditionalUpdate: Bool { false }

  public func validate(_ object: PodDisruptionBudget) -> [FieldError] {
    let errors = validate(object.spec)
    guard errors.isEmpty else { return errors }
    return MetadataValidation.validate(object.metadata, isNamespaced: true, name: .pathSegment)
  }

  public func validateUpdate(
    _ new: PodDisruptionBudget, from old: PodDisruptionBudget
  ) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new.spec)
  }

  private func validate(_ spec: PodDisruptionBudgetSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    if spec.minAvailable != nil, spec.maxUnavailable != nil {
      errors.invalid(
        path, GoDump(spec), "minAvailable and maxUnavailable cannot be both set")
    }
    for (field, value) in [
      ("minAvailable", spec.minAvailable), ("maxUnavailable", spec.maxUnavailable),
    ] where value != nil {
      errors.add(TemplateValidation.count(value, at: path.child(field)))
      errors.add(TemplateValidation.atMostAll(value, at: path.child(field)))
    }
    errors.add(LabelValidation.selector(spec.selector, at: path.child("selector")))
    let known = ["AlwaysAllow", "IfHealthyBudget"]
    if let policy = spec.unhealthyPodEvictionPolicy, !known.contains(policy.rawValue) {
      errors.notSupported(path.child("unhealthyPodEvictionPolicy"), policy, known)
    }
    return errors.all
  }
}
