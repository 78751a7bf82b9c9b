/// Prefers nodes on which the pod brings the shares of cpu and memory that are asked for closer
/// together.
///
/// Follows pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go (v1.36).
struct BalancedAllocation: ScorePlugin {
  let name = "NodeResourcesBalancedAllocation"
  let scope = Scope.pods
  let weight: Int64 = 1
  let normalization = Normalization.none

  /// No opinion on pods that ask for neither, or they would all go to one node.
  func hasOpinion(on pod: PodShape) -> Bool { pod.requests.milliCPU > 0 || pod.requests.memory > 0 }

  /// 75 when the pod changes nothing, up to 100 when it evens the node out, down to 50.
  ///
  /// A pod of 3 cores and 5000 on an empty node of 4 cores and 10000 takes shares of 0.75 and 0.5;
  /// balance falls from 100 to 87, so the score is 50 + (50 - 13) / 2 = 68.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64 {
    let with = Self.balance(
      node, node.requested.milliCPU.addingWithinRange(pod.requests.milliCPU),
      node.requested.memory.addingWithinRange(pod.requests.memory))
    let without = Self.balance(node, node.requested.milliCPU, node.requested.memory)
    return 50 + (50 + with - without) / 2
  }

  /// 100 less half the distance between both shares, in percent; 100 when only one is there.
  private static func balance(_ node: NodeInfo, _ milliCPU: Int64, _ memory: Int64) -> Int64 {
    let all = node.allocatable
    guard all.milliCPU != 0, all.memory != 0 else { return 100 }
    let one = max(0, min(1, Double(milliCPU) / Double(all.milliCPU)))
    let two = max(0, min(1, Double(memory) / Double(all.memory)))
    return Int64((1 - abs((one - two) / 2)) * 100)
  }
}
