/// The storage drivers on a node; it has the node's name.
///
/// Follows `storage.k8s.io/v1 CSINode`.
public struct CSINode: APIObject {
  public static let resource = APIResource(
    "storage.k8s.io/v1", "CSINode", "csinodes", namespaced: false)

  public var metadata = ObjectMeta()
  @Indirect public var spec = CSINodeSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// The storage drivers on a node.
///
/// Follows `storage.k8s.io/v1 CSINodeSpec`.
public struct CSINodeSpec: APIValue {
  public var drivers: [CSINodeDriver] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("drivers", &drivers, .always, merge: .byKey("name"))
  }
}

/// One storage driver on a node.
///
/// Follows `storage.k8s.io/v1 CSINodeDriver`.
public struct CSINodeDriver: APIValue {
  public var name = ""
  /// What the driver calls the node.
  public var nodeID = ""
  /// The node labels that tell where its volumes can be reached.
  public var topologyKeys: [String] = []
  /// How many of its volumes fit on the node.
  public var allocatable: VolumeNodeResources?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("nodeID", &nodeID, .always)
    fields.field("topologyKeys", &topologyKeys, .always)
    fields.field("allocatable", &allocatable)
  }
}

/// How many volumes of a driver fit on a node.
///
/// Follows `storage.k8s.io/v1 VolumeNodeResources`.
public struct VolumeNodeResources: APIValue {
  /// Nil for no bound.
  public var count: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("count", &count)
  }
}
