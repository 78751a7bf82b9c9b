/// Prefers nodes that have the pod's images already, the more so the larger they are and the more
/// nodes have them.
///
/// Follows pkg/scheduler/framework/plugins/imagelocality (v1.36). Left out: images of image
/// volumes.
struct ImageLocality: ScorePlugin {
  let name = "ImageLocality"
  let scope = Scope.node
  let weight: Int64 = 1
  let normalization = Normalization.none

  private static let least: Int64 = 23 << 20
  private static let mostOfOneContainer: Int64 = 1000 << 20

  func hasOpinion(on pod: PodShape) -> Bool { true }

  /// 0 for 23 MiB or less, 100 for 1000 MiB or more for each container, and in between in
  /// proportion.
  ///
  /// An image of 250 MiB that one of two nodes has counts as 125 MiB: (125 - 23) · 100 / 977 = 10.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64 {
    guard !node.images.isEmpty, facts.nodeCount > 0 else { return 0 }
    var sum: Int64 = 0
    for (image, holders) in zip(pod.images, facts.imageNodeCounts) {
      guard let size = node.images[image] else { continue }
      let spread = Double(size) * (Double(holders) / Double(facts.nodeCount))
      sum = sum.addingWithinRange(Int64(min(spread, 1e18)))
    }
    let most = Self.mostOfOneContainer * Int64(pod.images.count)
    return 100 * (min(max(sum, Self.least), most) - Self.least) / (most - Self.least)
  }
}
