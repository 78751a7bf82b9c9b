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
    get {
      for case let controller as HorizontalPodAutoscalerController in reconcilers {
        return controller.metrics as? MetricsSource ?? MetricsSource()
      }
      return MetricsSource()
    }
    set { configure(HorizontalPodAutoscalerController.self) { $0.metrics = newValue } }
  }
}
