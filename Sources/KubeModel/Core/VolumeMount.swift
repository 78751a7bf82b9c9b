/// A volume mounted into a container.
///
/// Follows `core/v1 VolumeMount`.
public struct VolumeMount: APIValue {
  /// The volume.
  public var name = ""
  /// True to forbid writing.
  public var readOnly = false
  /// Whether mounts below are read-only too.
  public var recursiveReadOnly: RecursiveReadOnlyMode?
  /// Where in the container.
  public var mountPath = ""
  /// The part of the volume that is mounted; empty for all of it.
  public var subPath = ""
  /// Whether mounts pass between node and container; `None` unless set.
  public var mountPropagation: MountPropagationMode?
  /// Like `subPath`, with `$(NAME)` standing for environment variables.
  public var subPathExpr = ""

  /// Nothing set.
  public init() {}

  /// A volume at a path.
  public init(name: String, mountPath: String) {
    self.name = name
    self.mountPath = mountPath
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("readOnly", &readOnly)
    fields.field("recursiveReadOnly", &recursiveReadOnly)
    fields.field("mountPath", &mountPath, .always)
    fields.field("subPath", &subPath)
    fields.field("mountPropagation", &mountPropagation)
    fields.field("subPathExpr", &subPathExpr)
  }
}

/// A volume handed to a container as a block device.
///
/// Follows `core/v1 VolumeDevice`.
public struct VolumeDevice: APIValue {
  /// The volume, a PersistentVolumeClaim.
  public var name = ""
  /// Where in the container.
  public var devicePath = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("devicePath", &devicePath, .always)
  }
}

/// Whether mounts pass between node and container.
///
/// Follows `core/v1 MountPropagationMode`.
public struct MountPropagationMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let none = Self(rawValue: "None")
  public static let hostToContainer = Self(rawValue: "HostToContainer")
  public static let bidirectional = Self(rawValue: "Bidirectional")
}

/// Whether mounts below a read-only mount are read-only too.
///
/// Follows `core/v1 RecursiveReadOnlyMode`.
public struct RecursiveReadOnlyMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let disabled = Self(rawValue: "Disabled")
  public static let ifPossible = Self(rawValue: "IfPossible")
  public static let enabled = Self(rawValue: "Enabled")
}
