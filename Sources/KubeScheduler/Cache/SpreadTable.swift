import KubeModel
import KubeReconcile

/// How many pods of a selection stand on each node and in each place, kept up to date pod by pod.
///
/// Follows the counting in pkg/scheduler/framework/plugins/podtopologyspread (v1.36), which counts
/// anew for each pod.
struct SpreadTable: Sendable {
  /// Pods of a namespace that a selector matches and that are not being deleted, by node.
  struct Counter: Sendable {
    let namespace: String
    let selector: Selector
    var counts: ContiguousArray<Int32>
    var tallies: [Int32] = []
  }

  /// The values of a node label: which node is in which place.
  struct Topology: Sendable {
    let label: String
    /// The place of each node; -1 for nodes that lack the label or do not exist.
    var places: ContiguousArray<Int32> = []
    var placeCount = 0
    var epoch: UInt32 = 0
  }

  /// The sums of a counter over the places of a topology.
  struct Tally: Sendable {
    let key: TallyKey
    /// Whose demands rule nodes out of the sums, where some do.
    let shape: PodShape
    /// The place of each node that counts; -1 for the others.
    var places: ContiguousArray<Int32> = []
    var sums: ContiguousArray<Int32> = []
    /// Whether a node that counts is there.
    var isPresent: ContiguousArray<Bool> = []
    var epoch: UInt32 = 0
  }

  /// What is summed up, and over which nodes.
  struct TallyKey: Hashable, Sendable {
    let counter: Int32
    let topology: Int32
    /// Nodes must have these labels too.
    let demanded: [Int32]
    /// Nodes must match the shape's node affinity.
    let honorsAffinity: Bool
    /// Nodes must have no taint that the shape does not tolerate.
    let honorsTaints: Bool
    /// The shape, when it matters.
    let shape: ObjectIdentifier?
  }

  private struct CounterKey: Hashable, Sendable {
    let namespace: String
    let selector: Selector
  }

  private(set) var counters: ContiguousArray<Counter> = []
  private(set) var topologies: ContiguousArray<Topology> = []
  private(set) var tallies: ContiguousArray<Tally> = []
  // Looked up, never walked.
  private var counterNumbers: [CounterKey: Int32] = [:]
  private var countersByNamespace: [String: [Int32]] = [:]
  private var tallyNumbers: [TallyKey: Int32] = [:]

  /// How many counts are kept, about.
  private(set) var size = 0

  /// A pod that these counters count came to a node or left it.
  mutating func count(by step: Int32, at node: Int, _ counters: [Int32]) {
    for number in counters {
      let counter = Int(number)
      if self.counters[counter].counts.count <= node { self.counters[counter].grow(to: node + 1) }
      self.counters[counter].counts[node] += step
      for tally in self.counters[counter].tallies { tallies[Int(tally)].add(step, at: node) }
    }
  }

  /// Counts a pod that was there before its counter.
  mutating func addInitial(_ step: Int32, to counter: Int32, at node: Int) {
    counters[Int(counter)].grow(to: node + 1)
    counters[Int(counter)].counts[node] += step
  }

  /// The counters whose selectors match a set of labels.
  func matching(_ namespace: String, _ labels: StringMap<String>) -> [Int32] {
    if countersByNamespace.isEmpty { return [] }
    return (countersByNamespace[namespace] ?? []).filter {
      counters[Int($0)].selector.matches(labels)
    }
  }

  /// The counter of a selection, and whether it is new, with all counts at 0.
  mutating func counter(
    _ namespace: String, _ selector: Selector, nodes: Int
  ) -> (number: Int32, isNew: Bool) {
    let key = CounterKey(namespace: namespace, selector: selector)
    if let number = counterNumbers[key] { return (number, false) }
    let number = Int32(counters.count)
    counters.append(
      Counter(
        namespace: namespace, selector: selector,
        counts: ContiguousArray(repeating: 0, count: nodes)))
    counterNumbers[key] = number
    size += nodes
    countersByNamespace[namespace, default: []].append(number)
    return (number, true)
  }

