/// The rejections that occurred, each with a number from 1, so that a verdict is a number.
struct RejectionTable: Sendable {
  private(set) var rejections: [Rejection] = []
  private var numbers: [Rejection: Int32] = [:]  // Looked up, never walked.

  mutating func number(_ rejection: Rejection) -> Int32 {
    if let number = numbers[rejection] { return number }
    rejections.append(rejection)
    let number = Int32(rejections.count)
    numbers[rejection] = number
    return number
  }

  subscript(number: Int32) -> Rejection { rejections[Int(number) - 1] }
}

/// The sheets of the shapes that were tried lately.
struct VerdictSheets: Sendable {
  private var sheets: ContiguousArray<VerdictSheet> = []
  private var numbers: [ObjectIdentifier: Int] = [:]  // Looked up, never walked.
  private(set) var rejections = RejectionTable()

  /// How many marks are kept in all; when there are more, all sheets are forgotten.
  private static let limit = 4_000_000

  /// The number of a shape's sheet, ready for use.
  mutating func sheet(of shape: PodShape, _ profile: Profile, _ nodes: NodeTable) -> Int {
    let id = ObjectIdentifier(shape)
    if let number = numbers[id] {
      sheets[number].prepare(nodes)
      return number
    }
    if (sheets.count + 1) * nodes.infos.count > Self.limit {
      sheets.removeAll()
      numbers.removeAll()
    }
    // A sheet holds its shape, so that the identity is not used again.
    sheets.append(VerdictSheet(shape, profile))
    numbers[id] = sheets.count - 1
    sheets[sheets.count - 1].prepare(nodes)
    return sheets.count - 1
  }

  /// Collects nodes that fit; see `VerdictSheet.collect`.
  mutating func collect(
    _ wanted: Int, from start: Int, by number: Int, in nodes: NodeTable,
    besides other: ((Int) -> Rejection?)?, into fitting: inout Candidates
  ) -> Int {
    sheets[number].collect(
      wanted, from: start, in: nodes, &rejections, besides: other, into: &fitting)
  }

  /// The score of one node or, below 0, the number of its rejection.
  mutating func value(_ node: Int, by number: Int, in nodes: NodeTable) -> Int32 {
    sheets[number].value(node, nodes, &rejections)
  }

  /// How many of all nodes gave each rejection, by its number; 0 counts those that gave none.
  mutating func census(by number: Int, in nodes: NodeTable) -> [Int] {
    var counts = [0]
    for node in nodes.order {
      let rejection = Int(max(0, -sheets[number].value(Int(node), nodes, &rejections)))
      while counts.count <= rejection { counts.append(0) }
      counts[rejection] += 1
    }
    return counts
  }

  /// Adds the scores that come of comparing nodes; see `VerdictSheet.compare`.
  func compare(_ fitting: inout Candidates, by number: Int) { sheets[number].compare(&fitting) }
}
