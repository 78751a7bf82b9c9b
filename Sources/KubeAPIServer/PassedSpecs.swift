import KubeModel

/// Pod specs that passed defaulting, admission and validation, with what became of them.
///
/// A controller stamps its pods from one template, and they share the template's spec storage: the
/// first pod passes, its siblings take over the result. What decides beside the spec (a priority
/// class, a limit range) clears the memory when it is written.
struct PassedSpecs: Sendable {
  private struct Passed: Sendable {
    let given: Indirect<PodSpec>  // Held, so that its identity is not used again.
    let spec: Indirect<PodSpec>
    let status: Indirect<PodStatus>
  }

  private var specs: [ObjectIdentifier: Passed] = [:]  // Looked up, never walked.
  private static let limit = 4096

  /// Gives a pod the result of a sibling that passed; false when there is none.
  func apply<Object: APIObject>(to object: inout Object) -> Bool {
    guard Object.self == Pod.self, var pod = object as? Pod, let found = specs[pod.$spec.identity]
    else { return false }
    pod.$spec = found.spec
    pod.$status = found.status
    pod.metadata.generation = 1
    guard let result = pod as? Object else { return false }
    object = result
    return true
  }

  mutating func remember<Object: APIObject>(given: Object, passed: Object) {
    guard Object.self == Pod.self, let given = given as? Pod, let passed = passed as? Pod,
      !given.metadata.generateName.isEmpty, !dependsOnLabels(passed)
    else { return }
    if specs.count >= Self.limit { specs = [:] }
    specs[given.$spec.identity] = Passed(
      given: given.$spec, spec: passed.$spec, status: passed.$status)
  }

  /// A spread constraint with `matchLabelKeys` takes values from the labels of the pod itself.
  private func dependsOnLabels(_ pod: Pod) -> Bool {
    pod.spec.topologySpreadConstraints.contains { !$0.matchLabelKeys.isEmpty }
      || pod.spec.affinity != nil
  }

  /// Forgets all when an object is written on which admission depends.
  mutating func noteWrite<Object: APIObject>(of kind: Object.Type) {
    let decides =
      Object.self == PriorityClass.self || Object.self == LimitRange.self
      || Object.self == ServiceAccount.self || Object.self == Namespace.self
    if decides { specs = [:] }
  }
}
