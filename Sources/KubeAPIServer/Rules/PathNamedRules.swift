import KubeModel

/// The rules of the kinds of access control, whose names are free but for slashes and percent
/// signs, as in `system:node`.
///
/// Follows `pkg/registry/rbac/*/strategy.go` (v1.36). What a role may contain is not checked.
public struct PathNamedRules<Object: APIObject>: KindRules {
  public init() {}

  public var allowsCreateOnUpdate: Bool { true }

  public func validate(_ object: Object) -> [FieldError] {
    MetadataValidation.validate(
      object.metadata, isNamespaced: Object.resource.isNamespaced, name: .pathSegment)
  }
}
