/// Confidential data for pods, as bytes under keys.
///
/// Follows `core/v1 Secret`.
public struct Secret: APIObject {
  public static let resource = APIResource("v1", "Secret", "secrets")

  public var metadata = ObjectMeta()
  /// True when the data can no longer change.
  public var immutable: Bool?
  /// Bytes under keys, as base64 text.
  public var data: StringMap<String> = [:]
  /// Plain text that a write moves into `data`; never read back.
  public var stringData: StringMap<String> = [:]
  /// What the data is; `Opaque` by default.
  public var type: SecretType = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("immutable", &immutable)
    fields.field("data", &data)
    fields.field("stringData", &stringData)
    fields.field("type", &type)
  }
}

/// What a secret holds, and so which keys it must have.
///
/// Follows `core/v1 SecretType`.
public struct SecretType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Anything.
  public static let opaque = Self(rawValue: "Opaque")
  public static let serviceAccountToken = Self(rawValue: "kubernetes.io/service-account-token")
  public static let dockercfg = Self(rawValue: "kubernetes.io/dockercfg")
  public static let dockerConfigJson = Self(rawValue: "kubernetes.io/dockerconfigjson")
  public static let basicAuth = Self(rawValue: "kubernetes.io/basic-auth")
  public static let sshAuth = Self(rawValue: "kubernetes.io/ssh-auth")
  public static let tls = Self(rawValue: "kubernetes.io/tls")
  public static let bootstrapToken = Self(rawValue: "bootstrap.kubernetes.io/token")
}
