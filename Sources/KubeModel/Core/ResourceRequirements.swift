/// What a container or pod asks for and may use at most.
///
/// Follows `core/v1 ResourceRequirements`.
public struct ResourceRequirements: APIValue {
  /// The most that may be used, by resource.
  public var limits: ResourceList = [:]
  /// What is set aside; where missing, the limit counts.
  public var requests: ResourceList = [:]
  /// ResourceClaims of the pod that the container uses.
  public var claims: [ResourceClaim] = []

  /// Nothing set.
  public init() {}

  /// Requests and limits.
  public init(requests: ResourceList, limits: ResourceList = [:]) {
    self.requests = requests
    self.limits = limits
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("limits", &limits)
    fields.field("requests", &requests)
    fields.field("claims", &claims)
  }
}

/// Amounts by resource, such as `cpu` and `memory`.
///
/// Follows `core/v1 ResourceList`.
public typealias ResourceList = StringMap<Quantity>

/// The names of the common resources, for use as keys of a ``ResourceList``.
///
/// Follows `core/v1 ResourceName`, which is a plain `String` here.
public enum ResourceName {
  /// Cores; `500m` is half a core.
  public static let cpu = "cpu"
  /// Bytes.
  public static let memory = "memory"
  /// Bytes of a volume.
  public static let storage = "storage"
  /// Bytes on the node's own disk: logs, writable layers, empty directories.
  public static let ephemeralStorage = "ephemeral-storage"
  /// How many pods a node takes.
  public static let pods = "pods"
  /// In front of a page size: `hugepages-2Mi`.
  public static let hugePagesPrefix = "hugepages-"
}

/// A container's use of one of the pod's ResourceClaims.
///
/// Follows `core/v1 ResourceClaim`.
public struct ResourceClaim: APIValue {
  /// The entry in the pod's `resourceClaims`.
  public var name = ""
  /// The one request in the claim; empty for all.
  public var request = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("request", &request)
  }
}
