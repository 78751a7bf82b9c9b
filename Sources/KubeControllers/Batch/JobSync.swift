// One look at a Job: what it has, and whether that means its end.
//
// Follows   syncJob of pkg/controller/job/job_controller.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// One look at a Job. Its status is changed as the look goes on, and written once or twice.
struct JobSync: Sendable {
  let key: ObjectKey
  var job: Job
  /// True when each index has a pod of its own.
  let isIndexed: Bool
  /// All pods of the Job, an indexed Job's in the order of their indexes.
  let pods: [JobPod]
  /// Those that are neither over nor being deleted.
  let active: [JobPod]
  let now: Instant
  let time: Timestamp
  let clock: Clock

  /// How many active pods are ready, and how many pods are stopping; the look's own deletions change
  /// both.
  var ready: Int32
  var terminating: Int32
  var succeeded: Int32 = 0
  var failed: Int32 = 0
  /// The condition with which the Job ends or is about to end.
  @Boxed var finish: JobCondition?
  var succeededIndexes = CompletionIndexes()
  /// Nil without a limit per index.
  var failedIndexes: CompletionIndexes?
  /// The last failed pod of each index that waits for a new one.
  var awaitingReplacement: [Int: JobPod] = [:]  // Looked up, never walked.
  /// From when on pods may be made again.
  var backoffEnd: Instant?
  /// When the Job has to be looked at again, whatever happens.
  var wakes: [Instant] = []
  /// The suspension has begun or ended in this look.
  var suspensionChanged = false
  var events: [EventDraft] = []

  init(
    _ key: ObjectKey, _ job: Job, _ owned: [(key: ObjectKey, object: Pod)], in snapshot: Snapshot
  ) {
    var job = job
    if job.status.uncountedTerminatedPods == nil {
      job.status.uncountedTerminatedPods = UncountedTerminatedPods()
    }
    var pods: [JobPod] = []
    pods.reserveCapacity(owned.count)
    var (active, ready, terminating) = (0, 0, 0)
    for index in owned.indices {
      let pod = JobPod(key: owned[index].key, pod: owned[index].object)
      if pod.isActive {
        active += 1
        if pod.pod.isReady { ready += 1 }
      } else if pod.pod.isTerminating {
        terminating += 1
      }
      pods.append(pod)
    }
    isIndexed = job.isIndexed
    if isIndexed { pods = pods.inOrderOfIndex }
    self.key = key
    self.job = job
    self.pods = pods
    // Mostly all of them are, and the array is shared.
    self.active = active == pods.count ? pods : pods.filter(\.isActive)
    now = snapshot.now
    time = snapshot.time
    clock = snapshot.clock
    self.ready = Int32(clamping: ready)
    self.terminating = Int32(clamping: terminating)
  }

  /// True when the look has found how the Job ends.
  var isEnding: Bool { !$finish.isNil }

  /// Completions of an indexed Job.
  var completions: Int { Int(job.spec.completions ?? 0) }

  /// True when the pod's index is one of the Job's; always without indexes.
  func hasValidIndex(_ pod: JobPod) -> Bool {
    guard isIndexed else { return true }
    guard let index = pod.index else { return false }
    return index < completions
  }

  /// What creates and deletes the Job's pods.
  var control: PodControl { PodControl(for: job, component: JobController.name) }

  /// Counts the pods that have ended since the last look, and returns them.
  mutating func count() -> EndedPods {
    var ended = EndedPods()
    let uncounted = job.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
    var counted = 0
    for index in pods.indices
    where pods[index].isTracked && !pods[index].isActive && hasValidIndex(pods[index]) {
      if pods[index].pod.status.phase == .succeeded {
        let pod = pods[index]
        if !uncounted.succeeded.contains(pod.uid) { ended.succeeded.append(pod.pod) }
      } else if job.isFailed(pods[index].pod) {
        let pod = pods[index]
        if uncounted.failed.contains(pod.uid) { continue }
        ended.failed.append(pod.pod)
        if job.verdict(on: pod.pod).counts { counted += 1 }
      }
    }
    succeeded = job.status.succeeded + Int32(ended.succeeded.count + uncounted.succeeded.count)
    failed = job.status.failed + Int32(counted + uncounted.failed.count)
    if job.status.startTime == nil, !job.isSuspended { job.status.startTime = time }
    countIndexes()
    return ended
  }

