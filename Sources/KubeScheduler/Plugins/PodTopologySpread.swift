import KubeModel
import KubeReconcile

/// Spreads the pods of a selection over nodes, zones and other places, by the pod's own constraints
/// or, where it has none, by the system's: at most 3 apart on nodes, 5 in zones, as a wish.
///
/// Follows pkg/scheduler/framework/plugins/podtopologyspread (v1.36): `filtering.go`, `scoring.go`,
/// `common.go`.
struct PodTopologySpread: ClusterFilterPlugin, ClusterScorePlugin {
  let name = "PodTopologySpread"
  let weight: Int32 = 2

  /// What a hard constraint comes down to for this pod.
  private struct Limit {
    let places: ContiguousArray<Int32>
    let sums: ContiguousArray<Int32>
    /// The most pods that a place may hold already.
    let most: Int32
  }

  /// The system's own constraints are wishes: only the pod's own can reject.
  func mayReject(_ pod: WaitingPod) -> Bool { !pod.shape.spreadConstraints.isEmpty }

  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)? {
    let number = plan(for: pod, in: snapshot, &cache)
    let hard = cache.spreadPlans.plans[number].hard
    if hard.isEmpty { return nil }
    let limits = hard.map { limit($0, &cache) }
    return { node in
      for limit in limits {
        let place = limit.places[node]
        if place < 0 { return missingLabel }
        if limit.sums[Int(place)] > limit.most { return tooSkewed }
      }
      return nil
    }
  }

  /// The skew is what the place holds, and the pod if it is counted, less what the emptiest holds.
  ///
  /// With 2, 1 and 0 pods in three zones, a maxSkew of 1 and a pod that is counted, a zone may hold
  /// 0 + 1 - 1 = 0 already: only the third will do.
  private func limit(_ term: SpreadPlans.Term, _ cache: inout ClusterCache) -> Limit {
    cache.spread.refresh(topology: term.topology, cache.nodes)
    let places = cache.spread.topologies[Int(term.topology)].places
    guard let number = term.tally else { return Limit(places: places, sums: [], most: .max) }
    cache.spread.refresh(tally: number, cache.nodes)
    let tally = cache.spread.tallies[Int(number)]
    var (domains, least): (Int32, Int32) = (0, .max)
    for place in tally.sums.indices where tally.isPresent[place] {
      domains += 1
      least = min(least, tally.sums[place])
    }
    if domains < term.minDomains || domains == 0 { least = 0 }
    let most = Int64(least) + Int64(term.maxSkew) - (term.matchesItself ? 1 : 0)
    return Limit(places: places, sums: tally.sums, most: Int32(clamping: most))
  }

  private var missingLabel: Rejection {
    Rejection(
      plugin: name,
      reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
      isUnresolvable: true)
  }

  private var tooSkewed: Rejection {
    Rejection(
      plugin: name, reasons: ["node(s) didn't match pod topology spread constraints"],
      isUnresolvable: false)
  }

  /// The sum over the constraints of pods in the node's place · ln(places + 2) + (maxSkew - 1),
  /// rounded; then the fullest and the emptiest change places, in percent of the fullest.
  ///
  /// With 2, 1, 0 and 3 pods on four nodes and a maxSkew of 1, ln 6 = 1.79 makes 4, 2, 0 and 5, and
  /// (5 + 0 - raw) · 100 / 5 makes 20, 60, 100 and 0.
  func scores(
    _ pod: WaitingPod, on nodes: ContiguousArray<Int32>, in snapshot: Snapshot,
    _ cache: inout ClusterCache
  ) -> ContiguousArray<Int32>? {
    let number = plan(for: pod, in: snapshot, &cache)
    let plan = cache.spreadPlans.plans[number]
    if plan.soft.isEmpty { return nil }
    for term in plan.soft {
      cache.spread.refresh(counter: term.counter, cache.nodes)
      cache.spread.refresh(topology: term.topology, cache.nodes)
      if let tally = term.tally { cache.spread.refresh(tally: tally, cache.nodes) }
    }
    let ignored = plan.demandsAllLabels ? ignoredNodes(plan.soft, nodes, cache.spread) : []
    var raw = ContiguousArray(repeating: 0.0, count: nodes.count)
    for term in plan.soft { add(term, nodes, ignored, cache.spread, to: &raw) }
    return Self.normalized(raw, ignored)
  }

  /// Whether each node lacks one of the labels; empty when none does.
  private func ignoredNodes(
    _ terms: [SpreadPlans.Term], _ nodes: ContiguousArray<Int32>, _ spread: SpreadTable
  ) -> ContiguousArray<Bool> {
    var result = ContiguousArray(repeating: false, count: nodes.count)
    var isAny = false
    for term in terms {
      let places = spread.topologies[Int(term.topology)].places
      for index in nodes.indices where places[Int(nodes[index])] < 0 {
        result[index] = true
        isAny = true
      }
    }
    return isAny ? result : []
  }

  private func add(
    _ term: SpreadPlans.Term, _ nodes: ContiguousArray<Int32>, _ ignored: ContiguousArray<Bool>,
    _ spread: SpreadTable, to raw: inout ContiguousArray<Double>
  ) {
    let topology = spread.topologies[Int(term.topology)]
    if topology.placeCount == 0 { return }
    if let number = term.tally {
      let factor = naturalLogarithm(domains(topology, nodes, ignored) + 2)
      let sums = spread.tallies[Int(number)].sums
      Self.add(nodes, topology.places, to: &raw, factor, term.maxSkew) { _, place in sums[place] }
    } else {
      let factor = naturalLogarithm(nodes.count - ignored.count { $0 } + 2)
      let counts = spread.counters[Int(term.counter)].counts
      Self.add(nodes, topology.places, to: &raw, factor, term.maxSkew) { node, _ in counts[node] }
    }
  }

  /// Runs for each sampled node of each cycle, hence on pointers.
  @inline(__always) private static func add(
    _ nodes: ContiguousArray<Int32>, _ places: ContiguousArray<Int32>,
    to raw: inout ContiguousArray<Double>, _ factor: Double, _ maxSkew: Int32,
    _ count: (_ node: Int, _ place: Int) -> Int32
  ) {
    let skew = Double(maxSkew) - 1
    places.withUnsafeBufferPointer { places in
      raw.withUnsafeMutableBufferPointer { raw in
        for index in nodes.indices {
          let node = Int(nodes[index])
          let place = Int(places[node])
          if place >= 0 { raw[index] += Double(count(node, place)) * factor + skew }
        }
      }
    }
  }

  /// In how many places the nodes are; those without the label are one place together.
  private func domains(
    _ topology: SpreadTable.Topology, _ nodes: ContiguousArray<Int32>,
    _ ignored: ContiguousArray<Bool>
  ) -> Int {
    var isSeen = ContiguousArray(repeating: false, count: topology.placeCount + 1)
    var count = 0
    for index in nodes.indices where ignored.isEmpty || !ignored[index] {
      let place = Int(topology.places[Int(nodes[index])]) + 1
      if !isSeen[place] {
        isSeen[place] = true
        count += 1
      }
    }
    return count
  }

  private static func normalized(
    _ raw: ContiguousArray<Double>, _ ignored: ContiguousArray<Bool>
  ) -> ContiguousArray<Int32> {
    var (least, most) = (Int32.max, Int32(0))
    return ContiguousArray(unsafeUninitializedCapacity: raw.count) { scores, count in
      // Rounds half up; no score is negative, so that -1 can stand for a node that is left out.
      for index in raw.indices {
        let isIgnored = !ignored.isEmpty && ignored[index]
        let score = isIgnored ? -1 : Int32(min(raw[index] + 0.5, 2e9))
        scores[index] = score
        if isIgnored { continue }
        least = min(least, score)
        most = max(most, score)
      }
      count = raw.count
      if ignored.isEmpty && most > 0 {
        // Whole numbers, far below what a Double cannot hold, so that the quotient is cut off where
        // that of whole numbers is; and several are divided at once.
        let (sum, whole) = (Double(most) + Double(least), Double(most))
        for index in 0..<count {
          scores[index] = Int32(100 * (sum - Double(scores[index])) / whole)
        }
        return
      }
      for index in 0..<count {
        let score = Int64(scores[index])
        let turned = Int64(most) + Int64(least) - score
        scores[index] = score < 0 ? 0 : most == 0 ? 100 : Int32(100 * turned / Int64(most))
      }
    }
  }
}
