/// An environment variable of a container.
///
/// Follows `core/v1 EnvVar`.
public struct EnvVar: APIValue {
  public var name = ""
  /// The text, in which `$(NAME)` stands for an earlier variable.
  public var value = ""
  /// Where the value comes from, in place of `value`.
  @Boxed public var valueFrom: EnvVarSource?

  /// Nothing set.
  public init() {}

  /// A variable with a plain text.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("value", &value)
    fields.field("valueFrom", &valueFrom)
  }
}

/// Where the value of an environment variable comes from; one of the five.
///
/// Follows `core/v1 EnvVarSource`.
public struct EnvVarSource: APIValue {
  /// A field of the pod.
  public var fieldRef: ObjectFieldSelector?
  /// A resource of a container.
  public var resourceFieldRef: ResourceFieldSelector?
  /// A key of a ConfigMap.
  public var configMapKeyRef: ConfigMapKeySelector?
  /// A key of a Secret.
  public var secretKeyRef: SecretKeySelector?
  /// A key of a file in a volume.
  public var fileKeyRef: FileKeySelector?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("fieldRef", &fieldRef)
    fields.field("resourceFieldRef", &resourceFieldRef)
    fields.field("configMapKeyRef", &configMapKeyRef)
    fields.field("secretKeyRef", &secretKeyRef)
    fields.field("fileKeyRef", &fileKeyRef)
  }
}

/// A ConfigMap or Secret all of whose keys become environment variables.
///
/// Follows `core/v1 EnvFromSource`.
public struct EnvFromSource: APIValue {
  /// Put in front of each key.
  public var prefix = ""
  /// The ConfigMap.
  public var configMapRef: ConfigMapEnvSource?
  /// The Secret.
  public var secretRef: SecretEnvSource?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("prefix", &prefix)
    fields.field("configMapRef", &configMapRef)
    fields.field("secretRef", &secretRef)
  }
}

/// The ConfigMap of an `EnvFromSource`.
///
/// Follows `core/v1 ConfigMapEnvSource`.
public struct ConfigMapEnvSource: APIValue {
  public var name = ""
  /// True when the ConfigMap may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("optional", &optional)
  }
}

/// The Secret of an `EnvFromSource`.
///
/// Follows `core/v1 SecretEnvSource`.
public struct SecretEnvSource: APIValue {
  public var name = ""
  /// True when the Secret may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("optional", &optional)
  }
}
