import KubeModel
import KubeReconcile

/// The plugins that take part, in upstream's order.
///
/// Follows pkg/scheduler/apis/config/v1/default_plugins.go (v1.36).
struct Profile: Sendable {
  /// Filters that look at one node; those that look at the Node object alone come first.
  let filters: [any FilterPlugin]
  /// Filters that look at several nodes; they come after the others.
  let clusterFilters: [any ClusterFilterPlugin]
  let scores: [any ScorePlugin]
  let clusterScores: [any ClusterScorePlugin]

  /// Filters of both sorts, in order; rejected pods remember them by their position here.
  let rejecting: [any SchedulingPlugin]

  init(
    filters: [any FilterPlugin], clusterFilters: [any ClusterFilterPlugin],
    scores: [any ScorePlugin], clusterScores: [any ClusterScorePlugin]
  ) {
    self.filters = filters
    self.clusterFilters = clusterFilters
    self.scores = scores
    self.clusterScores = clusterScores
    rejecting = filters + clusterFilters
  }

  /// The plugins that pods get when nobody says otherwise.
  static let standard = Profile(
    filters: [
      NodeUnschedulable(), NodeName(), TaintToleration(), NodeAffinityPlugin(), NodePorts(),
      NodeResourcesFit(),
    ],
    clusterFilters: [
      VolumeRestrictions(), NodeVolumeLimits(), VolumeBinding(), VolumeZone(), PodTopologySpread(),
    ],
    scores: [
      TaintToleration(), NodeAffinityPlugin(), NodeResourcesFit(), BalancedAllocation(),
      ImageLocality(),
    ],
    clusterScores: [PodTopologySpread()])

  /// The filters that look at several nodes and may have something against a pod.
  func clusterFilters(for pod: WaitingPod) -> [any ClusterFilterPlugin] {
    var found: [any ClusterFilterPlugin] = []
    // By index: a walk over the plugins copies each.
    for index in clusterFilters.indices where clusterFilters[index].mayReject(pod) {
      found.append(clusterFilters[index])
    }
    return found
  }

  /// The first rejection of a pod that no node can change.
  static func objection(
    of filters: [any ClusterFilterPlugin], to pod: WaitingPod, in snapshot: Snapshot,
    _ cache: ClusterCache
  ) -> (plugin: String, message: String)? {
    for plugin in filters {
      if let message = plugin.objection(to: pod, in: snapshot, cache) {
        return (plugin.name, message)
      }
    }
    return nil
  }

  /// The first filter's rejection of a pod by a node, of those that look at one node.
  func rejection(of pod: PodShape, by node: NodeInfo, scope: Scope? = nil) -> Rejection? {
    for filter in filters where (scope == nil || filter.scope == scope) && filter.mayReject(pod) {
      if let rejection = filter.rejection(of: pod, by: node) { return rejection }
    }
    return nil
  }
}
