import KubeModel

/// What the server does to a StorageClass.
///
/// Follows `pkg/apis/storage/v1/defaults.go`, `pkg/registry/storage/storageclass/strategy.go` and
/// `pkg/apis/storage/validation` (v1.36).
public struct StorageClassRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout StorageClass) {
    if object.reclaimPolicy == nil { object.reclaimPolicy = .delete }
    if object.volumeBindingMode == nil { object.volumeBindingMode = .immediate }
  }

  public func validate(_ object: StorageClass) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: false, name: .subdomain))
    if object.provisioner.isEmpty {
      errors.required(FieldPath("provisioner"))
    } else {
      errors.invalid(
        FieldPath("provisioner"), object.provisioner,
        NameFormat.qualifiedName(object.provisioner.lowercased()))
    }
    if object.parameters.count > 512 {
      errors.tooLong(
        FieldPath("Provisioner Parameters exceeded max allowed"), limit: 512)
    }
    let policies = ["Delete", "Retain"]
    if let policy = object.reclaimPolicy, !policies.contains(policy.rawValue) {
      errors.notSupported(FieldPath("reclaimPolicy"), policy, policies)
    }
    let modes = ["Immediate", "WaitForFirstConsumer"]
    if let mode = object.volumeBindingMode {
      if !modes.contains(mode.rawValue) {
        errors.notSupported(FieldPath("volumeBindingMode"), mode, modes)
      }
    } else {
      errors.required(FieldPath("volumeBindingMode"))
    }
    return errors.all
  }

  public func validateUpdate(_ new: StorageClass, from old: StorageClass) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(validate(new))
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    if new.parameters != old.parameters {
      errors.forbidden(FieldPath("parameters"), "updates to parameters are forbidden.")
    }
    if new.provisioner != old.provisioner {
      errors.forbidden(FieldPath("provisioner"), "updates to provisioner are forbidden.")
    }
    if new.reclaimPolicy != old.reclaimPolicy {
      errors.forbidden(FieldPath("reclaimPolicy"), "updates to reclaimPolicy are forbidden.")
    }
    errors.add(
      TemplateValidation.immutable(
        new.volumeBindingMode, old.volumeBindingMode, at: FieldPath("volumeBindingMode")))
    return errors.all
  }
}
