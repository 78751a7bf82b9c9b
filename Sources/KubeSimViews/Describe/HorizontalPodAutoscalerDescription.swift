import KubeModel

// Follows   kubectl/pkg/describe, describeHorizontalPodAutoscalerV2 (v1.36)

extension HorizontalPodAutoscaler: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "CreationTimestamp:", metadata.creationTimestamp.longText)
    text.line(0, "Reference:", "\(spec.scaleTargetRef.kind)/\(spec.scaleTargetRef.name)")
    text.line(0, "Metrics:", "( current / target )")
    for (index, metric) in spec.metrics.enumerated() {
      let current = index < status.currentMetrics.count ? status.currentMetrics[index] : nil
      let (title, value) = MetricText(metric, current).line
      text.line(1, title + ":", value)
    }
    text.line(0, "Min replicas:", spec.minReplicas.orUnset)
    text.line(0, "Max replicas:", "\(spec.maxReplicas)")
    if let behavior = spec.behavior {
      text.line(0, "Behavior:")
      describe("Scale Up", behavior.scaleUp, &text)
      describe("Scale Down", behavior.scaleDown, &text)
    }
    text.line(
      0, spec.scaleTargetRef.kind + " pods:",
      "\(status.currentReplicas) current / \(status.desiredReplicas) desired")
    guard !status.conditions.isEmpty else { return }
    text.line(0, "Conditions:")
    text.line(1, "Type", "Status", "Reason", "Message")
    text.line(1, "----", "------", "------", "-------")
    for condition in status.conditions {
      text.line(
        1, condition.type.rawValue, condition.status.rawValue, condition.reason, condition.message)
    }
  }

  private func describe(
    _ direction: String, _ rules: HPAScalingRules?, _ text: inout Description
  ) {
    guard let rules else { return }
    text.line(1, direction + ":")
    if let seconds = rules.stabilizationWindowSeconds {
      text.line(2, "Stabilization Window: \(seconds) seconds")
    }
    guard !rules.policies.isEmpty else { return }
    text.line(2, "Select Policy: \(rules.selectPolicy?.rawValue ?? "Max")")
    text.line(2, "Policies:")
    for policy in rules.policies {
      text.line(
        3, "- Type: \(policy.type)", "Value: \(policy.value)",
        "Period: \(policy.periodSeconds) seconds")
    }
  }
}
