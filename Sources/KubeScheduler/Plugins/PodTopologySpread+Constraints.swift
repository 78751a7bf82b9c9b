import KubeModel
import KubeReconcile

extension PodTopologySpread {
  /// The number of the pod's plan, made when there is none yet.
  func plan(for pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache) -> Int {
    let key = SpreadPlans.Key(pod)
    if let known = cache.spreadPlans.number(key) { return known }
    makeRoom(&cache)
    var plan = SpreadPlans.Plan(shape: pod.shape, group: cache.holdGroup(pod.pod.metadata))
    let own = pod.shape.spreadConstraints
    plan.demandsAllLabels = !own.isEmpty
    if own.isEmpty {
      if let selector = defaultSelector(pod.pod, snapshot) {
        plan.soft = terms(Self.systemConstraints.map { ($0, selector) }, pod, isHard: false, &cache)
      }
    } else {
      let resolved = own.map { ($0, selector($0, pod.pod.metadata.labels)) }
      plan.hard = terms(
        resolved.filter { $0.0.whenUnsatisfiable == .doNotSchedule }, pod, isHard: true, &cache)
      plan.soft = terms(
        resolved.filter { $0.0.whenUnsatisfiable == .scheduleAnyway }, pod, isHard: false, &cache)
    }
    return cache.spreadPlans.insert(plan, for: key)
  }

  /// Forgets all plans, when Services have changed or too much has gathered.
  static func forgetPlans(_ cache: inout ClusterCache) {
    for plan in cache.spreadPlans.plans { cache.releaseGroup(plan.group) }
    cache.spreadPlans = SpreadPlans()
    cache.forgetCounters()
  }

  private func makeRoom(_ cache: inout ClusterCache) {
    if cache.spreadPlans.plans.count >= 100_000 || cache.spread.size >= 16_000_000 {
      Self.forgetPlans(&cache)
    }
  }

  private static let systemConstraints: [TopologySpreadConstraint] = [
    system(TopologyLabel.hostname, maxSkew: 3), system(TopologyLabel.zone, maxSkew: 5),
  ]

  private static func system(_ key: String, maxSkew: Int32) -> TopologySpreadConstraint {
    var constraint = TopologySpreadConstraint()
    constraint.topologyKey = key
    constraint.maxSkew = maxSkew
    return constraint
  }

  private func terms(
    _ constraints: [(TopologySpreadConstraint, Selector)], _ pod: WaitingPod, isHard: Bool,
    _ cache: inout ClusterCache
  ) -> [SpreadPlans.Term] {
    let topologies = constraints.map { cache.spread.topology($0.0.topologyKey) }
    let demandsAllLabels = !pod.shape.spreadConstraints.isEmpty
    return constraints.indices.map { index in
      let (constraint, selector) = constraints[index]
      let counter = cache.counter(pod.pod.metadata.namespace, selector)
      let byNode = !isHard && constraint.topologyKey == TopologyLabel.hostname
      let honorsAffinity =
        (constraint.nodeAffinityPolicy ?? .honor) == .honor && !pod.shape.required.isEmpty
      let honorsTaints = constraint.nodeTaintsPolicy == .honor
      let key = SpreadTable.TallyKey(
        counter: counter, topology: topologies[index],
        demanded: demandsAllLabels && topologies.count > 1 ? topologies : [],
        honorsAffinity: honorsAffinity, honorsTaints: honorsTaints,
        shape: honorsAffinity || honorsTaints ? ObjectIdentifier(pod.shape) : nil)
      return SpreadPlans.Term(
        topology: topologies[index], counter: counter,
        tally: byNode ? nil : cache.spread.tally(key, pod.shape), maxSkew: constraint.maxSkew,
        minDomains: constraint.minDomains ?? 1,
        matchesItself: selector.matches(pod.pod.metadata.labels))
    }
  }

  /// The constraint's selector, narrowed to pods that share the labels it names with this one.
  private func selector(
    _ constraint: TopologySpreadConstraint, _ labels: StringMap<String>
  ) -> Selector {
    var selector = constraint.labelSelector
    for key in constraint.matchLabelKeys {
      guard let value = labels[key] else { continue }
      selector = selector ?? LabelSelector()
      selector?.matchExpressions.append(
        LabelSelectorRequirement(key: key, operator: "In", values: [value]))
    }
    return (try? Selector(selector)) ?? .nothing
  }

  /// What the Services that select the pod and the controller that owns it select, all together;
  /// nil when nothing selects it.
  ///
  /// Follows pkg/scheduler/framework/plugins/helper/spread.go (v1.36).
  private func defaultSelector(_ pod: Pod, _ snapshot: Snapshot) -> Selector? {
    var merged = LabelSelector()
    let services = snapshot.store[Service.self]
    for key in services.keys {
      guard let service = services[key], service.metadata.namespace == pod.metadata.namespace,
        Selector(matching: service.spec.selector).matches(pod.metadata.labels)
      else { continue }
      merged.matchLabels.merge(service.spec.selector)
    }
    if let owner = pod.metadata.controllerRef {
      let selector = ownerSelector(owner, pod.metadata.namespace, snapshot)
      merged.matchLabels.merge(selector.matchLabels)
      merged.matchExpressions = selector.matchExpressions
    }
    guard let selector = try? Selector(merged), !selector.isEmpty else { return nil }
    return selector
  }

  private func ownerSelector(
    _ owner: OwnerReference, _ namespace: String, _ snapshot: Snapshot
  ) -> LabelSelector {
    let empty = LabelSelector()
    switch (owner.apiVersion, owner.kind) {
    case ("apps/v1", "ReplicaSet"):
      return snapshot[ReplicaSet.self, namespace, owner.name]?.spec.selector ?? empty
    case ("apps/v1", "StatefulSet"):
      return snapshot[StatefulSet.self, namespace, owner.name]?.spec.selector ?? empty
    case ("v1", "ReplicationController"):
      let controller = snapshot[ReplicationController.self, namespace, owner.name]
      return LabelSelector(matchLabels: controller?.spec.selector ?? [:])
    default: return empty
    }
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    let hard = pod.shape.spreadConstraints.filter { $0.whenUnsatisfiable == .doNotSchedule }
    let labels = pod.pod.metadata.labels
    func selects(_ traits: ClusterEvent.PodTraits, _ other: StringMap<String>) -> Bool {
      traits.namespace == pod.pod.metadata.namespace
        && hard.contains { selector($0, labels).matches(other) }
    }
    func hasLabels(_ node: Node) -> Bool {
      hard.allSatisfy { node.metadata.labels[$0.topologyKey] != nil }
    }
    switch event {
    case .podGone(let traits): return selects(traits, traits.labels)
    case .podPlaced(let traits):
      let isSelected = selects(traits, traits.labels)
      return traits.formerLabels.map { selects(traits, $0) != isSelected } ?? isSelected
    case .nodeAdded(let node), .nodeRemoved(let node): return hasLabels(node)
    case .nodeChanged(let old, let new):
      return hasLabels(old) != hasLabels(new)
        || hard.contains {
          old.metadata.labels[$0.topologyKey] != new.metadata.labels[$0.topologyKey]
        }
        || old.spec.taints != new.spec.taints && hard.contains { $0.nodeTaintsPolicy == .honor }
    case .storageChanged: return false
    }
  }
}
