// A set of completion indexes, as a Job's status writes it.
//
// Follows   pkg/controller/job/indexed_job_utils.go (v1.36)

/// A set of indexes as increasing intervals, written `1,3-5,7`.
struct CompletionIndexes: Hashable, Sendable {
  /// The indexes from the first to the last.
  struct Interval: Hashable, Sendable {
    let first: Int
    var last: Int

    var count: Int { last - first + 1 }
  }

  /// Increasing, with at least one index between two of them; in a text that does not keep to that
  /// (`5-3`) as they were read.
  private(set) var intervals: [Interval] = []

  /// No indexes.
  init() {}

  /// These indexes, in any order, with or without doubles.
  init(_ indexes: [Int]) {
    for index in indexes.sorted() { append(Interval(first: index, last: index)) }
  }

  /// Reads `1,3-5,7`; indexes from `limit` on are cut off, and what cannot be read is left out.
  init(_ text: String, below limit: Int) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard let first = Int(ends[0]) else { continue }
      if first >= limit { break }
      var interval = Interval(first: first, last: first)
      if ends.count > 1 {
        guard let end = Int(ends[1]) else { continue }
        interval.last = min(end, limit - 1)
      }
      if let before = intervals.last, before.last == first - 1 {
        intervals[intervals.count - 1].last = interval.last
      } else {
        intervals.append(interval)
      }
    }
  }

  /// How many indexes there are.
  var count: Int { intervals.reduce(0) { $0 + $1.count } }

  /// True when there are none.
  var isEmpty: Bool { intervals.isEmpty }

  /// True when the index is in the set. O(log intervals).
  func contains(_ index: Int) -> Bool {
    var (low, high) = (0, intervals.count)
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].last < index { low = middle + 1 } else { high = middle }
    }
    return low < intervals.count && intervals[low].first <= index
  }

  /// The indexes of both sets.
  func union(_ other: Self) -> Self {
    var result = Self()
    var (left, right) = (intervals[...], other.intervals[...])
    while let first = left.first, let second = right.first {
      if first.first < second.first {
        result.append(first)
        left.removeFirst()
      } else {
        result.append(second)
        right.removeFirst()
      }
    }
    for interval in left { result.append(interval) }
    for interval in right { result.append(interval) }
    return result
  }

  /// How many indexes are in both sets.
  func countInCommon(with other: Self) -> Int {
    var (left, right) = (intervals[...], other.intervals[...])
    var count = 0
    while let first = left.first, let second = right.first {
      count += max(0, min(first.last, second.last) - max(first.first, second.first) + 1)
      if first.last < second.last { left.removeFirst() } else { right.removeFirst() }
    }
    return count
  }

  /// The first indexes below `limit` that are not in the set, at most `count` of them.
  func gaps(_ count: Int, below limit: Int) -> [Int] {
    var result: [Int] = []
    var candidate = 0
    for interval in intervals {
      while candidate < min(interval.first, limit), result.count < count {
        result.append(candidate)
        candidate += 1
      }
      candidate = max(candidate, interval.last + 1)
    }
    while candidate < limit, result.count < count {
      result.append(candidate)
      candidate += 1
    }
    return result
  }

  /// Adds an interval that begins no earlier than the last one.
  private mutating func append(_ interval: Interval) {
    guard let last = intervals.last, interval.first <= last.last + 1 else {
      intervals.append(interval)
      return
    }
    intervals[intervals.count - 1].last = max(last.last, interval.last)
  }
}

extension CompletionIndexes: CustomStringConvertible {
  /// As `1,3-5,7`; two neighbours are written `0,1`.
  var description: String {
    intervals.map { interval in
      let (first, last) = (interval.first, interval.last)
      if last <= first { return "\(first)" }
      return last == first + 1 ? "\(first),\(last)" : "\(first)-\(last)"
    }.joined(separator: ",")
  }
}
