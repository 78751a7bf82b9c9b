/// One thing to measure and the value that it should have.
///
/// Follows `autoscaling/v2 MetricSpec`.
public struct MetricSpec: APIValue {
  /// Which of the members is set.
  public var type = MetricSourceType(rawValue: "")
  /// A metric of one object.
  public var object: ObjectMetricSource?
  /// A metric of each pod.
  public var pods: PodsMetricSource?
  /// CPU or memory of each pod.
  public var resource: ResourceMetricSource?
  /// CPU or memory of one container in each pod.
  public var containerResource: ContainerResourceMetricSource?
  /// A metric from outside the cluster.
  public var external: ExternalMetricSource?

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

/// The sorts of metrics.
public struct MetricSourceType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A metric of one object.
  public static let object = Self(rawValue: "Object")
  /// A metric of each pod.
  public static let pods = Self(rawValue: "Pods")
  /// CPU or memory of each pod.
  public static let resource = Self(rawValue: "Resource")
  /// CPU or memory of one container in each pod.
  public static let containerResource = Self(rawValue: "ContainerResource")
  /// A metric from outside the cluster.
  public static let external = Self(rawValue: "External")
}

/// A metric of one object, such as the requests that a Service gets.
///
/// Follows `autoscaling/v2 ObjectMetricSource`.
public struct ObjectMetricSource: APIValue {
  /// The object that is measured.
  public var describedObject = CrossVersionObjectReference()
  /// The value to be reached.
  public var target = MetricTarget()
  /// The metric's name.
  public var metric = MetricIdentifier()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("describedObject", &describedObject, .always)
    fields.field("target", &target, .always)
    fields.field("metric", &metric, .always)
  }
}

/// A metric of each pod, averaged over the pods.
///
/// Follows `autoscaling/v2 PodsMetricSource`.
public struct PodsMetricSource: APIValue {
  /// The metric's name.
  public var metric = MetricIdentifier()
  /// The value to be reached.
  public var target = MetricTarget()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metric", &metric, .always)
    fields.field("target", &target, .always)
  }
}

/// CPU or memory of each pod, averaged over the pods.
///
/// Follows `autoscaling/v2 ResourceMetricSource`.
public struct ResourceMetricSource: APIValue {
  /// `cpu`, `memory`.
  public var name = ""
  /// The value to be reached.
  public var target = MetricTarget()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("target", &target, .always)
  }
}

/// CPU or memory of one container in each pod, averaged over the pods.
///
/// Follows `autoscaling/v2 ContainerResourceMetricSource`.
public struct ContainerResourceMetricSource: APIValue {
  /// `cpu`, `memory`.
  public var name = ""
  /// The value to be reached.
  public var target = MetricTarget()
  /// The container's name.
  public var container = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("target", &target, .always)
    fields.field("container", &container, .always)
  }
}

/// A metric from outside the cluster, such as the length of a queue.
///
/// Follows `autoscaling/v2 ExternalMetricSource`.
public struct ExternalMetricSource: APIValue {
  /// The metric's name.
  public var metric = MetricIdentifier()
  /// The value to be reached.
  public var target = MetricTarget()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metric", &metric, .always)
    fields.field("target", &target, .always)
  }
}

/// Names a metric.
///
/// Follows `autoscaling/v2 MetricIdentifier`.
public struct MetricIdentifier: APIValue {
  public var name = ""
  /// Selects among the series of that name.
  public var selector: LabelSelector?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("selector", &selector)
  }
}

/// The value that a metric should have.
///
/// Follows `autoscaling/v2 MetricTarget`.
public struct MetricTarget: APIValue {
  /// Which of the members is set.
  public var type = MetricTargetType(rawValue: "")
  /// The value itself.
  public var value: Quantity?
  /// The value divided by the number of pods.
  public var averageValue: Quantity?
  /// The mean use in percent of what the pods request; of `resource` metrics only.
  public var averageUtilization: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("value", &value)
    fields.field("averageValue", &averageValue)
    fields.field("averageUtilization", &averageUtilization)
  }
}

/// The sorts of targets.
public struct MetricTargetType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Percent of what the pods request.
  public static let utilization = Self(rawValue: "Utilization")
  /// The value itself.
  public static let value = Self(rawValue: "Value")
  /// The value divided by the number of pods.
  public static let averageValue = Self(rawValue: "AverageValue")
}
