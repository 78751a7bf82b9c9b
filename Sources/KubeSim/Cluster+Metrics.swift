import KubeControllers

// What is measured in the cluster.

extension Cluster {
  /// What the metrics APIs of the cluster answer; nothing is measured in a new cluster.
  ///
  /// ```swift
  /// cluster.metrics.measure(
  ///   .resource("cpu"), .shared(["app": "web"]), .constant(Quantity(value: 2)))
  /// ```
  public var metrics: MetricsSource {
    get { autoscaler?.controller.metrics as? MetricsSource ?? MetricsSource() }
    set {
      guard var found = autoscaler else { return }
      found.controller.metrics = newValue
      reconcilers[found.index] = found.controller
    }
  }

  private var autoscaler: (index: Int, controller: HorizontalPodAutoscalerController)? {
    for (index, reconciler) in reconcilers.enumerated() {
      if let controller = reconciler as? HorizontalPodAutoscalerController {
        return (index, controller)
      }
    }
    return nil
  }
}
