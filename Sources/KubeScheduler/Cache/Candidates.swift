/// Nodes that fit a pod, with their scores so far.
struct Candidates: Sendable {
  private(set) var nodes: ContiguousArray<Int32> = []
  var totals: ContiguousArray<Int32> = []

  /// Replaces all by what a function writes to two buffers of this size or more; it returns how many.
  @inline(__always) mutating func fill(
    _ size: Int,
    _ body: (UnsafeMutableBufferPointer<Int32>, UnsafeMutableBufferPointer<Int32>) -> Int
  ) {
    // Mostly as many are wanted as were found the time before, and there is room for them.
    if nodes.count < size {
      nodes = ContiguousArray(repeating: 0, count: size)
      totals = ContiguousArray(repeating: 0, count: size)
    }
    let count = nodes.withUnsafeMutableBufferPointer { nodes in
      totals.withUnsafeMutableBufferPointer { totals in body(nodes, totals) }
    }
    nodes.removeLast(nodes.count - count)
    totals.removeLast(totals.count - count)
  }

  /// Adds scores, one for each node in order.
  mutating func add(_ scores: ContiguousArray<Int32>, times weight: Int32) {
    totals.withUnsafeMutableBufferPointer { totals in
      scores.withUnsafeBufferPointer { scores in
        for index in totals.indices { totals[index] += weight * scores[index] }
      }
    }
  }

  /// The highest score, and how many nodes have it.
  func best() -> (total: Int32, ties: Int) {
    totals.withUnsafeBufferPointer { totals in
      var most = Int32.min
      for total in totals { most = max(most, total) }
      var ties: Int32 = 0
      for total in totals { ties += total == most ? 1 : 0 }
      return (most, Int(ties))
    }
  }

  /// Of the nodes with a score the one of this number.
  ///
  /// - Precondition: there are as many.
  func node(ofTotal total: Int32, number: Int) -> Int {
    var rest = number
    for index in totals.indices where totals[index] == total {
      if rest == 0 { return Int(nodes[index]) }
      rest -= 1
    }
    preconditionFailure("there are fewer than \(number) nodes with a score of \(total)")
  }

  mutating func removeAll() {
    nodes.removeAll()
    totals.removeAll()
  }

  mutating func append(_ node: Int, total: Int32) {
    nodes.append(Int32(node))
    totals.append(total)
  }
}
