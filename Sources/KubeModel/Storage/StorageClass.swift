/// A sort of storage, and how volumes of it are made.
///
/// Follows `storage.k8s.io/v1 StorageClass`.
public struct StorageClass: APIObject {
  public static let resource = APIResource(
    "storage.k8s.io/v1", "StorageClass", "storageclasses", short: ["sc"], namespaced: false)

  public var metadata = ObjectMeta()
  /// The driver that makes the volumes.
  public var provisioner = ""
  /// What the driver is told.
  public var parameters: StringMap<String> = [:]
  /// For the volumes it makes; `Delete` by default.
  public var reclaimPolicy: PersistentVolumeReclaimPolicy?
  /// For the volumes it makes.
  public var mountOptions: [String] = []
  /// Whether claims may grow.
  public var allowVolumeExpansion: Bool?
  /// When volumes are made; `Immediate` by default.
  public var volumeBindingMode: VolumeBindingMode?
  /// Where volumes may be made; empty for anywhere.
  public var allowedTopologies: [TopologySelectorTerm] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("provisioner", &provisioner, .always)
    fields.field("parameters", &parameters)
    fields.field("reclaimPolicy", &reclaimPolicy)
    fields.field("mountOptions", &mountOptions)
    fields.field("allowVolumeExpansion", &allowVolumeExpansion)
    fields.field("volumeBindingMode", &volumeBindingMode)
    fields.field("allowedTopologies", &allowedTopologies)
  }
}

/// When a claim gets its volume.
///
/// Follows `storage.k8s.io/v1 VolumeBindingMode`.
public struct VolumeBindingMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// As soon as it exists.
  public static let immediate = Self(rawValue: "Immediate")
  /// Once a pod that uses it was given a node.
  public static let waitForFirstConsumer = Self(rawValue: "WaitForFirstConsumer")
}

/// Labels of nodes, all of which must match.
///
/// Follows `core/v1 TopologySelectorTerm`.
public struct TopologySelectorTerm: APIValue {
  public var matchLabelExpressions: [TopologySelectorLabelRequirement] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("matchLabelExpressions", &matchLabelExpressions)
  }
}

/// A label of a node with the values it may have.
///
/// Follows `core/v1 TopologySelectorLabelRequirement`.
public struct TopologySelectorLabelRequirement: APIValue {
  public var key = ""
  public var values: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key, .always)
    fields.field("values", &values, .always)
  }
}
