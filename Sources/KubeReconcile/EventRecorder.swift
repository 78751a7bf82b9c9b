import DequeModule
import KubeModel
import SimulationKernel

// Turns drafts into Events: counts repeats, joins similar ones, holds back floods, lets old ones go.
//
// Follows   client-go/tools/record/events_cache.go, client-go/tools/events/event_broadcaster.go (v1.36)
// Left out  queue overflow and write retries; the 30-minute refresh of a series

/// The memory of all reporters of Events of a cluster.
public struct EventRecorder: Sendable {
  /// What becomes of a draft.
  public enum Outcome: Sendable {
    /// A new Event.
    case create(Event)
    /// A new version of an Event that is there.
    case update(ObjectKey, Event)
    /// Nothing is sent.
    case hold
  }

  private struct Source: Hashable, Sendable {
    let component: String
    let host: String
    let uid: UID
    let name: String
    let type: EventType
  }

  private struct Group: Hashable, Sendable {
    let source: Source
    let reason: String
  }

  private struct Line: Hashable, Sendable {
    let group: Group
    let fieldPath: String
    let message: String
  }

  private struct Similar: Sendable {
    var messages: [String] = []
    var last: Instant
  }

  private struct Seen: Sendable {
    var count: Int32
    var key: ObjectKey?
  }

  private struct Bucket: Sendable {
    var tokens: Double
    var filled: Instant
  }

  private static let cacheSize = 4096
  private static let similarLimit = 10
  private static let similarGap = Duration.seconds(600)
  private static let burst = 25.0
  private static let refill = Duration.seconds(300)
  /// How long an Event stays after its last write.
  public static let timeToLive = Duration.seconds(3600)

  private var similar = RecentlyUsed<Group, Similar>(capacity: cacheSize)
  private var seen = RecentlyUsed<Line, Seen>(capacity: cacheSize)
  private var buckets = RecentlyUsed<Source, Bucket>(capacity: cacheSize)
  private var pendingLine: Line?
  private var lastStamp: Int64 = .min
  private var expiries = Deque<(time: Instant, key: ObjectKey)>()

  /// Nothing reported yet.
  public init() {}

  /// Decides what becomes of a draft.
  ///
  /// After a `create` the runner tells the key with `stored(_:at:)`.
  public mutating func record(_ draft: EventDraft, in snapshot: Snapshot) -> Outcome {
    draft.action.isEmpty ? recordCore(draft, snapshot) : recordSeries(draft, snapshot)
  }

  /// Takes note that the Event of the last outcome is stored under this key.
  public mutating func stored(_ key: ObjectKey, at now: Instant) {
    if let line = pendingLine, var entry = seen[line] {
      entry.key = key
      seen[line] = entry
    }
    pendingLine = nil
    expiries.append((now + Self.timeToLive, key))
  }

  /// When the next Event may be old enough to go.
  public var nextExpiry: Instant? { expiries.first?.time }

  /// The Events whose time has come, and which nobody wrote since.
  public mutating func expired(at now: Instant, clock: Clock, in store: Store) -> [ObjectKey] {
    var gone: [ObjectKey] = []
    while let first = expiries.first, first.time <= now {
      expiries.removeFirst()
      guard let event = store[Event.self, first.key] else { continue }
      let written = event.lastTimestamp ?? event.series?.lastObservedTime?.wholeSeconds
      if let written, clock.instant(written) + Self.timeToLive > now {
        expiries.append((now + Self.timeToLive, first.key))
      } else {
        gone.append(first.key)
      }
    }
    return gone
  }

  // MARK: core/v1 reporters

