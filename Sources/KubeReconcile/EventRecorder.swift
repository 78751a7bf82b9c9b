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

  /// A reporter, and what it reports about.
  private struct Source: Hashable, Sendable {
    let uid: UID
    let type: EventType
    let component: String
    let host: String

    init(_ draft: EventDraft) {
      uid = draft.regarding.uid
      type = draft.type
      component = draft.component
      host = draft.host
    }

    /// The uid and the host tell nearly all. Not the uid alone: a node reports its own beginning
    /// without one.
    func _rawHashValue(seed: Int) -> Int {
      let seed = host.bytesHash(seed: UInt64(bitPattern: Int64(seed ^ component.utf8.count)))
      return uid._rawHashValue(seed: Int(truncatingIfNeeded: seed))
    }
  }

  /// A text with its hash, by which it is told at once from most others: a source has dozens of
  /// texts, and many of them differ in their last letters only.
  private struct Words: Equatable, Sendable {
    let hash: UInt64
    let text: String

    init(_ text: String) {
      self.text = text
      hash = text.bytesHash(seed: 0)
    }

    static let none = Words("")

    static func == (left: Self, right: Self) -> Bool {
      left.hash == right.hash && left.text == right.text
    }
  }

  /// What was reported by a source. Upstream keeps the three parts in three caches.
  private struct Record: Sendable {
    var tokens: Double
    var filled: Instant
    var groups: [Similar] = []
    var lines: [Seen] = []
  }

  /// The different messages of one reason.
  private struct Similar: Sendable {
    let reason: Words
    // Most reasons have one message only, which so needs no list.
    var first: Words
    var others: [Words] = []
    var last: Instant

    /// True when there are as many now as become one.
    mutating func add(_ message: Words) -> Bool {
      if message != first, !others.contains(message) { others.append(message) }
      guard others.count + 1 >= similarLimit else { return false }
      first = others.removeFirst()
      return true
    }
  }

  /// An Event that repeats are counted to.
  private struct Seen: Sendable {
    let reason: Words
    let fieldPath: String
    let message: Words
    var count: Int32 = 0
    var key: ObjectKey?
  }

  private static let cacheSize = 4096
  private static let linesPerSource = 64
  /// As many reasons as most sources have; to grow by steps is dearer.
  private static let usualLines = 4
  private static let similarLimit = 10
  private static let similarGap = Duration.seconds(600)
  private static let burst = 25.0
  private static let refill = Duration.seconds(300)
  /// How long an Event stays after its last write.
  public static let timeToLive = Duration.seconds(3600)

  private var records = RecentlyUsed<Source, Record>(capacity: cacheSize)
  /// The line of the newest record that waits for the key of its Event.
  private var pending: Int?
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
    if let line = pending {
      records.modifyNewest { record in
        if line < record.lines.count { record.lines[line].key = key }
      }
    }
    pending = nil
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
    let now = snapshot.now
    let (line, count, old, isJoined, isAllowed) = records.modify(
      Source(draft), default: Self.fresh(now)
    ) { record in
      let (reason, message) = (Words(draft.reason), Words(draft.message))
      let joined = Self.join(reason, message, into: &record, now)
      let line = Self.line(
        reason, joined ? "" : draft.regarding.fieldPath, joined ? .none : message, in: &record)
      let old = record.lines[line].key.flatMap { key in
        snapshot[Event.self, key].map { (key: key, event: $0) }
      }
      if record.lines[line].key != nil, old == nil {
        // A repeat of an Event that is gone begins anew.
        record.lines[line].count = 0
        record.lines[line].key = nil
      }
      record.lines[line].count += 1
      return (line, record.lines[line].count, old, joined, Self.takeToken(from: &record, now))
    }
    guard isAllowed else { return .hold }
    let message = isJoined ? "(combined from similar events): " + draft.message : draft.message
    if let (key, former) = old {
      var event = former
      event.count = count
      event.message = message
      event.lastTimestamp = snapshot.time
      return .update(key, event)
    }
    pending = line
    var event = newEvent(draft, message, snapshot)
    event.count = count
    event.firstTimestamp = snapshot.time
    event.lastTimestamp = snapshot.time
    event.source.component = draft.component
    event.source.host = draft.host
    return .create(event)
  }

  private static func fresh(_ now: Instant) -> Record { Record(tokens: burst, filled: now) }

  /// The place of the Event with these words, which is made when there is none yet.
  private static func line(
    _ reason: Words, _ fieldPath: String, _ message: Words, in record: inout Record
  ) -> Int {
    for line in record.lines.indices
    where record.lines[line].message == message && record.lines[line].reason == reason
      && record.lines[line].fieldPath == fieldPath
    {
      return line
    }
    // What has so many different words is known by its latest ones.
    if record.lines.count >= linesPerSource { record.lines.removeFirst() }
    if record.lines.isEmpty { record.lines.reserveCapacity(usualLines) }
    record.lines.append(Seen(reason: reason, fieldPath: fieldPath, message: message))
    return record.lines.count - 1
  }

  /// True for the tenth different message of a reason within ten minutes, and for those after it:
  /// they become one.
  private static func join(
    _ reason: Words, _ message: Words, into record: inout Record, _ now: Instant
  ) -> Bool {
    for group in record.groups.indices where record.groups[group].reason == reason {
      if now - record.groups[group].last > similarGap {
        record.groups[group] = Similar(reason: reason, first: message, last: now)
        return false
      }
      record.groups[group].last = now
      return record.groups[group].add(message)
    }
    if record.groups.isEmpty { record.groups.reserveCapacity(usualLines) }
    record.groups.append(Similar(reason: reason, first: message, last: now))
    return false
  }

  /// 25 at once, and one more every five minutes: after 26 at once the next waits for 300 s.
  private static func takeToken(from record: inout Record, _ now: Instant) -> Bool {
    if record.tokens < burst {
      let gained = (now - record.filled).inSeconds / refill.inSeconds
      record.tokens = min(burst, record.tokens + gained)
    }
    record.filled = now
    guard record.tokens >= 1 else { return false }
    record.tokens -= 1
    return true
  }

  // MARK: events.k8s.io/v1 reporters

  private mutating func recordSeries(_ draft: EventDraft, _ snapshot: Snapshot) -> Outcome {
    // The version of what it is about is part of the key, and the text is not: a second failure
    // belongs to the series, unless the first one was written into the object.
    let (line, count, old) = records.modify(
      Source(draft), default: Self.fresh(snapshot.now)
    ) { record in
      let line = Self.line(
        Words(draft.reason), draft.regarding.fieldPath, Words(draft.regarding.resourceVersion),
        in: &record)
      let old = record.lines[line].key.flatMap { key in
        snapshot[Event.self, key].flatMap { event in
          Self.isFresh(event, snapshot) ? (key: key, event: event) : nil
        }
      }
      if old == nil {
        record.lines[line].count = 0
        record.lines[line].key = nil
      }
      record.lines[line].count += 1
      return (line, record.lines[line].count, old)
    }
    if let (key, former) = old {
      // Only the second one is written at once.
      guard count == 2 else { return .hold }
      var event = former
      var series = EventSeries()
      series.count = count
      series.lastObservedTime = snapshot.microTime
      event.series = series
      return .update(key, event)
    }
    pending = line
    var event = newEvent(draft, draft.message, snapshot)
    event.eventTime = snapshot.microTime
    event.action = draft.action
    return .create(event)
  }

  /// A series ends six minutes after its last Event.
  private static func isFresh(_ event: Event, _ snapshot: Snapshot) -> Bool {
    guard let last = event.series?.lastObservedTime ?? event.eventTime else { return false }
    return snapshot.microTime.unixMicroseconds - last.unixMicroseconds < 360_000_000
  }

  private mutating func newEvent(
    _ draft: EventDraft, _ message: String, _ snapshot: Snapshot
  ) -> Event {
    // Events of one instant get stamps of their own, so that names differ.
    lastStamp = max(snapshot.microTime.unixMicroseconds * 1000, lastStamp + 1)
    let namespace = draft.regarding.namespace
    return Event(
      name: Self.name(draft.regarding.name, lastStamp),
      namespace: namespace.isEmpty ? "default" : namespace, about: draft.regarding,
      type: draft.type, reason: draft.reason, message: message, component: draft.component,
      host: draft.host)
  }

  /// `web-0.18a3f…`: the name and the stamp in hexadecimal, made in one allocation.
  private static func name(_ name: String, _ stamp: Int64) -> String {
    let digits = max(1, 16 - stamp.leadingZeroBitCount / 4)
    let alphabet = ("0123456789abcdef" as StaticString).utf8Start
    return String(unsafeUninitializedCapacity: name.utf8.count + 1 + digits) { text in
      var name = name
      let at = name.withUTF8 { text.update(fromContentsOf: $0) }
      text[at] = UInt8(ascii: ".")
      var rest = UInt64(bitPattern: stamp)
      for place in stride(from: at + digits, to: at, by: -1) {
        text[place] = alphabet[Int(rest & 15)]
        rest >>= 4
      }
      return at + 1 + digits
    }
  }
}
