/// A machine that runs pods.
///
/// Follows `core/v1 Node`.
public struct Node: APIObject {
  public static let resource = APIResource("v1", "Node", "nodes", short: ["no"], namespaced: false)

  public var metadata = ObjectMeta()
  /// What its owner wants of it: whether it takes pods, and its taints.
  @Indirect public var spec = NodeSpec()
  /// What its kubelet reports.
  @Indirect public var status = NodeStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What the owner of a node wants of it.
///
/// Follows `core/v1 NodeSpec`.
public struct NodeSpec: APIValue {
  /// The range from which pods on the node get their addresses.
  public var podCIDR = ""
  /// The same ranges, one for each address family; the first equals `podCIDR`.
  public var podCIDRs: [String] = []
  /// The name the cloud has for the machine, as `aws:///eu-west-1a/i-0abc`.
  public var providerID = ""
  /// True while the node takes no new pods (cordoned).
  public var unschedulable = false
  /// What keeps pods without a matching toleration away.
  public var taints: [Taint] = []
  /// Where the kubelet once read its configuration; no longer in use.
  public var configSource: NodeConfigSource?
  /// An identifier of old kubelets; no longer in use.
  public var externalID = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("podCIDR", &podCIDR)
    fields.field("podCIDRs", &podCIDRs, merge: .union)
    fields.field("providerID", &providerID)
    fields.field("unschedulable", &unschedulable)
    fields.field("taints", &taints)
    fields.field("configSource", &configSource)
    fields.field("externalID", &externalID)
  }
}

/// What the kubelet, and the controllers that watch it, report of a node.
///
/// Follows `core/v1 NodeStatus`.
public struct NodeStatus: APIValue {
  /// All that the machine has.
  public var capacity: ResourceList = [:]
  /// The part of `capacity` that pods may use.
  public var allocatable: ResourceList = [:]
  /// No longer filled in.
  public var phase: NodePhase = ""
  /// What is known of the node's health.
  public var conditions: [NodeCondition] = []
  /// How the node is reached.
  public var addresses: [NodeAddress] = []
  /// The ports on which the node's agents listen.
  public var daemonEndpoints = NodeDaemonEndpoints()
  /// What machine and software it is.
  public var nodeInfo = NodeSystemInfo()
  /// Images that are on the node's disk.
  public var images: [ContainerImage] = []
  /// Unique names of attachable volumes that are mounted.
  public var volumesInUse: [String] = []
  /// Volumes that are attached to the node.
  public var volumesAttached: [AttachedVolume] = []
  /// Which configuration the kubelet runs with; no longer in use.
  public var config: NodeConfigStatus?
  /// The handlers that the container runtime offers.
  public var runtimeHandlers: [NodeRuntimeHandler] = []
  /// What the container runtime can do.
  public var features: NodeFeatures?
  /// Names of features that the kubelet says it has.
  public var declaredFeatures: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("capacity", &capacity)
    fields.field("allocatable", &allocatable)
    fields.field("phase", &phase)
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("addresses", &addresses, merge: .byKey("type"))
    fields.field("daemonEndpoints", &daemonEndpoints, .always)
    fields.field("nodeInfo", &nodeInfo, .always)
    fields.field("images", &images)
    fields.field("volumesInUse", &volumesInUse)
    fields.field("volumesAttached", &volumesAttached)
    fields.field("config", &config)
    fields.field("runtimeHandlers", &runtimeHandlers)
    fields.field("features", &features)
    fields.field("declaredFeatures", &declaredFeatures)
  }
}

extension NodeStatus {
  /// The condition of a type, if it is reported.
  public func condition(_ type: NodeConditionType) -> NodeCondition? {
    conditions.first { $0.type == type }
  }
}

extension Node {
  /// True when the node reports itself ready.
  public var isReady: Bool { status.condition(.ready)?.status == .true }
}
