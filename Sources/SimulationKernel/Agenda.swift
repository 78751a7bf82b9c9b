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
  }

  private struct Item: Comparable, Sendable {
    let time: Instant
    let sequence: UInt64
    let key: Key
    let cause: StepID

    static func == (left: Item, right: Item) -> Bool { left.sequence == right.sequence }
    static func < (left: Item, right: Item) -> Bool {
      (left.time.nanoseconds, left.sequence) < (right.time.nanoseconds, right.sequence)
    }
  }

  private struct Due: Sendable {
    let time: Instant
    let sequence: UInt64
  }

  private var heap = Heap<Item>()
  private var due: [Key: Due] = [:]  // Looked up, never walked.
  private var sequence: UInt64 = 0

  /// Nothing is due.
  public init() {}

  /// How many keys are due at some time.
  public var count: Int { due.count }

  /// True when nothing is due, ever.
  public var isEmpty: Bool { due.isEmpty }

  /// Makes a key due; one that is due earlier or at the same time already stays as it is.
  ///
  /// - Complexity: O(log n) comparisons, one look-up.
  public mutating func add(_ key: Key, at time: Instant, cause: StepID) {
    if let present = due[key], present.time <= time { return }
    sequence += 1
    due[key] = Due(time: time, sequence: sequence)
    heap.insert(Item(time: time, sequence: sequence, key: key, cause: cause))
  }

  /// Takes a key out; nothing happens when it is not due.
  public mutating func cancel(_ key: Key) { due[key] = nil }

  /// When the key is due, if it is.
  public func time(of key: Key) -> Instant? { due[key]?.time }

  /// When the next key is due.
  public mutating func nextTime() -> Instant? {
    dropStale()
    return heap.min?.time
  }

  /// Takes out the key that is due next.
  public mutating func next() -> Entry? {
    dropStale()
    guard let item = heap.popMin() else { return nil }
    due[item.key] = nil
    return Entry(time: item.time, key: item.key, cause: item.cause)
  }

  /// An item is stale when its key was cancelled or became due earlier since.
  private mutating func dropStale() {
    while let item = heap.min, due[item.key]?.sequence != item.sequence { heap.removeMin() }
  }
}
