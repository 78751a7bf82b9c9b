/// How fast an autoscaler may change the number of pods, up and down.
///
/// Follows `autoscaling/v2 HorizontalPodAutoscalerBehavior`.
public struct HorizontalPodAutoscalerBehavior: APIValue {
  /// By default at once, by 4 pods or 100% in 15 seconds, whichever is more.
  public var scaleUp: HPAScalingRules?
  /// By default after 300 seconds, by any number.
  public var scaleDown: HPAScalingRules?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("scaleUp", &scaleUp)
    fields.field("scaleDown", &scaleDown)
  }
}

/// The rules for one direction.
///
/// Follows `autoscaling/v2 HPAScalingRules`.
public struct HPAScalingRules: APIValue {
  /// Seconds of past recommendations of which the safest is taken; 0 up and 300 down by default.
  public var stabilizationWindowSeconds: Int32?
  /// Which of the policies decides; `Max` by default.
  public var selectPolicy: ScalingPolicySelect?
  /// Limits to the change in a time.
  public var policies: [HPAScalingPolicy] = []
  /// How far a metric may be off its target without effect, as a ratio; 0.1 by default.
  public var tolerance: Quantity?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("stabilizationWindowSeconds", &stabilizationWindowSeconds)
    fields.field("selectPolicy", &selectPolicy)
    fields.field("policies", &policies)
    fields.field("tolerance", &tolerance)
  }
}

/// Which of several policies decides.
public struct ScalingPolicySelect: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The one that allows the greatest change.
  public static let max = Self(rawValue: "Max")
  /// The one that allows the least change.
  public static let min = Self(rawValue: "Min")
  /// None: there is no scaling in this direction.
  public static let disabled = Self(rawValue: "Disabled")
}

/// How much the number of pods may change in a time.
///
/// Follows `autoscaling/v2 HPAScalingPolicy`.
public struct HPAScalingPolicy: APIValue {
  public var type = HPAScalingPolicyType(rawValue: "")
  /// Pods or percent; greater than 0.
  public var value: Int32 = 0
  /// Seconds over which changes are added up; 1 to 1800.
  public var periodSeconds: Int32 = 0

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("value", &value, .always)
    fields.field("periodSeconds", &periodSeconds, .always)
  }
}

/// What a policy counts.
public struct HPAScalingPolicyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Pods.
  public static let pods = Self(rawValue: "Pods")
  /// Percent of the number of pods at the start of the period.
  public static let percent = Self(rawValue: "Percent")
}