  private mutating func countIndexes() {
    guard isIndexed else { return }
    let tracked = pods.filter { $0.isTracked && hasValidIndex($0) }
    succeededIndexes = CompletionIndexes(job.status.completedIndexes, below: completions).union(
      CompletionIndexes(
        tracked.filter { $0.pod.status.phase == .succeeded }.compactMap(\.index)))
    succeeded = Int32(clamping: succeededIndexes.count)
    guard let limit = job.spec.backoffLimitPerIndex else { return }
    let failed = tracked.filter { job.isFailed($0.pod) }
    let hopeless = failed.filter { pod in
      let verdict = job.verdict(on: pod.pod)
      return verdict.action == .failIndex || (verdict.counts && pod.failures >= limit)
    }
    let failedIndexes = CompletionIndexes(job.status.failedIndexes ?? "", below: completions)
      .union(CompletionIndexes(hopeless.compactMap(\.index)))
    self.failedIndexes = failedIndexes
    let done = succeededIndexes.union(failedIndexes).union(
      CompletionIndexes(active.compactMap(\.index)))
    for pod in failed {
      guard let index = pod.index, !done.contains(index) else { continue }
      if let last = awaitingReplacement[index], !pod.isLater(than: last) { continue }
      awaitingReplacement[index] = pod
    }
  }

  /// Decides, acts, reports.
  mutating func run() -> Plan {
    decide()
    if isEnding { return stop() }
    if job.isBeingDeleted { return settle(active: Int32(active.count), acted: false, nil) }
    return manage()
  }

  /// Goes on after the pods were seen to: is the Job complete, has its suspension begun or ended?
  mutating func settle(active: Int32, acted: Bool, _ error: APIError?) -> Plan {
    let isComplete =
      active == 0 && (job.spec.completions.map { succeeded >= $0 } ?? (succeeded > 0))
    if isComplete {
      finish = JobCondition(
        .successCriteriaMet, "CompletionsReached", "Reached expected number of succeeded pods",
        at: time)
    } else if acted {
      noteSuspension()
    }
    return track(active: active, error)
  }

  private mutating func noteSuspension() {
    if !job.isSuspended, job.status.condition(.suspended) == nil { return }
    let reason = job.isSuspended ? "JobSuspended" : "JobResumed"
    let message = job.isSuspended ? "Job suspended" : "Job resumed"
    let condition = JobCondition(
      .suspended, reason, message, status: job.isSuspended ? .true : .false, at: time)
    guard job.status.set(condition) else { return }
    suspensionChanged = true
    // The deadline counts the time since the Job was last resumed.
    job.status.startTime = job.isSuspended ? nil : time
    events.append(event(.normal, job.isSuspended ? "Suspended" : "Resumed", message))
  }

  func event(_ type: EventType, _ reason: String, _ message: String) -> EventDraft {
    EventDraft(
      type, reason, message, regarding: ObjectReference(to: job), component: JobController.name)
  }
}

extension [JobPod] {
  /// Those without an index first, those of one index in the order in which they were.
  var inOrderOfIndex: [JobPod] {
    enumerated().sorted { left, right in
      (left.element.index ?? -1, left.offset) < (right.element.index ?? -1, right.offset)
    }.map(\.element)
  }
}

extension JobPod {
  /// True when this failed pod of an index is the one that the next pod of the index replaces.
  fileprivate func isLater(than other: JobPod) -> Bool {
    guard other.failures + other.ignoredFailures <= failures + ignoredFailures else { return false }
    guard let time = pod.finishTime, let otherTime = other.pod.finishTime else { return true }
    return time >= otherTime
  }
}
