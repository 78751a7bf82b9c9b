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
  /// The Jobs of the CronJob when the look began; left out of a look to which they have nothing to
  /// say.
  private var jobs: [OwnedJob] = []
  let now: Instant
  let time: Timestamp
  let clock: Clock
  /// What this look found, or the one before it.
  var nextRun: NextRun?
  var changed = false
  /// What has been reported, for the next plan.
  var events: [EventDraft] = []

  /// The first time of a schedule after another one: most looks ask for that of the look before.
  struct NextRun: Sendable {
    let since: Timestamp
    let time: Timestamp
  }

  init(
    _ key: ObjectKey, _ cronJob: CronJob, _ timing: CronJobTiming, _ nextRun: NextRun?,
    in snapshot: Snapshot
  ) {
    self.key = key
    self.nextRun = nextRun
    self.cronJob = cronJob
    self.timing = timing
    now = snapshot.now
    time = snapshot.time
    clock = snapshot.clock
  }

  /// Deletes Jobs beyond the history limits, then goes on.
  mutating func run(in snapshot: Snapshot) -> Plan {
    if JobCensus(of: cronJob, in: snapshot).isSettled { return goOn(in: snapshot) }
    jobs.reserveCapacity(8)  // As many as most have; to grow by steps is dearer.
    let uid = cronJob.metadata.uid
    snapshot.store[Job.self].forEach(ownedBy: uid) { key, job in
      if job.metadata.isControlled(by: uid) { jobs.append(OwnedJob(key: key, job: job)) }
    }
    let old = outdated
    if old.isEmpty { return proceed(in: snapshot) }
    return delete(old, because: "history: there are more finished Jobs than wanted") {
      sync, _, snapshot in sync.proceed(in: snapshot)
    }
  }

  /// The oldest Jobs beyond the limits, those that succeeded first.
  private var outdated: [OwnedJob] {
    surplus(.complete, cronJob.spec.successfulJobsHistoryLimit)
      + surplus(.failed, cronJob.spec.failedJobsHistoryLimit)
  }

  private func surplus(_ finish: JobFinish, _ limit: Int32?) -> [OwnedJob] {
    guard let limit else { return [] }
    let finished = jobs.indices.filter { jobs[$0].finish == finish }
    let count = finished.count - Int(limit)
    if count <= 0 { return [] }
    if count == 1, let oldest = finished.min(by: { OwnedJob.startsBefore(jobs[$0], jobs[$1]) }) {
      return [jobs[oldest]]  // Mostly, and a sort is dearer.
    }
    return finished.sorted { OwnedJob.startsBefore(jobs[$0], jobs[$1]) }.prefix(count).map {
      jobs[$0]
    }
  }

  /// Deletes Jobs, with their pods after them, and goes on with the errors.
  func delete(
    _ jobs: [OwnedJob], because rule: StaticString,
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
          sync.dropActive(job.uid)
          sync.report(.normal, "SuccessfulDelete", "Deleted job \(job.job.metadata.name)")
          sync.changed = true
        }
      }
      return next(&sync, errors, snapshot)
    }
    return plan
  }

  /// Brings the list of running Jobs up to date, then looks whether a run is due.
  private mutating func proceed(in snapshot: Snapshot) -> Plan {
    for index in jobs.indices { note(jobAt: index) }
    dropMissing(in: snapshot)
    return goOn(in: snapshot)
  }

  private mutating func goOn(in snapshot: Snapshot) -> Plan {
    cronJob.metadata.deletionTimestamp == nil ? schedule(in: snapshot) : end()
  }

  /// Takes over what a Job of the CronJob shows: its end, its success.
  private mutating func note(jobAt index: Int) {
    let isActive = cronJob.status.active.index(of: jobs[index].uid) != nil
    guard let finish = jobs[index].finish else {
      if !isActive {
        report(
          .warning, "UnexpectedJob",
          "Saw a job that the controller did not create or forgot: "
            + jobs[index].job.metadata.name)
      }
      return
    }
    if isActive {
      dropActive(jobs[index].uid)
      report(
        .normal, "SawCompletedJob",
        "Saw completed job: \(jobs[index].job.metadata.name), condition: \(finish.rawValue)")
      changed = true
    }
    let end = jobs[index].job.status.completionTime
    if finish == .complete, let end, end.isLater(than: cronJob.status.lastSuccessfulTime) {
      cronJob.status.lastSuccessfulTime = end
      changed = true
    }
  }

  private mutating func dropMissing(in snapshot: Snapshot) {
    let active = cronJob.status.active
    for index in active.indices where !hasJob(active[index].uid) {
      let reference = active[index]
      if snapshot[Job.self, reference.namespace, reference.name] != nil { continue }
      report(.normal, "MissingJob", "Active job went missing: \(reference.name)")
      dropActive(reference.uid)
      changed = true
    }
  }

  private func hasJob(_ uid: UID) -> Bool {
    for index in jobs.indices where jobs[index].uid == uid { return true }
    return false
  }

  mutating func dropActive(_ uid: UID) {
    if cronJob.status.active.index(of: uid) == nil { return }
    cronJob.status.active.removeAll { $0.uid == uid }
  }

  mutating func report(_ type: EventType, _ reason: String, _ message: String) {
    events.append(
      EventDraft(
        type, reason, message, regarding: ObjectReference(to: cronJob),
        component: CronJobController.name))
  }

  /// Reports, writes the status if it has changed, and waits for the next time if it is asked to.
  ///
  /// - Parameter runs: The times since the last run, if they were looked for without a deadline.
  func end(waiting: Bool = false, after runs: MissedRuns? = nil, retrying: Bool = false) -> Plan {
    var plan = Plan()
    if changed || !events.isEmpty { plan.writes.reserveCapacity(events.count + 1) }
    for event in events { plan.event(event) }
    if changed {
      plan.updateStatus(
        key, cronJob, because: "status: Jobs have been started or have ended",
        "\(cronJob.status.active.count) active")
    }
    plan.retries = retrying
    if waiting, let schedule = timing.schedule {
      let runs =
        runs ?? MissedRuns(of: cronJob, schedule, at: time, withinDeadline: false)
      plan.wake(key, at: runs.wake(schedule, at: time, clock))
    }
    return plan
  }

  /// Ends as a look does that only waits; nil when there may be more to do.
  func endEarly() -> Plan? {
    guard let nextRun, time < nextRun.time, nextRun.since == MissedRuns.start(of: cronJob),
      timing.isSound, cronJob.spec.suspend != true, cronJob.spec.startingDeadlineSeconds == nil
    else { return nil }
    var plan = end()
    plan.wake(key, at: clock.instant(nextRun.time) + MissedRuns.padding)
    return plan
  }
}

