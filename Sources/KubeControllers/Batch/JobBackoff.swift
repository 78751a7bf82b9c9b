// How long a Job waits after failures before it makes new pods.
//
// Follows   pkg/controller/job/backoff_utils.go (v1.36)
// Differs   the record remembers which pods it has counted, so that a look that is done again after
//           a refused write counts none of them twice

import KubeModel
import KubeReconcile
import SimulationKernel

/// Pods of a Job that have ended since the last look.
struct EndedPods: Sendable {
  var succeeded: [Pod] = []
  var failed: [Pod] = []

  var isEmpty: Bool { succeeded.isEmpty && failed.isEmpty }
}

/// The failures of a Job since its last success.
struct JobBackoff: Equatable, Sendable {
  /// How many.
  var failures: Int32 = 0
  /// When the last of them was.
  var lastFailure: Timestamp?
  /// Pods in the record that are not yet in the Job's status.
  private var counted: Set<UID> = []  // Looked up, never walked.

  /// No failures.
  init() {}

  /// A record.
  init(failures: Int32, lastFailure: Timestamp?) {
    self.failures = failures
    self.lastFailure = lastFailure
  }

  /// 10 s, 20 s, 40 s … 10 min.
  static let delays = Backoff(base: .seconds(10), cap: .seconds(600))

  /// Counts pods, and says from when on others may be made; nil when there is nothing to wait for.
  mutating func count(_ ended: EndedPods, at snapshot: Snapshot) -> Instant? {
    count(succeeded: ended.succeeded, failed: ended.failed)
    return end(after: snapshot.now, snapshot.clock)
  }

  /// Counts pods that have ended since the last look; a success wipes out what failed before it.
  mutating func count(succeeded: [Pod], failed: [Pod]) {
    if succeeded.isEmpty, failed.isEmpty {
      if !counted.isEmpty { counted = [] }
      return
    }
    let (newSucceeded, newFailed) =
      counted.isEmpty ? (succeeded, failed) : (succeeded.filter(isNew), failed.filter(isNew))
    counted = []
    for pod in succeeded { counted.insert(pod.metadata.uid) }
    for pod in failed { counted.insert(pod.metadata.uid) }
    if newFailed.isEmpty {
      if !newSucceeded.isEmpty { (self.failures, lastFailure) = (0, nil) }
      return
    }
    let failures = newFailed.compactMap(\.finishTime)
    if newSucceeded.isEmpty {
      self.failures += Int32(clamping: newFailed.count)
      lastFailure = failures.max() ?? lastFailure
      return
    }
    let lastSuccess = newSucceeded.compactMap(\.finishTime).max()
    let later = failures.filter { time in lastSuccess.map { time > $0 } ?? true }
    self.failures = Int32(clamping: later.count)
    lastFailure = later.max()
  }

  private func isNew(_ pod: Pod) -> Bool { !counted.contains(pod.metadata.uid) }

  /// From when on pods may be made again; nil when there is nothing to wait for.
  func end(after now: Instant, _ clock: Clock) -> Instant? {
    Self.end(failures: failures, lastFailure, after: now, clock)
  }

  /// From when on a pod may be made after a number of failures; nil when that time is past.
  static func end(
    failures: Int32, _ lastFailure: Timestamp?, after now: Instant, _ clock: Clock
  ) -> Instant? {
    guard let lastFailure, failures > 0 else { return nil }
    let end = clock.instant(lastFailure) + delays.delay(failures: Int(failures))
    return end > now ? end : nil
  }
}

extension Pod {
  /// When the pod ended: its last container's end; else when it stopped being ready; else when its
  /// deletion was asked for; else when it was made.
  var finishTime: Timestamp? {
    if let end = lastContainerEnd { return end }
    if let ready = status.condition(.ready), ready.status == .false,
      let time = ready.lastTransitionTime
    {
      return time
    }
    if let deletion = metadata.deletionTimestamp {
      return deletion + .seconds(-(metadata.deletionGracePeriodSeconds ?? 0))
    }
    return metadata.creationTimestamp
  }

  /// Nil until all containers have ended.
  private var lastContainerEnd: Timestamp? {
    var last: Timestamp?
    for container in status.containerStatuses {
      guard let end = container.state.terminated?.finishedAt else { return nil }
      last = max(last ?? end, end)
    }
    return last
  }
}
