/// A file or directory of the node.
///
/// Follows `core/v1 HostPathVolumeSource`.
public struct HostPathVolumeSource: APIValue {
  /// Where on the node.
  public var path = ""
  /// What must be there; nil or empty for no check.
  public var type: HostPathType?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("path", &path, .always)
    fields.field("type", &type)
  }
}

/// A directory that begins empty and goes with the pod.
///
/// Follows `core/v1 EmptyDirVolumeSource`.
public struct EmptyDirVolumeSource: APIValue {
  /// What it lies on; empty for the node's disk.
  public var medium: StorageMedium = ""
  /// The most it may hold; nil for no limit.
  public var sizeLimit: Quantity?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("medium", &medium)
    fields.field("sizeLimit", &sizeLimit)
  }
}

/// A clone of a git repository; no longer supported by kubelets.
///
/// Follows `core/v1 GitRepoVolumeSource`.
public struct GitRepoVolumeSource: APIValue {
  /// Its address.
  public var repository = ""
  /// The commit.
  public var revision = ""
  /// Where in the volume.
  public var directory = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("repository", &repository, .always)
    fields.field("revision", &revision)
    fields.field("directory", &directory)
  }
}

/// The files of an image, read-only.
///
/// Follows `core/v1 ImageVolumeSource`.
public struct ImageVolumeSource: APIValue {
  /// The image.
  public var reference = ""
  /// When it is pulled.
  public var pullPolicy: PullPolicy = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("reference", &reference)
    fields.field("pullPolicy", &pullPolicy)
  }
}

/// What must be at a path of the node.
///
/// Follows `core/v1 HostPathType`.
public struct HostPathType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let unset = Self(rawValue: "")
  public static let directoryOrCreate = Self(rawValue: "DirectoryOrCreate")
  public static let directory = Self(rawValue: "Directory")
  public static let fileOrCreate = Self(rawValue: "FileOrCreate")
  public static let file = Self(rawValue: "File")
  public static let socket = Self(rawValue: "Socket")
  public static let charDevice = Self(rawValue: "CharDevice")
  public static let blockDevice = Self(rawValue: "BlockDevice")
}

/// What an empty directory lies on; `HugePages-2Mi` and the like name a page size.
///
/// Follows `core/v1 StorageMedium`.
public struct StorageMedium: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `default` = Self(rawValue: "")
  public static let memory = Self(rawValue: "Memory")
  public static let hugePages = Self(rawValue: "HugePages")
}
