import KubeModel
import KubeReconcile

/// Keeps pods off nodes with taints that they do not tolerate, and prefers nodes with fewer taints
/// of effect `PreferNoSchedule`.
///
/// Follows pkg/scheduler/framework/plugins/tainttoleration (v1.36).
struct TaintToleration: FilterPlugin, ScorePlugin {
  let name = "TaintToleration"
  let scope = Scope.node
  let weight: Int64 = 3
  let normalization = Normalization.reversedShare

  func mayReject(_ pod: PodShape) -> Bool { true }
  func hasOpinion(on pod: PodShape) -> Bool { true }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    let taints = node.node?.spec.taints ?? []
    guard pod.tolerations.firstUntolerated(of: taints) != nil else { return nil }
    return Rejection(
      plugin: name, reasons: ["node(s) had untolerated taint(s)"], isUnresolvable: true)
  }

  /// The number of `PreferNoSchedule` taints that are not tolerated.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64 {
    let taints = node.node?.spec.taints ?? []
    return Int64(
      taints.count { $0.effect == .preferNoSchedule && !pod.tolerations.tolerate($0) })
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    let tolerations = pod.shape.tolerations
    switch event {
    case .nodeAdded(let node): return tolerations.firstUntolerated(of: node.spec.taints) == nil
    case .nodeChanged(let old, let new):
      return tolerations.firstUntolerated(of: old.spec.taints) != nil
        && tolerations.firstUntolerated(of: new.spec.taints) == nil
    default: return false
    }
  }
}
