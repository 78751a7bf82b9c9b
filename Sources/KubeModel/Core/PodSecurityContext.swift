/// Users, groups and kernel settings for all containers of a pod.
///
/// Follows `core/v1 PodSecurityContext`.
public struct PodSecurityContext: APIValue {
  /// The SELinux context.
  public var seLinuxOptions: SELinuxOptions?
  /// Settings of Windows.
  public var windowsOptions: WindowsSecurityContextOptions?
  /// The user's number; the image's own unless set.
  public var runAsUser: Int64?
  /// The main group's number.
  public var runAsGroup: Int64?
  /// True to refuse to start as root.
  public var runAsNonRoot: Bool?
  /// Further groups of the first process.
  public var supplementalGroups: [Int64] = []
  /// Whether the image's groups count too; `Merge` unless set.
  public var supplementalGroupsPolicy: SupplementalGroupsPolicy?
  /// The group that owns the volumes.
  public var fsGroup: Int64?
  /// Kernel parameters of the pod.
  public var sysctls: [Sysctl] = []
  /// When the group of a volume's files is changed; `Always` unless set.
  public var fsGroupChangePolicy: PodFSGroupChangePolicy?
  /// The filter of system calls.
  public var seccompProfile: SeccompProfile?
  /// The AppArmor profile.
  public var appArmorProfile: AppArmorProfile?
  /// How volumes get their SELinux label; `MountOption` where it can be.
  public var seLinuxChangePolicy: PodSELinuxChangePolicy?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("seLinuxOptions", &seLinuxOptions)
    fields.field("windowsOptions", &windowsOptions)
    fields.field("runAsUser", &runAsUser)
    fields.field("runAsGroup", &runAsGroup)
    fields.field("runAsNonRoot", &runAsNonRoot)
    fields.field("supplementalGroups", &supplementalGroups)
    fields.field("supplementalGroupsPolicy", &supplementalGroupsPolicy)
    fields.field("fsGroup", &fsGroup)
    fields.field("sysctls", &sysctls)
    fields.field("fsGroupChangePolicy", &fsGroupChangePolicy)
    fields.field("seccompProfile", &seccompProfile)
    fields.field("appArmorProfile", &appArmorProfile)
    fields.field("seLinuxChangePolicy", &seLinuxChangePolicy)
  }
}

/// A kernel parameter.
///
/// Follows `core/v1 Sysctl`.
public struct Sysctl: APIValue {
  public var name = ""
  public var value = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("value", &value, .always)
  }
}

/// When the group of a volume's files is changed.
///
/// Follows `core/v1 PodFSGroupChangePolicy`.
public struct PodFSGroupChangePolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let always = Self(rawValue: "Always")
  public static let onRootMismatch = Self(rawValue: "OnRootMismatch")
}

/// Whether groups named by the image count.
///
/// Follows `core/v1 SupplementalGroupsPolicy`.
public struct SupplementalGroupsPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let merge = Self(rawValue: "Merge")
  public static let strict = Self(rawValue: "Strict")
}

/// How volumes get their SELinux label.
///
/// Follows `core/v1 PodSELinuxChangePolicy`.
public struct PodSELinuxChangePolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let recursive = Self(rawValue: "Recursive")
  public static let mountOption = Self(rawValue: "MountOption")
}
