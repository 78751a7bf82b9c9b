import KubeModel
import KubeReconcile
import SimulationKernel

extension Scheduler {
  /// What came of trying a pod.
  enum Outcome {
    /// The node's index.
    case node(Int)
    case failure(Diagnosis)
  }

  /// Tries one pod: binds it to a node, or says why there is none.
  mutating func attempt(_ entry: SchedulingQueue.Entry, in snapshot: Snapshot) -> Plan {
    guard let pod = snapshot[Pod.self, entry.key], pod.spec.nodeName.isEmpty,
      let record = cache.record(entry.key)
    else { return .nothing }
    if pod.isBeingDeleted {
      let name = "\(pod.metadata.namespace)/\(pod.metadata.name)"
      return failedEvent(pod, "skip schedule deleting pod: " + name)
    }
    let waiting = WaitingPod(key: entry.key, pod: pod, shape: record.shape, group: record.group)
    switch choose(for: waiting, in: snapshot) {
    case .node(let node):
      cache.place(entry.key, at: node, isAssumed: true, isCounted: true)
      return volumeBinding(waiting, at: node, in: snapshot)
        ?? binding(waiting, to: cache.nodes.infos[node].name, now: snapshot.now)
    case .failure(let diagnosis):
      queue.putBack(entry, rejectors: rejectors(diagnosis), now: snapshot.now)
      return failure(waiting, diagnosis, in: snapshot)
    }
  }

  /// Finds the best node among enough that fit.
  ///
  /// Follows `schedulePod` in pkg/scheduler/schedule_one.go (v1.36).
  mutating func choose(for pod: WaitingPod, in snapshot: Snapshot) -> Outcome {
    cache.nodes.refreshOrder()
    let count = cache.nodes.order.count
    guard count > 0 else { return .failure(Diagnosis(nodeCount: 0)) }
    let filters = profile.clusterFilters(for: pod)
    if pod.shape.nodeNames?.isEmpty != true,
      let objection = Profile.objection(of: filters, to: pod, in: snapshot, cache)
    {
      var diagnosis = Diagnosis(nodeCount: count)
      diagnosis.reject(by: objection.plugin, objection.message)
      return .failure(diagnosis)
    }
    if pod.shape.nodeNames != nil { return chooseAmongNamed(pod, filters, in: snapshot) }

    let sheet = sheets.sheet(of: pod.shape, profile, cache.nodes)
    let other = clusterFilter(filters, pod, in: snapshot)
    if let node = nominated(pod, sheet, other) { return .node(node) }
    startPosition %= count
    let looked = sheets.collect(
      Self.enough(of: count), from: startPosition, by: sheet, in: cache.nodes, besides: other,
      into: &fitting)
    startPosition = (startPosition + looked) % count
    if fitting.nodes.isEmpty { return .failure(diagnose(sheet, other)) }
    return .node(best(sheet, pod, in: snapshot))
  }

  /// How many nodes that fit are enough: all of up to 100, then a share from 50 % down to 5 %.
  ///
  /// Of 500 nodes 50 - 500 / 125 = 46 %, that is 230; of 5,000 it is 10 %, that is 500.
  static func enough(of count: Int) -> Int {
    if count < 100 { return count }
    return max(100, count * max(5, 50 - count / 125) / 100)
  }

  /// What the filters say that look at several nodes; nil when they have no say.
  private mutating func clusterFilter(
    _ plugins: [any ClusterFilterPlugin], _ pod: WaitingPod, in snapshot: Snapshot
  ) -> ((Int) -> Rejection?)? {
    var filters: [(Int) -> Rejection?] = []
    for plugin in plugins {
      if let filter = plugin.filter(pod, in: snapshot, &cache) { filters.append(filter) }
    }
    if filters.isEmpty { return nil }
    return { node in
      for filter in filters { if let rejection = filter(node) { return rejection } }
      return nil
    }
  }

