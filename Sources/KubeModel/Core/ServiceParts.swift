/// How a service can be reached.
///
/// Follows `core/v1 ServiceType`.
public struct ServiceType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// By an address inside the cluster.
  public static let clusterIP = Self(rawValue: "ClusterIP")
  /// Also by a port on every node.
  public static let nodePort = Self(rawValue: "NodePort")
  /// Also by a load balancer of the cloud.
  public static let loadBalancer = Self(rawValue: "LoadBalancer")
  /// It is an alias for a name outside.
  public static let externalName = Self(rawValue: "ExternalName")
}

/// Whether the requests of one client reach the same pod.
///
/// Follows `core/v1 ServiceAffinity`.
public struct ServiceAffinity: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Clients are told apart by their address.
  public static let clientIP = Self(rawValue: "ClientIP")
  public static let none = Self(rawValue: "None")
}

/// How traffic from outside finds a pod of a service.
///
/// Follows `core/v1 ServiceExternalTrafficPolicy`.
public struct ServiceExternalTrafficPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// All pods serve.
  public static let cluster = Self(rawValue: "Cluster")
  /// Only pods on the node where the traffic arrives.
  public static let local = Self(rawValue: "Local")
}

/// How traffic from inside finds a pod of a service.
///
/// Follows `core/v1 ServiceInternalTrafficPolicy`.
public struct ServiceInternalTrafficPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// All pods serve.
  public static let cluster = Self(rawValue: "Cluster")
  /// Only pods on the node where the traffic starts.
  public static let local = Self(rawValue: "Local")
}

/// A sort of IP address.
///
/// Follows `core/v1 IPFamily`.
public struct IPFamily: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let ipv4 = Self(rawValue: "IPv4")
  public static let ipv6 = Self(rawValue: "IPv6")
}

/// How many address families a service has.
///
/// Follows `core/v1 IPFamilyPolicy`.
public struct IPFamilyPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// One.
  public static let singleStack = Self(rawValue: "SingleStack")
  /// Two where the cluster has two.
  public static let preferDualStack = Self(rawValue: "PreferDualStack")
  /// Two, or it is refused.
  public static let requireDualStack = Self(rawValue: "RequireDualStack")
}

/// Details of session affinity.
///
/// Follows `core/v1 SessionAffinityConfig`.
public struct SessionAffinityConfig: APIValue {
  /// For affinity by client address.
  public var clientIP: ClientIPConfig?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("clientIP", &clientIP)
  }
}

/// How long a client keeps its pod.
///
/// Follows `core/v1 ClientIPConfig`.
public struct ClientIPConfig: APIValue {
  /// In seconds, at most 86400; 10800 by default.
  public var timeoutSeconds: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("timeoutSeconds", &timeoutSeconds)
  }
}

/// Where a load balancer is reached.
///
/// Follows `core/v1 LoadBalancerStatus`.
public struct LoadBalancerStatus: APIValue {
  /// Its addresses.
  public var ingress: [LoadBalancerIngress] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ingress", &ingress)
  }
}

/// One address of a load balancer.
///
/// Follows `core/v1 LoadBalancerIngress`.
public struct LoadBalancerIngress: APIValue {
  /// Of one that works with addresses.
  public var ip = ""
  /// Of one that works with names.
  public var hostname = ""
  /// How traffic to `ip` arrives; `VIP` by default.
  public var ipMode: LoadBalancerIPMode?
  /// The state of each port of the service.
  public var ports: [PortStatus] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ip", &ip)
    fields.field("hostname", &hostname)
    fields.field("ipMode", &ipMode)
    fields.field("ports", &ports)
  }
}

/// How traffic to a load balancer's address arrives at the node.
///
/// Follows `core/v1 LoadBalancerIPMode`.
public struct LoadBalancerIPMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Still addressed to the load balancer.
  public static let vip = Self(rawValue: "VIP")
  /// Addressed to the node or the pod.
  public static let proxy = Self(rawValue: "Proxy")
}

/// The state of one port of a load balancer.
///
/// Follows `core/v1 PortStatus`.
public struct PortStatus: APIValue {
  public var port: Int32 = 0
  public var `protocol`: NetworkProtocol = ""
  /// What went wrong, as a word of camel case.
  public var error: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("port", &port, .always)
    fields.field("protocol", &`protocol`, .always)
    fields.field("error", &error)
  }
}
