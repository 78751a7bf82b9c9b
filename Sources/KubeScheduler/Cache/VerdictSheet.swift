import KubeModel

/// What is known about all nodes for pods of one shape: whether they fit, and their scores.
///
/// A node is looked at again only when it has changed since; so a cycle costs a walk over numbers,
/// and a look at the few nodes that got or lost a pod.
struct VerdictSheet: Sendable {
  /// What is known about one node, as far as every cycle needs it.
  private struct Mark: Sendable {
    /// What the node's `pods` stamp was when it was looked at.
    var stamp: UInt32 = 0
    /// The weighted scores for what can be told without comparing nodes, or, below 0, the number of
    /// the rejection.
    var value: Int32 = 0
  }

  /// What follows from the Node object alone.
  private struct Ground: Sendable {
    /// What the node's `node` stamp was when it was looked at.
    var stamp: UInt32 = 0
    /// The number of the rejection; 0 for none.
    var rejection: Int32 = 0
    /// The weighted scores.
    var score: Int32 = 0
  }

  /// Raw scores that only mean something in comparison.
  private struct Column: Sendable {
    let plugin: any ScorePlugin
    var raw: ContiguousArray<Int32> = []
    /// True while no node has another raw score than 0.
    var isBlank = true
  }

  private let shape: PodShape
  private let nodeFilters: [any FilterPlugin]
  private let podFilters: [any FilterPlugin]
  private let nodeScores: [any ScorePlugin]
  private let podScores: [any ScorePlugin]
  private var columns: [Column]
  private var marks: ContiguousArray<Mark> = []
  private var grounds: ContiguousArray<Ground> = []
  private var facts = ClusterFacts()
  private var epoch: UInt32 = 0

  init(_ shape: PodShape, _ profile: Profile) {
    self.shape = shape
    let filters = profile.filters.filter { $0.mayReject(shape) }
    nodeFilters = filters.filter { $0.scope == .node }
    podFilters = filters.filter { $0.scope == .pods }
    let scores = profile.scores.filter { $0.hasOpinion(on: shape) }
    let absolute = scores.filter { $0.normalization == .none }
    nodeScores = absolute.filter { $0.scope == .node }
    podScores = absolute.filter { $0.scope == .pods }
    columns = scores.filter { $0.normalization != .none }.map { Column(plugin: $0) }
  }

  /// Makes room for all nodes, and forgets all scores when the cluster's facts about the shape's
  /// images have changed.
  mutating func prepare(_ nodes: NodeTable) {
    guard epoch != nodes.epoch else { return }
    epoch = nodes.epoch
    while marks.count < nodes.infos.count {
      marks.append(Mark())
      grounds.append(Ground())
      for column in columns.indices { columns[column].raw.append(0) }
    }
    let present = nodes.facts(for: shape)
    let matters = (facts.imageNodeCounts + present.imageNodeCounts).contains { $0 > 0 }
    if matters, present != facts {
      for index in marks.indices {
        marks[index].stamp = 0
        grounds[index].stamp = 0
      }
    }
    facts = present
  }

  /// Walks the nodes in order, from a position and around, until enough of them fit.
  ///
  /// - Returns: How many nodes were looked at.
  mutating func collect(
    _ wanted: Int, from start: Int, in nodes: NodeTable, _ rejections: inout RejectionTable,
    besides other: ((Int) -> Rejection?)?, into fitting: inout Candidates
  ) -> Int {
    // Taken out of the sheet for the walk, so that the loop runs on a pointer.
    var marks: ContiguousArray<Mark> = []
    swap(&marks, &self.marks)
    defer { swap(&marks, &self.marks) }
    var looked = 0
    fitting.fill(wanted) { found, totals in
      marks.withUnsafeMutableBufferPointer { marks in
        nodes.withOrderAndStamps { order, stamps in
          // Plain variables of the innermost function stay in registers.
          var (steps, count, position) = (0, 0, start)
          while steps < order.count, count < wanted {
            let node = Int(order[position])
            position = position + 1 == order.count ? 0 : position + 1
            steps += 1
            var mark = marks[node]
            if mark.stamp != stamps[node] {
              mark = look(node, nodes, &rejections)
              marks[node] = mark
            }
            if mark.value < 0 || other?(node) != nil { continue }
            found[count] = Int32(truncatingIfNeeded: node)
            totals[count] = mark.value
            count += 1
          }
          looked = steps
          return count
        }
      }
    }
    return looked
  }

  /// The score of a node or, below 0, the number of its rejection.
  mutating func value(
    _ node: Int, _ nodes: NodeTable, _ rejections: inout RejectionTable
  ) -> Int32 {
    if marks[node].stamp != nodes.podStamps[node] {
      marks[node] = look(node, nodes, &rejections)
    }
    return marks[node].value
  }

  @inline(never) private mutating func look(
    _ node: Int, _ nodes: NodeTable, _ rejections: inout RejectionTable
  ) -> Mark {
    if grounds[node].stamp != nodes.nodeStamps[node] { lookAtObject(node, nodes, &rejections) }
    let stamp = nodes.podStamps[node]
    let ground = grounds[node]
    if ground.rejection != 0 { return Mark(stamp: stamp, value: -ground.rejection) }
    let info = nodes.infos[node]
    let rejection = Self.first(podFilters, shape, info, &rejections)
    if rejection != 0 { return Mark(stamp: stamp, value: -rejection) }
    return Mark(stamp: stamp, value: ground.score + weigh(podScores, info))
  }

  private mutating func lookAtObject(
    _ node: Int, _ nodes: NodeTable, _ rejections: inout RejectionTable
  ) {
    let info = nodes.infos[node]
    var ground = Ground(stamp: nodes.nodeStamps[node])
    ground.rejection = Self.first(nodeFilters, shape, info, &rejections)
    if ground.rejection == 0 {
      ground.score = weigh(nodeScores, info)
      for index in columns.indices {
        let raw = Int32(clamping: columns[index].plugin.score(shape, on: info, in: facts))
        columns[index].raw[node] = raw
        if raw != 0 { columns[index].isBlank = false }
      }
    }
    grounds[node] = ground
  }

  private static func first(
    _ filters: [any FilterPlugin], _ shape: PodShape, _ node: NodeInfo,
    _ rejections: inout RejectionTable
  ) -> Int32 {
    for filter in filters {
      if let rejection = filter.rejection(of: shape, by: node) {
        return rejections.number(rejection)
      }
    }
    return 0
  }

  private func weigh(_ plugins: [any ScorePlugin], _ node: NodeInfo) -> Int32 {
    var sum: Int64 = 0
    for plugin in plugins { sum += plugin.weight * plugin.score(shape, on: node, in: facts) }
    return Int32(clamping: sum)
  }

  /// Adds the scores that come of comparing these nodes, which fit. Where no node has another raw
  /// score than 0 all would get the same, which changes no choice, and is left out.
  func compare(_ fitting: inout Candidates) {
    for column in columns where !column.isBlank {
      let (weight, normalization) = (column.plugin.weight, column.plugin.normalization)
      var most: Int64 = 0
      for node in fitting.nodes { most = max(most, Int64(column.raw[Int(node)])) }
      for index in fitting.nodes.indices {
        let raw = Int64(column.raw[Int(fitting.nodes[index])])
        fitting.totals[index] += Int32(weight * normalization.normalized(raw, max: most))
      }
    }
  }
}