  /// The node that was nominated for the pod, if it fits: then no other is looked at.
  private mutating func nominated(
    _ pod: WaitingPod, _ sheet: Int, _ other: ((Int) -> Rejection?)?
  ) -> Int? {
    let name = pod.pod.status.nominatedNodeName
    guard !name.isEmpty, let node = cache.nodes.knownIndex(of: name),
      cache.nodes.infos[node].node != nil,
      sheets.value(node, by: sheet, in: cache.nodes) >= 0, other?(node) == nil
    else { return nil }
    return node
  }

  /// A pod that names its nodes is checked against these only, without a sheet.
  private mutating func chooseAmongNamed(
    _ pod: WaitingPod, _ filters: [any ClusterFilterPlugin], in snapshot: Snapshot
  ) -> Outcome {
    let names = pod.shape.nodeNames ?? []
    var diagnosis = Diagnosis(nodeCount: cache.nodes.count)
    if names.isEmpty {
      diagnosis.reject(by: "NodeAffinity", NodeAffinityPlugin.conflict)
      return .failure(diagnosis)
    }
    let other = clusterFilter(filters, pod, in: snapshot)
    let present = names.compactMap { cache.nodes.knownIndex(of: $0) }
      .filter { cache.nodes.infos[$0].node != nil }
    var fitting: [Int] = []
    for node in present {
      let rejection =
        profile.rejection(of: pod.shape, by: cache.nodes.infos[node]) ?? other?(node)
      if let rejection { diagnosis.add(rejection, count: 1) } else { fitting.append(node) }
    }
    startPosition = (startPosition + present.count) % cache.nodes.count
    if let only = fitting.first, fitting.count == 1 { return .node(only) }
    if fitting.isEmpty {
      diagnosis.add(Self.notNamed, count: cache.nodes.count - present.count)
      return .failure(diagnosis)
    }
    let sheet = sheets.sheet(of: pod.shape, profile, cache.nodes)
    self.fitting.removeAll()
    for node in fitting {
      self.fitting.append(node, total: sheets.value(node, by: sheet, in: cache.nodes))
    }
    return .node(best(sheet, pod, in: snapshot))
  }

  static let notNamed = Rejection(
    plugin: "NodeAffinity", reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
    isUnresolvable: true)

  /// Of the nodes that fit the one with the highest score; of several one is drawn.
  private mutating func best(_ sheet: Int, _ pod: WaitingPod, in snapshot: Snapshot) -> Int {
    let nodes = fitting.nodes
    if nodes.count == 1 { return Int(nodes[0]) }
    sheets.compare(&fitting, by: sheet)
    for plugin in profile.clusterScores {
      guard let scores = plugin.scores(pod, on: nodes, in: snapshot, &cache) else { continue }
      fitting.add(scores, times: plugin.weight)
    }
    let (best, ties) = fitting.best()
    return fitting.node(ofTotal: best, number: ties > 1 ? Int(random.below(UInt64(ties))) : 0)
  }

  /// Counts why each node was rejected.
  private mutating func diagnose(_ sheet: Int, _ other: ((Int) -> Rejection?)?) -> Diagnosis {
    var diagnosis = Diagnosis(nodeCount: cache.nodes.count)
    let census = sheets.census(by: sheet, in: cache.nodes)
    for number in census.indices.dropFirst() where census[number] > 0 {
      diagnosis.add(sheets.rejections[Int32(number)], count: census[number])
    }
    guard census[0] > 0, let other else { return diagnosis }
    for node in cache.nodes.order
    where sheets.value(Int(node), by: sheet, in: cache.nodes) >= 0 {
      if let rejection = other(Int(node)) { diagnosis.add(rejection, count: 1) }
    }
    return diagnosis
  }

  /// The plugins of a diagnosis, a bit for each position in the profile.
  private func rejectors(_ diagnosis: Diagnosis) -> UInt32 {
    var bits: UInt32 = 0
    for (index, plugin) in profile.rejecting.enumerated()
    where diagnosis.plugins.contains(plugin.name) {
      bits |= 1 << UInt32(index)
    }
    return bits
  }
}
