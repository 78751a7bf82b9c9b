import KubeModel

/// What the server does to a Secret.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/apis/core/v1/conversion.go`,
/// `pkg/registry/core/secret/strategy.go` and `pkg/apis/core/validation` (v1.36).
public struct SecretRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout Secret) {
    if object.type.isEmpty { object.type = "Opaque" }
    // Plain text is an easier way to write data, and is never stored.
    guard !object.stringData.isEmpty else { return }
    for (key, text) in object.stringData { object.data[key] = Base64.encoded(text) }
    object.stringData = [:]
  }

  public func validate(_ object: Secret) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    let data = FieldPath("data")
    var size = 0
    for (key, value) in object.data {
      errors.invalid(data.key(key), key, NameFormat.configKey(key))
      size += Base64.size(of: value)
    }
    if size > ConfigMapRules.sizeLimit {
      errors.tooLong(data, limit: ConfigMapRules.sizeLimit)
    }
    for key in missingKeys(of: object) { errors.required(data.key(key)) }
    let account = "kubernetes.io/service-account.name"
    if object.type == "kubernetes.io/service-account-token",
      object.metadata.annotations[account]?.isEmpty ?? true
    {
      errors.required(FieldPath("metadata").child("annotations").key(account))
    }
    return errors.all
  }

  /// What a secret of its type must hold and does not.
  private func missingKeys(of object: Secret) -> [String] {
    let data = object.data
    switch object.type {
    case "kubernetes.io/dockercfg": return data[".dockercfg"] == nil ? [".dockercfg"] : []
    case "kubernetes.io/dockerconfigjson":
      return data[".dockerconfigjson"] == nil ? [".dockerconfigjson"] : []
    case "kubernetes.io/basic-auth":
      let keys = ["username", "password"]
      return keys.allSatisfy { data[$0] == nil } ? keys : []
    case "kubernetes.io/ssh-auth":
      return data["ssh-privatekey"]?.isEmpty ?? true ? ["ssh-privatekey"] : []
    case "kubernetes.io/tls": return ["tls.crt", "tls.key"].filter { data[$0] == nil }
    default: return []
    }
  }

  public func validateUpdate(_ new: Secret, from old: Secret) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(TemplateValidation.immutable(new.type, old.type, at: FieldPath("type")))
    if old.immutable == true {
      let reason = "field is immutable when `immutable` is set"
      if new.immutable != true { errors.forbidden(FieldPath("immutable"), reason) }
      if new.data != old.data { errors.forbidden(FieldPath("data"), reason) }
    }
    errors.add(validate(new))
    return errors.all
  }
}
