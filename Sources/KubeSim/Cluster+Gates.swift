import KubeAPIServer
import KubeControllers
import KubeReconcile

/// A feature that is off by default in v1.36, and that a cluster can have nevertheless.
///
/// - Upstream: `pkg/features/kube_features.go`, v1.36.
public enum FeatureGate: Hashable, Sendable {
  /// The server keeps `maxUnavailable` of a StatefulSet's rolling update, and the controller obeys
  /// it.
  case maxUnavailableStatefulSet
}

extension Cluster {
  /// Turns a feature on, as `--feature-gates` of server and controllers does; from now on.
  public mutating func enable(_ gate: FeatureGate) {
    switch gate {
    case .maxUnavailableStatefulSet:
      server.register(StatefulSetRules(keepsMaxUnavailable: true))
      for index in reconcilers.indices {
        guard var controller = reconcilers[index] as? StatefulSetController else { continue }
        controller.obeysMaxUnavailable = true
        reconcilers[index] = controller
      }
    }
  }
}
