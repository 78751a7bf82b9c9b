import KubeModel
import SimulationKernel

extension SchedulingQueue {
  /// A pod in the queue.
  struct Entry: Sendable {
    let key: ObjectKey
    var priority: Int32
    /// When it last entered the queue, new or rejected.
    var time: Instant
    /// How often it was rejected.
    var rejections = 0
    /// How often in a row trying it ended in an error.
    var errors = 0
    /// The plugins that rejected it last, a bit for each position in the profile.
    var rejectors: UInt32 = 0
    /// What of its metadata and spec it was last tried with.
    var version: Version
    var place = Place.gated
    /// Tells what was put into a heap last from what was put there before.
    var ticket: UInt64 = 0
  }

  /// Where a pod is in the queue.
  enum Place: Sendable {
    case gated, active, backingOff, erring, unschedulable
  }

  /// What a user can change of a pod that waits.
  struct Version: Hashable, Sendable {
    var generation: Int64
    var labels: StringMap<String>

    init(_ pod: Pod) {
      generation = pod.metadata.generation
      labels = pod.metadata.labels
    }
  }
}

extension Instant {
  /// The whole second at or before the instant.
  var wholeSeconds: Int64 {
    let (second, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0 ? second - 1 : second
  }

  /// The start of a whole second.
  init(wholeSeconds: Int64) { self.init(nanoseconds: wholeSeconds * 1_000_000_000) }
}
