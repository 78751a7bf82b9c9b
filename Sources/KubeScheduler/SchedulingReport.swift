import KubeModel
import KubeReconcile
import SimulationKernel

/// What the scheduler thinks of each node for one pod: an explanation, computed from nothing.
///
/// Unlike the scheduler itself it looks at all nodes and keeps nothing.
///
/// ```swift
/// let report = SchedulingReport(of: pod, in: snapshot)
/// report.best               // ["node-2"]
/// report.nodes[0].reasons   // ["Insufficient cpu"]
/// ```
public struct SchedulingReport: Hashable, Sendable {
  /// What is thought of one node.
  public struct NodeVerdict: Hashable, Sendable {
    /// The node.
    public let node: String
    /// False when the pod has a nominated node that fits, so that this one was not looked at.
    public var isEvaluated = true
    /// Why the pod cannot go there; none when it can.
    public var reasons: [String] = []
    /// The plugin that says so.
    public var plugin = ""
    /// True when removing pods from the node would not help.
    public var isUnresolvable = false
    /// The weighted scores by plugin; none for plugins without an opinion on the pod.
    public var scores: StringMap<Int64> = [:]

    /// True when the pod can go there.
    public var fits: Bool { isEvaluated && reasons.isEmpty }
    /// The sum of the scores.
    public var total: Int64 { scores.values.reduce(0, +) }
  }

  /// The nodes, in the order in which they are tried.
  public private(set) var nodes: [NodeVerdict] = []
  /// What was said of all nodes before any was looked at; nil when they were.
  public private(set) var objection: String?
  /// Why the pod fits nowhere, as its condition says; nil when it fits.
  public private(set) var failure: String?

  /// The names of the nodes with the highest score, sorted.
  public var best: [String] {
    let fitting = nodes.filter(\.fits)
    let most = fitting.map(\.total).max()
    return fitting.filter { $0.total == most }.map(\.node).sorted()
  }

  /// Looks at a pod, which need not be in the store, and at all nodes.
  ///
  /// - Complexity: O(pods + nodes · plugins).
  public init(of pod: Pod, in snapshot: Snapshot) {
    var cache = ClusterCache()
    Self.fill(&cache, from: snapshot)
    let profile = Profile.standard
    let key = ObjectKey.cluster
    let shape = PodShape(pod.$spec, nodeName: pod.spec.nodeName)
    let waiting = WaitingPod(
      key: key, pod: pod, shape: shape, group: cache.holdGroup(pod.metadata))
    let fitting = filter(waiting, profile, snapshot, &cache)
    score(waiting, fitting, profile, snapshot, &cache)
  }

  private static func fill(_ cache: inout ClusterCache, from snapshot: Snapshot) {
    let nodes = snapshot.store[Node.self]
    for key in nodes.keys {
      guard let node = nodes[key] else { continue }
      cache.nodes.set(node, at: cache.nodes.index(of: node.metadata.name))
    }
    let pods = snapshot.store[Pod.self]
    for key in pods.keys {
      guard let pod = pods[key], !pod.isTerminal, !pod.spec.nodeName.isEmpty else { continue }
      cache.remember(key, pod)
      let node = cache.nodes.index(of: pod.spec.nodeName)
      cache.place(key, at: node, isAssumed: false, isCounted: !pod.isBeingDeleted)
    }
    cache.nodes.refreshOrder()
  }

  private mutating func filter(
    _ pod: WaitingPod, _ profile: Profile, _ snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ContiguousArray<Int32> {
    var diagnosis = Diagnosis(nodeCount: cache.nodes.count)
    if pod.shape.nodeNames?.isEmpty == true {
      diagnosis.reject(by: "NodeAffinity", NodeAffinityPlugin.conflict)
    }
    let objection = Profile.objection(
      of: profile.clusterFilters(for: pod), to: pod, in: snapshot, cache)
    if let objection, diagnosis.preliminary == nil {
      diagnosis.reject(by: objection.plugin, objection.message)
      self.objection = objection.message
      nodes = cache.nodes.order.map { index in
        var verdict = NodeVerdict(node: cache.nodes.infos[Int(index)].name)
        verdict.reasons = [objection.message]
        verdict.plugin = objection.plugin
        verdict.isUnresolvable = true
        return verdict
      }
      failure = diagnosis.message(preemption: pod.pod.spec.preemptionPolicy)
      return []
    }
    var others: [(Int) -> Rejection?] = []
    for plugin in profile.clusterFilters {
      if let other = plugin.filter(pod, in: snapshot, &cache) { others.append(other) }
    }
    var fitting: ContiguousArray<Int32> = []
    for index in cache.nodes.order {
      let node = cache.nodes.infos[Int(index)]
      var verdict = NodeVerdict(node: node.name)
      let isNamed = pod.shape.nodeNames?.contains(node.name) ?? true
      let rejection =
        isNamed
        ? profile.rejection(of: pod.shape, by: node)
          ?? others.lazy.compactMap { $0(Int(index)) }.first : Scheduler.notNamed
      if let rejection {
        verdict.reasons = rejection.reasons
        verdict.plugin = isNamed ? rejection.plugin : ""
        verdict.isUnresolvable = rejection.isUnresolvable
        diagnosis.add(rejection, count: 1)
      } else {
        fitting.append(index)
      }
      nodes.append(verdict)
    }
    if fitting.isEmpty { failure = diagnosis.message(preemption: pod.pod.spec.preemptionPolicy) }
    let nominated = pod.pod.status.nominatedNodeName
    guard nodes.contains(where: { $0.node == nominated && $0.fits }) else { return fitting }
    nodes = nodes.map { node in
      var other = NodeVerdict(node: node.node)
      other.isEvaluated = false
      return node.node == nominated ? node : other
    }
    return fitting.filter { cache.nodes.infos[Int($0)].name == nominated }
  }

  private mutating func score(
    _ pod: WaitingPod, _ fitting: ContiguousArray<Int32>, _ profile: Profile,
    _ snapshot: Snapshot, _ cache: inout ClusterCache
  ) {
    let positions = nodes.indices.filter { nodes[$0].fits }
    let facts = cache.nodes.facts(for: pod.shape)
    for plugin in profile.scores where plugin.hasOpinion(on: pod.shape) {
      let raw = fitting.map {
        plugin.score(pod.shape, on: cache.nodes.infos[Int($0)], in: facts)
      }
      let most = raw.max() ?? 0
      for (position, raw) in zip(positions, raw) {
        nodes[position].scores[plugin.name] =
          plugin.weight * plugin.normalization.normalized(raw, max: most)
      }
    }
    guard !fitting.isEmpty else { return }
    for plugin in profile.clusterScores {
      guard let scores = plugin.scores(pod, on: fitting, in: snapshot, &cache) else { continue }
      for (position, score) in zip(positions, scores) {
        nodes[position].scores[plugin.name] = Int64(plugin.weight * score)
      }
    }
  }
}
