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

  // Keys know their hash: they are looked up in three caches, and moved within each when one goes.
  private struct Source: Hashable, Sendable {
    let component: String
    let host: String
    let uid: UID
    let type: EventType
    let digest: Int

    init(_ draft: EventDraft) {
      component = draft.component
      host = draft.host
      uid = draft.regarding.uid
      type = draft.type
      var hasher = Hasher()
      hasher.combine(uid)
      hasher.combine(component)
      hasher.combine(type)
      digest = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  private struct Group: Hashable, Sendable {
    let source: Source
    let reason: String
    let digest: Int

    init(_ source: Source, _ draft: EventDraft) {
      self.source = source
      reason = draft.reason
      var hasher = Hasher()
      hasher.combine(source.digest)
      hasher.combine(reason)
      digest = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  private struct Line: Hashable, Sendable {
    let group: Group
    let fieldPath: String
    let message: String
    let digest: Int

    init(_ group: Group, fieldPath: String, message: String) {
      self.group = group
      self.fieldPath = fieldPath
      self.message = message
      var hasher = Hasher()
      hasher.combine(group.digest)
      hasher.combine(fieldPath)
      hasher.combine(message)
      digest = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
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
    if let line = pendingLine {
      seen.modify(line, default: Seen(count: 1, key: key)) { $0.key = key }
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
    let source = Source(draft)
    let group = Group(source, draft)
    let (message, joined) = aggregate(draft, group, snapshot.now)
    let line = Line(
      group, fieldPath: joined ? "" : draft.regarding.fieldPath, message: joined ? "" : message)
    let (entry, old) = seen.modify(line, default: Seen(count: 0, key: nil)) {
      entry -> (Seen, Event?) in
      entry.count += 1
      let old = entry.key.flatMap { snapshot[Event.self, $0] }
      // A repeat of an Event that is gone begins anew.
      if entry.key != nil, old == nil { entry = Seen(count: 1, key: nil) }
      return (entry, old)
    }
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
    _ draft: EventDraft, _ group: Group, _ now: Instant
  ) -> (message: String, joined: Bool) {
    let joined = similar.modify(group, default: Similar(last: now)) { record -> Bool in
      if now - record.last > Self.similarGap { record.messages = [] }
      record.last = now
      if !record.messages.contains(draft.message) { record.messages.append(draft.message) }
      let joined = record.messages.count >= Self.similarLimit
      if joined { record.messages.removeFirst() }
      return joined
    }
    return joined
      ? ("(combined from similar events): " + draft.message, true) : (draft.message, false)
  }

  /// 25 at once, and one more every five minutes: after 26 at once the next waits for 300 s.
  private mutating func takeToken(_ source: Source, _ now: Instant) -> Bool {
    buckets.modify(source, default: Bucket(tokens: Self.burst, filled: now)) { bucket in
      let gained = (now - bucket.filled).inSeconds / Self.refill.inSeconds
      bucket.tokens = min(Self.burst, bucket.tokens + gained)
      bucket.filled = now
      guard bucket.tokens >= 1 else { return false }
      bucket.tokens -= 1
      return true
    }
  }

  // MARK: events.k8s.io/v1 reporters

  private mutating func recordSeries(_ draft: EventDraft, _ snapshot: Snapshot) -> Outcome {
    // The text is no part of the key: a second failure with another text belongs to the series.
    let line = Line(
      Group(Source(draft), draft), fieldPath: draft.regarding.fieldPath, message: "")
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
