// Questions about Jobs that several controllers ask.
//
// Follows   pkg/controller/job/utils.go and pkg/controller/job/util/utils.go (v1.36)

import KubeModel

extension Job {
  /// The finalizer by which a pod waits until its Job has counted it.
  static let trackingFinalizer = "batch.kubernetes.io/job-tracking"

  /// The condition with which the Job is over, `Complete` or `Failed`; nil while it is not.
  var finish: JobCondition? {
    let conditions = status.conditions
    return conditions.finish.map { conditions[$0] }
  }

  /// How the Job is over; nil while it is not.
  var finishType: JobFinish? {
    let conditions = status.conditions
    return conditions.finish.map { conditions[$0].type == .complete ? .complete : .failed }
  }

  /// True when the Job is over.
  var isFinished: Bool { status.conditions.finish != nil }

  /// True when each index has a pod of its own.
  var isIndexed: Bool { spec.completionMode == .indexed }

  /// True while the Job must have no pods.
  var isSuspended: Bool { spec.suspend == true }

  /// True when another controller than this one looks after the Job.
  var isManagedElsewhere: Bool {
    spec.managedBy.map { $0 != "kubernetes.io/job-controller" } ?? false
  }

  /// True when a pod is replaced only after it has ended, not as soon as it is being deleted.
  var replacesOnlyFailedPods: Bool {
    spec.podReplacementPolicy == .failed || spec.podFailurePolicy != nil
  }

  /// True when a pod of the Job counts as failed: it is, or, unless the Job waits for its end, it is
  /// being deleted.
  func isFailed(_ pod: Pod) -> Bool {
    if pod.status.phase == .failed { return true }
    return pod.isBeingDeleted && !replacesOnlyFailedPods && pod.status.phase != .succeeded
  }

  /// What the Job's policy says about a failed pod; without a policy it counts.
  func verdict(on pod: Pod) -> PodFailurePolicy.Verdict {
    spec.podFailurePolicy?.verdict(on: pod) ?? PodFailurePolicy.Verdict()
  }
}

/// How a Job is over.
enum JobFinish: String, Sendable {
  case complete = "Complete"
  case failed = "Failed"
}

extension [JobCondition] {
  /// The place of the one that says that the Job is over.
  var finish: Int? {
    for index in indices {
      // Told by its length first, as a Job that is over says also how it was to end.
      let length = self[index].type.rawValue.utf8.count
      if length == 8 || length == 6, self[index].status == .true,
        self[index].type == .complete || self[index].type == .failed
      {
        return index
      }
    }
    return nil
  }

  /// The place of the condition of a type, if it is true.
  func firstIndex(ofTrue type: JobConditionType) -> Int? {
    for index in indices where self[index].type == type && self[index].status == .true {
      return index
    }
    return nil
  }
}

extension JobStatus {
  /// The condition of a type, if there is one.
  func condition(_ type: JobConditionType) -> JobCondition? {
    conditions.first { $0.type == type }
  }

  /// True while pods have ended that are not in the numbers yet.
  var hasUncounted: Bool {
    uncountedTerminatedPods?.succeeded.isEmpty == false
      || uncountedTerminatedPods?.failed.isEmpty == false
  }

  /// Puts a condition in, or in the place of the one of its type; `False` is never added.
  ///
  /// - Returns: Whether anything changed.
  mutating func set(_ condition: JobCondition) -> Bool {
    guard let index = conditions.firstIndex(where: { $0.type == condition.type }) else {
      if condition.status == .false { return false }
      conditions.append(condition)
      return true
    }
    let old = conditions[index]
    if old.status == condition.status, old.reason == condition.reason,
      old.message == condition.message
    {
      return false
    }
    conditions[index] = condition
    return true
  }
}

extension JobCondition {
  /// A condition that has just come about.
  init(
    _ type: JobConditionType, _ reason: String, _ message: String,
    status: ConditionStatus = .true, at time: Timestamp
  ) {
    self.init()
    self.type = type
    self.status = status
    lastProbeTime = time
    lastTransitionTime = time
    self.reason = reason
    self.message = message
  }
}
