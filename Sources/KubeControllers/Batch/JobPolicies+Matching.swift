// What a Job's policies say about a failed pod and about the indexes that have succeeded.
//
// Follows   pkg/controller/job/pod_failure_policy.go and success_policy.go (v1.36)

import KubeModel

extension PodFailurePolicy {
  /// What the first rule that matches a failed pod says.
  struct Verdict: Equatable, Sendable {
    /// Why the Job fails, if it does.
    var failure: String?
    /// Whether the pod counts as a failure.
    var counts = true
    /// The action of the rule; nil when none matches.
    var action: PodFailurePolicyAction?
  }

  /// Judges a failed pod.
  func verdict(on pod: Pod) -> Verdict {
    for (index, rule) in rules.enumerated() {
      guard let cause = rule.match(pod) else { continue }
      var verdict = Verdict(counts: rule.action != .ignore, action: rule.action)
      if rule.action == .failJob {
        verdict.failure = "\(cause) matching \(rule.action.rawValue) rule at index \(index)"
      }
      return verdict
    }
    return Verdict()
  }
}

extension PodFailurePolicyRule {
  /// What of the pod the rule matches, in words; nil when it does not.
  fileprivate func match(_ pod: Pod) -> String? {
    let name = "\(pod.metadata.namespace)/\(pod.metadata.name)"
    if let codes = onExitCodes {
      for status in pod.status.containerStatuses + pod.status.initContainerStatuses {
        if let code = codes.matchingCode(of: status) {
          return "Container \(status.name) for pod \(name) failed with exit code \(code)"
        }
      }
      return nil
    }
    for condition in pod.status.conditions
    where onPodConditions.contains(where: {
      $0.type == condition.type && $0.status == condition.status
    }) {
      return "Pod \(name) has condition \(condition.type.rawValue)"
    }
    return nil
  }
}

extension PodFailurePolicyOnExitCodesRequirement {
  /// The exit code of an ended container, if the requirement matches it. 0 never matches.
  fileprivate func matchingCode(of status: ContainerStatus) -> Int32? {
    guard let code = status.state.terminated?.exitCode, code != 0,
      containerName == nil || containerName == status.name
    else { return nil }
    switch self.operator {
    case .in: return values.contains(code) ? code : nil
    case .notIn: return values.contains(code) ? nil : code
    default: return nil
    }
  }
}

extension SuccessPolicy {
  /// Which rule the indexes that have succeeded meet, in words; nil when none.
  func match(_ succeeded: CompletionIndexes, completions: Int) -> String? {
    if succeeded.isEmpty { return nil }
    let rule = rules.firstIndex { $0.isMet(by: succeeded, completions: completions) }
    return rule.map { "Matched rules at index \($0)" }
  }
}

extension SuccessPolicyRule {
  fileprivate func isMet(by succeeded: CompletionIndexes, completions: Int) -> Bool {
    guard let succeededIndexes else {
      return succeededCount.map { succeeded.count >= Int($0) } ?? false
    }
    let wanted = CompletionIndexes(succeededIndexes, below: completions)
    if wanted.isEmpty { return false }
    let count = wanted.countInCommon(with: succeeded)
    if let succeededCount, count >= Int(succeededCount) { return true }
    return count == wanted.count
  }
}
