import KubeModel
import KubeReconcile

/// Keeps pods off cordoned nodes.
///
/// Follows pkg/scheduler/framework/plugins/nodeunschedulable (v1.36).
struct NodeUnschedulable: FilterPlugin {
  let name = "NodeUnschedulable"
  let scope = Scope.node

  private static let taint = Taint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule)

  func mayReject(_ pod: PodShape) -> Bool { !pod.tolerations.tolerate(Self.taint) }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    guard node.node?.spec.unschedulable == true else { return nil }
    return Rejection(
      plugin: name, reasons: ["node(s) were unschedulable"], isUnresolvable: true)
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .nodeAdded(let node): !node.spec.unschedulable
    case .nodeChanged(let old, let new): old.spec.unschedulable && !new.spec.unschedulable
    default: false
    }
  }
}
