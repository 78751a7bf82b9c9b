/// A disk reached by iSCSI.
///
/// Follows `core/v1 ISCSIPersistentVolumeSource`.
public struct ISCSIPersistentVolumeSource: APIValue {
  /// Address and port of the target.
  public var targetPortal = ""
  /// The target's name.
  public var iqn = ""
  /// The number of the disk in the target.
  public var lun: Int32 = 0
  /// `default` by default.
  public var iscsiInterface = ""
  public var fsType = ""
  public var readOnly = false
  /// Further portals of the same target.
  public var portals: [String] = []
  public var chapAuthDiscovery = false
  public var chapAuthSession = false
  public var secretRef: SecretReference?
  public var initiatorName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("targetPortal", &targetPortal, .always)
    fields.field("iqn", &iqn, .always)
    fields.field("lun", &lun, .always)
    fields.field("iscsiInterface", &iscsiInterface)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("portals", &portals)
    fields.field("chapAuthDiscovery", &chapAuthDiscovery)
    fields.field("chapAuthSession", &chapAuthSession)
    fields.field("secretRef", &secretRef)
    fields.field("initiatorName", &initiatorName)
  }
}

/// A volume of an executable driver; deprecated.
///
/// Follows `core/v1 FlexPersistentVolumeSource`.
public struct FlexPersistentVolumeSource: APIValue {
  public var driver = ""
  public var fsType = ""
  public var secretRef: SecretReference?
  public var readOnly = false
  /// What the driver is told.
  public var options: StringMap<String> = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("driver", &driver, .always)
    fields.field("fsType", &fsType)
    fields.field("secretRef", &secretRef)
    fields.field("readOnly", &readOnly)
    fields.field("options", &options)
  }
}

/// A file share of Azure.
///
/// Follows `core/v1 AzureFilePersistentVolumeSource`.
public struct AzureFilePersistentVolumeSource: APIValue {
  /// The secret with the account's name and key.
  public var secretName = ""
  public var shareName = ""
  public var readOnly = false
  /// Where the secret is; the claim's namespace by default.
  public var secretNamespace: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("secretName", &secretName, .always)
    fields.field("shareName", &shareName, .always)
    fields.field("readOnly", &readOnly)
    fields.field("secretNamespace", &secretNamespace, .always)
  }
}

/// A volume of ScaleIO.
///
/// Follows `core/v1 ScaleIOPersistentVolumeSource`.
public struct ScaleIOPersistentVolumeSource: APIValue {
  public var gateway = ""
  public var system = ""
  public var secretRef: SecretReference?
  public var sslEnabled = false
  public var protectionDomain = ""
  public var storagePool = ""
  /// `ThinProvisioned` by default.
  public var storageMode = ""
  public var volumeName = ""
  /// `xfs` by default.
  public var fsType = ""
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("gateway", &gateway, .always)
    fields.field("system", &system, .always)
    fields.field("secretRef", &secretRef, .always)
    fields.field("sslEnabled", &sslEnabled)
    fields.field("protectionDomain", &protectionDomain)
    fields.field("storagePool", &storagePool)
    fields.field("storageMode", &storageMode)
    fields.field("volumeName", &volumeName)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
  }
}

/// A volume of StorageOS.
///
/// Follows `core/v1 StorageOSPersistentVolumeSource`.
public struct StorageOSPersistentVolumeSource: APIValue {
  public var volumeName = ""
  public var volumeNamespace = ""
  public var fsType = ""
  public var readOnly = false
  public var secretRef: ObjectReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeName", &volumeName)
    fields.field("volumeNamespace", &volumeNamespace)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("secretRef", &secretRef)
  }
}
