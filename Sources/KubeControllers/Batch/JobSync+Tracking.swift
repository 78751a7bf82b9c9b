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
    let mayEnd = !batch.pods.isEmpty || isEnding
    guard batch.needsWrite else {
      if mayEnd { plan += release(batch, error) } else { plan.retries = error != nil }
      return plan
    }
    plan.updateStatus(
      key, job, because: "status: the pods have changed",
      .figures(
        (job.status.active, "active"), (job.status.succeeded, "succeeded"),
        (job.status.failed, "failed")))
    guard mayEnd else {
      // So it is mostly, and the look need not be kept for afterwards.
      if error == nil {
        plan.afterwards = { results, _ in results.last?.error == nil ? .nothing : .retry }
      } else {
        plan.afterwards = { _, _ in .retry }
      }
      return plan
    }
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
    job.status.show(active: active, ready: ready, terminating: terminating)
    return true
  }

  /// Turns the uids of pods that have lost their finalizer, before this look or in it, into numbers.
  private mutating func countReleased(_ released: Set<UID> = []) -> Bool {
    guard job.status.hasUncounted, var uncounted = job.status.uncountedTerminatedPods else {
      return false
    }
    var stillTracked: Set<UID> = []  // Looked up, never walked.
    for pod in pods where pod.isTracked && !released.contains(pod.uid) {
      stillTracked.insert(pod.uid)
    }
    let (succeeded, failed) = (uncounted.succeeded.count, uncounted.failed.count)
    if stillTracked.isEmpty {
      uncounted = UncountedTerminatedPods()
    } else {
      uncounted.succeeded.removeAll { !stillTracked.contains($0) }
      uncounted.failed.removeAll { !stillTracked.contains($0) }
    }
    if uncounted.succeeded.count == succeeded, uncounted.failed.count == failed { return false }
    job.status.succeeded += Int32(succeeded - uncounted.succeeded.count)
    job.status.failed += Int32(failed - uncounted.failed.count)
    job.status.uncountedTerminatedPods = uncounted
    return true
  }

  /// Finds the pods that may go, and writes down those of them that count.
  private mutating func collect(_ batch: inout Batch) {
    let isEnding = isEnding || job.isBeingDeleted
    if !isEnding, active.count == pods.count { return }
    let before = job.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
    var uncounted = before
    let done =
      isIndexed
      ? CompletionIndexes(job.status.completedIndexes, below: completions) : CompletionIndexes()
    var newIndexes = 0
    for index in pods.indices where pods[index].isTracked {
      let pod = pods[index]
      if !isEnding, !mayGo(pod) { continue }
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
    if pod.pod.status.phase == .succeeded { return true }
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
    guard isEnding, let interim = finish else { return false }
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
    guard terminating <= 0, !job.status.hasUncounted, let finish else { return false }
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
      .figures((job.status.succeeded, "succeeded"), (job.status.failed, "failed")))
    guard finished else { return plan }
    let (events, isRetried) = (finalEvents, error != nil)
    plan.afterwards = { results, _ in
      if results.last?.error != nil { return .retry }
      var plan = Plan()
      plan.retries = isRetried
      for event in events { plan.event(event) }
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

extension JobStatus {
  /// Takes the numbers of pods over.
  fileprivate mutating func show(active: Int32, ready: Int32, terminating: Int32) {
    self.active = active
    self.ready = ready
    self.terminating = terminating
  }
}

extension String {
  /// As `2 active, 0 failed`; its bytes are written in place, as every look at a Job writes some.
  static func figures(
    _ first: (Int32, StaticString), _ second: (Int32, StaticString)? = nil,
    _ third: (Int32, StaticString)? = nil
  ) -> String {
    let longestNumber = 11
    let words =
      first.1.utf8CodeUnitCount + (second?.1.utf8CodeUnitCount ?? 0)
      + (third?.1.utf8CodeUnitCount ?? 0)
    return String(unsafeUninitializedCapacity: words + 3 * (longestNumber + 3)) { bytes in
      var length = bytes.write(first, at: 0)
      if let second { length = bytes.writeNext(second, at: length) }
      if let third { length = bytes.writeNext(third, at: length) }
      return length
    }
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes `2 active` and returns the place after it.
  fileprivate func write(_ figure: (count: Int32, what: StaticString), at place: Int) -> Int {
    var place = place
    if (0...9).contains(figure.count) {
      self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: figure.count)
      place += 1
    } else {
      for byte in String(figure.count).utf8 {
        self[place] = byte
        place += 1
      }
    }
    self[place] = UInt8(ascii: " ")
    let what = UnsafeBufferPointer(
      start: figure.what.utf8Start, count: figure.what.utf8CodeUnitCount)
    for index in what.indices { self[place + 1 + index] = what[index] }
    return place + 1 + what.count
  }

  /// The same after a comma.
  fileprivate func writeNext(_ figure: (count: Int32, what: StaticString), at place: Int) -> Int {
    self[place] = UInt8(ascii: ",")
    self[place + 1] = UInt8(ascii: " ")
    return write(figure, at: place + 2)
  }
}
