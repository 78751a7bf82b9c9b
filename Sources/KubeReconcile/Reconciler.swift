import KubeModel
import SimulationKernel

/// What looks at the cluster and decides: a controller, the scheduler, the kubelet, or a user's own.
///
/// It is told a key when something it watches has changed, or when it asked to be woken; it looks at
/// the snapshot and returns what it wants written. It cannot write, has no clock and draws no random
/// number: the runner carries the plan out and records each write with the rule that asked for it.
///
/// A reconciler is level-triggered: told the same key twice, with nothing changed, it plans nothing
/// the second time. Memory of its own (containers, queues, back-offs) is stored in the conforming
/// struct, which is a value inside the cluster and is copied with it.
///
/// ```swift
/// public struct ReplicaSetController: Reconciler {
///   public static let name = "replicaset-controller"
///   public static let watches: [Watch] = [.primary(ReplicaSet.self), .owned(Pod.self, by: ReplicaSet.self)]
///   public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan { … }
/// }
/// ```
public protocol Reconciler: Sendable {
  /// Its name in traces and Events.
  static var name: String { get }

  /// What makes it look, and at which key.
  static var watches: [Watch] { get }

  /// Which kinds it may write; those that it watches, unless it says otherwise.
  static var writes: WrittenKinds { get }

  /// The time from a change to the reconcile it causes; changes in between cause one reconcile.
  var latency: Duration { get }

  /// How long a key waits after its n-th failure in a row.
  var retryBackoff: Backoff { get }

  /// Decides what to do about a key. The key may be of an object that is gone.
  ///
  /// Each reconcile of a key replaces the wake-up that an earlier one asked for.
  mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan

  /// Takes over what the user has set on the one that ran before: its memory is lost with it.
  mutating func adopt(settingsOf former: Self)
}

/// The kinds that a reconciler may write. Events need not be named: everybody reports.
public enum WrittenKinds: Sendable {
  /// Those that it watches.
  case watched
  /// Those that it watches, and these.
  case also([any APIObject.Type])
  /// All: what it works on is of any kind, as for the garbage collector.
  case every
}

extension Reconciler {
  public mutating func adopt(settingsOf former: Self) {}

  public static var writes: WrittenKinds { .watched }

  /// True for a kind that it declares to write.
  public static func mayWrite(_ kind: any APIObject.Type) -> Bool {
    switch writes {
    case .every: true
    case .watched: watches.contains { $0.kind == kind }
    case .also(let kinds):
      watches.contains { $0.kind == kind } || kinds.contains { $0 == kind }
    }
  }

  public var latency: Duration { .milliseconds(5) }

  /// 5 ms, doubling, at most 1000 s.
  public var retryBackoff: Backoff { Backoff(base: .milliseconds(5), cap: .seconds(1000)) }
}
