import KubeModel

/// The taints that keep new pods off a node for what its conditions say.
///
/// Follows `doNoScheduleTaintingPass` of
/// pkg/controller/nodelifecycle/node_lifecycle_controller.go (v1.36).
enum ConditionTaints {
  private static let prefix = "node.kubernetes.io/"
  private static let keys = [
    "not-ready", "unreachable", "memory-pressure", "disk-pressure", "pid-pressure",
    "network-unavailable", "unschedulable",
  ].map { prefix + $0 }

  /// The keys of the taints that a node should have.
  private static func wanted(_ node: Node) -> [String] {
    var wanted: [String] = []
    func status(_ type: NodeConditionType) -> ConditionStatus? {
      node.status.conditions.first { $0.type == type }?.status
    }
    switch status(.ready) {
    case .some(.false): wanted.append("not-ready")
    case .some(.unknown): wanted.append("unreachable")
    default: break
    }
    if status(.memoryPressure) == .true { wanted.append("memory-pressure") }
    if status(.diskPressure) == .true { wanted.append("disk-pressure") }
    if status(.pidPressure) == .true { wanted.append("pid-pressure") }
    if status(.networkUnavailable) == .true { wanted.append("network-unavailable") }
    if node.spec.unschedulable { wanted.append("unschedulable") }
    return wanted.map { prefix + $0 }
  }

  /// A node with the right taints; nil when it has them. Those of other keys are not touched.
  static func corrected(_ node: Node, at time: Timestamp) -> Node? {
    // Of a node that has not reported yet nothing is known.
    if node.status.conditions.isEmpty { return nil }
    let wanted = wanted(node)
    let isOwn = { (taint: Taint) in taint.effect == .noSchedule && keys.contains(taint.key) }
    let present = node.spec.taints.filter(isOwn).map(\.key)
    let missing = wanted.filter { !present.contains($0) }
    let surplus = present.filter { !wanted.contains($0) }
    if missing.isEmpty && surplus.isEmpty { return nil }
    var node = node
    node.spec.taints.removeAll { isOwn($0) && surplus.contains($0.key) }
    for key in missing {
      var taint = Taint()
      taint.key = key
      taint.effect = .noSchedule
      taint.timeAdded = time
      node.spec.taints.append(taint)
    }
    return node
  }
}
