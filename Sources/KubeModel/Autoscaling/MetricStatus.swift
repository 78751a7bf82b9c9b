/// One metric as it was last measured.
///
/// Follows `autoscaling/v2 MetricStatus`.
public struct MetricStatus: APIValue {
  /// Which of the members is set.
  public var type = MetricSourceType(rawValue: "")
  /// A metric of one object.
  public var object: ObjectMetricStatus?
  /// A metric of each pod.
  public var pods: PodsMetricStatus?
  /// CPU or memory of each pod.
  public var resource: ResourceMetricStatus?
  /// CPU or memory of one container in each pod.
  public var containerResource: ContainerResourceMetricStatus?
  /// A metric from outside the cluster.
  public var external: ExternalMetricStatus?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("object", &object)
    fields.field("pods", &pods)
    fields.field("resource", &resource)
    fields.field("containerResource", &containerResource)
    fields.field("external", &external)
  }
}

/// A metric of one object as it was last measured.
///
/// Follows `autoscaling/v2 ObjectMetricStatus`.
public struct ObjectMetricStatus: APIValue {
  /// The metric's name.
  public var metric = MetricIdentifier()
  /// The measured value.
  public var current = MetricValueStatus()
  /// The object that is measured.
  public var describedObject = CrossVersionObjectReference()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metric", &metric, .always)
    fields.field("current", &current, .always)
    fields.field("describedObject", &describedObject, .always)
  }
}

/// A metric of each pod as it was last measured.
///
/// Follows `autoscaling/v2 PodsMetricStatus`.
public struct PodsMetricStatus: APIValue {
  /// The metric's name.
  public var metric = MetricIdentifier()
  /// The measured value.
  public var current = MetricValueStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metric", &metric, .always)
    fields.field("current", &current, .always)
  }
}

/// CPU or memory of each pod as it was last measured.
///
/// Follows `autoscaling/v2 ResourceMetricStatus`.
public struct ResourceMetricStatus: APIValue {
  /// `cpu`, `memory`.
  public var name = ""
  /// The measured value.
  public var current = MetricValueStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("current", &current, .always)
  }
}

/// CPU or memory of one container in each pod as it was last measured.
///
/// Follows `autoscaling/v2 ContainerResourceMetricStatus`.
public struct ContainerResourceMetricStatus: APIValue {
  /// `cpu`, `memory`.
  public var name = ""
  /// The measured value.
  public var current = MetricValueStatus()
  /// The container's name.
  public var container = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("current", &current, .always)
    fields.field("container", &container, .always)
  }
}

/// A metric from outside the cluster as it was last measured.
///
/// Follows `autoscaling/v2 ExternalMetricStatus`.
public struct ExternalMetricStatus: APIValue {
  /// The metric's name.
  public var metric = MetricIdentifier()
  /// The measured value.
  public var current = MetricValueStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metric", &metric, .always)
    fields.field("current", &current, .always)
  }
}

/// A measured value.
///
/// Follows `autoscaling/v2 MetricValueStatus`.
public struct MetricValueStatus: APIValue {
  /// The value itself.
  public var value: Quantity?
  /// The value divided by the number of pods.
  public var averageValue: Quantity?
  /// The mean use in percent of what the pods request.
  public var averageUtilization: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("value", &value)
    fields.field("averageValue", &averageValue)
    fields.field("averageUtilization", &averageUtilization)
  }
}

// The group is at version 2, and so are Go's names of its types.
extension HorizontalPodAutoscaler {
  public static var goType: String { "v2.HorizontalPodAutoscaler" }
}
extension HorizontalPodAutoscalerSpec {
  public static var goType: String { "v2.HorizontalPodAutoscalerSpec" }
}
extension HorizontalPodAutoscalerStatus {
  public static var goType: String { "v2.HorizontalPodAutoscalerStatus" }
}
extension HorizontalPodAutoscalerCondition {
  public static var goType: String { "v2.HorizontalPodAutoscalerCondition" }
}
extension HorizontalPodAutoscalerBehavior {
  public static var goType: String { "v2.HorizontalPodAutoscalerBehavior" }
}
extension CrossVersionObjectReference {
  public static var goType: String { "v2.CrossVersionObjectReference" }
}
extension HPAScalingRules { public static var goType: String { "v2.HPAScalingRules" } }
extension HPAScalingPolicy { public static var goType: String { "v2.HPAScalingPolicy" } }
extension MetricSpec { public static var goType: String { "v2.MetricSpec" } }
extension ObjectMetricSource { public static var goType: String { "v2.ObjectMetricSource" } }
extension PodsMetricSource { public static var goType: String { "v2.PodsMetricSource" } }
extension ResourceMetricSource { public static var goType: String { "v2.ResourceMetricSource" } }
extension ContainerResourceMetricSource {
  public static var goType: String { "v2.ContainerResourceMetricSource" }
}
extension ExternalMetricSource { public static var goType: String { "v2.ExternalMetricSource" } }
extension MetricIdentifier { public static var goType: String { "v2.MetricIdentifier" } }
extension MetricTarget { public static var goType: String { "v2.MetricTarget" } }
extension MetricStatus { public static var goType: String { "v2.MetricStatus" } }
extension ObjectMetricStatus { public static var goType: String { "v2.ObjectMetricStatus" } }
extension PodsMetricStatus { public static var goType: String { "v2.PodsMetricStatus" } }
extension ResourceMetricStatus { public static var goType: String { "v2.ResourceMetricStatus" } }
extension ContainerResourceMetricStatus {
  public static var goType: String { "v2.ContainerResourceMetricStatus" }
}
extension ExternalMetricStatus { public static var goType: String { "v2.ExternalMetricStatus" } }
extension MetricValueStatus { public static var goType: String { "v2.MetricValueStatus" } }
