/// The keys of a Secret as files.
///
/// Follows `core/v1 SecretVolumeSource`.
public struct SecretVolumeSource: APIValue {
  /// The Secret.
  public var secretName = ""
  /// The keys and their files; empty for all keys.
  public var items: [KeyToPath] = []
  /// Permission bits of the files; 0644 unless set.
  public var defaultMode: Int32?
  /// True when the Secret or its keys may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("secretName", &secretName)
    fields.field("items", &items)
    fields.field("defaultMode", &defaultMode)
    fields.field("optional", &optional)
  }
}

/// The keys of a ConfigMap as files.
///
/// Follows `core/v1 ConfigMapVolumeSource`.
public struct ConfigMapVolumeSource: APIValue {
  /// The ConfigMap.
  public var name = ""
  /// The keys and their files; empty for all keys.
  public var items: [KeyToPath] = []
  /// Permission bits of the files; 0644 unless set.
  public var defaultMode: Int32?
  /// True when the ConfigMap or its keys may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("items", &items)
    fields.field("defaultMode", &defaultMode)
    fields.field("optional", &optional)
  }
}

/// A key and the file that it becomes.
///
/// Follows `core/v1 KeyToPath`.
public struct KeyToPath: APIValue {
  public var key = ""
  /// Where in the volume.
  public var path = ""
  /// Permission bits; the volume's own unless set.
  public var mode: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key, .always)
    fields.field("path", &path, .always)
    fields.field("mode", &mode)
  }
}

/// Fields of the pod as files.
///
/// Follows `core/v1 DownwardAPIVolumeSource`.
public struct DownwardAPIVolumeSource: APIValue {
  /// The files.
  public var items: [DownwardAPIVolumeFile] = []
  /// Permission bits of the files; 0644 unless set.
  public var defaultMode: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("items", &items)
    fields.field("defaultMode", &defaultMode)
  }
}

/// A file with a field of the pod or a resource of a container.
///
/// Follows `core/v1 DownwardAPIVolumeFile`.
public struct DownwardAPIVolumeFile: APIValue {
  /// Where in the volume.
  public var path = ""
  /// The field.
  public var fieldRef: ObjectFieldSelector?
  /// The resource.
  public var resourceFieldRef: ResourceFieldSelector?
  /// Permission bits; the volume's own unless set.
  public var mode: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("path", &path, .always)
    fields.field("fieldRef", &fieldRef)
    fields.field("resourceFieldRef", &resourceFieldRef)
    fields.field("mode", &mode)
  }
}
