/// A bound on what a namespace may use in all.
///
/// Follows `core/v1 ResourceQuota`.
public struct ResourceQuota: APIObject {
  public static let resource = APIResource(
    "v1", "ResourceQuota", "resourcequotas", short: ["quota"])

  public var metadata = ObjectMeta()
  /// The bounds.
  @Indirect public var spec = ResourceQuotaSpec()
  /// What is used.
  @Indirect public var status = ResourceQuotaStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a namespace may use in all.
///
/// Follows `core/v1 ResourceQuotaSpec`.
public struct ResourceQuotaSpec: APIValue {
  /// The bound of each resource, as `requests.cpu` or `pods`.
  public var hard: ResourceList = [:]
  /// Only objects in all of these are counted.
  public var scopes: [ResourceQuotaScope] = []
  /// A finer choice of objects; both must fit.
  public var scopeSelector: ScopeSelector?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("hard", &hard)
    fields.field("scopes", &scopes)
    fields.field("scopeSelector", &scopeSelector)
  }
}

/// What a namespace uses in all.
///
/// Follows `core/v1 ResourceQuotaStatus`.
public struct ResourceQuotaStatus: APIValue {
  /// The bounds that are in force.
  public var hard: ResourceList = [:]
  /// What is used of each.
  public var used: ResourceList = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("hard", &hard)
    fields.field("used", &used)
  }
}

/// What objects a quota counts.
///
/// Follows `core/v1 ResourceQuotaScope`.
public struct ResourceQuotaScope: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Pods with a deadline (`activeDeadlineSeconds`).
  public static let terminating = Self(rawValue: "Terminating")
  /// Pods without.
  public static let notTerminating = Self(rawValue: "NotTerminating")
  /// Pods that ask for no resources.
  public static let bestEffort = Self(rawValue: "BestEffort")
  /// Pods that do.
  public static let notBestEffort = Self(rawValue: "NotBestEffort")
  /// Pods that name a priority class.
  public static let priorityClass = Self(rawValue: "PriorityClass")
  /// Pods whose affinity looks into other namespaces.
  public static let crossNamespacePodAffinity = Self(rawValue: "CrossNamespacePodAffinity")
  /// Claims that name a class of attributes.
  public static let volumeAttributesClass = Self(rawValue: "VolumeAttributesClass")
}

/// Conditions on the objects that a quota counts; all must hold.
///
/// Follows `core/v1 ScopeSelector`.
public struct ScopeSelector: APIValue {
  public var matchExpressions: [ScopedResourceSelectorRequirement] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("matchExpressions", &matchExpressions)
  }
}

/// One condition on the objects that a quota counts.
///
/// Follows `core/v1 ScopedResourceSelectorRequirement`.
public struct ScopedResourceSelectorRequirement: APIValue {
  public var scopeName: ResourceQuotaScope = ""
  public var `operator`: ScopeSelectorOperator = ""
  /// For `In` and `NotIn`.
  public var values: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("scopeName", &scopeName, .always)
    fields.field("operator", &`operator`, .always)
    fields.field("values", &values)
  }
}

/// How a scope is compared with the values of a condition.
///
/// Follows `core/v1 ScopeSelectorOperator`.
public struct ScopeSelectorOperator: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `in` = Self(rawValue: "In")
  public static let notIn = Self(rawValue: "NotIn")
  public static let exists = Self(rawValue: "Exists")
  public static let doesNotExist = Self(rawValue: "DoesNotExist")
}