/// A Job of a CronJob.
struct OwnedJob: Sendable {
  let key: ObjectKey
  let job: Job
  /// How the Job ended; nil while it runs.
  let finish: JobFinish?

  init(key: ObjectKey, job: Job) {
    self.key = key
    self.job = job
    finish = job.finishType
  }

  var uid: UID { job.metadata.uid }

  /// The order of starts, then of names; one that never started comes last.
  static func startsBefore(_ left: Self, _ right: Self) -> Bool {
    let (start, other) = (left.job.status.startTime, right.job.status.startTime)
    guard let other else {
      return start != nil || left.job.metadata.name < right.job.metadata.name
    }
    guard let start else { return false }
    return start == other ? left.job.metadata.name < right.job.metadata.name : start < other
  }
}

/// What the Jobs of a CronJob have to say at first sight: most looks find them as they were.
private struct JobCensus {
  private var succeeded: Int32 = 0
  private var failed: Int32 = 0
  private var listed = 0
  private var hasNews = false
  /// True when no Job has come or ended, none is missing, and none is too many.
  private(set) var isSettled = false

  init(of cronJob: CronJob, in snapshot: Snapshot) {
    let uid = cronJob.metadata.uid
    let active = cronJob.status.active
    let lastSuccess = cronJob.status.lastSuccessfulTime
    snapshot.store[Job.self].forEach(ownedBy: uid) { _, job in
      if !hasNews, job.metadata.isControlled(by: uid) {
        count(job, isListed: active.index(of: job.metadata.uid) != nil, lastSuccess)
      }
    }
    isSettled =
      !hasNews && listed == active.count
      && succeeded <= cronJob.spec.successfulJobsHistoryLimit ?? .max
      && failed <= cronJob.spec.failedJobsHistoryLimit ?? .max
  }

  private mutating func count(_ job: Job, isListed: Bool, _ lastSuccess: Timestamp?) {
    switch job.finishType {
    case nil:
      if isListed { listed += 1 } else { hasNews = true }
    case .failed:
      failed += 1
      hasNews = isListed
    case .complete:
      succeeded += 1
      let end = job.status.completionTime
      hasNews = isListed || end.map { $0.isLater(than: lastSuccess) } ?? false
    }
  }
}

extension Timestamp {
  fileprivate func isLater(than other: Timestamp?) -> Bool {
    guard let other else { return true }
    return other < self
  }
}

extension [ObjectReference] {
  /// The place of the first reference to the object with this uid.
  func index(of uid: UID) -> Int? {
    for index in indices where self[index].uid == uid { return index }
    return nil
  }
}
