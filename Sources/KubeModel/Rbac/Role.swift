/// What may be done in a namespace; carried, not enforced.
///
/// Follows `rbac.authorization.k8s.io/v1 Role`.
public struct Role: APIObject {
  public static let resource = APIResource("rbac.authorization.k8s.io/v1", "Role", "roles")

  public var metadata = ObjectMeta()
  public var rules: [PolicyRule] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("rules", &rules, .always)
  }
}

/// What may be done in the whole cluster; carried, not enforced.
///
/// Follows `rbac.authorization.k8s.io/v1 ClusterRole`.
public struct ClusterRole: APIObject {
  public static let resource = APIResource(
    "rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", namespaced: false)

  public var metadata = ObjectMeta()
  public var rules: [PolicyRule] = []
  /// From which other roles the rules are gathered.
  public var aggregationRule: AggregationRule?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("rules", &rules, .always)
    fields.field("aggregationRule", &aggregationRule)
  }
}

/// One permission.
///
/// Follows `rbac.authorization.k8s.io/v1 PolicyRule`.
public struct PolicyRule: APIValue {
  /// What may be done, as `get`; `*` for all.
  public var verbs: [String] = []
  /// The groups of the resources; empty text for the core group.
  public var apiGroups: [String] = []
  /// As `pods` or `pods/log`; `*` for all.
  public var resources: [String] = []
  /// Only objects of these names; empty for all.
  public var resourceNames: [String] = []
  /// Paths outside the API's resources, as `/healthz`.
  public var nonResourceURLs: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("verbs", &verbs, .always)
    fields.field("apiGroups", &apiGroups)
    fields.field("resources", &resources)
    fields.field("resourceNames", &resourceNames)
    fields.field("nonResourceURLs", &nonResourceURLs)
  }
}

/// From which roles a cluster role gathers its rules.
///
/// Follows `rbac.authorization.k8s.io/v1 AggregationRule`.
public struct AggregationRule: APIValue {
  /// Roles that match one of these.
  public var clusterRoleSelectors: [LabelSelector] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("clusterRoleSelectors", &clusterRoleSelectors)
  }
}
