/// A disk of Google Compute Engine.
///
/// Follows `core/v1 GCEPersistentDiskVolumeSource`.
public struct GCEPersistentDiskVolumeSource: APIValue {
  /// The disk.
  public var pdName = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// The partition; 0 for the whole disk.
  public var partition: Int32 = 0
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("pdName", &pdName, .always)
    fields.field("fsType", &fsType)
    fields.field("partition", &partition)
    fields.field("readOnly", &readOnly)
  }
}

/// A disk of AWS Elastic Block Store.
///
/// Follows `core/v1 AWSElasticBlockStoreVolumeSource`.
public struct AWSElasticBlockStoreVolumeSource: APIValue {
  /// The disk.
  public var volumeID = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// The partition; 0 for the whole disk.
  public var partition: Int32 = 0
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeID", &volumeID, .always)
    fields.field("fsType", &fsType)
    fields.field("partition", &partition)
    fields.field("readOnly", &readOnly)
  }
}

/// A share of Azure Files.
///
/// Follows `core/v1 AzureFileVolumeSource`.
public struct AzureFileVolumeSource: APIValue {
  /// The Secret with account and key.
  public var secretName = ""
  /// The share.
  public var shareName = ""
  /// True to forbid writing.
  public var readOnly = false

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("secretName", &secretName, .always)
    fields.field("shareName", &shareName, .always)
    fields.field("readOnly", &readOnly)
  }
}

/// A disk of Azure.
///
/// Follows `core/v1 AzureDiskVolumeSource`.
public struct AzureDiskVolumeSource: APIValue {
  /// The disk.
  public var diskName = ""
  /// Its address.
  public var diskURI = ""
  /// What the node caches; `ReadWrite` unless set.
  public var cachingMode: AzureDataDiskCachingMode?
  /// The file system; `ext4` unless set.
  public var fsType: String?
  /// True to forbid writing.
  public var readOnly: Bool?
  /// What sort of disk; `Shared` unless set.
  public var kind: AzureDataDiskKind?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("diskName", &diskName, .always)
    fields.field("diskURI", &diskURI, .always)
    fields.field("cachingMode", &cachingMode)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("kind", &kind)
  }
}

/// A disk of OpenStack Cinder.
///
/// Follows `core/v1 CinderVolumeSource`.
public struct CinderVolumeSource: APIValue {
  /// The disk.
  public var volumeID = ""
  /// The file system; `ext4` unless set.
  public var fsType = ""
  /// True to forbid writing.
  public var readOnly = false
  /// The Secret with the account of OpenStack.
  public var secretRef: LocalObjectReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumeID", &volumeID, .always)
    fields.field("fsType", &fsType)
    fields.field("readOnly", &readOnly)
    fields.field("secretRef", &secretRef)
  }
}

/// What a node caches of an Azure disk.
///
/// Follows `core/v1 AzureDataDiskCachingMode`.
public struct AzureDataDiskCachingMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let none = Self(rawValue: "None")
  public static let readOnly = Self(rawValue: "ReadOnly")
  public static let readWrite = Self(rawValue: "ReadWrite")
}

/// What sort of disk an Azure disk is.
///
/// Follows `core/v1 AzureDataDiskKind`.
public struct AzureDataDiskKind: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let shared = Self(rawValue: "Shared")
  public static let dedicated = Self(rawValue: "Dedicated")
  public static let managed = Self(rawValue: "Managed")
}
