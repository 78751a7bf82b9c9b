import KubeModel

/// Which changes of a pod its kubelet cares about.
enum PodChange {
  /// False for what the kubelet itself wrote and for pods that are on no node.
  static func concernsKubelet(_ change: Change<Pod>) -> Bool {
    guard let new = change.new else {
      // A pod whose last phase was told is over for the kubelet.
      return change.old.map { !$0.placement.isEmpty && !$0.isTerminal } ?? false
    }
    if new.spec.nodeName.isEmpty { return false }
    // What the kubelet itself asked for when all was over.
    if new.metadata.deletionGracePeriodSeconds == 0 && new.isTerminal { return false }
    guard let old = change.old else { return true }
    let isSameSpec = old.$spec.sharesStorage(with: new.$spec)
    if !isSameSpec && old.spec.nodeName != new.spec.nodeName { return true }
    if !old.metadata.sharesStorage(with: new.metadata),
      old.metadata.deletionTimestamp != new.metadata.deletionTimestamp
        || old.metadata.deletionGracePeriodSeconds != new.metadata.deletionGracePeriodSeconds
        || old.metadata.labels != new.metadata.labels
        || old.metadata.annotations != new.metadata.annotations
    {
      return true
    }
    if !isSameSpec && old.$spec != new.$spec { return true }
    return old.$status.sharesStorage(with: new.$status)
      ? false : isForeign(old, new)
  }

  /// True for a status that the kubelet does not write.
  private static func isForeign(_ old: Pod, _ new: Pod) -> Bool {
    let conditions = new.status.conditions
    if conditions.sharesStorage(with: old.status.conditions) && new.status.phase == old.status.phase
    {
      return false
    }
    // The node controller turns Ready alone to false.
    if let ready = conditions.index(of: .ready), conditions[ready].status == .false,
      conditions.status(of: .containersReady) == .true, old.isReady,
      conditions[ready].reason != "ReadinessGatesNotReady"
    {
      return true
    }
    // Somebody else ended the pod.
    if new.status.phase != old.status.phase && new.isTerminal
      && new.status.containerStatuses.contains(where: { $0.state.running != nil })
    {
      return true
    }
    // Conditions that others set matter only where readiness waits for them.
    if new.spec.readinessGates.isEmpty { return false }
    func foreign(_ conditions: [PodCondition]) -> [PodCondition] {
      conditions.filter { !PodConditionRules.isOwned($0.type) }
    }
    return foreign(old.status.conditions) != foreign(conditions)
  }
}

/// Which changes of a node its kubelet cares about.
enum NodeChange {
  static func concernsKubelet(_ change: Change<Node>) -> Bool {
    guard let old = change.old, let new = change.new else { return true }
    return new.status.conditions.isEmpty || old.spec.unschedulable != new.spec.unschedulable
  }
}
