import KubeModel

/// Checks of selectors of nodes, in the affinity of pods and of persistent volumes.
///
/// Follows `ValidateNodeSelector` of `pkg/apis/core/validation/validation.go` (v1.36).
enum NodeSelectorValidation {
  static func selector(_ selector: NodeSelector, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let list = place.child("nodeSelectorTerms")
    if selector.nodeSelectorTerms.isEmpty {
      errors.required(list, "must have at least one node selector term")
    }
    for (index, term) in selector.nodeSelectorTerms.enumerated() {
      errors.add(Self.term(term, at: list.index(index), checksValues: true))
    }
    return errors.all
  }

  static func term(
    _ term: NodeSelectorTerm, at place: FieldPath, checksValues: Bool
  ) -> [FieldError] {
    var errors = FieldErrors()
    for (index, requirement) in term.matchExpressions.enumerated() {
      let place = place.child("matchExpressions").index(index)
      errors.add(label(requirement, at: place, checksValues: checksValues))
    }
    for (index, requirement) in term.matchFields.enumerated() {
      errors.add(field(requirement, at: place.child("matchFields").index(index)))
    }
    return errors.all
  }

  private static func label(
    _ requirement: NodeSelectorRequirement, at place: FieldPath, checksValues: Bool
  ) -> [FieldError] {
    var errors = FieldErrors()
    let values = place.child("values")
    switch requirement.operator {
    case .in, .notIn:
      if requirement.values.isEmpty {
        errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'")
      }
    case .exists, .doesNotExist:
      if !requirement.values.isEmpty {
        errors.forbidden(
          values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
      }
    case .gt, .lt:
      if requirement.values.count != 1 {
        errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'")
      }
    default:
      errors.invalid(
        place.child("operator"), requirement.operator, "not a valid selector operator")
    }
    errors.add(LabelValidation.key(requirement.key, at: place.child("key")))
    guard checksValues else { return errors.all }
    for (index, value) in requirement.values.enumerated() {
      errors.invalid(values.index(index), value, LabelSyntax.valueErrors(value))
    }
    return errors.all
  }

  private static func field(
    _ requirement: NodeSelectorRequirement, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    switch requirement.operator {
    case .in, .notIn:
      if requirement.values.count != 1 {
        errors.required(
          place.child("values"),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
      }
    default:
      errors.invalid(
        place.child("operator"), requirement.operator, "not a valid selector operator")
    }
    if requirement.key != "metadata.name" {
      errors.invalid(
        place.child("key"), requirement.key, "not a valid field selector key")
      return errors.all
    }
    for (index, value) in requirement.values.enumerated() {
      errors.invalid(place.child("values").index(index), value, NameFormat.subdomain(value))
    }
    return errors.all
  }
}
