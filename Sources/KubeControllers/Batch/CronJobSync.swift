// One look at a CronJob: its old Jobs, those that run, and the one that is due.
//
// Follows   cleanupFinishedJobs and syncCronJob of
//           pkg/controller/cronjob/cronjob_controllerv2.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// One look at a CronJob. Its status is changed as the look goes on, and written once, at its end.
struct CronJobSync: Sendable {
  let key: ObjectKey
  var cronJob: CronJob
  let timing: CronJobTiming
  /// The Jobs of the CronJob when the look began.
  let jobs: [(key: ObjectKey, object: Job)]
  let now: Instant
  let time: Timestamp
  let clock: Clock
  var changed = false
  /// What has been reported, for the next plan.
  var events: [EventDraft] = []

  init(_ key: ObjectKey, _ cronJob: CronJob, _ timing: CronJobTiming, in snapshot: Snapshot) {
    self.key = key
    self.cronJob = cronJob
    self.timing = timing
    now = snapshot.now
    time = snapshot.time
    clock = snapshot.clock
    var jobs: [(key: ObjectKey, object: Job)] = []
    snapshot.store[Job.self].forEach(ownedBy: cronJob.metadata.uid) { key, job in
      if job.metadata.isControlled(by: cronJob.metadata.uid) { jobs.append((key, job)) }
    }
    self.jobs = jobs
  }

  /// Deletes Jobs beyond the history limits, then goes on.
  mutating func run(in snapshot: Snapshot) -> Plan {
    let old = outdated
    if old.isEmpty { return proceed(in: snapshot) }
    return delete(old, because: "history: there are more finished Jobs than wanted") {
      sync, _, snapshot in sync.proceed(in: snapshot)
    }
  }

  /// The oldest Jobs beyond the limits, those that succeeded first.
  private var outdated: [(key: ObjectKey, object: Job)] {
    func surplus(
      _ type: JobConditionType, _ limit: Int32?
    ) -> [(key: ObjectKey, object: Job)] {
      guard let limit else { return [] }
      let finished = jobs.filter { $0.object.finish?.type == type }
      let count = finished.count - Int(limit)
      return count > 0 ? Array(finished.sorted(by: Self.startsBefore).prefix(count)) : []
    }
    return surplus(.complete, cronJob.spec.successfulJobsHistoryLimit)
      + surplus(.failed, cronJob.spec.failedJobsHistoryLimit)
  }

  /// The order of starts, then of names; one that never started comes last.
  private static func startsBefore(
    _ left: (key: ObjectKey, object: Job), _ right: (key: ObjectKey, object: Job)
  ) -> Bool {
    let (start, other) = (left.object.status.startTime, right.object.status.startTime)
    guard let other else {
      return start != nil || left.object.metadata.name < right.object.metadata.name
    }
    guard let start else { return false }
    return start == other
      ? left.object.metadata.name < right.object.metadata.name : start < other
  }

  /// Deletes Jobs, with their pods after them, and goes on with the errors.
  func delete(
    _ jobs: [(key: ObjectKey, object: Job)], because rule: StaticString,
    then next: @escaping @Sendable (inout CronJobSync, [APIError], Snapshot) -> Plan
  ) -> Plan {
    var options = DeleteOptions()
    options.propagationPolicy = .background
    var plan = Plan()
    for job in jobs { plan.delete(job.key, options, because: rule) }
    let sync = self
    plan.afterwards = { results, snapshot in
      var sync = sync
      var errors: [APIError] = []
      for (job, result) in zip(jobs, results.suffix(jobs.count)) {
        if let error = result.error {
          errors.append(error)
          sync.report(.warning, "FailedDelete", "Deleted job: \(error.message)")
        } else {
          sync.dropActive(job.object.metadata.uid)
          sync.report(.normal, "SuccessfulDelete", "Deleted job \(job.object.metadata.name)")
          sync.changed = true
        }
      }
      return next(&sync, errors, snapshot)
    }
    return plan
  }

  /// Brings the list of running Jobs up to date, then looks whether a run is due.
  private mutating func proceed(in snapshot: Snapshot) -> Plan {
    for job in jobs { note(job.object) }
    dropMissing(in: snapshot)
    if cronJob.isBeingDeleted { return end() }
    return schedule(in: snapshot)
  }

  /// Takes over what a Job of the CronJob shows: its end, its success.
  private mutating func note(_ job: Job) {
    let isActive = cronJob.status.active.contains { $0.uid == job.metadata.uid }
    guard let finish = job.finish else {
      if !isActive {
        report(
          .warning, "UnexpectedJob",
          "Saw a job that the controller did not create or forgot: \(job.metadata.name)")
      }
      return
    }
    if isActive {
      dropActive(job.metadata.uid)
      report(
        .normal, "SawCompletedJob",
        "Saw completed job: \(job.metadata.name), condition: \(finish.type.rawValue)")
      changed = true
    }
    guard finish.type == .complete, let completion = job.status.completionTime else { return }
    if cronJob.status.lastSuccessfulTime.map({ $0 < completion }) ?? true {
      cronJob.status.lastSuccessfulTime = completion
      changed = true
    }
  }

  private mutating func dropMissing(in snapshot: Snapshot) {
    let owned = Set(jobs.map(\.object.metadata.uid))  // Looked up, never walked.
    for reference in cronJob.status.active where !owned.contains(reference.uid) {
      if snapshot[Job.self, reference.namespace, reference.name] != nil { continue }
      report(.normal, "MissingJob", "Active job went missing: \(reference.name)")
      dropActive(reference.uid)
      changed = true
    }
  }

  mutating func dropActive(_ uid: UID) { cronJob.status.active.removeAll { $0.uid == uid } }

  mutating func report(_ type: EventType, _ reason: String, _ message: String) {
    events.append(
      EventDraft(
        type, reason, message, regarding: ObjectReference(to: cronJob),
        component: CronJobController.name))
  }

  /// Reports, writes the status if it has changed, and waits for the next time if it is asked to.
  func end(waiting: Bool = false, retrying: Bool = false) -> Plan {
    var plan = Plan()
    for event in events { plan.event(event) }
    if changed {
      plan.updateStatus(
        key, cronJob, because: "status: Jobs have been started or have ended",
        "\(cronJob.status.active.count) active")
    }
    plan.retries = retrying
    if waiting, let schedule = timing.schedule {
      plan.wake(key, at: MissedRuns.wake(for: cronJob, schedule, at: time, clock))
    }
    return plan
  }
}
