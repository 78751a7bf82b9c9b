import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures

@testable import KubeControllers

/// A CronJob with its Jobs on a small store. T is 2016-05-19 10:00 UTC, a Thursday.
struct CronRun {
  var runner = PlanRunner(at: "2016-05-19T10:00:00Z")
  var controller = CronJobController()
  let key: ObjectKey
  static let start = Timestamp("2016-05-19T10:00:00Z") ?? Timestamp(unixSeconds: 0)

  init(
    _ schedule: String = "0 * * * ?", created: Int64 = 0, last: Int64? = nil,
    _ change: (inout CronJob) -> Void = { _ in }
  ) {
    var cronJob = CronJob()
    cronJob.metadata.name = "cron"
    cronJob.metadata.namespace = "default"
    cronJob.metadata.uid = UID("cron")
    cronJob.metadata.creationTimestamp = Self.start + .seconds(created)
    cronJob.spec.schedule = schedule
    cronJob.spec.concurrencyPolicy = .allow
    cronJob.spec.suspend = false
    cronJob.spec.jobTemplate.metadata.labels = ["app": "x"]
    cronJob.status.lastScheduleTime = last.map { Self.start + .seconds($0) }
    change(&cronJob)
    key = runner.insert(cronJob)
  }

  /// Adds a Job of the CronJob.
  @discardableResult mutating func add(
    _ name: String, active: Bool = false, finished: JobConditionType? = nil, start: Int64? = 0,
    end: Int64 = 0, owned: Bool = true
  ) -> ObjectKey {
    var job = Job()
    job.metadata.name = name
    job.metadata.namespace = "default"
    job.metadata.uid = UID("uid-" + name)
    if owned { job.metadata.ownerReferences = [OwnerReference(controller: cronJob)] }
    job.status.startTime = start.map { Self.start + .seconds($0) }
    if let finished {
      job.status.conditions = [JobCondition(finished, "", "", at: Self.start + .seconds(end))]
      if finished == .complete { job.status.completionTime = Self.start + .seconds(end) }
    }
    let jobKey = runner.insert(job)
    if active { edit { $0.status.active.append(ObjectReference(to: job)) } }
    return jobKey
  }

  mutating func edit(_ change: (inout CronJob) -> Void) {
    runner.modify(CronJob.self, key, change)
  }

  /// One look, this many seconds after T.
  mutating func sync(at seconds: Int64) {
    runner.now = .zero + .seconds(seconds)
    runner.forget()
    runner.run(controller.reconcile(key, in: runner.snapshot))
  }

  var cronJob: CronJob { runner.store[CronJob.self, key] ?? CronJob() }
  var created: [String] { runner.names(.create, "jobs") }
  var deleted: [String] { runner.names(.delete, "jobs") }
  var active: [String] { cronJob.status.active.map(\.name) }
  var reasons: [String] {
    runner.events.map { String($0.split(separator: " ")[1]) }
  }
  /// When the look asked to be woken, in seconds from then.
  var wake: Double? { runner.wakes.first.map { ($0.time - runner.now).inSeconds } }
  var writes: Int { runner.names(.update, "cronjobs").count }
  /// The name of the run at a number of seconds after T.
  static func name(_ seconds: Int64) -> String { "cron-\((start.unixSeconds + seconds) / 60)" }
}
