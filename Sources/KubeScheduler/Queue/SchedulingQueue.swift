import KubeModel
import SimulationKernel

/// The pods that wait for a node: those that can be tried, those that wait out a back-off, those
/// that nothing has changed for since they were rejected, and those that are gated.
///
/// Follows pkg/scheduler/backend/queue (v1.36): `scheduling_queue.go`, `active_queue.go`,
/// `backoff_queue.go`. One difference: pods that a change may help are looked through in the order
/// in which they were rejected; upstream's order is that of a Go map.
struct SchedulingQueue: Sendable {
  private struct Ticket: Comparable, Sendable {
    /// The whole second after which its back-off is over; 0 in the active queue.
    let second: Int64
    let priority: Int32
    let time: Instant
    let ticket: UInt64
    let number: Int32

    static func < (left: Ticket, right: Ticket) -> Bool {
      if left.second != right.second { return left.second < right.second }
      if left.priority != right.priority { return left.priority > right.priority }
      return left.time == right.time ? left.ticket < right.ticket : left.time < right.time
    }
  }

  private var entries: ContiguousArray<Entry?> = []
  private var free: [Int32] = []
  private var numbers: [ObjectKey: Int32] = [:]  // Looked up, never walked.
  private var active = MinHeap<Ticket>()
  private var backingOff = MinHeap<Ticket>()
  private var erring = MinHeap<Ticket>()
  /// In the order of rejection; what was taken out since is passed over.
  private var unschedulable: ContiguousArray<Ticket> = []
  /// Where those begin that are still there.
  private var firstUnschedulable = 0
  private var unschedulableCount = 0
  private var nextTicket: UInt64 = 1

  private static let backoff = Backoff(base: .seconds(1), cap: .seconds(10))
  private static let longestWait = Duration.seconds(300)
  private static let flushPeriod = Duration.seconds(30)

  /// Whether a pod can be tried now.
  var isReady: Bool {
    mutating get {
      Self.live(&active, entries) != nil || Self.live(&backingOff, entries) != nil
    }
  }

  /// The entry of a pod.
  subscript(key: ObjectKey) -> Entry? { numbers[key].flatMap { entries[Int($0)] } }

  /// The number of pods that were rejected and wait for a change.
  var waitsForChange: Bool { unschedulableCount > 0 }

  /// Adds a new pod, or one whose last gate is gone.
  mutating func add(_ key: ObjectKey, _ pod: Pod, isGated: Bool, now: Instant) {
    var entry =
      self[key] ?? Entry(key: key, priority: 0, time: now, version: SchedulingQueue.Version(pod))
    entry.priority = pod.spec.priority ?? 0
    entry.time = now
    entry.version = Version(pod)
    put(entry, isGated ? .gated : .active)
  }

  /// Takes a pod out: it has a node, or is gone.
  mutating func remove(_ key: ObjectKey) {
    guard let number = numbers.removeValue(forKey: key) else { return }
    if entries[Int(number)]?.place == .unschedulable { unschedulableCount -= 1 }
    entries[Int(number)] = nil
    free.append(number)
  }

  /// Takes out the pod that is tried next: of the highest priority, then the one that waits
  /// longest; one that still backs off only when there is no other.
  mutating func pop() -> Entry? {
    guard let ticket = Self.live(&active, entries) ?? Self.live(&backingOff, entries) else {
      return nil
    }
    let entry = entries[Int(ticket.number)]
    if let entry { remove(entry.key) }
    return entry
  }

  /// Puts a pod back that was tried in vain.
  mutating func putBack(_ tried: Entry, rejectors: UInt32, now: Instant) {
    var entry = tried
    entry.time = now
    entry.rejectors = rejectors
    if rejectors == 0 {
      entry.errors += 1
      put(entry, .erring)
    } else {
      entry.rejections += 1
      entry.errors = 0
      put(entry, .unschedulable)
    }
  }

  /// Puts a pod back whose binding was refused.
  mutating func putBackRefused(_ key: ObjectKey, _ pod: Pod, now: Instant) {
    var entry = Entry(
      key: key, priority: pod.spec.priority ?? 0, time: now, version: Version(pod))
    entry.errors = 1
    put(entry, .erring)
  }

  /// A user changed a pod that waits: it may fit now.
  mutating func update(_ key: ObjectKey, _ pod: Pod, now: Instant) {
    guard var entry = self[key], entry.version != Version(pod) else { return }
    entry.version = Version(pod)
    entry.priority = pod.spec.priority ?? 0
    switch entry.place {
    case .unschedulable: move(entry, now)
    case .gated, .active, .backingOff, .erring: put(entry, entry.place)
    }
  }

