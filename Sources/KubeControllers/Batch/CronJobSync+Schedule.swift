// Whether a run of a CronJob is due, and how it is started.
//
// Follows   syncCronJob and getJobFromTemplate2 of pkg/controller/cronjob (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension CronJobSync {
  /// Starts the run that is due, if one is and nothing stands in its way.
  mutating func schedule(in snapshot: Snapshot) -> Plan {
    if let plan = endEarly() { return plan }
    if let problem = timing.zoneProblem {
      let zone = GoText.quoted(cronJob.spec.timeZone ?? "")
      report(.warning, "UnknownTimeZone", "invalid timeZone: \(zone): \(problem)")
      return end()
    }
    if cronJob.spec.suspend == true { return end() }
    guard let schedule = readSchedule() else { return end() }
    let runs = MissedRuns(of: cronJob, schedule, at: time, withinDeadline: true)
    if let problem = runs.problem {
      report(.warning, "InvalidSchedule", "invalid schedule: \(cronJob.spec.schedule) : \(problem)")
      return end()
    }
    if runs.count == .many {
      report(
        .warning, "TooManyMissedTimes",
        "too many missed start times. Set or decrease .spec.startingDeadlineSeconds "
          + "or check clock skew")
    }
    guard let run = runs.latest, mayStart(run) else {
      guard cronJob.spec.startingDeadlineSeconds == nil else { return end(waiting: true) }
      if runs.latest == nil, let next = runs.upcoming {
        nextRun = NextRun(since: runs.since, time: next)
      }
      return end(waiting: true, after: runs)
    }
    if cronJob.spec.concurrencyPolicy == .replace { return replace(with: run, in: snapshot) }
    return start(run)
  }

  private mutating func readSchedule() -> CronSchedule? {
    let text = cronJob.spec.schedule
    if timing.namesZone {
      report(
        .warning, "UnsupportedSchedule",
        "CRON_TZ or TZ used in schedule \(GoText.quoted(text)) is not officially supported, see "
          + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ "
          + "for more details")
    }
    if let problem = timing.problem {
      report(
        .warning, "UnparseableSchedule",
        "unparseable schedule: \(GoText.quoted(text)) : \(problem)")
    }
    return timing.schedule
  }

  /// False for a run that is too late, that was started already, or that another one forbids.
  private mutating func mayStart(_ run: Timestamp) -> Bool {
    let deadline = cronJob.spec.startingDeadlineSeconds.map { Duration.seconds($0) }
    if let deadline, now - clock.instant(run) > deadline {
      report(
        .warning, "MissSchedule", "Missed scheduled time to start a job: \(run.rfc1123)")
      return false
    }
    if cronJob.status.lastScheduleTime == run { return false }
    let active = cronJob.status.active
    if !active.isEmpty {
      let name = jobName(run)
      if active.contains(where: { $0.name == name }) { return false }
    }
    if cronJob.spec.concurrencyPolicy == .forbid, !active.isEmpty {
      report(
        .normal, "JobAlreadyActive",
        "Not starting job because prior execution is running and concurrency policy is Forbid")
      return false
    }
    return true
  }

  /// The minutes since 1970 make one name for one run, whoever starts it.
  private func jobName(_ run: Timestamp) -> String {
    "\(cronJob.metadata.name)-\(run.unixSeconds / 60)"
  }

  /// Deletes the Jobs that run, then starts the new one.
  private mutating func replace(with run: Timestamp, in snapshot: Snapshot) -> Plan {
    let running = cronJob.status.active.compactMap { reference in
      snapshot.store.key(Job.self, reference.namespace, reference.name).flatMap { key in
        snapshot[Job.self, key].map { OwnedJob(key: key, job: $0) }
      }
    }
    if running.isEmpty { return start(run) }
    return delete(running, because: "replace: the next run is due") { sync, errors, _ in
      errors.isEmpty ? sync.start(run) : sync.end(retrying: true)
    }
  }

  /// Creates the Job of a run and puts it on the list.
  private func start(_ run: Timestamp) -> Plan {
    var plan = Plan()
    plan.create(job(of: run), because: "start: a run is due", run.description)
    let sync = self
    plan.afterwards = { results, snapshot in
      var sync = sync
      guard let result = results.last else { return sync.end() }
      return sync.started(run, result, in: snapshot)
    }
    return plan
  }

  private mutating func started(
    _ run: Timestamp, _ result: WriteResult, in snapshot: Snapshot
  ) -> Plan {
    var job: Job?
    switch result {
    case .done(let key, let name):
      job = snapshot[Job.self, key]
      report(.normal, "SuccessfulCreate", "Created job \(name)")
    case .refused(let error) where error.isNamespaceTerminating: return end(retrying: true)
    case .refused(let error) where error.reason == .alreadyExists:
      job = snapshot[Job.self, cronJob.metadata.namespace, jobName(run)]
      guard let job, job.metadata.isControlled(by: cronJob.metadata.uid),
        cronJob.status.active.index(of: job.metadata.uid) == nil
      else { return end() }
    case .refused(let error):
      report(.warning, "FailedCreate", "Error creating job: \(error.message)")
      return end(retrying: true)
    }
    if let job { cronJob.status.active.append(ObjectReference(to: job)) }
    cronJob.status.lastScheduleTime = run
    changed = true
    return end(waiting: true)
  }

  private func job(of run: Timestamp) -> Job {
    var metadata = ObjectMeta(
      name: jobName(run), namespace: cronJob.metadata.namespace,
      labels: cronJob.spec.jobTemplate.metadata.labels,
      annotations: cronJob.spec.jobTemplate.metadata.annotations)
    metadata.annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"] =
      run.text(in: timing.zone)
    metadata.ownerReferences = [OwnerReference(controller: cronJob)]
    return Job(metadata: metadata, spec: cronJob.spec.jobTemplate.$spec)
  }
}