  private mutating func recordCore(_ draft: EventDraft, _ snapshot: Snapshot) -> Outcome {
    let source = source(of: draft)
    let (message, joined) = aggregate(draft, source, snapshot.now)
    let line = Line(
      group: Group(source: source, reason: draft.reason),
      fieldPath: joined ? "" : draft.regarding.fieldPath, message: joined ? "" : message)
    var entry = seen[line] ?? Seen(count: 0, key: nil)
    entry.count += 1
    let old = entry.key.flatMap { snapshot[Event.self, $0] }
    // A repeat of an Event that is gone begins anew.
    if entry.key != nil, old == nil { entry = Seen(count: 1, key: nil) }
    seen[line] = entry
    guard takeToken(source, snapshot.now) else { return .hold }
    if let key = entry.key, var event = old {
      event.count = entry.count
      event.message = message
      event.lastTimestamp = snapshot.time
      return .update(key, event)
    }
    pendingLine = line
    var event = newEvent(draft, snapshot)
    event.message = message
    event.count = entry.count
    event.firstTimestamp = snapshot.time
    event.lastTimestamp = snapshot.time
    event.source.component = draft.component
    event.source.host = draft.host
    return .create(event)
  }

  /// The tenth different message of a group within ten minutes, and those after it, become one.
  private mutating func aggregate(
    _ draft: EventDraft, _ source: Source, _ now: Instant
  ) -> (message: String, joined: Bool) {
    let group = Group(source: source, reason: draft.reason)
    var record = similar[group] ?? Similar(last: now)
    if now - record.last > Self.similarGap { record.messages = [] }
    record.last = now
    if !record.messages.contains(draft.message) { record.messages.append(draft.message) }
    let joined = record.messages.count >= Self.similarLimit
    if joined { record.messages.removeFirst() }
    similar[group] = record
    return joined
      ? ("(combined from similar events): " + draft.message, true) : (draft.message, false)
  }

  /// 25 at once, and one more every five minutes: after 26 at once the next waits for 300 s.
  private mutating func takeToken(_ source: Source, _ now: Instant) -> Bool {
    var bucket = buckets[source] ?? Bucket(tokens: Self.burst, filled: now)
    let gained = (now - bucket.filled).inSeconds / Self.refill.inSeconds
    bucket.tokens = min(Self.burst, bucket.tokens + gained)
    bucket.filled = now
    let allowed = bucket.tokens >= 1
    if allowed { bucket.tokens -= 1 }
    buckets[source] = bucket
    return allowed
  }

  // MARK: events.k8s.io/v1 reporters

  private mutating func recordSeries(_ draft: EventDraft, _ snapshot: Snapshot) -> Outcome {
    // The text is no part of the key: a second failure with another text belongs to the series.
    let line = Line(
      group: Group(source: source(of: draft), reason: draft.reason),
      fieldPath: draft.regarding.fieldPath, message: "")
    if let entry = seen[line], let key = entry.key, var event = snapshot[Event.self, key],
      isFresh(event, snapshot)
    {
      let count = entry.count + 1
      seen[line] = Seen(count: count, key: key)
      // Only the second one is written at once.
      guard count == 2 else { return .hold }
      var series = EventSeries()
      series.count = count
      series.lastObservedTime = snapshot.microTime
      event.series = series
      return .update(key, event)
    }
    seen[line] = Seen(count: 1, key: nil)
    pendingLine = line
    var event = newEvent(draft, snapshot)
    event.message = draft.message
    event.eventTime = snapshot.microTime
    event.action = draft.action
    return .create(event)
  }

  /// A series ends six minutes after its last Event.
  private func isFresh(_ event: Event, _ snapshot: Snapshot) -> Bool {
    guard let last = event.series?.lastObservedTime ?? event.eventTime else { return false }
    return snapshot.microTime.unixMicroseconds - last.unixMicroseconds < 360_000_000
  }

  private func source(of draft: EventDraft) -> Source {
    Source(
      component: draft.component, host: draft.host, uid: draft.regarding.uid,
      name: draft.regarding.name, type: draft.type)
  }

  private mutating func newEvent(_ draft: EventDraft, _ snapshot: Snapshot) -> Event {
    var event = Event()
    // Events of one instant get stamps of their own, so that names differ.
    lastStamp = max(snapshot.microTime.unixMicroseconds * 1000, lastStamp + 1)
    event.metadata.name = draft.regarding.name + "." + String(lastStamp, radix: 16)
    event.metadata.namespace =
      draft.regarding.namespace.isEmpty ? "default" : draft.regarding.namespace
    event.involvedObject = draft.regarding
    event.reason = draft.reason
    event.type = draft.type
    event.reportingComponent = draft.component
    event.reportingInstance = draft.host
    return event
  }
}
