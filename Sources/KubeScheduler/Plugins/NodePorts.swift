/// Keeps a pod off nodes where a port of the node that it asks for is taken.
///
/// Follows pkg/scheduler/framework/plugins/nodeports (v1.36).
struct NodePorts: FilterPlugin {
  let name = "NodePorts"
  let scope = Scope.pods

  func mayReject(_ pod: PodShape) -> Bool { !pod.ports.isEmpty }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    let taken = pod.ports.contains { wanted in node.ports.contains { $0.conflicts(with: wanted) } }
    guard taken else { return nil }
    return Rejection(
      plugin: name, reasons: ["node(s) didn't have free ports for the requested pod ports"],
      isUnresolvable: false)
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .nodeAdded: true
    case .podGone(let gone):
      gone.ports.contains { port in pod.shape.ports.contains { $0.conflicts(with: port) } }
    default: false
    }
  }
}
