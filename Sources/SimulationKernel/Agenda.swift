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
    @usableFromInline let place: Int

    @usableFromInline init(time: Instant, sequence: UInt64, place: Int) {
      self.time = time
      self.sequence = sequence
      self.place = place
    }

    @inlinable static func == (left: Item, right: Item) -> Bool { left.sequence == right.sequence }
    @inlinable static func < (left: Item, right: Item) -> Bool {
      left.time.nanoseconds == right.time.nanoseconds
        ? left.sequence < right.sequence : left.time.nanoseconds < right.time.nanoseconds
    }
  }

  @usableFromInline struct Due: Sendable {
    @usableFromInline let key: Key
    @usableFromInline var time: Instant
    /// Of the item that counts; 0 for a place that is free.
    @usableFromInline var sequence: UInt64
    /// Of a place that is free, the one that was freed before it; -1 for none.
    @usableFromInline var freed = -1
    @usableFromInline var cause: StepID
    @usableFromInline var isPinned: Bool

    @usableFromInline init(
      key: Key, time: Instant, sequence: UInt64, cause: StepID, isPinned: Bool
    ) {
      self.key = key
      self.time = time
      self.sequence = sequence
      self.cause = cause
      self.isPinned = isPinned
    }
  }

  /// The earliest item, which is asked for at every turn; nil only while there are no others.
  @usableFromInline var front: Item?
  /// The other items.
  @usableFromInline var heap = Heap<Item>()
  @usableFromInline var places: [Key: Int] = [:]  // Looked up, never walked.
  // In pages: a copy of an agenda that was once long costs its next write one of them.
  @usableFromInline var due = PagedArray<Due>()
  @usableFromInline var freed = -1
  @usableFromInline var sequence: UInt64 = 0

  /// Nothing is due.
  @inlinable public init() {}

  /// How many keys are due at some time.
  public var count: Int { places.count }

  /// True when nothing is due, ever.
  public var isEmpty: Bool { places.isEmpty }

  /// Makes a key due; one that is due earlier or at the same time already keeps its time.
  ///
  /// The latest cause is the one that counts, but for a pinned one, which stays until the key is due:
  /// so a user's wish is not lost behind what happens to change in the meantime.
  ///
  /// - Complexity: O(log n) comparisons, one look-up.
  @inlinable public mutating func add(
    _ key: Key, at time: Instant, cause: StepID, isPinned: Bool = false
  ) {
    // The place that it will get, unless it has one: so one look-up does.
    let fresh = freed < 0 ? due.count : freed
    let place = places.value(of: key, orSet: fresh)
    if place != fresh {
      if !due[place].isPinned {
        due[place].cause = cause
        due[place].isPinned = isPinned
      }
      if due[place].time <= time { return }
      sequence += 1
      due[place].time = time
      due[place].sequence = sequence
      put(Item(time: time, sequence: sequence, place: place))
      return
    }
    sequence += 1
    let entry = Due(key: key, time: time, sequence: sequence, cause: cause, isPinned: isPinned)
    if freed < 0 {
      due.append(entry)
    } else {
      freed = due[place].freed
      due[place] = entry
    }
    put(Item(time: time, sequence: sequence, place: place))
  }

  @inlinable mutating func put(_ item: Item) {
    guard let first = front else {
      front = item
      return
    }
    if item < first { front = item }
    heap.insert(item < first ? first : item)
  }

  /// Takes a key out; nothing happens when it is not due.
  @inlinable public mutating func cancel(_ key: Key) {
    guard let place = places.removeValue(forKey: key) else { return }
    due[place].sequence = 0
    due[place].freed = freed
    freed = place
  }

  /// When the key is due, if it is.
  @inlinable public func time(of key: Key) -> Instant? { places[key].map { due[$0].time } }

  /// When the next key is due.
  @inlinable public mutating func nextTime() -> Instant? {
    dropStale()
    return front?.time
  }

  /// Takes out the key that is due next.
  @inlinable public mutating func next() -> Entry? {
    dropStale()
    guard let item = front else { return nil }
    front = heap.popMin()
    let entry = due[item.place]
    cancel(entry.key)
    return Entry(time: entry.time, key: entry.key, cause: entry.cause)
  }

  /// An item is stale when its key was cancelled or became due earlier since.
  @inlinable mutating func dropStale() {
    while let item = front, due[item.place].sequence != item.sequence { front = heap.popMin() }
  }
}

extension Dictionary {
  /// The value of a key, which becomes this one if it has none.
  @inlinable mutating func value(of key: Key, orSet fresh: Value) -> Value {
    func keep(_ value: inout Value) -> Value { value }
    return keep(&self[key, default: fresh])
  }
}
