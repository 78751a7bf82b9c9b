import KubeAPIServer
import KubeModel
import SimulationKernel

// Evictions.
//
// Follows   pkg/registry/core/pod/storage/eviction.go (v1.36)
// Left out  disruption budgets and drains: not supported yet

extension Cluster {
  /// Evicts a pod: the Eviction API, as `kubectl drain` uses it.
  ///
  /// - Throws: NotFound; 501 when a disruption budget covers the pod, as long as those are not
  ///   supported.
  public mutating func evict(
    _ name: String, namespace: String = "default", _ options: DeleteOptions = DeleteOptions()
  ) throws(APIError) {
    let key = try server.key(Pod.self, namespace, name)
    var pod = try server.get(Pod.self, namespace, name)
    let ignoresBudgets = pod.isTerminal || pod.status.phase == .pending || pod.isBeingDeleted
    if !ignoresBudgets, isCoveredByBudget(pod) {
      throw .notSupportedYet("evict under a PodDisruptionBudget")
    }
    var target = PodCondition()
    target.type = .disruptionTarget
    target.status = .true
    target.reason = "EvictionByEvictionAPI"
    target.message = "Eviction API: evicting"
    target.lastTransitionTime = time
    target.observedGeneration = pod.metadata.generation
    pod.status.conditions.removeAll { $0.type == .disruptionTarget }
    pod.status.conditions.append(target)
    begin(actor: Self.user, rule: "evict", cause: .none)
    engine.context.writesStatus = true
    try server.update(key, with: pod, part: .status, at: time, sink: &engine)
    begin(actor: Self.user, rule: "evict", cause: .none)
    try server.delete(Pod.self, key, options, at: time, sink: &engine)
  }

  private func isCoveredByBudget(_ pod: Pod) -> Bool {
    let budgets = store[PodDisruptionBudget.self]
    return budgets.keys.compactMap { budgets[$0] }.contains { budget in
      guard budget.metadata.namespace == pod.metadata.namespace else { return false }
      let selector = budget.spec.selector.flatMap { try? Selector($0) }
      return selector?.matches(pod.metadata.labels) ?? false
    }
  }

  /// Empties a node: `kubectl drain`.
  ///
  /// - Throws: NotFound; 501, as long as this is not supported.
  public mutating func drain(_ node: String) throws(APIError) {
    _ = try server.key(Node.self, "", node)
    throw .notSupportedYet("drain")
  }
}
