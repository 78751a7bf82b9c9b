import KubeNode

extension Cluster {
  /// How containers behave: by annotation, by image, or by default.
  public var behaviors: BehaviorCatalog {
    get { (reconcilers[kubeletIndex] as? Kubelet)?.catalog ?? BehaviorCatalog() }
    set {
      guard var kubelet = reconcilers[kubeletIndex] as? Kubelet else { return }
      kubelet.catalog = newValue
      reconcilers[kubeletIndex] = kubelet
    }
  }
}
