import KubeModel

/// The rules of kinds without any of their own that an update creates: Event and Endpoints.
///
/// Follows `pkg/registry/core/{event,endpoint}/strategy.go` (v1.36).
public struct CreatedByUpdateRules<Object: APIObject>: KindRules {
  public init() {}

  public var allowsCreateOnUpdate: Bool { true }
}
