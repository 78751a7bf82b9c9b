/// The volume bound to a PersistentVolumeClaim.
///
/// Follows `core/v1 PersistentVolumeClaimVolumeSource`.
public struct PersistentVolumeClaimVolumeSource: APIValue {
  /// The claim, in the pod's namespace.
  public var claimName = ""
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("claimName", &claimName, .always)
    fields.field("readOnly", &readOnly)
  }
}

/// A volume of the pod's own, claimed when it is made and given back with it.
///
/// Follows `core/v1 EphemeralVolumeSource`.
public struct EphemeralVolumeSource: APIValue {
  /// What the claim looks like; its name is the pod's and the volume's.
  public var volumeClaimTemplate: PersistentVolumeClaimTemplate?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeClaimTemplate", &volumeClaimTemplate)
  }
}

/// What a claim made for a pod looks like.
///
/// Follows `core/v1 PersistentVolumeClaimTemplate`.
public struct PersistentVolumeClaimTemplate: APIValue {
  /// Labels and annotations of the claim.
  public var metadata = ObjectMeta()
  /// The spec of the claim.
  public var spec = PersistentVolumeClaimSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// A volume that a storage driver makes for the pod alone.
///
/// Follows `core/v1 CSIVolumeSource`.
public struct CSIVolumeSource: APIValue {
  /// The driver's name.
  public var driver = ""
  /// True to forbid writing.
  public var readOnly: Bool?
  /// The file system; nil for the driver's choice.
  public var fsType: String?
  /// Settings for the driver.
  public var volumeAttributes: StringMap<String> = [:]
  /// The Secret handed to the driver.
  public var nodePublishSecretRef: LocalObjectReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("driver", &driver, .always)
    fields.field("readOnly", &readOnly)
    fields.field("fsType", &fsType)
    fields.field("volumeAttributes", &volumeAttributes)
    fields.field("nodePublishSecretRef", &nodePublishSecretRef)
  }
}

/// A volume that a program on the node mounts.
///
/// Follows `core/v1 FlexVolumeSource`.
public struct FlexVolumeSource: APIValue {
  /// The program's name.
  public var driver = ""
  /// The file system; empty for the program's choice.
  public var fsType = ""
  /// The Secret handed to the program.
  public var secretRef: LocalObjectReference?
  /// True to forbid writing.
  public var readOnly = false
  /// Settings for the program.
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
