import KubeModel

/// What the server does to a ResourceQuota.
///
/// Follows `pkg/registry/core/resourcequota/strategy.go` and `pkg/apis/core/validation` (v1.36).
/// Which scope goes with which resource is not checked.
public struct ResourceQuotaRules: KindRules {
  public init() {}

  public func prepareForCreate(_ object: inout ResourceQuota) {
    object.status = ResourceQuotaStatus()
  }

  public func prepareForUpdate(_ new: inout ResourceQuota, from old: ResourceQuota) {
    new.keepStatus(of: old)
  }

  public func validate(_ object: ResourceQuota) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    errors.add(amounts(object.spec.hard, at: FieldPath("spec").child("hard")))
    errors.add(scopes(object.spec.scopes, at: FieldPath("spec").child("scopes")))
    return errors.all
  }

  private func amounts(_ list: ResourceList, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for (name, amount) in list {
      errors.add(ResourceNames.quotaErrors(name, at: place.key(name)))
      errors.add(ResourceNames.amountErrors(name, amount, at: place.key(name)))
    }
    return errors.all
  }

  private func scopes(_ scopes: [ResourceQuotaScope], at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let known = [
      "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass",
      "CrossNamespacePodAffinity", "VolumeAttributesClass",
    ]
    for scope in scopes where !known.contains(scope.rawValue) {
      errors.invalid(place, scopes, "unsupported scope")
    }
    for (one, two) in [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")] {
      let names = scopes.map(\.rawValue)
      if names.contains(one), names.contains(two) {
        errors.invalid(place, scopes, "conflicting scopes")
      }
    }
    return errors.all
  }

  public func validateUpdate(_ new: ResourceQuota, from old: ResourceQuota) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(validate(new))
    if new.spec.scopes.map(\.rawValue).sorted() != old.spec.scopes.map(\.rawValue).sorted() {
      errors.invalid(
        FieldPath("spec").child("scopes"), new.spec.scopes, "field is immutable")
    }
    return errors.all
  }

  public func validateStatusUpdate(_ new: ResourceQuota, from old: ResourceQuota) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + amounts(new.status.hard, at: FieldPath("status").child("hard"))
      + amounts(new.status.used, at: FieldPath("status").child("used"))
  }
}
