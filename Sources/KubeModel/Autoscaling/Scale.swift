/// The size of a Deployment, ReplicaSet, StatefulSet or ReplicationController, as its `scale`
/// subresource shows it; never stored.
///
/// Follows `autoscaling/v1 Scale`.
public struct Scale: APIObject {
  public static let resource = APIResource("autoscaling/v1", "Scale", "scales")

  public var metadata = ObjectMeta()
  /// What is wanted.
  public var spec = ScaleSpec()
  /// What there is.
  public var status = ScaleStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// How many pods are wanted.
///
/// Follows `autoscaling/v1 ScaleSpec`.
public struct ScaleSpec: APIValue {
  /// How many pods are wanted; 0 when absent.
  public var replicas: Int32 = 0

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas)
  }
}

/// How many pods there are, and how to find them.
///
/// Follows `autoscaling/v1 ScaleStatus`.
public struct ScaleStatus: APIValue {
  /// How many pods there are.
  public var replicas: Int32 = 0
  /// Selects the pods, as text (`app=web,tier in (a,b)`).
  public var selector = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas, .always)
    fields.field("selector", &selector)
  }
}