  /// Moves the rejected pods that a change may help, to be tried again.
  mutating func moveRejected(now: Instant, where mayBeHelped: (Entry) -> Bool) {
    if unschedulableCount == 0 { return }
    let candidates = unschedulable[firstUnschedulable...]
    unschedulable = []
    firstUnschedulable = 0
    for ticket in candidates {
      guard let entry = entry(ticket) else { continue }
      if mayBeHelped(entry) { move(entry, now) } else { unschedulable.append(ticket) }
    }
  }

  /// Lets pods go on whose back-off is over, or that have waited for a change for too long.
  mutating func release(now: Instant) {
    let second = now.wholeSeconds
    while let ticket = backingOff.min, ticket.second < second {
      _ = backingOff.popMin()
      if let entry = entry(ticket) { put(entry, .active) }
    }
    while let ticket = erring.min, ticket.second < second {
      _ = erring.popMin()
      if let entry = entry(ticket) { put(entry, .active) }
    }
    while let entry = longestUnschedulable(), Self.flushTime(entry) <= now { move(entry, now) }
  }

  /// When something happens here by itself; nil for never.
  mutating func nextRelease() -> Instant? {
    let error = Self.live(&erring, entries).map { Instant(wholeSeconds: $0.second + 1) }
    let flush = longestUnschedulable().map(Self.flushTime)
    switch (error, flush) {
    case (let error?, let flush?): return min(error, flush)
    default: return error ?? flush
    }
  }

  /// The pod that has waited for a change longest.
  private mutating func longestUnschedulable() -> Entry? {
    while firstUnschedulable < unschedulable.count {
      if let entry = entry(unschedulable[firstUnschedulable]) { return entry }
      firstUnschedulable += 1
    }
    if firstUnschedulable > 0 {
      unschedulable = []
      firstUnschedulable = 0
    }
    return nil
  }

  /// The first half minute at which the pod has waited for more than five minutes.
  private static func flushTime(_ entry: Entry) -> Instant {
    let due = (entry.time + longestWait).nanoseconds
    let period = flushPeriod.nanoseconds
    return Instant(nanoseconds: (due / period + 1) * period)
  }

  private mutating func move(_ entry: Entry, _ now: Instant) {
    let isBackingOff = Self.backoffSecond(entry) >= now.wholeSeconds
    put(entry, isBackingOff ? .backingOff : .active)
  }

  /// The last whole second of a pod's back-off.
  ///
  /// A pod that is rejected for the first time at 4.2 s backs off 1 s, to 5.2 s: that is second 5,
  /// and it goes on at 6 s.
  private static func backoffSecond(_ entry: Entry) -> Int64 {
    let failures = entry.errors > 0 ? entry.errors : entry.rejections
    return (entry.time + backoff.delay(failures: failures)).wholeSeconds
  }

  private mutating func put(_ entry: Entry, _ place: Place) {
    var entry = entry
    let known = numbers[entry.key]
    let number = known ?? free.popLast() ?? Int32(entries.count)
    if Int(number) == entries.count { entries.append(nil) }
    if entries[Int(number)]?.place == .unschedulable { unschedulableCount -= 1 }
    if known == nil { numbers[entry.key] = number }
    entry.place = place
    entry.ticket = nextTicket
    nextTicket += 1
    entries[Int(number)] = entry
    let waits = place == .backingOff || place == .erring
    let ticket = Ticket(
      second: waits ? Self.backoffSecond(entry) : 0, priority: entry.priority, time: entry.time,
      ticket: entry.ticket, number: number)
    switch place {
    case .gated: break
    case .active: active.insert(ticket)
    case .backingOff: backingOff.insert(ticket)
    case .erring: erring.insert(ticket)
    case .unschedulable:
      if firstUnschedulable > 1000, 2 * firstUnschedulable > unschedulable.count {
        unschedulable.removeFirst(firstUnschedulable)
        firstUnschedulable = 0
      }
      unschedulable.append(ticket)
      unschedulableCount += 1
    }
  }

  private func entry(_ ticket: Ticket) -> Entry? {
    guard Self.isLive(ticket, entries) else { return nil }
    return entries[Int(ticket.number)]
  }

  private static func isLive(_ ticket: Ticket, _ entries: ContiguousArray<Entry?>) -> Bool {
    entries[Int(ticket.number)]?.ticket == ticket.ticket
  }

  /// The least ticket of a heap whose pod is still there.
  private static func live(
    _ heap: inout MinHeap<Ticket>, _ entries: ContiguousArray<Entry?>
  ) -> Ticket? {
    while let ticket = heap.min {
      if isLive(ticket, entries) { return ticket }
      _ = heap.popMin()
    }
    return nil
  }
}