  mutating func topology(_ label: String) -> Int32 {
    if let known = topologies.firstIndex(where: { $0.label == label }) { return Int32(known) }
    topologies.append(Topology(label: label))
    return Int32(topologies.count - 1)
  }

  mutating func tally(_ key: TallyKey, _ shape: PodShape) -> Int32 {
    if let number = tallyNumbers[key] { return number }
    let number = Int32(tallies.count)
    tallies.append(Tally(key: key, shape: shape))
    tallyNumbers[key] = number
    size += key.shape == nil ? 1 : topologies[Int(key.topology)].places.count
    counters[Int(key.counter)].tallies.append(number)
    return number
  }

  /// Brings the counts' lengths, a topology or a tally up to date with the nodes.
  mutating func refresh(counter number: Int32, _ nodes: NodeTable) {
    counters[Int(number)].grow(to: nodes.infos.count)
  }

  mutating func refresh(topology number: Int32, _ nodes: NodeTable) {
    guard topologies[Int(number)].epoch != nodes.epoch else { return }
    topologies[Int(number)].rebuild(nodes)
  }

  mutating func refresh(tally number: Int32, _ nodes: NodeTable) {
    let index = Int(number)
    guard tallies[index].epoch != nodes.epoch else { return }
    let key = tallies[index].key
    refresh(counter: key.counter, nodes)
    for topology in key.demanded + [key.topology] { refresh(topology: topology, nodes) }
    let places = eligible(key, tallies[index].shape, nodes)
    tallies[index].rebuild(
      places, topologies[Int(key.topology)].placeCount, counters[Int(key.counter)].counts,
      nodes.epoch)
  }

  /// The places of the nodes that count: the topology's own list, shared, where all do.
  private func eligible(
    _ key: TallyKey, _ shape: PodShape, _ nodes: NodeTable
  ) -> ContiguousArray<Int32> {
    var places = topologies[Int(key.topology)].places
    if key.demanded.isEmpty && key.shape == nil { return places }
    for node in places.indices where places[node] >= 0 {
      guard let object = nodes.infos[node].node else { continue }
      let counts =
        key.demanded.allSatisfy { topologies[Int($0)].places[node] >= 0 }
        && (!key.honorsAffinity || shape.required.matches(object))
        && (!key.honorsTaints || shape.tolerations.firstUntolerated(of: object.spec.taints) == nil)
      if !counts { places[node] = -1 }
    }
    return places
  }
}

extension SpreadTable.Counter {
  fileprivate mutating func grow(to count: Int) {
    while counts.count < count { counts.append(0) }
  }
}

extension SpreadTable.Topology {
  fileprivate mutating func rebuild(_ nodes: NodeTable) {
    var numbers: [String: Int32] = [:]  // Looked up, never walked.
    places = ContiguousArray(repeating: -1, count: nodes.infos.count)
    for node in places.indices {
      guard let value = nodes.infos[node].node?.metadata.labels[label] else { continue }
      let number = numbers[value] ?? Int32(numbers.count)
      numbers[value] = number
      places[node] = number
    }
    placeCount = numbers.count
    epoch = nodes.epoch
  }
}

extension SpreadTable.Tally {
  fileprivate mutating func rebuild(
    _ places: ContiguousArray<Int32>, _ count: Int, _ counts: ContiguousArray<Int32>,
    _ epoch: UInt32
  ) {
    self.places = places
    self.epoch = epoch
    sums = ContiguousArray(repeating: 0, count: count)
    isPresent = ContiguousArray(repeating: false, count: count)
    for node in places.indices where places[node] >= 0 {
      sums[Int(places[node])] += counts[node]
      isPresent[Int(places[node])] = true
    }
  }

  /// Of a tally that is out of date the sums do not matter: they are made anew before use.
  fileprivate mutating func add(_ step: Int32, at node: Int) {
    guard node < places.count, places[node] >= 0 else { return }
    sums[Int(places[node])] += step
  }
}
