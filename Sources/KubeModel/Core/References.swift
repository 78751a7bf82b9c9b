/// An object of a known kind in the same namespace, by name.
///
/// Follows `core/v1 LocalObjectReference`.
public struct LocalObjectReference: APIValue {
  public var name = ""

  /// Nothing set.
  public init() {}

  /// An object of this name.
  public init(name: String) { self.name = name }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
  }
}

/// A Secret in any namespace.
///
/// Follows `core/v1 SecretReference`.
public struct SecretReference: APIValue {
  public var name = ""
  public var namespace = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("namespace", &namespace)
  }
}

/// Any object; the fields that matter depend on the use.
///
/// Follows `core/v1 ObjectReference`.
public struct ObjectReference: APIValue {
  public var kind = ""
  public var namespace = ""
  public var name = ""
  public var uid = UID()
  public var apiVersion = ""
  /// The version that is meant; empty for any.
  public var resourceVersion = ""
  /// A part of the object, as `spec.containers{web}`.
  public var fieldPath = ""

  /// Nothing set.
  public init() {}

  /// A reference to an object as it is now, or to a part of it (`spec.containers{app}`).
  @inlinable public init<Object: APIObject>(to object: Object, fieldPath: String = "") {
    let resource = Object.resource
    kind = resource.kind
    namespace = object.metadata.namespace
    name = object.metadata.name
    uid = object.metadata.uid
    apiVersion = resource.apiVersion
    resourceVersion = object.metadata.resourceVersion.description
    self.fieldPath = fieldPath
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("kind", &kind)
    fields.field("namespace", &namespace)
    fields.field("name", &name)
    fields.field("uid", &uid)
    fields.field("apiVersion", &apiVersion)
    fields.field("resourceVersion", &resourceVersion)
    fields.field("fieldPath", &fieldPath)
  }
}

/// An object of any kind in the same namespace.
///
/// Follows `core/v1 TypedLocalObjectReference`.
public struct TypedLocalObjectReference: APIValue {
  /// The group; nil for the core group.
  public var apiGroup: String?
  public var kind = ""
  public var name = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("apiGroup", &apiGroup, .always)
    fields.field("kind", &kind, .always)
    fields.field("name", &name, .always)
  }
}

/// An object of any kind in any namespace.
///
/// Follows `core/v1 TypedObjectReference`.
public struct TypedObjectReference: APIValue {
  /// The group; nil for the core group.
  public var apiGroup: String?
  public var kind = ""
  public var name = ""
  /// Nil for the same namespace.
  public var namespace: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("apiGroup", &apiGroup, .always)
    fields.field("kind", &kind, .always)
    fields.field("name", &name, .always)
    fields.field("namespace", &namespace)
  }
}

/// A field of the pod, for environment variables and files.
///
/// Follows `core/v1 ObjectFieldSelector`.
public struct ObjectFieldSelector: APIValue {
  /// The version in whose terms the path is; `v1` unless set.
  public var apiVersion = ""
  /// Such as `metadata.name` or `status.podIP`.
  public var fieldPath = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("apiVersion", &apiVersion)
    fields.field("fieldPath", &fieldPath, .always)
  }
}

/// A resource of a container, for environment variables and files.
///
/// Follows `core/v1 ResourceFieldSelector`.
public struct ResourceFieldSelector: APIValue {
  /// The container; for environment variables the same one unless set.
  public var containerName = ""
  /// Such as `limits.cpu`.
  public var resource = ""
  /// The unit of the result; 1 unless set.
  public var divisor = Quantity()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("containerName", &containerName)
    fields.field("resource", &resource, .always)
    fields.field("divisor", &divisor, .always)
  }
}

/// A key of a ConfigMap.
///
/// Follows `core/v1 ConfigMapKeySelector`.
public struct ConfigMapKeySelector: APIValue {
  public var name = ""
  public var key = ""
  /// True when the ConfigMap or its key may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("key", &key, .always)
    fields.field("optional", &optional)
  }
}

/// A key of a Secret.
///
/// Follows `core/v1 SecretKeySelector`.
public struct SecretKeySelector: APIValue {
  public var name = ""
  public var key = ""
  /// True when the Secret or its key may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("key", &key, .always)
    fields.field("optional", &optional)
  }
}

/// A key of a file with environment variables.
///
/// Follows `core/v1 FileKeySelector`.
public struct FileKeySelector: APIValue {
  /// The volume with the file.
  public var volumeName = ""
  /// Where in the volume.
  public var path = ""
  /// The variable.
  public var key = ""
  /// True when the file or the key may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeName", &volumeName, .always)
    fields.field("path", &path, .always)
    fields.field("key", &key, .always)
    fields.field("optional", &optional)
  }
}
