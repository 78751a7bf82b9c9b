import KubeModel

/// What the server does to a HorizontalPodAutoscaler.
///
/// Follows `pkg/apis/autoscaling/v2/defaults.go`,
/// `pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go` and
/// `pkg/apis/autoscaling/validation` (v1.36). Scaling to zero is behind a gate that is off.
public struct HorizontalPodAutoscalerRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout HorizontalPodAutoscaler) {
    var spec = object.spec
    if spec.minReplicas == nil { spec.minReplicas = 1 }
    if spec.metrics.isEmpty {
      var metric = MetricSpec()
      metric.type = .resource
      var cpu = ResourceMetricSource()
      cpu.name = ResourceName.cpu
      cpu.target.type = .utilization
      cpu.target.averageUtilization = 80
      metric.resource = cpu
      spec.metrics = [metric]
    }
    if var behavior = spec.behavior {
      behavior.scaleUp = filled(
        behavior.scaleUp, window: 0, policies: [policy(.pods, 4), policy(.percent, 100)])
      behavior.scaleDown = filled(
        behavior.scaleDown, window: nil, policies: [policy(.percent, 100)])
      spec.behavior = behavior
    }
    if spec != object.spec { object.spec = spec }
  }

  private func policy(_ type: HPAScalingPolicyType, _ value: Int32) -> HPAScalingPolicy {
    var policy = HPAScalingPolicy()
    policy.type = type
    policy.value = value
    policy.periodSeconds = 15
    return policy
  }

  private func filled(
    _ rules: HPAScalingRules?, window: Int32?, policies: [HPAScalingPolicy]
  ) -> HPAScalingRules {
    var rules = rules ?? HPAScalingRules()
    if rules.selectPolicy == nil { rules.selectPolicy = .max }
    if rules.stabilizationWindowSeconds == nil { rules.stabilizationWindowSeconds = window }
    if rules.policies.isEmpty { rules.policies = policies }
    return rules
  }

  /// An autoscaler's generations are not counted.
  public func prepareForCreate(_ object: inout HorizontalPodAutoscaler) {
    object.status = HorizontalPodAutoscalerStatus()
  }

  public func prepareForUpdate(
    _ new: inout HorizontalPodAutoscaler, from old: HorizontalPodAutoscaler
  ) {
    new.keepStatus(of: old)
  }

  public func validate(_ object: HorizontalPodAutoscaler) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + AutoscalerValidation.spec(object.spec, at: FieldPath("spec"))
  }

  public func validateUpdate(
    _ new: HorizontalPodAutoscaler, from old: HorizontalPodAutoscaler
  ) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + AutoscalerValidation.spec(new.spec, at: FieldPath("spec"))
  }
}
