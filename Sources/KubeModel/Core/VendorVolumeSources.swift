/// A disk of vSphere.
///
/// Follows `core/v1 VsphereVirtualDiskVolumeSource`.
public struct VsphereVirtualDiskVolumeSource: APIValue {
  /// The disk's file.
  public var volumePath = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// The storage policy, by name.
  public var storagePolicyName = ""
  /// The storage policy, by number.
  public var storagePolicyID = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumePath", &volumePath, .always)
    fields.field("fsType", &fsType)
    fields.field("storagePolicyName", &storagePolicyName)
    fields.field("storagePolicyID", &storagePolicyID)
  }
}

/// A disk of the Photon Controller.
///
/// Follows `core/v1 PhotonPersistentDiskVolumeSource`.
public struct PhotonPersistentDiskVolumeSource: APIValue {
  /// The disk.
  public var pdID = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("pdID", &pdID, .always)
    fields.field("fsType", &fsType)
  }
}

/// A Portworx volume.
///
/// Follows `core/v1 PortworxVolumeSource`.
public struct PortworxVolumeSource: APIValue {
  /// The volume.
  public var volumeID = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeID", &volumeID, .always)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
  }
}

/// A ScaleIO volume.
///
/// Follows `core/v1 ScaleIOVolumeSource`.
public struct ScaleIOVolumeSource: APIValue {
  /// The address of its API.
  public var gateway = ""
  /// The storage system.
  public var system = ""
  /// The Secret with the account.
  public var secretRef: LocalObjectReference?
  /// True to talk to the gateway by TLS.
  public var sslEnabled = false
  /// The protection domain.
  public var protectionDomain = ""
  /// The storage pool.
  public var storagePool = ""
  /// `ThickProvisioned` or `ThinProvisioned`; thin unless set.
  public var storageMode = ""
  /// The volume.
  public var volumeName = ""
  /// The file system; `xfs` unless set.
  public var fsType = ""
  /// True to forbid writing.
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

/// A StorageOS volume.
///
/// Follows `core/v1 StorageOSVolumeSource`.
public struct StorageOSVolumeSource: APIValue {
  /// The volume.
  public var volumeName = ""
  /// Its namespace within StorageOS; the pod's unless set.
  public var volumeNamespace = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// True to forbid writing.
  public var readOnly = false
  /// The Secret with the account.
  public var secretRef: LocalObjectReference?

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
