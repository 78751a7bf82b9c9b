import HeapModule

/// What is due when: a queue of keys, each in it at most once, ordered by time and then by the
/// order in which they came.
///
/// It is the work queue and the timer queue in one. A key that is added again keeps its earlier
/// due time; taking a key out is how a timer is cancelled. Keys due at one instant come out one at
/// a time, so that handling one may still cancel or add another.
public struct Agenda<Key: Hashable & Sendable>: Sendable {
  /// A key with the instant it is due and the step that asked for it.
  public struct Entry: Sendable {
    /// When it is due.
    public let time: Instant
    /// What is due.
    public let key: Key
    /// The step that put it here.
    public let cause: StepID

    @usableFromInline init(time: Instant, key: Key, cause: StepID) {
      self.time = time
      self.key = key
      self.cause = cause
    }
  }

  @usableFromInline struct Item: Comparable, Sendable {
    @usableFromInline let time: Instant
    @usableFromInline let sequence: UInt64
    @usableFromInline let key: Key

    @usableFromInline init(time: Instant, sequence: UInt64, key: Key) {
      self.time = time
      self.sequence = sequence
      self.key = key
    }

    @inlinable static func == (left: Item, right: Item) -> Bool { left.sequence == right.sequence }
    @inlinable static func < (left: Item, right: Item) -> Bool {
      (left.time.nanoseconds, left.sequence) < (right.time.nanoseconds, right.sequence)
    }
  }

  @usableFromInline struct Due: Sendable {
    @usableFromInline let time: Instant
    @usableFromInline let sequence: UInt64
    @usableFromInline var cause: StepID
    @usableFromInline var isPinned: Bool

    @usableFromInline init(time: Instant, sequence: UInt64, cause: StepID, isPinned: Bool) {
      self.time = time
      self.sequence = sequence
      self.cause = cause
      self.isPinned = isPinned
    }
  }

  @usableFromInline var heap = Heap<Item>()
  @usableFromInline var due: [Key: Due] = [:]  // Looked up, never walked.
  @usableFromInline var sequence: UInt64 = 0

  /// Nothing is due.
  @inlinable public init() {}

  /// How many keys are due at some time.
  public var count: Int { due.count }

  /// True when nothing is due, ever.
  public var isEmpty: Bool { due.isEmpty }

  /// Makes a key due; one that is due earlier or at the same time already keeps its time.
  ///
  /// The latest cause is the one that counts, but for a pinned one, which stays until the key is due:
  /// so a user's wish is not lost behind what happens to change in the meantime.
  ///
  /// - Complexity: O(log n) comparisons, one look-up.
  @inlinable public mutating func add(
    _ key: Key, at time: Instant, cause: StepID, isPinned: Bool = false
  ) {
    var wanted = (cause: cause, isPinned: isPinned)
    if let present = due[key] {
      if present.isPinned { wanted = (present.cause, true) }
      if present.time <= time {
        due[key]?.cause = wanted.cause
        due[key]?.isPinned = wanted.isPinned
        return
      }
    }
    sequence += 1
    due[key] = Due(
      time: time, sequence: sequence, cause: wanted.cause, isPinned: wanted.isPinned)
    heap.insert(Item(time: time, sequence: sequence, key: key))
  }

  /// Takes a key out; nothing happens when it is not due.
  @inlinable public mutating func cancel(_ key: Key) { due[key] = nil }

  /// When the key is due, if it is.
  @inlinable public func time(of key: Key) -> Instant? { due[key]?.time }

  /// When the next key is due.
  @inlinable public mutating func nextTime() -> Instant? {
    dropStale()
    return heap.min?.time
  }

  /// Takes out the key that is due next.
  @inlinable public mutating func next() -> Entry? {
    dropStale()
    guard let item = heap.popMin(), let due = due.removeValue(forKey: item.key) else { return nil }
    return Entry(time: item.time, key: item.key, cause: due.cause)
  }

  /// An item is stale when its key was cancelled or became due earlier since.
  @inlinable mutating func dropStale() {
    while let item = heap.min, due[item.key]?.sequence != item.sequence { heap.removeMin() }
  }
}
