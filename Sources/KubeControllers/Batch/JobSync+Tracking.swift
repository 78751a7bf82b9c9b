// Counts the pods that have ended, each once, and lets them go; then ends the Job.
//
// Follows   trackJobStatusAndRemoveFinalizers, flushUncountedAndRemoveFinalizers and enactJobFinished
//           of pkg/controller/job/job_controller.go (v1.36)

import KubeModel
import KubeReconcile

extension JobSync {
  /// How many pods wait to be counted at most in one look.
  private static var mostUncounted: Int { 500 }

  /// What one look has to write.
  private struct Batch {
    var needsWrite: Bool
    var pods: [JobPod] = []
    var isFull = false
  }

  /// Writes the pods that have ended into the status, takes their finalizers, and goes on.
  mutating func track(active: Int32, _ error: APIError?) -> Plan {
    var batch = Batch(needsWrite: report(active: active))
    if countReleased() { batch.needsWrite = true }
    collect(&batch)
    if reportIndexes() { batch.needsWrite = true }
    if announceFinish() { batch.needsWrite = true }
    var plan = Plan()
    for event in events { plan.event(event) }
    for time in wakes { plan.wake(key, at: time) }
    guard batch.needsWrite else {
      plan += release(batch, error)
      return plan
    }
    plan.updateStatus(
      key, job, because: "status: the pods have changed",
      .figures([
        (job.status.active, "active"), (job.status.succeeded, "succeeded"),
        (job.status.failed, "failed"),
      ]))
    plan.afterwards = { [self, batch] results, _ in
      if results.last?.error != nil { return .retry }
      var sync = self
      return sync.release(batch, error)
    }
    return plan
  }

  /// Takes the numbers of pods over; true when they differ from the status.
  private mutating func report(active: Int32) -> Bool {
    if job.status.active == active, job.status.ready == ready,
      job.status.terminating == terminating
    {
      return suspensionChanged
    }
    job.status.active = active
    job.status.ready = ready
    job.status.terminating = terminating
    return true
  }

  /// Turns the uids of pods that have lost their finalizer, before this look or in it, into numbers.
  private mutating func countReleased(_ released: Set<UID> = []) -> Bool {
    guard var uncounted = job.status.uncountedTerminatedPods, !uncounted.isEmpty else {
      return false
    }
    var stillTracked: Set<UID> = []  // Looked up, never walked.
    for pod in pods where pod.isTracked && !released.contains(pod.uid) {
      stillTracked.insert(pod.uid)
    }
    let (succeeded, failed) = (uncounted.succeeded.count, uncounted.failed.count)
    uncounted.succeeded.removeAll { !stillTracked.contains($0) }
    uncounted.failed.removeAll { !stillTracked.contains($0) }
    if uncounted.succeeded.count == succeeded, uncounted.failed.count == failed { return false }
    job.status.succeeded += Int32(succeeded - uncounted.succeeded.count)
    job.status.failed += Int32(failed - uncounted.failed.count)
    job.status.uncountedTerminatedPods = uncounted
    return true
  }

  /// Finds the pods that may go, and writes down those of them that count.
  private mutating func collect(_ batch: inout Batch) {
    let before = job.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
    var uncounted = before
    let done =
      isIndexed
      ? CompletionIndexes(job.status.completedIndexes, below: completions) : CompletionIndexes()
    var newIndexes = 0
    for index in pods.indices where pods[index].isTracked && mayGo(pods[index]) {
      let pod = pods[index]
      batch.pods.append(pod)
      if pod.pod.status.phase == .succeeded, !before.failed.contains(pod.uid) {
        if isIndexed {
          if hasValidIndex(pod), let index = pod.index, !done.contains(index) { newIndexes += 1 }
        } else if !before.succeeded.contains(pod.uid) {
          uncounted.succeeded.append(pod.uid)
        }
      } else if job.isFailed(pod.pod) || (finish.map { $0.type != .successCriteriaMet } ?? false) {
        if hasValidIndex(pod), !before.failed.contains(pod.uid), job.verdict(on: pod.pod).counts {
          uncounted.failed.append(pod.uid)
        }
      }
      batch.isFull =
        newIndexes + uncounted.succeeded.count + uncounted.failed.count >= Self.mostUncounted
      if batch.isFull { break }
    }
    if newIndexes > 0 { batch.needsWrite = true }
    if uncounted == before { return }
    batch.needsWrite = true
    job.status.uncountedTerminatedPods = uncounted
  }

  /// The last failed pod of an index that is to be tried again stays until the new one is there,
  /// which takes over its count.
  private func mayGo(_ pod: JobPod) -> Bool {
    if job.isBeingDeleted || finish != nil || pod.pod.status.phase == .succeeded { return true }
    guard job.isFailed(pod.pod) else { return false }
    guard let index = pod.index, job.spec.backoffLimitPerIndex != nil else { return true }
    return awaitingReplacement[index]?.uid != pod.uid
  }

