/// Which ResourceClaim was made for an entry of `spec.resourceClaims`.
///
/// Follows `core/v1 PodResourceClaimStatus`.
public struct PodResourceClaimStatus: APIValue {
  /// The entry.
  public var name = ""
  /// The claim; nil when none was needed.
  public var resourceClaimName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("resourceClaimName", &resourceClaimName)
  }
}

/// The ResourceClaim made for a pod's extended resources.
///
/// Follows `core/v1 PodExtendedResourceClaimStatus`.
public struct PodExtendedResourceClaimStatus: APIValue {
  /// Which container's resource became which request.
  public var requestMappings: [ContainerExtendedResourceRequest] = []
  /// The claim.
  public var resourceClaimName = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("requestMappings", &requestMappings, .always)
    fields.field("resourceClaimName", &resourceClaimName, .always)
  }
}

/// An extended resource of a container and the device request made of it.
///
/// Follows `core/v1 ContainerExtendedResourceRequest`.
public struct ContainerExtendedResourceRequest: APIValue {
  /// The container.
  public var containerName = ""
  /// The extended resource.
  public var resourceName = ""
  /// The request in the claim.
  public var requestName = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("containerName", &containerName, .always)
    fields.field("resourceName", &resourceName, .always)
    fields.field("requestName", &requestName, .always)
  }
}

/// What a claim of a pod takes of the node's own resources.
///
/// Follows `core/v1 NodeAllocatableResourceClaimStatus`.
public struct NodeAllocatableResourceClaimStatus: APIValue {
  /// The claim.
  public var resourceClaimName = ""
  /// The containers that use the claim.
  public var containers: [String] = []
  /// The amounts, by resource.
  public var resources: StringMap<Quantity> = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("resourceClaimName", &resourceClaimName, .always)
    fields.field("containers", &containers)
    fields.field("resources", &resources, .always)
  }
}
