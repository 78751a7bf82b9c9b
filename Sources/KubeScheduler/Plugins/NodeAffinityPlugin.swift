import KubeModel
import KubeReconcile

/// Keeps pods off nodes that do not match their `nodeSelector` and required node affinity, and
/// prefers nodes that match more of their preferred terms.
///
/// Follows pkg/scheduler/framework/plugins/nodeaffinity (v1.36).
struct NodeAffinityPlugin: FilterPlugin, ScorePlugin {
  let name = "NodeAffinity"
  let scope = Scope.node
  let weight: Int64 = 2
  let normalization = Normalization.share

  /// What is said of a pod whose terms each name two nodes at once.
  static let conflict = "pod affinity terms conflict"

  func mayReject(_ pod: PodShape) -> Bool { !pod.required.isEmpty }
  func hasOpinion(on pod: PodShape) -> Bool { !pod.preferred.isEmpty }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    guard let object = node.node, !pod.required.matches(object) else { return nil }
    return Rejection(
      plugin: name, reasons: ["node(s) didn't match Pod's node affinity/selector"],
      isUnresolvable: true)
  }

  /// The sum of the weights of the preferred terms that the node matches.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64 {
    node.node.map(pod.preferred.score) ?? 0
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    let required = pod.shape.required
    switch event {
    case .nodeAdded(let node): return required.matches(node)
    case .nodeChanged(let old, let new): return !required.matches(old) && required.matches(new)
    default: return false
    }
  }
}
