// When a Job is to end, and how its pods are stopped then.
//
// Follows   syncJob, pastBackoffLimitOnFailure, pastActiveDeadline and deleteActivePods of
//           pkg/controller/job/job_controller.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension JobSync {
  /// Finds the first reason for which the Job ends; also when its deadline is to be looked at.
  mutating func decide() {
    if let reason = reason() { finish = reason }
  }

  private mutating func reason() -> JobCondition? {
    if !job.status.conditions.isEmpty, let decided = decidedBefore { return decided }
    if job.spec.podFailurePolicy != nil, let failure = policyFailure { return failure }
    if failed > job.spec.backoffLimit ?? 6 || hasRestartedTooOften {
      return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit")
    }
    if let deadline {
      if deadline <= now {
        return failure("DeadlineExceeded", "Job was active longer than specified deadline")
      }
      wakes.append(deadline)
    }
    return isIndexed ? indexFailure ?? policySuccess : nil
  }

  private func failure(_ reason: String, _ message: String) -> JobCondition {
    JobCondition(.failureTarget, reason, message, at: time)
  }

  /// What an earlier look has decided.
  private var decidedBefore: JobCondition? {
    let conditions = job.status.conditions
    let index =
      conditions.firstIndex(ofTrue: .successCriteriaMet)
      ?? conditions.firstIndex(ofTrue: .failureTarget)
    return index.map { conditions[$0] }
  }

  private var policyFailure: JobCondition? {
    guard let policy = job.spec.podFailurePolicy else { return nil }
    for pod in pods where job.isFailed(pod.pod) {
      if let message = policy.verdict(on: pod.pod).failure {
        return failure("PodFailurePolicy", message)
      }
    }
    return nil
  }

  /// With restart policy OnFailure the restarts of containers count as failures.
  private var hasRestartedTooOften: Bool {
    guard job.spec.template.spec.restartPolicy == .onFailure else { return false }
    var restarts: Int64 = 0
    for pod in pods where pod.pod.status.phase == .running || pod.pod.status.phase == .pending {
      for status in pod.pod.status.initContainerStatuses { restarts += Int64(status.restartCount) }
      for status in pod.pod.status.containerStatuses { restarts += Int64(status.restartCount) }
    }
    let limit = Int64(job.spec.backoffLimit ?? 6)
    return limit == 0 ? restarts > 0 : restarts >= limit
  }

  private var deadline: Instant? {
    guard let seconds = job.spec.activeDeadlineSeconds, let start = job.status.startTime,
      !job.isSuspended
    else { return nil }
    return clock.instant(start) + .seconds(seconds)
  }

  private var indexFailure: JobCondition? {
    guard let failedIndexes else { return nil }
    if let most = job.spec.maxFailedIndexes, failedIndexes.count > Int(most) {
      return failure(
        "MaxFailedIndexesExceeded",
        "Job has exceeded the specified maximal number of failed indexes")
    }
    if failedIndexes.isEmpty { return nil }
    // An index that failed and then succeeded after all counts in both.
    guard failedIndexes.count + succeededIndexes.count >= completions else { return nil }
    return failure("FailedIndexes", "Job has failed indexes")
  }

  private var policySuccess: JobCondition? {
    guard isIndexed,
      let message = job.spec.successPolicy?.match(succeededIndexes, completions: completions)
    else { return nil }
    return JobCondition(.successCriteriaMet, "SuccessPolicy", message, at: time)
  }

  /// Deletes all active pods; they keep their finalizer until they are counted.
  func stop() -> Plan {
    let victims = active
    let rule: StaticString =
      finish?.type == .successCriteriaMet
      ? "stop: the Job has succeeded" : "stop: the Job is to fail"
    return control.delete(
      victims.map { ($0.key, $0.pod.metadata.name) }, because: rule, finish?.reason ?? ""
    ) { outcome in
      var sync = self
      if outcome.done < victims.count { sync.finish = nil }
      sync.terminating += Int32(outcome.done)
      sync.ready -= Int32(victims.count { $0.pod.isReady })
      return sync.track(active: Int32(victims.count - outcome.done), outcome.error)
    }
  }
}