  private mutating func reportIndexes() -> Bool {
    guard isIndexed else { return false }
    let (completed, failed) = (succeededIndexes.description, failedIndexes?.description)
    let changed = job.status.completedIndexes != completed || job.status.failedIndexes != failed
    job.status.completedIndexes = completed
    job.status.succeeded = Int32(clamping: succeededIndexes.count)
    job.status.failedIndexes = failed
    return changed
  }

  /// Adds the interim condition, and makes the final one of it.
  private mutating func announceFinish() -> Bool {
    guard let interim = finish else { return false }
    let final: JobConditionType =
      interim.type == .successCriteriaMet ? .complete : .failed
    finish = JobCondition(final, interim.reason, interim.message, at: time)
    let isKnown = job.status.conditions.contains { $0.type == interim.type && $0.status == .true }
    if !isKnown { job.status.conditions.append(interim) }
    return !isKnown
  }

  /// Takes the finalizers off; then counts the pods and, if nothing is left to wait for, ends the Job.
  private mutating func release(_ batch: Batch, _ error: APIError?) -> Plan {
    if batch.pods.isEmpty { return conclude(batch, error) }
    var plan = Plan()
    for pod in batch.pods {
      plan.update(pod.key, pod.untracked, because: "let go: the pod has been counted")
    }
    let sync = self
    plan.afterwards = { results, _ in
      var sync = sync
      var released: Set<UID> = []  // Looked up, never walked.
      var refusal: APIError?
      for (pod, result) in zip(batch.pods, results.suffix(batch.pods.count)) {
        if let error = result.error, error.reason != .notFound {
          refusal = refusal ?? error
        } else {
          released.insert(pod.uid)
        }
      }
      var rest = batch
      rest.needsWrite = sync.countReleased(released)
      if refusal != nil { return sync.writeRest(rest, finished: false, refusal) }
      return sync.conclude(rest, error)
    }
    return plan
  }

  private mutating func conclude(_ batch: Batch, _ error: APIError?) -> Plan {
    let isOver = !batch.isFull && end()
    var rest = batch
    rest.needsWrite = isOver || batch.needsWrite && !batch.pods.isEmpty
    return writeRest(rest, finished: isOver, error)
  }

  /// Adds the final condition once no pod is left to count or to wait for.
  private mutating func end() -> Bool {
    guard let finish, terminating <= 0,
      job.status.uncountedTerminatedPods?.isEmpty ?? true
    else { return false }
    _ = job.status.set(finish)
    if finish.type == .complete { job.status.completionTime = finish.lastTransitionTime }
    return true
  }

  private func writeRest(_ batch: Batch, finished: Bool, _ error: APIError?) -> Plan {
    var plan = Plan()
    plan.retries = error != nil
    guard batch.needsWrite else { return plan }
    // The version has moved on with this look's own first write.
    plan.patchStatus(
      key, job,
      because: finished ? "finish: the last pod is over" : "status: pods have been counted",
      .figures([(job.status.succeeded, "succeeded"), (job.status.failed, "failed")]))
    guard finished else { return plan }
    let sync = self
    plan.afterwards = { results, _ in
      if results.last?.error != nil { return .retry }
      var plan = Plan()
      plan.retries = error != nil
      for event in sync.finalEvents { plan.event(event) }
      return plan
    }
    return plan
  }

  private var finalEvents: [EventDraft] {
    guard let finish else { return [] }
    if finish.type == .failed { return [event(.warning, finish.reason, finish.message)] }
    var events: [EventDraft] = []
    if let completions = job.spec.completions, job.status.succeeded > completions {
      events.append(
        event(
          .warning, "TooManySucceededPods",
          "Too many succeeded pods running after completion count reached"))
    }
    return events + [event(.normal, "Completed", "Job completed")]
  }
}

extension UncountedTerminatedPods {
  fileprivate var isEmpty: Bool { succeeded.isEmpty && failed.isEmpty }
}

extension String {
  /// As `2 active, 0 failed`; its bytes are written in place, as every look at a Job writes some.
  static func figures(_ parts: [(Int32, String)]) -> String {
    let words = parts.reduce(0) { $0 + $1.1.utf8.count }
    let longestNumber = 11
    return String(unsafeUninitializedCapacity: words + parts.count * (longestNumber + 3)) { bytes in
      var length = 0
      func write(_ byte: UInt8) {
        bytes[length] = byte
        length += 1
      }
      for (count, what) in parts {
        if length > 0 {
          write(UInt8(ascii: ","))
          write(UInt8(ascii: " "))
        }
        if (0...9).contains(count) {
          write(UInt8(ascii: "0") + UInt8(count))
        } else {
          for byte in String(count).utf8 { write(byte) }
        }
        write(UInt8(ascii: " "))
        for byte in what.utf8 { write(byte) }
      }
      return length
    }
  }
}
