/// The addresses behind a service, all in one object; EndpointSlices have taken its place.
///
/// Follows `core/v1 Endpoints`.
public struct Endpoints: APIObject {
  public static let resource = APIResource("v1", "Endpoints", "endpoints", short: ["ep"])

  public var metadata = ObjectMeta()
  /// Groups of addresses with the same ports.
  public var subsets: [EndpointSubset] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("subsets", &subsets)
  }
}

/// Addresses that have the same ports.
///
/// Follows `core/v1 EndpointSubset`.
public struct EndpointSubset: APIValue {
  /// Those that are ready.
  public var addresses: [EndpointAddress] = []
  /// Those that are not.
  public var notReadyAddresses: [EndpointAddress] = []
  public var ports: [EndpointPort] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("addresses", &addresses)
    fields.field("notReadyAddresses", &notReadyAddresses)
    fields.field("ports", &ports)
  }
}

/// One address behind a service.
///
/// Follows `core/v1 EndpointAddress`.
public struct EndpointAddress: APIValue {
  public var ip = ""
  public var hostname = ""
  /// The node where it is.
  public var nodeName: String?
  /// The pod it belongs to.
  public var targetRef: ObjectReference?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ip", &ip, .always)
    fields.field("hostname", &hostname)
    fields.field("nodeName", &nodeName)
    fields.field("targetRef", &targetRef)
  }
}

/// One port behind a service; see `EndpointSlicePort` for the one of EndpointSlices.
///
/// Follows `core/v1 EndpointPort`.
public struct EndpointPort: APIValue {
  /// The service port's name.
  public var name = ""
  public var port: Int32 = 0
  /// `TCP` by default.
  public var `protocol`: NetworkProtocol = ""
  /// What is spoken there, as `http`.
  public var appProtocol: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("port", &port, .always)
    fields.field("protocol", &`protocol`)
    fields.field("appProtocol", &appProtocol)
  }
}
