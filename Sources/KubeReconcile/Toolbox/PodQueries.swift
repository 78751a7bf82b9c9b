// Questions about pods that most controllers ask.
//
// Follows   pkg/controller/controller_utils.go and pkg/api/v1/pod/util.go (v1.36)

import KubeModel
import SimulationKernel

extension Pod {
  /// True while the pod counts for its owner: it is neither over nor being deleted.
  public var isActive: Bool { !isBeingDeleted && !isTerminal }

  /// True while the pod is being deleted and its containers are not over yet.
  public var isTerminating: Bool { isBeingDeleted && !isTerminal }

  /// When the pod became ready; nil when it is not ready, or nothing says since when.
  public var readyTime: Timestamp? {
    let conditions = status.conditions
    for index in conditions.indices where conditions[index].type == .ready {
      return conditions[index].status == .true ? conditions[index].lastTransitionTime : nil
    }
    return nil
  }

  /// From when on the pod counts as available: `minReadySeconds` after it became ready.
  ///
  /// A pod ready since 12:00:00 with 30 seconds is available from 12:00:30; with 0 seconds a ready
  /// pod always was. Nil when the pod is not ready, or nothing says since when.
  public func availableFrom(minReadySeconds: Int32, _ clock: Clock) -> Instant? {
    guard minReadySeconds > 0 else { return isReady ? Instant(nanoseconds: .min) : nil }
    return readyTime.map { clock.instant($0) + .seconds(Int64(minReadySeconds)) }
  }

  /// True when the pod has been ready for `minReadySeconds`.
  public func isAvailable(minReadySeconds: Int32, at now: Instant, _ clock: Clock) -> Bool {
    guard let from = availableFrom(minReadySeconds: minReadySeconds, clock) else { return false }
    return from <= now
  }

  /// When to look whether the pod has become available; nil when it is already, or is not ready.
  public func nextAvailabilityCheck(
    minReadySeconds: Int32, after now: Instant, _ clock: Clock
  ) -> Instant? {
    guard let from = availableFrom(minReadySeconds: minReadySeconds, clock) else { return nil }
    return from > now ? from : nil
  }
}

extension Sequence<Pod> {
  /// When to look whether the next of the pods has become available; nil when none is waiting.
  public func nextAvailabilityCheck(
    minReadySeconds: Int32, after now: Instant, _ clock: Clock
  ) -> Instant? {
    lazy.compactMap {
      $0.nextAvailabilityCheck(minReadySeconds: minReadySeconds, after: now, clock)
    }.min()
  }
}
