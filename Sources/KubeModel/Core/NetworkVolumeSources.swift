/// A directory exported by NFS.
///
/// Follows `core/v1 NFSVolumeSource`.
public struct NFSVolumeSource: APIValue {
  /// The server.
  public var server = ""
  /// What it exports.
  public var path = ""
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("server", &server, .always)
    fields.field("path", &path, .always)
    fields.field("readOnly", &readOnly)
  }
}

/// A disk reached by iSCSI.
///
/// Follows `core/v1 ISCSIVolumeSource`.
public struct ISCSIVolumeSource: APIValue {
  /// The target's address and port.
  public var targetPortal = ""
  /// The target's name.
  public var iqn = ""
  /// The disk's number.
  public var lun: Int32 = 0
  /// The initiator's interface; `default` unless set.
  public var iscsiInterface = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// True to forbid writing.
  public var readOnly = false
  /// Further addresses of the target.
  public var portals: [String] = []
  /// True when discovery needs a password.
  public var chapAuthDiscovery = false
  /// True when the session needs a password.
  public var chapAuthSession = false
  /// The Secret with the passwords.
  public var secretRef: LocalObjectReference?
  /// The initiator's own name.
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

/// A disk reached by Fibre Channel.
///
/// Follows `core/v1 FCVolumeSource`.
public struct FCVolumeSource: APIValue {
  /// World wide names of the target.
  public var targetWWNs: [String] = []
  /// The disk's number.
  public var lun: Int32?
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// True to forbid writing.
  public var readOnly = false
  /// World wide identifiers, in place of names and number.
  public var wwids: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("targetWWNs", &targetWWNs)
    fields.field("lun", &lun)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("wwids", &wwids)
  }
}

/// A GlusterFS volume.
///
/// Follows `core/v1 GlusterfsVolumeSource`.
public struct GlusterfsVolumeSource: APIValue {
  /// The Endpoints that name the servers.
  public var endpoints = ""
  /// The volume.
  public var path = ""
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("endpoints", &endpoints, .always)
    fields.field("path", &path, .always)
    fields.field("readOnly", &readOnly)
  }
}

/// A Ceph block device.
///
/// Follows `core/v1 RBDVolumeSource`.
public struct RBDVolumeSource: APIValue {
  /// Addresses of the Ceph monitors.
  public var monitors: [String] = []
  /// The image.
  public var image = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// The pool; `rbd` unless set.
  public var pool = ""
  /// The user; `admin` unless set.
  public var user = ""
  /// The key file; `/etc/ceph/keyring` unless set.
  public var keyring = ""
  /// The Secret with the key, in place of the key file.
  public var secretRef: LocalObjectReference?
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("monitors", &monitors, .always)
    fields.field("image", &image, .always)
    fields.field("fsType", &fsType)
    fields.field("pool", &pool)
    fields.field("user", &user)
    fields.field("keyring", &keyring)
    fields.field("secretRef", &secretRef)
    fields.field("readOnly", &readOnly)
  }
}

/// A directory of a Ceph file system.
///
/// Follows `core/v1 CephFSVolumeSource`.
public struct CephFSVolumeSource: APIValue {
  /// Addresses of the Ceph monitors.
  public var monitors: [String] = []
  /// The directory; `/` unless set.
  public var path = ""
  /// The user; `admin` unless set.
  public var user = ""
  /// The key file; `/etc/ceph/user.secret` unless set.
  public var secretFile = ""
  /// The Secret with the key, in place of the key file.
  public var secretRef: LocalObjectReference?
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("monitors", &monitors, .always)
    fields.field("path", &path)
    fields.field("user", &user)
    fields.field("secretFile", &secretFile)
    fields.field("secretRef", &secretRef)
    fields.field("readOnly", &readOnly)
  }
}

/// A Quobyte volume.
///
/// Follows `core/v1 QuobyteVolumeSource`.
public struct QuobyteVolumeSource: APIValue {
  /// Addresses of the registry.
  public var registry = ""
  /// The volume.
  public var volume = ""
  /// True to forbid writing.
  public var readOnly = false
  /// The user that owns new files.
  public var user = ""
  /// The group that owns new files.
  public var group = ""
  /// The tenant of the volume.
  public var tenant = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("registry", &registry, .always)
    fields.field("volume", &volume, .always)
    fields.field("readOnly", &readOnly)
    fields.field("user", &user)
    fields.field("group", &group)
    fields.field("tenant", &tenant)
  }
}

/// A Flocker data set, by one of its two names.
///
/// Follows `core/v1 FlockerVolumeSource`.
public struct FlockerVolumeSource: APIValue {
  /// Its name.
  public var datasetName = ""
  /// Its UUID.
  public var datasetUUID = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("datasetName", &datasetName)
    fields.field("datasetUUID", &datasetUUID)
  }
}
