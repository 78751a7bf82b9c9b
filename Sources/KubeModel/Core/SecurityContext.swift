/// Privileges of one container; what is set here wins over the pod's.
///
/// Follows `core/v1 SecurityContext`.
public struct SecurityContext: APIValue {
  /// Capabilities added and dropped.
  public var capabilities: Capabilities?
  /// True for all that root on the node may.
  public var privileged: Bool?
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
  /// True to forbid writing outside of volumes.
  public var readOnlyRootFilesystem: Bool?
  /// False to forbid more privileges than the parent process has.
  public var allowPrivilegeEscalation: Bool?
  /// How `/proc` is mounted; `Default` unless set.
  public var procMount: ProcMountType?
  /// The filter of system calls.
  public var seccompProfile: SeccompProfile?
  /// The AppArmor profile.
  public var appArmorProfile: AppArmorProfile?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("capabilities", &capabilities)
    fields.field("privileged", &privileged)
    fields.field("seLinuxOptions", &seLinuxOptions)
    fields.field("windowsOptions", &windowsOptions)
    fields.field("runAsUser", &runAsUser)
    fields.field("runAsGroup", &runAsGroup)
    fields.field("runAsNonRoot", &runAsNonRoot)
    fields.field("readOnlyRootFilesystem", &readOnlyRootFilesystem)
    fields.field("allowPrivilegeEscalation", &allowPrivilegeEscalation)
    fields.field("procMount", &procMount)
    fields.field("seccompProfile", &seccompProfile)
    fields.field("appArmorProfile", &appArmorProfile)
  }
}

/// Linux capabilities added to those of the runtime and dropped from them.
///
/// Follows `core/v1 Capabilities`.
public struct Capabilities: APIValue {
  /// Such as `NET_ADMIN`.
  public var add: [String] = []
  /// Such as `ALL`.
  public var drop: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("add", &add)
    fields.field("drop", &drop)
  }
}

/// An SELinux context.
///
/// Follows `core/v1 SELinuxOptions`.
public struct SELinuxOptions: APIValue {
  public var user = ""
  public var role = ""
  public var type = ""
  public var level = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("user", &user)
    fields.field("role", &role)
    fields.field("type", &type)
    fields.field("level", &level)
  }
}

/// Security settings of Windows.
///
/// Follows `core/v1 WindowsSecurityContextOptions`.
public struct WindowsSecurityContextOptions: APIValue {
  /// The name of the group managed service account's credentials.
  public var gmsaCredentialSpecName: String?
  /// The credentials themselves.
  public var gmsaCredentialSpec: String?
  /// The user under which the container starts.
  public var runAsUserName: String?
  /// True to run as a process of the node.
  public var hostProcess: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("gmsaCredentialSpecName", &gmsaCredentialSpecName)
    fields.field("gmsaCredentialSpec", &gmsaCredentialSpec)
    fields.field("runAsUserName", &runAsUserName)
    fields.field("hostProcess", &hostProcess)
  }
}

/// A filter of system calls.
///
/// Follows `core/v1 SeccompProfile`.
public struct SeccompProfile: APIValue {
  /// Which sort of profile.
  public var type: SeccompProfileType = ""
  /// The file on the node, for `Localhost`.
  public var localhostProfile: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("localhostProfile", &localhostProfile)
  }
}

/// An AppArmor profile.
///
/// Follows `core/v1 AppArmorProfile`.
public struct AppArmorProfile: APIValue {
  /// Which sort of profile.
  public var type: AppArmorProfileType = ""
  /// The profile loaded on the node, for `Localhost`.
  public var localhostProfile: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("localhostProfile", &localhostProfile)
  }
}

/// How `/proc` is mounted.
///
/// Follows `core/v1 ProcMountType`.
public struct ProcMountType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `default` = Self(rawValue: "Default")
  public static let unmasked = Self(rawValue: "Unmasked")
}

/// Where a filter of system calls comes from.
///
/// Follows `core/v1 SeccompProfileType`.
public struct SeccompProfileType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let unconfined = Self(rawValue: "Unconfined")
  public static let runtimeDefault = Self(rawValue: "RuntimeDefault")
  public static let localhost = Self(rawValue: "Localhost")
}

/// Where an AppArmor profile comes from.
///
/// Follows `core/v1 AppArmorProfileType`.
public struct AppArmorProfileType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let unconfined = Self(rawValue: "Unconfined")
  public static let runtimeDefault = Self(rawValue: "RuntimeDefault")
  public static let localhost = Self(rawValue: "Localhost")
}
