import KubeModel

/// What the server does to a ConfigMap.
///
/// Follows `pkg/registry/core/configmap/strategy.go` and `pkg/apis/core/validation` (v1.36).
public struct ConfigMapRules: KindRules {
  public init() {}

  static let sizeLimit = 1024 * 1024

  public func validate(_ object: ConfigMap) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    var size = 0
    for (key, value) in object.data {
      let place = FieldPath("data").key(key)
      errors.invalid(place, key, NameFormat.configKey(key))
      if object.binaryData[key] != nil {
        errors.invalid(place, key, "duplicate of key present in binaryData")
      }
      size += value.utf8.count
    }
    for (key, value) in object.binaryData {
      errors.invalid(FieldPath("binaryData").key(key), key, NameFormat.configKey(key))
      size += Base64.size(of: value)
    }
    if size > Self.sizeLimit { errors.tooLong(FieldPath(""), limit: Self.sizeLimit) }
    return errors.all
  }

  public func validateUpdate(_ new: ConfigMap, from old: ConfigMap) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    if old.immutable == true {
      let reason = "field is immutable when `immutable` is set"
      if new.immutable != true { errors.forbidden(FieldPath("immutable"), reason) }
      if new.data != old.data { errors.forbidden(FieldPath("data"), reason) }
      if new.binaryData != old.binaryData { errors.forbidden(FieldPath("binaryData"), reason) }
    }
    errors.add(validate(new))
    return errors.all
  }
}
