/// Some of the addresses behind a service; a service may have several slices.
///
/// Follows `discovery.k8s.io/v1 EndpointSlice`.
public struct EndpointSlice: APIObject {
  public static let resource = APIResource("discovery.k8s.io/v1", "EndpointSlice", "endpointslices")

  public var metadata = ObjectMeta()
  /// What sort of address all endpoints have.
  public var addressType: AddressType = ""
  /// At most 1000.
  public var endpoints: [Endpoint] = []
  /// The ports that every endpoint has.
  public var ports: [EndpointSlicePort] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("addressType", &addressType, .always)
    fields.field("endpoints", &endpoints, .always)
    fields.field("ports", &ports, .always)
  }
}

/// A sort of address.
///
/// Follows `discovery.k8s.io/v1 AddressType`.
public struct AddressType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let ipv4 = Self(rawValue: "IPv4")
  public static let ipv6 = Self(rawValue: "IPv6")
  /// Names; deprecated.
  public static let fqdn = Self(rawValue: "FQDN")
}

/// One address behind a service, as a rule that of a pod.
///
/// Follows `discovery.k8s.io/v1 Endpoint`.
public struct Endpoint: APIValue {
  /// One address; more are not used.
  public var addresses: [String] = []
  /// Whether it takes traffic.
  public var conditions = EndpointConditions()
  /// The pod's host name.
  public var hostname: String?
  /// The pod it belongs to.
  public var targetRef: ObjectReference?
  /// Topology labels of the old API version.
  public var deprecatedTopology: StringMap<String> = [:]
  /// The node where it is.
  public var nodeName: String?
  /// The zone where it is.
  public var zone: String?
  /// Who should use it.
  public var hints: EndpointHints?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("addresses", &addresses, .always)
    fields.field("conditions", &conditions, .always)
    fields.field("hostname", &hostname)
    fields.field("targetRef", &targetRef)
    fields.field("deprecatedTopology", &deprecatedTopology)
    fields.field("nodeName", &nodeName)
    fields.field("zone", &zone)
    fields.field("hints", &hints)
  }
}

/// Whether an endpoint takes traffic.
///
/// Follows `discovery.k8s.io/v1 EndpointConditions`.
public struct EndpointConditions: APIValue {
  /// It serves and is not terminating; nil counts as true.
  public var ready: Bool?
  /// Its pod is ready, terminating or not; nil counts as `ready`.
  public var serving: Bool?
  /// Its pod is being deleted; nil counts as false.
  public var terminating: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ready", &ready)
    fields.field("serving", &serving)
    fields.field("terminating", &terminating)
  }
}

/// Who should use an endpoint.
///
/// Follows `discovery.k8s.io/v1 EndpointHints`.
public struct EndpointHints: APIValue {
  /// Clients in these zones; at most 8.
  public var forZones: [ForZone] = []
  /// Clients on these nodes; at most 8.
  public var forNodes: [ForNode] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("forZones", &forZones)
    fields.field("forNodes", &forNodes)
  }
}

/// A zone whose clients should use an endpoint.
///
/// Follows `discovery.k8s.io/v1 ForZone`.
public struct ForZone: APIValue {
  public var name = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
  }
}

/// A node whose clients should use an endpoint.
///
/// Follows `discovery.k8s.io/v1 ForNode`.
public struct ForNode: APIValue {
  public var name = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
  }
}

/// One port of all endpoints of a slice. Upstream has two types named `EndpointPort`; that of the
/// core group keeps the name here.
///
/// Follows `discovery.k8s.io/v1 EndpointPort`.
public struct EndpointSlicePort: APIValue {
  /// The service port's name.
  public var name: String?
  /// `TCP` by default.
  public var `protocol`: NetworkProtocol?
  /// Nil for all ports.
  public var port: Int32?
  /// What is spoken there, as `http`.
  public var appProtocol: String?

  /// Nothing set.
  public init() {}

  public static var goType: String { "v1.EndpointPort" }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("protocol", &`protocol`)
    fields.field("port", &port)
    fields.field("appProtocol", &appProtocol)
  }
}
