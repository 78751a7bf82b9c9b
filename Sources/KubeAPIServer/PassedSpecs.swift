import KubeModel

/// Specs of pods and Jobs that passed defaulting, admission and validation, with what became of them.
///
/// A controller stamps its pods from one template, and they share the template's spec storage: the
/// first pod passes, its siblings take over the result. What decides beside the spec (a priority
/// class, a limit range) clears the memory of pods when it is written. The Jobs of a CronJob share
/// the spec storage of their pod template.
struct PassedSpecs: Sendable {
  private struct PassedPod: Sendable {
    let given: Indirect<PodSpec>  // Held, so that its identity is not used again.
    let spec: Indirect<PodSpec>
    let status: Indirect<PodStatus>
  }

  private struct PassedJob: Sendable {
    let given: Indirect<JobSpec>  // Holds the spec of the pods, by whose identity it is found.
    let spec: Indirect<JobSpec>
  }

  // Looked up, never walked.
  private var pods: [ObjectIdentifier: PassedPod] = [:]
  private var jobs: [ObjectIdentifier: PassedJob] = [:]
  private static let limit = 4096

  /// Gives an object the result of a sibling that passed; false when there is none.
  func apply<Object: APIObject>(to object: inout Object) -> Bool {
    if Object.self == Job.self, var job = object as? Job {
      guard apply(toJob: &job), let result = job as? Object else { return false }
      object = result
      return true
    }
    guard Object.self == Pod.self, var pod = object as? Pod, let found = pods[pod.$spec.identity]
    else { return false }
    pod.$spec = found.spec
    pod.$status = found.status
    pod.metadata.generation = 1
    guard let result = pod as? Object else { return false }
    object = result
    return true
  }

  private func apply(toJob job: inout Job) -> Bool {
    guard let found = jobs[job.spec.template.$spec.identity], found.given == job.$spec,
      // The name becomes a label of the pods.
      LabelSyntax.valueErrors(job.metadata.name).isEmpty
    else { return false }
    job.$spec = found.spec
    let rules = JobRules()
    rules.adoptLabels(&job)
    rules.prepareForCreate(&job)
    return true
  }

  mutating func remember<Object: APIObject>(given: Object, passed: Object) {
    if Object.self == Job.self, let given = given as? Job, let passed = passed as? Job {
      remember(given: given, passed: passed)
    }
    guard Object.self == Pod.self, let given = given as? Pod, let passed = passed as? Pod,
      !given.metadata.generateName.isEmpty, !dependsOnLabels(passed)
    else { return }
    if pods.count >= Self.limit { pods = [:] }
    pods[given.$spec.identity] = PassedPod(
      given: given.$spec, spec: passed.$spec, status: passed.$status)
  }

  /// Job specs are remembered without what names the Job: the labels of its pods and the selector.
  private mutating func remember(given: Job, passed: Job) {
    // The host names of an indexed Job's pods begin with its name.
    guard given.metadata.ownerReferences.hasController, given.spec.selector == nil,
      passed.spec.manualSelector != true, passed.spec.completionMode != .indexed
    else { return }
    var spec = passed.spec
    spec.selector = nil
    spec.template.metadata.labels = given.spec.template.metadata.labels
    if jobs.count >= Self.limit { jobs = [:] }
    jobs[given.spec.template.$spec.identity] = PassedJob(
      given: given.$spec, spec: Indirect(wrappedValue: spec))
  }

  /// A spread constraint with `matchLabelKeys` takes values from the labels of the pod itself.
  private func dependsOnLabels(_ pod: Pod) -> Bool {
    pod.spec.topologySpreadConstraints.contains { !$0.matchLabelKeys.isEmpty }
      || pod.spec.affinity != nil
  }

  /// Forgets the pods when an object is written on which admission depends.
  mutating func noteWrite<Object: APIObject>(of kind: Object.Type) {
    let decides =
      Object.self == PriorityClass.self || Object.self == LimitRange.self
      || Object.self == ServiceAccount.self || Object.self == Namespace.self
    if decides { pods = [:] }
  }
}
