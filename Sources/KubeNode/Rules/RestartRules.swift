import KubeModel

/// What a container's own spec says about its restarts.
struct RestartTerms: Sendable {
  /// Its own policy, which goes before the pod's.
  let policy: ContainerRestartPolicy?
  let rules: [ContainerRestartRule]

  /// True when some exit code has all containers of the pod start anew.
  var couldBeOfAll: Bool { rules.contains { $0.action == .restartAllContainers } }
}

/// Whether an exited container may run again.
///
/// Follows `ContainerShouldRestart` and `AllContainersCouldRestart` of `pkg/api/v1/pod/util.go`
/// (v1.36).
enum RestartRules {
  /// What is to happen after an exit.
  enum Outcome: Sendable {
    case stays, restarts, restartsAll
  }

  /// True when a container that exited with this code is started again.
  static func restarts(
    _ terms: RestartTerms, in policy: RestartPolicy, exitCode: Int32
  ) -> Bool {
    outcome(terms, in: policy, exitCode: exitCode) != .stays
  }

  /// True when one of the container's own rules decides, and not a policy.
  static func isDecidedByRule(_ terms: RestartTerms, exitCode: Int32) -> Bool {
    terms.policy != nil && terms.rules.contains { matches($0, exitCode) }
  }

  /// A container's own rules come first, then its own policy, then the pod's.
  static func outcome(
    _ terms: RestartTerms, in policy: RestartPolicy, exitCode: Int32
  ) -> Outcome {
    if let own = terms.policy {
      for rule in terms.rules where matches(rule, exitCode) {
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

  private static func matches(_ rule: ContainerRestartRule, _ exitCode: Int32) -> Bool {
    guard let codes = rule.exitCodes else { return false }
    let contained = codes.values.contains(exitCode)
    if codes.operator == .in { return contained }
    return codes.operator == .notIn && !contained
  }
}
