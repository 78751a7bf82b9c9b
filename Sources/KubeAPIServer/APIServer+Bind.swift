import KubeModel

extension APIServer {
  /// Gives a pod its node: the binding subresource.
  ///
  /// Sets `spec.nodeName` without a new generation, clears the nomination, and sets the condition
  /// PodScheduled.
  ///
  /// - Throws: NotFound; Conflict when the pod has a node, is being deleted or has scheduling gates.
  /// - Upstream: `pkg/registry/core/pod/storage/storage.go` (v1.36).
  public mutating func bind(
    _ key: ObjectKey, to node: String, at now: Timestamp, sink: inout some ChangeSink
  ) throws(APIError) {
    guard let old = store[Pod.self, key] else { throw .notFound(Pod.resource, "") }
    let name = old.metadata.name
    func refusal(_ why: String) -> APIError {
      var error = APIError.conflict(Pod.resource, name, why)
      error.message = "Operation cannot be fulfilled on pods/binding \"\(name)\": \(why)"
      return error
    }
    if old.isBeingDeleted {
      throw refusal("pod \(name) is being deleted, cannot be assigned to a host")
    }
    if !old.spec.nodeName.isEmpty {
      throw refusal("pod \(name) is already assigned to node \"\(old.spec.nodeName)\"")
    }
    if !old.spec.schedulingGates.isEmpty {
      throw refusal("pod \(name) has non-empty .spec.schedulingGates")
    }
    var new = old
    new.spec.nodeName = node
    var scheduled = PodCondition()
    scheduled.type = .podScheduled
    scheduled.status = .true
    scheduled.observedGeneration = old.metadata.generation
    scheduled.lastTransitionTime = now
    new.status.noteBinding(scheduled)
    copyTopology(of: node, to: &new)
    commit(key, old: old, new: &new) { sink.observe($0, in: $1) }
  }

  /// A pod carries the topology labels of its node.
  private func copyTopology(of node: String, to pod: inout Pod) {
    guard let key = store.key(Node.self, "", node), let found = store[Node.self, key] else {
      return
    }
    for label in ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"] {
      if let value = found.metadata.labels[label] { pod.metadata.labels[label] = value }
    }
  }
}

extension PodStatus {
  fileprivate mutating func noteBinding(_ scheduled: PodCondition) {
    nominatedNodeName = ""
    conditions.removeAll { $0.type == scheduled.type }
    conditions.append(scheduled)
  }
}
