import KubeModel

/// Whether an exited container may run again.
///
/// Follows `ContainerShouldRestart` and `AllContainersCouldRestart` of `pkg/api/v1/pod/util.go`
/// (v1.36).
public enum RestartRules {
  /// What is to happen after an exit.
  enum Outcome: Sendable {
    case stays, restarts, restartsAll
  }

  /// True when a container that exited with this code is started again.
  public static func restarts(
    _ container: Container, in policy: RestartPolicy, exitCode: Int32
  ) -> Bool {
    outcome(container, in: policy, exitCode: exitCode) != .stays
  }

  /// True when one of the container's own rules decides, and not a policy.
  static func isDecidedByRule(_ container: Container, exitCode: Int32) -> Bool {
    container.restartPolicy != nil
      && container.restartPolicyRules.contains { matches($0, exitCode) }
  }

  /// A container's own rules come first, then its own policy, then the pod's.
  static func outcome(
    _ container: Container, in policy: RestartPolicy, exitCode: Int32
  ) -> Outcome {
    if let own = container.restartPolicy {
      for rule in container.restartPolicyRules where matches(rule, exitCode) {
        if rule.action == .restart { return .restarts }
        if rule.action == .restartAllContainers { return .restartsAll }
        break
      }
      if own == .always { return .restarts }
      if own == .onFailure { return exitCode == 0 ? .stays : .restarts }
      if own == .never { return .stays }
    }
    if policy == .never || (policy == .onFailure && exitCode == 0) { return .stays }
    return .restarts
  }

  /// True when some container has a rule that restarts all.
  static func couldRestartAll(_ spec: PodSpec) -> Bool {
    func could(_ container: Container) -> Bool {
      container.restartPolicyRules.contains { $0.action == .restartAllContainers }
    }
    return spec.containers.contains(where: could) || spec.initContainers.contains(where: could)
  }

  private static func matches(_ rule: ContainerRestartRule, _ exitCode: Int32) -> Bool {
    guard let codes = rule.exitCodes else { return false }
    let contained = codes.values.contains(exitCode)
    if codes.operator == .in { return contained }
    return codes.operator == .notIn && !contained
  }
}
