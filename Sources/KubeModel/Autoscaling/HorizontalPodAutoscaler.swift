/// Sets the size of a workload by what is measured of its pods.
///
/// Follows `autoscaling/v2 HorizontalPodAutoscaler`.
public struct HorizontalPodAutoscaler: APIObject {
  public static let resource = APIResource(
    "autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", short: ["hpa"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = HorizontalPodAutoscalerSpec()
  /// What the controller last saw and did.
  @Indirect public var status = HorizontalPodAutoscalerStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What is scaled, by which metrics, between which limits and how fast.
///
/// Follows `autoscaling/v2 HorizontalPodAutoscalerSpec`.
public struct HorizontalPodAutoscalerSpec: APIValue {
  /// The object that is scaled.
  public var scaleTargetRef = CrossVersionObjectReference()
  /// The least number of pods; 1 by default.
  public var minReplicas: Int32?
  /// The greatest number of pods.
  public var maxReplicas: Int32 = 0
  /// What is measured; the metric that asks for most pods wins. By default 80% of the CPU request.
  public var metrics: [MetricSpec] = []
  /// How fast the number of pods may change.
  public var behavior: HorizontalPodAutoscalerBehavior?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("scaleTargetRef", &scaleTargetRef, .always)
    fields.field("minReplicas", &minReplicas)
    fields.field("maxReplicas", &maxReplicas, .always)
    fields.field("metrics", &metrics)
    fields.field("behavior", &behavior)
  }
}

/// Names an object in the same namespace.
///
/// Follows `autoscaling/v2 CrossVersionObjectReference`.
public struct CrossVersionObjectReference: APIValue {
  public var kind = ""
  public var name = ""
  public var apiVersion = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("kind", &kind, .always)
    fields.field("name", &name, .always)
    fields.field("apiVersion", &apiVersion)
  }
}

/// What the controller last saw and did.
///
/// Follows `autoscaling/v2 HorizontalPodAutoscalerStatus`.
public struct HorizontalPodAutoscalerStatus: APIValue {
  /// The generation of the spec that this status answers to.
  public var observedGeneration: Int64?
  /// When the number of pods was last changed.
  public var lastScaleTime: Timestamp?
  /// The number of pods of the target.
  public var currentReplicas: Int32 = 0
  /// The number of pods that the autoscaler wants.
  public var desiredReplicas: Int32 = 0
  /// What was measured, in the order of the spec.
  public var currentMetrics: [MetricStatus] = []
  /// `AbleToScale`, `ScalingActive`, `ScalingLimited`.
  public var conditions: [HorizontalPodAutoscalerCondition] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("observedGeneration", &observedGeneration)
    fields.field("lastScaleTime", &lastScaleTime)
    fields.field("currentReplicas", &currentReplicas)
    fields.field("desiredReplicas", &desiredReplicas, .always)
    fields.field("currentMetrics", &currentMetrics, .always)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

/// One aspect of an autoscaler's state.
///
/// Follows `autoscaling/v2 HorizontalPodAutoscalerCondition`.
public struct HorizontalPodAutoscalerCondition: APIValue {
  public var type = HorizontalPodAutoscalerConditionType(rawValue: "")
  public var status = ConditionStatus(rawValue: "")
  /// When the status last changed.
  public var lastTransitionTime: Timestamp?
  /// Why, in one word.
  public var reason = ""
  /// Why, in a sentence.
  public var message = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// The aspects of an autoscaler's state.
public struct HorizontalPodAutoscalerConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Metrics can be read, so that a size can be computed.
  public static let scalingActive = Self(rawValue: "ScalingActive")
  /// The target's size can be read and set.
  public static let ableToScale = Self(rawValue: "AbleToScale")
  /// A limit keeps the size from what the metrics ask for.
  public static let scalingLimited = Self(rawValue: "ScalingLimited")
  /// The autoscaler set the size to 0.
  public static let scaledToZero = Self(rawValue: "ScaledToZero")
}
