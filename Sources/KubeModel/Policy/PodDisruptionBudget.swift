/// How many pods of a set evictions must leave alone.
///
/// Follows `policy/v1 PodDisruptionBudget`.
public struct PodDisruptionBudget: APIObject {
  public static let resource = APIResource(
    "policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", short: ["pdb"])

  public var metadata = ObjectMeta()
  @Indirect public var spec = PodDisruptionBudgetSpec()
  @Indirect public var status = PodDisruptionBudgetStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// Which pods are protected, and how many of them. One of the two numbers is set.
///
/// Follows `policy/v1 PodDisruptionBudgetSpec`.
public struct PodDisruptionBudgetSpec: APIValue {
  /// How many must stay healthy, as a number or a percentage.
  public var minAvailable: IntOrString?
  /// The pods; nil selects none, an empty one all of the namespace.
  public var selector: LabelSelector?
  /// How many may be unhealthy, as a number or a percentage.
  public var maxUnavailable: IntOrString?
  /// Whether pods that are not ready may go; `IfHealthyBudget` by default.
  public var unhealthyPodEvictionPolicy: UnhealthyPodEvictionPolicyType?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("minAvailable", &minAvailable)
    fields.field("selector", &selector)
    fields.field("maxUnavailable", &maxUnavailable)
    fields.field("unhealthyPodEvictionPolicy", &unhealthyPodEvictionPolicy)
  }
}

/// Whether running pods that are not ready may be evicted.
///
/// Follows `policy/v1 UnhealthyPodEvictionPolicyType`.
public struct UnhealthyPodEvictionPolicyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Only while enough others are healthy.
  public static let ifHealthyBudget = Self(rawValue: "IfHealthyBudget")
  /// Always.
  public static let alwaysAllow = Self(rawValue: "AlwaysAllow")
}

/// How many more pods may go.
///
/// Follows `policy/v1 PodDisruptionBudgetStatus`.
public struct PodDisruptionBudgetStatus: APIValue {
  /// The generation of the spec that this answers to.
  public var observedGeneration: Int64 = 0
  /// Pods whose eviction was granted and not seen yet, with the time.
  public var disruptedPods: StringMap<Timestamp> = [:]
  /// How many more may be evicted now.
  public var disruptionsAllowed: Int32 = 0
  /// How many are healthy.
  public var currentHealthy: Int32 = 0
  /// How many must be.
  public var desiredHealthy: Int32 = 0
  /// How many pods there should be.
  public var expectedPods: Int32 = 0
  public var conditions: [Condition] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("observedGeneration", &observedGeneration)
    fields.field("disruptedPods", &disruptedPods)
    fields.field("disruptionsAllowed", &disruptionsAllowed, .always)
    fields.field("currentHealthy", &currentHealthy, .always)
    fields.field("desiredHealthy", &desiredHealthy, .always)
    fields.field("expectedPods", &expectedPods, .always)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

extension PodDisruptionBudgetStatus {
  /// The condition type that tells whether a pod may be evicted.
  public static let disruptionAllowed = "DisruptionAllowed"
  /// Its reason when the budget could not be computed.
  public static let syncFailed = "SyncFailed"
  /// Its reason when a pod may go.
  public static let sufficientPods = "SufficientPods"
  /// Its reason when none may go.
  public static let insufficientPods = "InsufficientPods"
}
