// Runs the pods of a Job until enough of them have succeeded.
//
// Follows   pkg/controller/job (v1.36)
// Left out  expectations: a snapshot always shows the controller's own writes; gangs of pods, which
//           are off by default
//
// A pod that ends is counted exactly once: its uid goes into the status, then its finalizer goes,
// then the uid is turned into a number. Two interim conditions, SuccessCriteriaMet and FailureTarget,
// say how the Job will end while its last pods still stop.

import KubeModel
import KubeReconcile
import SimulationKernel

/// Makes the pods that a Job needs, counts those that have ended, and says when the Job is over.
public struct JobController: Reconciler {
  public static let name = "job-controller"
  public static let watches: [Watch] = [
    specChanges, statusChanges, podChanges, podsWithoutJob, podsOfFinishedJobs,
  ]

  public var latency: Duration

  /// What is remembered of a Job's failures until it is over.
  var backoffs: [ObjectKey: JobBackoff] = [:]  // Looked up, never walked.

  /// The Jobs' selectors as they were read, which is to check each label, with the specs they are of.
  // Looked up, never walked.
  private var selectors: [ObjectKey: (spec: Indirect<JobSpec>, selector: Selector)] = [:]

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  /// A Job is retried after 1 s, 2 s, 4 s … 60 s.
  public var retryBackoff: Backoff { Backoff(base: .seconds(1), cap: .seconds(60)) }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    if let pod = snapshot[Pod.self, key] { return Self.release(key, pod, in: snapshot) }
    guard let job = snapshot[Job.self, key], !job.isFinished else {  // read
      backoffs[key] = nil
      selectors[key] = nil
      return .nothing
    }
    if job.isManagedElsewhere { return .nothing }
    guard job.spec.completionMode.isKnown else { return Self.refusal(job) }
    guard let selector = selector(of: job, key) else { return .nothing }
    let claims = snapshot.claim(  // select
      Pod.self, for: job, by: selector, finalizer: Job.trackingFinalizer)
    var sync = JobSync(key, job, claims.objects, in: snapshot)
    let ended = sync.count()
    if !ended.isEmpty || backoffs[key] != nil {
      sync.backoffEnd = backoffs[key, default: JobBackoff()].count(ended, at: snapshot)
    }
    return claims.then(consume sync) { sync in sync.run() }  // act, report, wait
  }

  /// Nil when the selector cannot be read.
  private mutating func selector(of job: Job, _ key: ObjectKey) -> Selector? {
    if let known = selectors[key], known.spec.sharesStorage(with: job.$spec) {
      return known.selector
    }
    guard let selector = try? Selector(job.spec.selector) else { return nil }
    selectors[key] = (job.$spec, selector)
    return selector
  }

  private static func refusal(_ job: Job) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .warning, "UnknownCompletionMode",
        "Skipped Job sync because completion mode is unknown",
        regarding: ObjectReference(to: job), component: name))
    return plan
  }

  /// Lets a pod go that no Job will count any more.
  private static func release(_ key: ObjectKey, _ pod: Pod, in snapshot: Snapshot) -> Plan {
    let pod = JobPod(key: key, pod: pod)
    guard pod.isTracked else { return .nothing }
    if let owner = pod.pod.metadata.controllerRef {
      if owner.kind != Job.resource.kind || owner.apiVersion != Job.resource.apiVersion {
        return .nothing
      }
      if let jobKey = snapshot.key(of: Job.self, owner), let job = snapshot[Job.self, jobKey],
        job.isManagedElsewhere || !job.isFinished
      {
        return .nothing
      }
    }
    var plan = Plan()
    plan.update(key, pod.untracked, because: "let go: no Job will count this pod")
    return plan
  }
}

extension CompletionMode? {
  fileprivate var isKnown: Bool { self == nil || self == .nonIndexed || self == .indexed }
}
