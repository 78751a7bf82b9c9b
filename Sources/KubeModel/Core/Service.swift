/// A stable name and address for a set of pods.
///
/// Follows `core/v1 Service`.
public struct Service: APIObject {
  public static let resource = APIResource("v1", "Service", "services", short: ["svc"])

  public var metadata = ObjectMeta()
  /// Which pods, and how they are reached.
  @Indirect public var spec = ServiceSpec()
  /// What a load balancer was given.
  @Indirect public var status = ServiceStatus()

  /// Nothing set.
  public init() {}

  public static var indexes: TableIndexes { [.owners, .orphans, .namespace] }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// Which pods a service stands for, and how they are reached.
///
/// Follows `core/v1 ServiceSpec`.
public struct ServiceSpec: APIValue {
  /// What the service listens on.
  public var ports: [ServicePort] = []
  /// The labels of its pods; without it somebody else writes the endpoints.
  public var selector: StringMap<String> = [:]
  /// Its address; `None` for a headless service, empty to have one given.
  public var clusterIP = ""
  /// Its addresses, one for each address family; the first equals `clusterIP`.
  public var clusterIPs: [String] = []
  /// How it can be reached; `ClusterIP` by default.
  public var type: ServiceType = ""
  /// Further addresses, routed to the nodes by others.
  public var externalIPs: [String] = []
  /// Whether a client keeps its pod; `None` by default.
  public var sessionAffinity: ServiceAffinity = ""
  /// The wanted address of the load balancer; deprecated.
  public var loadBalancerIP = ""
  /// The clients that the load balancer lets in.
  public var loadBalancerSourceRanges: [String] = []
  /// The name to which an `ExternalName` service points.
  public var externalName = ""
  /// How traffic from outside finds its pod.
  public var externalTrafficPolicy: ServiceExternalTrafficPolicy = ""
  /// Where a load balancer asks nodes whether they have ready pods.
  public var healthCheckNodePort: Int32 = 0
  /// True when pods that are not ready count as ready.
  public var publishNotReadyAddresses = false
  /// Details of `sessionAffinity`.
  public var sessionAffinityConfig: SessionAffinityConfig?
  /// The address families, in order of preference.
  public var ipFamilies: [IPFamily] = []
  /// Whether one family is enough.
  public var ipFamilyPolicy: IPFamilyPolicy?
  /// Whether a `LoadBalancer` service gets node ports; true by default.
  public var allocateLoadBalancerNodePorts: Bool?
  /// The implementation of the load balancer.
  public var loadBalancerClass: String?
  /// How traffic from inside finds its pod.
  public var internalTrafficPolicy: ServiceInternalTrafficPolicy?
  /// Which endpoints are preferred, as `PreferSameZone`.
  public var trafficDistribution: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ports", &ports, merge: .byKey("port"))
    fields.field("selector", &selector)
    fields.field("clusterIP", &clusterIP)
    fields.field("clusterIPs", &clusterIPs)
    fields.field("type", &type)
    fields.field("externalIPs", &externalIPs)
    fields.field("sessionAffinity", &sessionAffinity)
    fields.field("loadBalancerIP", &loadBalancerIP)
    fields.field("loadBalancerSourceRanges", &loadBalancerSourceRanges)
    fields.field("externalName", &externalName)
    fields.field("externalTrafficPolicy", &externalTrafficPolicy)
    fields.field("healthCheckNodePort", &healthCheckNodePort)
    fields.field("publishNotReadyAddresses", &publishNotReadyAddresses)
    fields.field("sessionAffinityConfig", &sessionAffinityConfig)
    fields.field("ipFamilies", &ipFamilies)
    fields.field("ipFamilyPolicy", &ipFamilyPolicy)
    fields.field("allocateLoadBalancerNodePorts", &allocateLoadBalancerNodePorts)
    fields.field("loadBalancerClass", &loadBalancerClass)
    fields.field("internalTrafficPolicy", &internalTrafficPolicy)
    fields.field("trafficDistribution", &trafficDistribution)
  }
}

/// One port of a service.
///
/// Follows `core/v1 ServicePort`.
public struct ServicePort: APIValue {
  /// Needed when there are several.
  public var name = ""
  /// `TCP` by default.
  public var `protocol`: NetworkProtocol = ""
  /// What is spoken there, as `http` or `kubernetes.io/h2c`.
  public var appProtocol: String?
  /// The service's own port.
  public var port: Int32 = 0
  /// The number or name of the pods' port; equals `port` by default.
  public var targetPort: IntOrString = 0
  /// The port on every node; 0 for none.
  public var nodePort: Int32 = 0

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("protocol", &`protocol`)
    fields.field("appProtocol", &appProtocol)
    fields.field("port", &port, .always)
    fields.field("targetPort", &targetPort, .always)
    fields.field("nodePort", &nodePort)
  }
}

/// What the outside made of a service.
///
/// Follows `core/v1 ServiceStatus`.
public struct ServiceStatus: APIValue {
  /// Where the load balancer is reached.
  public var loadBalancer = LoadBalancerStatus()
  public var conditions: [Condition] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("loadBalancer", &loadBalancer, .always)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}
