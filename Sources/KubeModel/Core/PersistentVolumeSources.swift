/// A disk or directory of one node.
///
/// Follows `core/v1 LocalVolumeSource`.
public struct LocalVolumeSource: APIValue {
  /// Where the node has it.
  public var path = ""
  /// The file system to make on a raw device.
  public var fsType: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("path", &path, .always)
    fields.field("fsType", &fsType)
  }
}

/// Storage that a driver provides.
///
/// Follows `core/v1 CSIPersistentVolumeSource`.
public struct CSIPersistentVolumeSource: APIValue {
  /// The driver's name.
  public var driver = ""
  /// What the driver calls the volume.
  public var volumeHandle = ""
  public var readOnly = false
  public var fsType = ""
  /// What the driver noted when it made the volume.
  public var volumeAttributes: StringMap<String> = [:]
  public var controllerPublishSecretRef: SecretReference?
  public var nodeStageSecretRef: SecretReference?
  public var nodePublishSecretRef: SecretReference?
  public var controllerExpandSecretRef: SecretReference?
  public var nodeExpandSecretRef: SecretReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("driver", &driver, .always)
    fields.field("volumeHandle", &volumeHandle, .always)
    fields.field("readOnly", &readOnly)
    fields.field("fsType", &fsType)
    fields.field("volumeAttributes", &volumeAttributes)
    fields.field("controllerPublishSecretRef", &controllerPublishSecretRef)
    fields.field("nodeStageSecretRef", &nodeStageSecretRef)
    fields.field("nodePublishSecretRef", &nodePublishSecretRef)
    fields.field("controllerExpandSecretRef", &controllerExpandSecretRef)
    fields.field("nodeExpandSecretRef", &nodeExpandSecretRef)
  }
}

/// A Glusterfs volume.
///
/// Follows `core/v1 GlusterfsPersistentVolumeSource`.
public struct GlusterfsPersistentVolumeSource: APIValue {
  /// The Endpoints with the servers' addresses.
  public var endpoints = ""
  public var path = ""
  public var readOnly = false
  /// Where the Endpoints are; the claim's namespace by default.
  public var endpointsNamespace: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("endpoints", &endpoints, .always)
    fields.field("path", &path, .always)
    fields.field("readOnly", &readOnly)
    fields.field("endpointsNamespace", &endpointsNamespace)
  }
}

/// A block device of Ceph.
///
/// Follows `core/v1 RBDPersistentVolumeSource`.
public struct RBDPersistentVolumeSource: APIValue {
  public var monitors: [String] = []
  public var image = ""
  public var fsType = ""
  /// `rbd` by default.
  public var pool = ""
  /// `admin` by default.
  public var user = ""
  /// `/etc/ceph/keyring` by default.
  public var keyring = ""
  public var secretRef: SecretReference?
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

/// A file system of Ceph.
///
/// Follows `core/v1 CephFSPersistentVolumeSource`.
public struct CephFSPersistentVolumeSource: APIValue {
  public var monitors: [String] = []
  /// `/` by default.
  public var path = ""
  /// `admin` by default.
  public var user = ""
  public var secretFile = ""
  public var secretRef: SecretReference?
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

/// A volume of OpenStack.
///
/// Follows `core/v1 CinderPersistentVolumeSource`.
public struct CinderPersistentVolumeSource: APIValue {
  public var volumeID = ""
  public var fsType = ""
  public var readOnly = false
  public var secretRef: SecretReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeID", &volumeID, .always)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("secretRef", &secretRef)
  }
}
