/// One thing that is true of a pod, or is not, or is not known.
///
/// Follows `core/v1 PodCondition`.
public struct PodCondition: APIValue {
  /// What the condition is about.
  public var type: PodConditionType = ""
  /// The generation of the spec that the condition is about.
  public var observedGeneration: Int64 = 0
  /// Whether it is so.
  public var status: ConditionStatus = ""
  /// When it was last looked at; no controller sets it.
  public var lastProbeTime: Timestamp?
  /// When the status last changed.
  public var lastTransitionTime: Timestamp?
  /// Why, in one word.
  public var reason = ""
  /// Why, for people.
  public var message = ""

  /// Nothing set.
  public init() {}

  /// A condition with a reason.
  @inlinable public init(
    type: PodConditionType, status: ConditionStatus, reason: String = "", message: String = ""
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("observedGeneration", &observedGeneration)
    fields.field("status", &status, .always)
    fields.field("lastProbeTime", &lastProbeTime, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// What a condition of a pod is about; also the types named by readiness gates.
///
/// Follows `core/v1 PodConditionType`.
public struct PodConditionType: APIStringEnum {
  public var rawValue: String
  @inlinable public init(rawValue: String) { self.rawValue = rawValue }

  // Short texts are compared as two words of the code, without a look at storage.
  @inlinable public static var podScheduled: Self { Self(rawValue: "PodScheduled") }
  @inlinable public static var initialized: Self { Self(rawValue: "Initialized") }
  @inlinable public static var containersReady: Self { Self(rawValue: "ContainersReady") }
  @inlinable public static var ready: Self { Self(rawValue: "Ready") }
  public static let podReadyToStartContainers = Self(rawValue: "PodReadyToStartContainers")
  public static let disruptionTarget = Self(rawValue: "DisruptionTarget")
  public static let podResizePending = Self(rawValue: "PodResizePending")
  public static let podResizeInProgress = Self(rawValue: "PodResizeInProgress")
  public static let allContainersRestarting = Self(rawValue: "AllContainersRestarting")
}

/// Whether a condition holds.
///
/// Follows `core/v1 ConditionStatus`.
public struct ConditionStatus: APIStringEnum {
  public var rawValue: String
  @inlinable public init(rawValue: String) { self.rawValue = rawValue }

  @inlinable public static var `true`: Self { Self(rawValue: "True") }
  @inlinable public static var `false`: Self { Self(rawValue: "False") }
  @inlinable public static var unknown: Self { Self(rawValue: "Unknown") }
}
