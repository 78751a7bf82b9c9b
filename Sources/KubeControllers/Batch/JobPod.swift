// A pod of a Job, what the Job has written on it, and how the next one is made.
//
// Follows   pkg/controller/job/indexed_job_utils.go (v1.36)

import KubeModel
import KubeReconcile

/// A pod that a Job owns, with its index.
struct JobPod: Sendable {
  static let indexKey = "batch.kubernetes.io/job-completion-index"
  static let failuresKey = "batch.kubernetes.io/job-index-failure-count"
  static let ignoredFailuresKey = "batch.kubernetes.io/job-index-ignored-failure-count"

  let key: ObjectKey
  let pod: Pod
  /// The index that the pod works on; nil when it bears none.
  let index: Int?
  /// True until the Job has counted the pod.
  let isTracked: Bool
  /// True while the pod is neither over nor being deleted.
  let isActive: Bool

  init(key: ObjectKey, pod: Pod) {
    self.key = key
    self.pod = pod
    index = pod.metadata.annotations[Self.indexKey].flatMap { Int($0) }.flatMap {
      $0 < 0 ? nil : $0
    }
    isTracked = pod.metadata.finalizers.contains(Job.trackingFinalizer)
    isActive = pod.isActive
  }

  var uid: UID { pod.metadata.uid }

  /// How many pods of the index failed and counted before this one.
  var failures: Int32 { count(Self.failuresKey) }

  /// How many pods of the index failed and were ignored before this one.
  var ignoredFailures: Int32 { count(Self.ignoredFailuresKey) }

  private func count(_ annotation: String) -> Int32 {
    max(0, pod.metadata.annotations[annotation].flatMap { Int32($0) } ?? 0)
  }

  /// The pod as the Job no longer needs it.
  var untracked: Pod {
    var pod = pod
    pod.metadata.finalizers.removeAll { $0 == Job.trackingFinalizer }
    pod.metadata.resourceVersion = ResourceVersion()  // A patch, whatever is stored now.
    return pod
  }
}

extension Job {
  /// A new pod of the Job; for an index with what the pod that it replaces has left it.
  func newPod(index: Int? = nil, replacing failed: JobPod? = nil) -> Pod {
    var pod = Pod(template: spec.template, owner: self)
    if !pod.metadata.finalizers.contains(Job.trackingFinalizer) {
      pod.metadata.finalizers.append(Job.trackingFinalizer)
    }
    guard let index else { return pod }
    for container in pod.spec.initContainers.indices {
      pod.spec.initContainers[container].env.addCompletionIndex()
    }
    for container in pod.spec.containers.indices {
      pod.spec.containers[container].env.addCompletionIndex()
    }
    pod.metadata.annotations[JobPod.indexKey] = String(index)
    pod.metadata.labels[JobPod.indexKey] = String(index)
    pod.metadata.generateName = namePrefix(index)
    pod.spec.hostname = "\(metadata.name)-\(index)"
    guard spec.backoffLimitPerIndex != nil else { return pod }
    var (failures, ignored) = (failed?.failures ?? 0, failed?.ignoredFailures ?? 0)
    if let failed {
      if verdict(on: failed.pod).counts { failures += 1 } else { ignored += 1 }
    }
    pod.metadata.annotations[JobPod.failuresKey] = String(failures)
    if ignored > 0 { pod.metadata.annotations[JobPod.ignoredFailuresKey] = String(ignored) }
    return pod
  }

  /// `pi-3-`; of a long name as much as leaves room for the five random letters in a host's name.
  private func namePrefix(_ index: Int) -> String {
    let suffix = "-\(index)-"
    return String(metadata.name.prefix(58 - suffix.utf8.count)) + suffix
  }
}

extension [EnvVar] {
  fileprivate mutating func addCompletionIndex() {
    let name = "JOB_COMPLETION_INDEX"
    if contains(where: { $0.name == name }) { return }
    var field = ObjectFieldSelector()
    field.fieldPath = "metadata.labels['\(JobPod.indexKey)']"
    var source = EnvVarSource()
    source.fieldRef = field
    var variable = EnvVar()
    variable.name = name
    variable.valueFrom = source
    append(variable)
  }
}
