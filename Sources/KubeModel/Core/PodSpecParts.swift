/// The operating system of a pod.
///
/// Follows `core/v1 PodOS`.
public struct PodOS: APIValue {
  /// `linux` or `windows`.
  public var name: OSName = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
  }
}

/// A condition that somebody else sets and that must be true for the pod to be ready.
///
/// Follows `core/v1 PodReadinessGate`.
public struct PodReadinessGate: APIValue {
  /// The type of the condition.
  public var conditionType: PodConditionType = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("conditionType", &conditionType, .always)
  }
}

/// A named reason not to schedule a pod yet.
///
/// Follows `core/v1 PodSchedulingGate`.
public struct PodSchedulingGate: APIValue {
  public var name = ""

  /// Nothing set.
  public init() {}

  /// A gate of this name.
  public init(name: String) { self.name = name }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
  }
}

/// A ResourceClaim that a pod uses, or the template from which one is made for it.
///
/// Follows `core/v1 PodResourceClaim`.
public struct PodResourceClaim: APIValue {
  /// By what containers refer to the claim.
  public var name = ""
  /// A claim that exists.
  public var resourceClaimName: String?
  /// The template of a claim that lives and dies with the pod.
  public var resourceClaimTemplateName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("resourceClaimName", &resourceClaimName)
    fields.field("resourceClaimTemplateName", &resourceClaimTemplateName)
  }
}

/// The group with which a pod is scheduled, all or none.
///
/// Follows `core/v1 PodSchedulingGroup`.
public struct PodSchedulingGroup: APIValue {
  /// The PodGroup.
  public var podGroupName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("podGroupName", &podGroupName)
  }
}

/// A line of the hosts file: an address and its names.
///
/// Follows `core/v1 HostAlias`.
public struct HostAlias: APIValue {
  /// The address.
  public var ip = ""
  /// The names.
  public var hostnames: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("ip", &ip, .always)
    fields.field("hostnames", &hostnames)
  }
}

/// Resolver settings of a pod.
///
/// Follows `core/v1 PodDNSConfig`.
public struct PodDNSConfig: APIValue {
  /// Addresses of name servers.
  public var nameservers: [String] = []
  /// Domains in which short names are looked up.
  public var searches: [String] = []
  /// Options of the resolver.
  public var options: [PodDNSConfigOption] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("nameservers", &nameservers)
    fields.field("searches", &searches)
    fields.field("options", &options)
  }
}

/// An option of the resolver, such as `ndots`.
///
/// Follows `core/v1 PodDNSConfigOption`.
public struct PodDNSConfigOption: APIValue {
  public var name = ""
  /// Nil for an option that takes none.
  public var value: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("value", &value)
  }
}

/// Which exited containers of a pod start again.
///
/// Follows `core/v1 RestartPolicy`.
public struct RestartPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let always = Self(rawValue: "Always")
  public static let onFailure = Self(rawValue: "OnFailure")
  public static let never = Self(rawValue: "Never")
}

/// How a pod resolves names.
///
/// Follows `core/v1 DNSPolicy`.
public struct DNSPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let clusterFirst = Self(rawValue: "ClusterFirst")
  public static let clusterFirstWithHostNet = Self(rawValue: "ClusterFirstWithHostNet")
  public static let `default` = Self(rawValue: "Default")
  public static let none = Self(rawValue: "None")
}

/// Whether a pod may push out pods of lower priority.
///
/// Follows `core/v1 PreemptionPolicy`.
public struct PreemptionPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let preemptLowerPriority = Self(rawValue: "PreemptLowerPriority")
  public static let never = Self(rawValue: "Never")
}

/// An operating system.
///
/// Follows `core/v1 OSName`.
public struct OSName: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let linux = Self(rawValue: "linux")
  public static let windows = Self(rawValue: "windows")
}
