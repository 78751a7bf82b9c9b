/// Rules for what a failed pod means to its Job; the first that matches counts.
///
/// Follows `batch/v1 PodFailurePolicy`.
public struct PodFailurePolicy: APIValue {
  /// At most 20, tried in order.
  public var rules: [PodFailurePolicyRule] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("rules", &rules, .always)
  }
}

/// What happens to a Job when a pod fails in a certain way: by exit codes or by conditions.
///
/// Follows `batch/v1 PodFailurePolicyRule`.
public struct PodFailurePolicyRule: APIValue {
  public var action = PodFailurePolicyAction(rawValue: "")
  /// Matches by the exit code of a container.
  public var onExitCodes: PodFailurePolicyOnExitCodesRequirement?
  /// Matches when the pod has one of these conditions.
  public var onPodConditions: [PodFailurePolicyOnPodConditionsPattern] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("action", &action, .always)
    fields.field("onExitCodes", &onExitCodes)
    fields.field("onPodConditions", &onPodConditions)
  }
}

/// What a Job does about a failed pod.
public struct PodFailurePolicyAction: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The Job fails.
  public static let failJob = Self(rawValue: "FailJob")
  /// The pod's index fails.
  public static let failIndex = Self(rawValue: "FailIndex")
  /// The pod is replaced and does not count as a failure.
  public static let ignore = Self(rawValue: "Ignore")
  /// The pod counts as a failure, as without a policy.
  public static let count = Self(rawValue: "Count")
}

/// Matches a failed pod by the exit codes of its containers, other than 0.
///
/// Follows `batch/v1 PodFailurePolicyOnExitCodesRequirement`.
public struct PodFailurePolicyOnExitCodesRequirement: APIValue {
  /// The container to look at; nil: all.
  public var containerName: String?
  public var `operator` = PodFailurePolicyOnExitCodesOperator(rawValue: "")
  /// Exit codes, ascending, without doubles.
  public var values: [Int32] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("containerName", &containerName)
    fields.field("operator", &`operator`, .always)
    fields.field("values", &values, .always)
  }
}

/// How exit codes are compared.
public struct PodFailurePolicyOnExitCodesOperator: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Some container's code is among the values.
  public static let `in` = Self(rawValue: "In")
  /// Some container's code is not among the values.
  public static let notIn = Self(rawValue: "NotIn")
}

/// Matches a pod that has a condition of a type with a status.
///
/// Follows `batch/v1 PodFailurePolicyOnPodConditionsPattern`.
public struct PodFailurePolicyOnPodConditionsPattern: APIValue {
  public var type = PodConditionType(rawValue: "")
  /// `True` by default.
  public var status = ConditionStatus(rawValue: "")

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
  }
}

/// When an indexed Job has succeeded; one rule that is met is enough.
///
/// Follows `batch/v1 SuccessPolicy`.
public struct SuccessPolicy: APIValue {
  /// At most 20, tried in order.
  public var rules: [SuccessPolicyRule] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("rules", &rules, .always)
  }
}

/// Indexes that must succeed, a number of indexes that must, or that number among these indexes.
///
/// Follows `batch/v1 SuccessPolicyRule`.
public struct SuccessPolicyRule: APIValue {
  /// The indexes, as `1,3-5,7`.
  public var succeededIndexes: String?
  /// How many of them, or of all, must succeed.
  public var succeededCount: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("succeededIndexes", &succeededIndexes)
    fields.field("succeededCount", &succeededCount)
  }
}
