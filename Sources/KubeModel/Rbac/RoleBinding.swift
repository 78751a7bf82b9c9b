/// Who has a role in a namespace; carried, not enforced.
///
/// Follows `rbac.authorization.k8s.io/v1 RoleBinding`.
public struct RoleBinding: APIObject {
  public static let resource = APIResource(
    "rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings")

  public var metadata = ObjectMeta()
  /// Who.
  public var subjects: [Subject] = []
  /// Which role.
  public var roleRef = RoleRef()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("subjects", &subjects)
    fields.field("roleRef", &roleRef, .always)
  }
}

/// Who has a role in the whole cluster; carried, not enforced.
///
/// Follows `rbac.authorization.k8s.io/v1 ClusterRoleBinding`.
public struct ClusterRoleBinding: APIObject {
  public static let resource = APIResource(
    "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", namespaced: false)

  public var metadata = ObjectMeta()
  /// Who.
  public var subjects: [Subject] = []
  /// Which role.
  public var roleRef = RoleRef()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("subjects", &subjects)
    fields.field("roleRef", &roleRef, .always)
  }
}

/// A user, a group or a service account.
///
/// Follows `rbac.authorization.k8s.io/v1 Subject`.
public struct Subject: APIValue {
  /// `User`, `Group` or `ServiceAccount`.
  public var kind = ""
  /// Empty for service accounts.
  public var apiGroup = ""
  public var name = ""
  /// Of a service account.
  public var namespace = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("kind", &kind, .always)
    fields.field("apiGroup", &apiGroup)
    fields.field("name", &name, .always)
    fields.field("namespace", &namespace)
  }
}

/// The role of a binding.
///
/// Follows `rbac.authorization.k8s.io/v1 RoleRef`.
public struct RoleRef: APIValue {
  public var apiGroup = ""
  /// `Role` or `ClusterRole`.
  public var kind = ""
  public var name = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("apiGroup", &apiGroup, .always)
    fields.field("kind", &kind, .always)
    fields.field("name", &name, .always)
  }
}
