// Which of an owner's pods go first when there are too many.
//
// Follows   pkg/controller/controller_utils.go, ActivePodsWithRanks (v1.36)
// Differs   the last tie is broken by name; upstream leaves it to an unstable sort

import KubeModel
import SimulationKernel

/// The place of a pod in the order in which pods are deleted: the smaller, the sooner.
///
/// ```swift
/// let order = pods.indices.sorted { rankings[$0] < rankings[$1] }
/// ```
public struct PodRanking: Comparable, Sendable {
  let isAssigned: Bool
  let phase: Int
  let isReady: Bool
  let deletionCost: Int32
  /// How many related pods stand on the same node.
  let rank: Int
  let readySince: Instant?
  let restarts: Int32
  let sidecarRestarts: Int32
  let createdAt: Instant?
  let now: Instant?
  let uid: UID
  let name: String

  /// The place of a pod that stands on a node with `rank` related pods.
  ///
  /// - Parameter now: From when ages are counted. Ages are compared by powers of two, so that pods
  ///   of about the same age go in the order of their uids, that is by chance. Without it the
  ///   younger one goes, by however little.
  /// - Parameter weighsCost: Whether the pod's deletion cost counts; a Job does not look at it.
  public init(
    _ pod: Pod, rank: Int, now: Instant?, weighsCost: Bool = true, _ clock: Clock
  ) {
    isAssigned = !pod.spec.nodeName.isEmpty
    phase = Self.order(of: pod.status.phase)
    isReady = pod.isReady
    deletionCost = weighsCost ? Self.deletionCost(pod.metadata.annotations) : 0
    self.rank = rank
    readySince = pod.readyTime.map(clock.instant)
    restarts = Self.mostRestarts(pod.status.containerStatuses)
    sidecarRestarts = Self.mostRestarts(
      pod.status.initContainerStatuses.filter { status in
        pod.spec.initContainers.contains { $0.name == status.name && $0.restartPolicy == .always }
      })
    createdAt = pod.metadata.creationTimestamp.map(clock.instant)
    self.now = now
    uid = pod.metadata.uid
    name = pod.metadata.name
  }

  public static func < (left: Self, right: Self) -> Bool {
    if left.isAssigned != right.isAssigned { return !left.isAssigned }
    if left.phase != right.phase { return left.phase < right.phase }
    if left.isReady != right.isReady { return !left.isReady }
    if left.deletionCost != right.deletionCost { return left.deletionCost < right.deletionCost }
    if left.rank != right.rank { return left.rank > right.rank }
    if left.isReady, left.readySince != right.readySince {
      return left.isYounger(than: right, by: \.readySince)
    }
    if left.restarts != right.restarts { return left.restarts > right.restarts }
    if left.sidecarRestarts != right.sidecarRestarts {
      return left.sidecarRestarts > right.sidecarRestarts
    }
    if left.createdAt != right.createdAt { return left.isYounger(than: right, by: \.createdAt) }
    return left.name < right.name
  }

  /// An unknown time goes first, then the smaller power of two of the age, then the smaller uid.
  private func isYounger(than other: Self, by time: KeyPath<Self, Instant?>) -> Bool {
    guard let since = self[keyPath: time] else { return true }
    guard let otherSince = other[keyPath: time] else { return false }
    guard let now else { return since > otherSince }
    let bucket = Self.bucket(ofAge: now - since)
    let otherBucket = Self.bucket(ofAge: now - otherSince)
    return bucket == otherBucket ? uid < other.uid : bucket < otherBucket
  }

  /// The power of two at or below an age in nanoseconds; -1 for no age.
  ///
  /// 5 hours are 1.8 · 10¹³ ns and 8 hours 2.9 · 10¹³, both in bucket 44 (from 1.76 · 10¹³);
  /// 2 hours, 7.2 · 10¹², are in bucket 42.
  static func bucket(ofAge age: Duration) -> Int {
    let nanoseconds = age.nanoseconds
    return nanoseconds > 0 ? Int64.bitWidth - 1 - nanoseconds.leadingZeroBitCount : -1
  }

  private static func order(of phase: PodPhase) -> Int {
    switch phase {
    case .unknown: 1
    case .running: 2
    default: 0
    }
  }

  private static func mostRestarts(_ statuses: [ContainerStatus]) -> Int32 {
    statuses.reduce(0) { max($0, $1.restartCount) }
  }

  /// The annotation's whole number; 0 when it is missing or written in another form.
  static func deletionCost(_ annotations: StringMap<String>) -> Int32 {
    guard let text = annotations["controller.kubernetes.io/pod-deletion-cost"] else { return 0 }
    let first = text.utf8.first ?? 0
    let isPlain = first == UInt8(ascii: "-") || (UInt8(ascii: "1")...UInt8(ascii: "9")) ~= first
    return isPlain ? Int32(text) ?? 0 : 0
  }
}
