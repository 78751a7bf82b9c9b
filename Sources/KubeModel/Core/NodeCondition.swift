/// One thing that is known of a node's health.
///
/// Follows `core/v1 NodeCondition`.
public struct NodeCondition: APIValue {
  public var type: NodeConditionType = ""
  public var status: ConditionStatus = ""
  /// When the kubelet last reported the condition.
  public var lastHeartbeatTime: Timestamp?
  /// When `status` last changed.
  public var lastTransitionTime: Timestamp?
  /// Why it last changed, in one word of camel case.
  public var reason = ""
  /// The same for people.
  public var message = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastHeartbeatTime", &lastHeartbeatTime, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// What a node condition is about.
///
/// Follows `core/v1 NodeConditionType`.
public struct NodeConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The kubelet is healthy and takes pods.
  public static let ready = Self(rawValue: "Ready")
  /// Memory is running out.
  public static let memoryPressure = Self(rawValue: "MemoryPressure")
  /// Disk space is running out.
  public static let diskPressure = Self(rawValue: "DiskPressure")
  /// Process numbers are running out.
  public static let pidPressure = Self(rawValue: "PIDPressure")
  /// The node's network is not set up.
  public static let networkUnavailable = Self(rawValue: "NetworkUnavailable")
}

/// How far a node has come; no longer filled in.
///
/// Follows `core/v1 NodePhase`.
public struct NodePhase: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let pending = Self(rawValue: "Pending")
  public static let running = Self(rawValue: "Running")
  public static let terminated = Self(rawValue: "Terminated")
}

/// One address of a node.
///
/// Follows `core/v1 NodeAddress`.
public struct NodeAddress: APIValue {
  public var type: NodeAddressType = ""
  /// The address or name.
  public var address = ""

  /// Nothing set.
  public init() {}

  /// An address of a type.
  public init(type: NodeAddressType, address: String) {
    self.type = type
    self.address = address
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("address", &address, .always)
  }
}

/// What sort of address a node has there.
///
/// Follows `core/v1 NodeAddressType`.
public struct NodeAddressType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let hostname = Self(rawValue: "Hostname")
  public static let internalIP = Self(rawValue: "InternalIP")
  public static let externalIP = Self(rawValue: "ExternalIP")
  public static let internalDNS = Self(rawValue: "InternalDNS")
  public static let externalDNS = Self(rawValue: "ExternalDNS")
}

/// The ports of a node's agents.
///
/// Follows `core/v1 NodeDaemonEndpoints`.
public struct NodeDaemonEndpoints: APIValue {
  /// The kubelet's port.
  public var kubeletEndpoint = DaemonEndpoint()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("kubeletEndpoint", &kubeletEndpoint, .always)
  }
}

/// The port of one agent; its JSON name is `Port`, with a capital letter.
///
/// Follows `core/v1 DaemonEndpoint`.
public struct DaemonEndpoint: APIValue {
  public var port: Int32 = 0

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("Port", &port, .always)
  }
}
