/// How far a volume has come.
///
/// Follows `core/v1 PersistentVolumePhase`.
public struct PersistentVolumePhase: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// It is not ready.
  public static let pending = Self(rawValue: "Pending")
  /// No claim has it yet.
  public static let available = Self(rawValue: "Available")
  /// A claim has it.
  public static let bound = Self(rawValue: "Bound")
  /// Its claim is gone, and it was not cleaned up yet.
  public static let released = Self(rawValue: "Released")
  /// Cleaning it up went wrong.
  public static let failed = Self(rawValue: "Failed")
}

/// What becomes of a volume once its claim is gone.
///
/// Follows `core/v1 PersistentVolumeReclaimPolicy`.
public struct PersistentVolumeReclaimPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// It is wiped and offered again; deprecated.
  public static let recycle = Self(rawValue: "Recycle")
  /// It is deleted; the default of volumes that a class made.
  public static let delete = Self(rawValue: "Delete")
  /// It is left as it is; the default of volumes made by hand.
  public static let retain = Self(rawValue: "Retain")
}

/// What a container sees of a volume.
///
/// Follows `core/v1 PersistentVolumeMode`.
public struct PersistentVolumeMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A raw device.
  public static let block = Self(rawValue: "Block")
  /// A directory.
  public static let filesystem = Self(rawValue: "Filesystem")
}

/// A way in which a volume can be mounted.
///
/// Follows `core/v1 PersistentVolumeAccessMode`.
public struct PersistentVolumeAccessMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Read and write, on one node.
  public static let readWriteOnce = Self(rawValue: "ReadWriteOnce")
  /// Read only, on many nodes.
  public static let readOnlyMany = Self(rawValue: "ReadOnlyMany")
  /// Read and write, on many nodes.
  public static let readWriteMany = Self(rawValue: "ReadWriteMany")
  /// Read and write, by one pod.
  public static let readWriteOncePod = Self(rawValue: "ReadWriteOncePod")
}
