import KubeModel

/// Keeps a pod that names its node off all others.
///
/// Follows pkg/scheduler/framework/plugins/nodename (v1.36).
struct NodeName: FilterPlugin {
  let name = "NodeName"
  let scope = Scope.node

  func mayReject(_ pod: PodShape) -> Bool { !pod.nodeName.isEmpty }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    guard node.name != pod.nodeName else { return nil }
    return Rejection(
      plugin: name, reasons: ["node(s) didn't match the requested node name"],
      isUnresolvable: true)
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    if case .nodeAdded(let node) = event { node.metadata.name == pod.shape.nodeName } else { false }
  }
}
