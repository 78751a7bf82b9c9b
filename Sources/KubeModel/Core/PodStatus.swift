/// What is known of a pod: how far it is, its addresses, the states of its containers.
///
/// Follows `core/v1 PodStatus`.
public struct PodStatus: APIValue {
  /// The generation of the spec that this status is about.
  public var observedGeneration: Int64 = 0
  /// How far the pod is in its life.
  public var phase: PodPhase = ""
  /// What is true of the pod: scheduled, initialized, ready and so on.
  public var conditions: [PodCondition] = []
  /// Why it is in this state, for people.
  public var message = ""
  /// Why it is in this state, in one word, such as `Evicted`.
  public var reason = ""
  /// The node that preemption is clearing for the pod, or that it is about to be bound to.
  public var nominatedNodeName = ""
  /// The address of the node.
  public var hostIP = ""
  /// All addresses of the node, the first being `hostIP`.
  public var hostIPs: [HostIP] = []
  /// The pod's address.
  public var podIP = ""
  /// All addresses of the pod, at most one a family, the first being `podIP`.
  public var podIPs: [PodIP] = []
  /// When the kubelet took the pod on, before it pulled images.
  public var startTime: Timestamp?
  /// The states of the init containers.
  public var initContainerStatuses: [ContainerStatus] = []
  /// The states of the containers.
  public var containerStatuses: [ContainerStatus] = []
  /// How early the pod is evicted when its node runs short; follows from its resources.
  public var qosClass: PodQOSClass = ""
  /// The states of the ephemeral containers.
  public var ephemeralContainerStatuses: [ContainerStatus] = []
  /// The old form of the resize conditions.
  public var resize: PodResizeStatus = ""
  /// Claims made from templates.
  public var resourceClaimStatuses: [PodResourceClaimStatus] = []
  /// The claim made for extended resources that devices provide.
  @Boxed public var extendedResourceClaimStatus: PodExtendedResourceClaimStatus?
  /// What the node has set aside for the pod as a whole.
  public var allocatedResources: ResourceList = [:]
  /// The requests and limits in force for the pod as a whole.
  @Boxed public var resources: ResourceRequirements?
  /// What claims take of the node's own resources.
  public var nodeAllocatableResourceClaimStatuses: [NodeAllocatableResourceClaimStatus] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("observedGeneration", &observedGeneration)
    fields.field("phase", &phase)
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("message", &message)
    fields.field("reason", &reason)
    fields.field("nominatedNodeName", &nominatedNodeName)
    fields.field("hostIP", &hostIP)
    fields.field("hostIPs", &hostIPs, merge: .byKey("ip"))
    fields.field("podIP", &podIP)
    fields.field("podIPs", &podIPs, merge: .byKey("ip"))
    fields.field("startTime", &startTime)
    fields.field("initContainerStatuses", &initContainerStatuses)
    fields.field("containerStatuses", &containerStatuses)
    fields.field("qosClass", &qosClass)
    fields.field("ephemeralContainerStatuses", &ephemeralContainerStatuses)
    fields.field("resize", &resize)
    fields.field("resourceClaimStatuses", &resourceClaimStatuses, merge: .byKey("name"))
    fields.field("extendedResourceClaimStatus", &extendedResourceClaimStatus)
    fields.field("allocatedResources", &allocatedResources)
    fields.field("resources", &resources)
    fields.field("nodeAllocatableResourceClaimStatuses", &nodeAllocatableResourceClaimStatuses)
  }
}

extension PodStatus {
  /// The condition of a type, if there is one.
  public func condition(_ type: PodConditionType) -> PodCondition? {
    conditions.index(of: type).map { conditions[$0] }
  }
}

// On the array, not on the status: to be asked, a whole value is copied out of its storage.
extension [PodCondition] {
  /// What a condition says; nil when it is not there.
  @inlinable public func status(of type: PodConditionType) -> ConditionStatus? {
    index(of: type).map { self[$0].status }
  }

  /// The place of the condition of a type, if there is one.
  @inlinable public func index(of type: PodConditionType) -> Int? {
    for index in indices where self[index].type == type { return index }
    return nil
  }
}

extension [ContainerStatus] {
  /// The place of the status of a container, if there is one.
  @inlinable public func index(of container: String) -> Int? {
    for index in indices where self[index].name == container { return index }
    return nil
  }
}

/// An address of a pod's node.
///
/// Follows `core/v1 HostIP`.
public struct HostIP: APIValue {
  /// The address.
  public var ip = ""

  /// Nothing set.
  public init() {}

  /// An address.
  public init(ip: String) { self.ip = ip }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ip", &ip, .always)
  }
}

/// An address of a pod.
///
/// Follows `core/v1 PodIP`.
public struct PodIP: APIValue {
  /// The address.
  public var ip = ""

  /// Nothing set.
  public init() {}

  /// An address.
  public init(ip: String) { self.ip = ip }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ip", &ip, .always)
  }
}

/// How far a pod is in its life.
///
/// Follows `core/v1 PodPhase`.
public struct PodPhase: APIStringEnum {
  public var rawValue: String
  @inlinable public init(rawValue: String) { self.rawValue = rawValue }

  // Short texts are compared as two words of the code, without a look at storage.
  @inlinable public static var pending: Self { Self(rawValue: "Pending") }
  @inlinable public static var running: Self { Self(rawValue: "Running") }
  @inlinable public static var succeeded: Self { Self(rawValue: "Succeeded") }
  @inlinable public static var failed: Self { Self(rawValue: "Failed") }
  @inlinable public static var unknown: Self { Self(rawValue: "Unknown") }
}

/// How well a pod's resources are assured.
///
/// Follows `core/v1 PodQOSClass`.
public struct PodQOSClass: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let guaranteed = Self(rawValue: "Guaranteed")
  public static let burstable = Self(rawValue: "Burstable")
  public static let bestEffort = Self(rawValue: "BestEffort")
}

/// How far a change of a pod's resources is; conditions have replaced it.
///
/// Follows `core/v1 PodResizeStatus`.
public struct PodResizeStatus: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let inProgress = Self(rawValue: "InProgress")
  public static let deferred = Self(rawValue: "Deferred")
  public static let infeasible = Self(rawValue: "Infeasible")
}
