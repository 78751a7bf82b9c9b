import KubeModel
import SimulationKernel

/// What a reconciler may look at: all objects as they are now, and the time.
///
/// A snapshot lives for one reconcile. Do not keep it: a write that happens while one is alive
/// copies what it touches.
public struct Snapshot: Sendable {
  /// All objects.
  public let store: Store
  /// The instant.
  public let now: Instant
  /// What the API's clock shows at the start of the run.
  public let clock: Clock

  /// A view of these objects at this instant.
  public init(store: Store, now: Instant, clock: Clock) {
    self.store = store
    self.now = now
    self.clock = clock
  }

  /// Now as the API shows it, in whole seconds.
  public var time: Timestamp { clock.timestamp(now) }

  /// Now with microseconds.
  public var microTime: MicroTime { clock.microTime(now) }

  /// The object of a key; nil when it is gone or of another kind.
  @inlinable public subscript<Object: APIObject>(kind: Object.Type, key: ObjectKey) -> Object? {
    store[kind, key]
  }

  /// The object of a name; the namespace is empty for kinds that have none.
  @inlinable
  public subscript<Object: APIObject>(
    kind: Object.Type, namespace: String, name: String
  ) -> Object? {
    store.key(kind, namespace, name).flatMap { store[kind, $0] }
  }
}

/// Turns instants of the run into times of the API and back.
public struct Clock: Hashable, Sendable {
  /// What the clock shows at the start of the run, in microseconds since 1970.
  public let start: MicroTime

  /// A clock that shows this at the start of the run; 2026-01-01T00:00:00Z when nothing is said.
  public init(start: Timestamp = Timestamp(unixSeconds: 1_767_225_600)) {
    self.start = MicroTime(unixMicroseconds: start.unixSeconds * 1_000_000)
  }

  /// What the clock shows, in microseconds.
  public func microTime(_ instant: Instant) -> MicroTime {
    // Rounded down also before the start: -1 ns is in the microsecond before it.
    let (micro, rest) = instant.nanoseconds.quotientAndRemainder(dividingBy: 1000)
    return MicroTime(unixMicroseconds: start.unixMicroseconds + micro - (rest < 0 ? 1 : 0))
  }

  /// What the clock shows, in whole seconds.
  public func timestamp(_ instant: Instant) -> Timestamp { microTime(instant).wholeSeconds }

  /// The instant at which the clock shows this; stops at the ends of the range, 292 years away.
  public func instant(_ time: Timestamp) -> Instant {
    .zero + (.seconds(time.unixSeconds) - .microseconds(start.unixMicroseconds))
  }
}
