/// What to do when a container exits in a certain way.
///
/// Follows `core/v1 ContainerRestartRule`.
public struct ContainerRestartRule: APIValue {
  /// What is restarted.
  public var action: ContainerRestartRuleAction = ""
  /// The exit codes for which the rule holds.
  public var exitCodes: ContainerRestartRuleOnExitCodes?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("action", &action)
    fields.field("exitCodes", &exitCodes)
  }
}

/// A set of exit codes.
///
/// Follows `core/v1 ContainerRestartRuleOnExitCodes`.
public struct ContainerRestartRuleOnExitCodes: APIValue {
  /// Whether the exit code must be among the values or must not.
  public var `operator`: ContainerRestartRuleOnExitCodesOperator = ""
  /// The exit codes.
  public var values: [Int32] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("operator", &`operator`)
    fields.field("values", &values)
  }
}

/// Whether a change of one resource restarts the container.
///
/// Follows `core/v1 ContainerResizePolicy`.
public struct ContainerResizePolicy: APIValue {
  /// The resource, `cpu` or `memory`.
  public var resourceName = ""
  /// What a change does.
  public var restartPolicy: ResourceResizeRestartPolicy = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("resourceName", &resourceName, .always)
    fields.field("restartPolicy", &restartPolicy, .always)
  }
}

/// When one container starts again, whatever the pod's policy says.
///
/// Follows `core/v1 ContainerRestartPolicy`.
public struct ContainerRestartPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let always = Self(rawValue: "Always")
  public static let onFailure = Self(rawValue: "OnFailure")
  public static let never = Self(rawValue: "Never")
}

/// What a restart rule restarts: the container or all of the pod's.
///
/// Follows `core/v1 ContainerRestartRuleAction`.
public struct ContainerRestartRuleAction: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let restart = Self(rawValue: "Restart")
  public static let restartAllContainers = Self(rawValue: "RestartAllContainers")
}

/// How a restart rule compares exit codes.
///
/// Follows `core/v1 ContainerRestartRuleOnExitCodesOperator`.
public struct ContainerRestartRuleOnExitCodesOperator: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `in` = Self(rawValue: "In")
  public static let notIn = Self(rawValue: "NotIn")
}

/// Whether a resource can change while the container runs.
///
/// Follows `core/v1 ResourceResizeRestartPolicy`.
public struct ResourceResizeRestartPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let notRequired = Self(rawValue: "NotRequired")
  public static let restartContainer = Self(rawValue: "RestartContainer")
}
