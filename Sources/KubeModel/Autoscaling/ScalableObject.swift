/// A kind with a `scale` subresource: its size can be read and set without knowing the rest of it.
///
/// Deployments, ReplicaSets, StatefulSets and ReplicationControllers conform. A custom resource that
/// conforms can be scaled by `Cluster.scale` and by a HorizontalPodAutoscaler.
///
/// Follows `pkg/registry/apps/*/storage/storage.go` and, for custom resources,
/// `apiextensions-apiserver` (v1.36).
public protocol ScalableObject: APIObject {
  /// The size that is wanted, the size that is there, and what selects the pods.
  var scale: Scale { get }

  /// Sets the wanted size.
  mutating func setScale(_ replicas: Int32)
}

extension Scale {
  /// The size of an object.
  ///
  /// - Parameters:
  ///   - wanted: How many pods are wanted.
  ///   - current: How many pods there are.
  ///   - selector: Selects the pods; none, and one that is no selector, show as the empty text.
  public init(of object: some APIObject, wanted: Int32, current: Int32, selector: LabelSelector?) {
    self.init()
    metadata.name = object.metadata.name
    metadata.namespace = object.metadata.namespace
    metadata.uid = object.metadata.uid
    metadata.resourceVersion = object.metadata.resourceVersion
    metadata.creationTimestamp = object.metadata.creationTimestamp
    spec.replicas = wanted
    status.replicas = current
    status.selector = selector.flatMap { try? Selector($0) }?.canonical ?? ""
  }
}

extension Deployment: ScalableObject {
  public var scale: Scale {
    Scale(
      of: self, wanted: spec.replicas ?? 0, current: status.replicas, selector: spec.selector)
  }
  public mutating func setScale(_ replicas: Int32) { spec.replicas = replicas }
}

extension ReplicaSet: ScalableObject {
  public var scale: Scale {
    Scale(
      of: self, wanted: spec.replicas ?? 0, current: status.replicas, selector: spec.selector)
  }
  public mutating func setScale(_ replicas: Int32) { spec.replicas = replicas }
}

extension StatefulSet: ScalableObject {
  public var scale: Scale {
    Scale(
      of: self, wanted: spec.replicas ?? 0, current: status.replicas, selector: spec.selector)
  }
  public mutating func setScale(_ replicas: Int32) { spec.replicas = replicas }
}

extension ReplicationController: ScalableObject {
  public var scale: Scale {
    Scale(
      of: self, wanted: spec.replicas ?? 0, current: status.replicas,
      selector: LabelSelector(matchLabels: spec.selector))
  }
  public mutating func setScale(_ replicas: Int32) { spec.replicas = replicas }
}
