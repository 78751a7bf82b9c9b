// When a DaemonSet is looked at again whose pods have to be ready for a time.
//
// Follows   updatePod and updateDaemonSetStatus of pkg/controller/daemon/daemon_controller.go (v1.36)

import KubeModel
import SimulationKernel

/// The looks that DaemonSets with `minReadySeconds` wait for.
///
/// A pod that has become ready asks for a look a second after it is to be available, and a status
/// with ready pods that are not available asks for one when the whole time is over again. Of the
/// looks that are asked for the queue keeps the earliest.
///
/// With 5 seconds to wait, a new pod that gets ready at 20 s beside the old one is looked at at 26 s;
/// where no old one is left at 25 s.
struct DaemonWaits: Sendable {
  private struct Record: Sendable {
    /// The pods that were ready at the last look. Looked up, never walked.
    var ready: Set<ObjectKey> = []
    var next: Instant?
  }

  private var records: [ObjectKey: Record] = [:]  // Looked up, never walked.

  /// When to look again, after a look at `now` that finds these pods ready.
  ///
  /// - Parameter isWaiting: Whether the status has ready pods that are not available.
  mutating func next(
    _ set: ObjectKey, minReadySeconds: Int32, ready: [ObjectKey], isWaiting: Bool, at now: Instant
  ) -> Instant? {
    let known = records[set] ?? Record()
    let available = now + .seconds(Int64(minReadySeconds))
    var looks = [known.next].compactMap { $0 }.filter { $0 > now }
    if isWaiting { looks.append(available) }
    if !ready.allSatisfy(known.ready.contains) { looks.append(available + .seconds(1)) }
    let next = looks.min()
    records[set] = Record(ready: Set(ready), next: next)
    return next
  }

  mutating func forget(_ set: ObjectKey) { records[set] = nil }
}
