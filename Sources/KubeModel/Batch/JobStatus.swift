/// What the controller last saw of a Job.
///
/// Follows `batch/v1 JobStatus`.
public struct JobStatus: APIValue {
  /// `Suspended`, `SuccessCriteriaMet`, `FailureTarget`, `Complete`, `Failed`.
  public var conditions: [JobCondition] = []
  /// When the Job was first seen, or last resumed.
  public var startTime: Timestamp?
  /// When the Job succeeded.
  public var completionTime: Timestamp?
  /// Pods that are pending or running and not being deleted.
  public var active: Int32 = 0
  /// Pods that succeeded.
  public var succeeded: Int32 = 0
  /// Pods that failed.
  public var failed: Int32 = 0
  /// Pods that are being deleted and have not ended.
  public var terminating: Int32?
  /// The indexes that succeeded, as `1,3-5,7`.
  public var completedIndexes = ""
  /// The indexes that failed, in the same form; nil without `backoffLimitPerIndex`.
  public var failedIndexes: String?
  /// Pods that have ended and are not counted yet.
  public var uncountedTerminatedPods: UncountedTerminatedPods?
  /// Active pods that are ready.
  public var ready: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("startTime", &startTime)
    fields.field("completionTime", &completionTime)
    fields.field("active", &active)
    fields.field("succeeded", &succeeded)
    fields.field("failed", &failed)
    fields.field("terminating", &terminating)
    fields.field("completedIndexes", &completedIndexes)
    fields.field("failedIndexes", &failedIndexes)
    fields.field("uncountedTerminatedPods", &uncountedTerminatedPods)
    fields.field("ready", &ready)
  }
}

/// The pods that have ended, whose finalizer is to go, and which are not in the counters yet.
///
/// Follows `batch/v1 UncountedTerminatedPods`.
public struct UncountedTerminatedPods: APIValue {
  /// Those that succeeded.
  public var succeeded: [UID] = []
  /// Those that failed.
  public var failed: [UID] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("succeeded", &succeeded)
    fields.field("failed", &failed)
  }
}

/// One aspect of a Job's state.
///
/// Follows `batch/v1 JobCondition`.
public struct JobCondition: APIValue {
  public var type = JobConditionType(rawValue: "")
  public var status = ConditionStatus(rawValue: "")
  /// When the condition was last checked.
  public var lastProbeTime: Timestamp?
  /// When the status last changed.
  public var lastTransitionTime: Timestamp?
  /// Why, in one word.
  public var reason = ""
  /// Why, in a sentence.
  public var message = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastProbeTime", &lastProbeTime, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// The aspects of a Job's state.
public struct JobConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The Job is suspended.
  public static let suspended = Self(rawValue: "Suspended")
  /// The Job has succeeded, and all its pods have ended.
  public static let complete = Self(rawValue: "Complete")
  /// The Job has failed, and all its pods have ended.
  public static let failed = Self(rawValue: "Failed")
  /// The Job is about to fail; its pods are being stopped.
  public static let failureTarget = Self(rawValue: "FailureTarget")
  /// The Job is about to succeed; what still runs is being stopped.
  public static let successCriteriaMet = Self(rawValue: "SuccessCriteriaMet")
}
