import Foundation
import KubeSim
import KubeSimManifests
import Testing

@Suite("Jobs and CronJobs in a cluster") struct BatchTests {
  /// A CronJob whose pods run for some seconds.
  private func cronJob(
    _ schedule: String, in zone: String? = nil, lasting seconds: Int = 5,
    _ change: (inout CronJob) -> Void = { _ in }
  ) -> CronJob {
    var cronJob = CronJob()
    cronJob.metadata.name = "cron"
    cronJob.spec.schedule = schedule
    cronJob.spec.timeZone = zone
    cronJob.spec.jobTemplate.spec.template.spec.restartPolicy = .never
    var container = Container(name: "app", image: "app:1")
    container.imagePullPolicy = .ifNotPresent
    cronJob.spec.jobTemplate.spec.template.spec.containers = [container]
    change(&cronJob)
    return cronJob
  }

  private func job(_ change: (inout Job) -> Void = { _ in }) -> Job {
    var job = Job()
    job.metadata.name = "pi"
    job.spec = cronJob("* * * * *").spec.jobTemplate.spec
    change(&job)
    return job
  }

  private func cluster(
    at start: String = "2026-01-01T00:00:00Z", lasting seconds: Int = 5, exit: Int32 = 0
  ) throws -> Cluster {
    var cluster = Cluster(
      nodes: 1, seed: 1, clock: Clock(start: try #require(Timestamp(start))))
    var behavior = ContainerBehavior()
    behavior.runs = [.init(for: .seconds(seconds), exit: exit)]
    cluster.behaviors.register(behavior, forImage: "app:1")
    return cluster
  }

  // MARK: Daylight saving

  /// When runs were started in the days after a time, as the zone's clock shows it.
  private func runs(
    of schedule: String, in zone: String, from start: String, days: Int
  ) throws -> [String] {
    var cluster = try cluster(at: start)
    try cluster.create(
      cronJob(schedule, in: zone) { $0.spec.successfulJobsHistoryLimit = 1000 })
    try cluster.run(for: .hours(24 * days))
    let annotation = "batch.kubernetes.io/cronjob-scheduled-timestamp"
    let jobs = cluster.all(Job.self)
    #expect(jobs.allSatisfy { $0.status.succeeded == 1 })
    // A Job is made in the second of its time.
    for job in jobs {
      let name = job.metadata.creationTimestamp.map { "cron-\($0.unixSeconds / 60)" }
      #expect(job.metadata.name == name)
    }
    return jobs.map { $0.metadata.annotations[annotation] ?? "" }
  }

  @Test func onTheWeekendInSpringTheSkippedRunIsLeftOut() throws {
    #expect(
      try runs(of: "30 2 * * *", in: "Europe/Berlin", from: "2026-03-27T12:00:00Z", days: 3) == [
        "2026-03-28T02:30:00+01:00", "2026-03-30T02:30:00+02:00",
      ])
    #expect(
      try runs(of: "30 2 * * *", in: "America/New_York", from: "2026-03-06T12:00:00Z", days: 3) == [
        "2026-03-07T02:30:00-05:00", "2026-03-09T02:30:00-04:00",
      ])
    #expect(
      try runs(of: "15 2 * * *", in: "Australia/Lord_Howe", from: "2026-10-02T12:00:00Z", days: 3)
        == ["2026-10-03T02:15:00+10:30", "2026-10-05T02:15:00+11:00"])
  }

  @Test func onTheWeekendInAutumnTheRepeatedRunComesTwice() throws {
    #expect(
      try runs(of: "30 2 * * *", in: "Europe/Berlin", from: "2026-10-24T12:00:00Z", days: 2) == [
        "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00",
      ])
    #expect(
      try runs(of: "30 1 * * *", in: "America/New_York", from: "2026-10-31T12:00:00Z", days: 2) == [
        "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00", "2026-11-02T01:30:00-05:00",
      ])
    #expect(
      try runs(of: "45 1 * * *", in: "Australia/Lord_Howe", from: "2026-04-04T00:00:00Z", days: 2)
        == [
          "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30", "2026-04-06T01:45:00+10:30",
        ])
  }

  /// The runs of one day of a zone's calendar.
  private func runs(
    of schedule: String, in zone: String, on day: String, from start: String
  ) throws -> Int {
    try runs(of: schedule, in: zone, from: start, days: 3).count { $0.hasPrefix(day) }
  }

  @Test func anHourlyRunHasTwentyThreeAndTwentyFiveHourDays() throws {
    let days = [
      ("Europe/Berlin", "2026-03-29", 23, "2026-10-25", 25),
      ("America/New_York", "2026-03-08", 23, "2026-11-01", 25),
      // Half an hour is skipped, with the full hour in it, and half an hour without one comes twice.
      ("Australia/Lord_Howe", "2026-10-04", 23, "2026-04-05", 24),
    ]
    for (zone, spring, short, autumn, long) in days {
      for (day, count) in [(spring, short), (autumn, long)] {
        let start = try #require(Timestamp("\(day)T00:00:00Z")) + .seconds(-86_400)
        #expect(
          try runs(of: "0 * * * *", in: zone, on: day, from: "\(start)") == count,
          "\(zone) \(day)")
      }
    }
  }

  @Test func aDayWithoutAMidnightHasNoRunAtMidnightAndItsOthers() throws {
    // In Cairo the clock goes from 2026-04-23 24:00 to 2026-04-24 01:00.
    #expect(
      try runs(of: "0 0 * * *", in: "Africa/Cairo", from: "2026-04-22T12:00:00Z", days: 3) == [
        "2026-04-23T00:00:00+02:00", "2026-04-25T00:00:00+03:00",
      ])
    #expect(
      try runs(of: "0 12 * * *", in: "Africa/Cairo", from: "2026-04-22T12:00:00Z", days: 2) == [
        "2026-04-23T12:00:00+02:00", "2026-04-24T12:00:00+03:00",
      ])
  }

  // MARK: Long runs

  /// Six hours of a Job a minute; with `KUBESIM_CRON_HOURS=8760` a year.
  @Test func aJobAMinuteLeavesNothingBehind() throws {
    let span =
      ProcessInfo.processInfo.environment["KUBESIM_CRON_HOURS"].flatMap { Int($0) } ?? 6
    var cluster = try cluster(lasting: 10)
    try cluster.create(cronJob("* * * * *"))
    // After two hours the first Events have expired.
    try cluster.run(for: .hours(2))
    let (anHour, changes) = try cost(of: 1, in: &cluster)
    let hours = max(1, span - 4)
    let (steps, _) = try cost(of: hours, in: &cluster)
    #expect(steps == anHour * hours)
    let (lastHour, lastChanges) = try cost(of: 1, in: &cluster)
    #expect(lastHour == anHour)
    #expect(lastChanges == changes)
    #expect(cluster.all(Job.self).count == 3)
    #expect(cluster.all(Pod.self).count == 3)
    #expect(cluster.all(Event.self).count < 1_000)
  }

  /// An Event goes with its lease in storage, which knows no finalizers.
  @Test func anEventGoesAnHourAfterItsLastWriteWhateverHoldsOtherObjects() throws {
    var cluster = try cluster(lasting: 10)
    try cluster.create(cronJob("0 * * * *"))
    try cluster.run(for: .minutes(61))
    let first = try #require(cluster.all(Event.self).first)
    try cluster.edit(Event.self, first.metadata.name) {
      $0.metadata.finalizers = ["example.com/keep"]
    }
    try cluster.run(for: .minutes(58))
    #expect(cluster[Event.self, first.metadata.name] != nil)
    try cluster.run(for: .minutes(2))
    #expect(cluster[Event.self, first.metadata.name] == nil)
  }

  /// The reconciles and the writes of some hours.
  private func cost(of hours: Int, in cluster: inout Cluster) throws -> (Int, UInt64) {
    let (steps, revision) = (cluster.reconcileCount, cluster.revision)
    try cluster.run(for: .hours(hours))
    return (cluster.reconcileCount - steps, cluster.revision - revision)
  }

  @Test func aRunOfSchedulesIsTheSameEveryTime() throws {
    func hash() throws -> String {
      var cluster = try cluster()
      try cluster.create(cronJob("*/7 * * * *", in: "Asia/Kathmandu"))
      try cluster.run(for: .hours(3))
      return "\(cluster.trace.hash)"
    }
    #expect(try hash() == hash())
  }

  // MARK: Jobs

  @Test func aFinishedJobGoesWithItsPodsWhenItsTimeIsUp() throws {
    var cluster = try cluster()
    try cluster.create(job { $0.spec.ttlSecondsAfterFinished = 20 })
    try cluster.run(for: .seconds(15))
    #expect(cluster[Job.self, "pi"]?.status.succeeded == 1)
    try cluster.run(for: .seconds(20))
    #expect(cluster[Job.self, "pi"] == nil)
    #expect(cluster.all(Pod.self).isEmpty)
  }

  @Test func deletingAJobTakesItsPodsAlong() throws {
    var cluster = try cluster(lasting: 3600)
    try cluster.create(job())
    try cluster.run(for: .seconds(5))
    try cluster.delete(Job.self, "pi")
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(Pod.self).isEmpty)
  }

  @Test func withoutAPolicyTheApiLeavesThePodsOfADeletedJob() throws {
    var cluster = try cluster(lasting: 3600)
    try cluster.create(job())
    try cluster.run(for: .seconds(5))
    try cluster.delete(Job.self, "pi", DeleteOptions())
    try cluster.run(for: .minutes(1))
    let pod = try #require(cluster.all(Pod.self).first)
    #expect(pod.metadata.ownerReferences.isEmpty)
    #expect(pod.metadata.finalizers.isEmpty)
  }

  @Test func failuresAreRetriedLaterAndLaterUntilTheLimit() throws {
    var cluster = try cluster(exit: 1)
    try cluster.create(job { $0.spec.backoffLimit = 2 })
    try cluster.run(for: .minutes(3))
    let job = try #require(cluster[Job.self, "pi"])
    #expect(job.status.failed == 3)
    #expect(job.status.conditions.last?.reason == "BackoffLimitExceeded")
    let starts = cluster.all(Pod.self).compactMap(\.metadata.creationTimestamp).sorted()
    let gaps = zip(starts.dropFirst(), starts).map { ($0 - $1).components.seconds }
    // The container's run, then 10 s and 20 s.
    #expect(gaps == [15, 25])
  }

  @Test func noMoreReadyThanActivePodsMayBeReported() throws {
    var cluster = try cluster(lasting: 3600)
    try cluster.create(job { $0.spec.managedBy = "acme.io/jobs" })
    var job = try #require(cluster[Job.self, "pi"])
    job.status.ready = 1
    do {
      try cluster.updateStatus(job)
      Issue.record("the status was taken")
    } catch {
      #expect(error.code == 422)
      #expect(
        error.message
          == #"Job.batch "pi" is invalid: status.ready: Invalid value: 1: "#
          + "cannot set more ready pods than active")
    }
    job.status.ready = 0
    job.status.succeeded = 3
    try cluster.updateStatus(job)
    job = try #require(cluster[Job.self, "pi"])
    job.status.succeeded = 2
    #expect(throws: APIError.self) { try cluster.updateStatus(job) }
  }

  // MARK: By hand

  @Test func aRunByHandBelongsToTheCronJob() throws {
    var cluster = try cluster()
    try cluster.create(cronJob("0 0 1 1 *"))
    let job = try cluster.createJob("now", from: "cron")
    #expect(job.metadata.annotations["cronjob.kubernetes.io/instantiate"] == "manual")
    #expect(job.metadata.controllerRef?.name == "cron")
    try cluster.run(for: .seconds(20))
    #expect(cluster[Job.self, "now"]?.status.succeeded == 1)
    #expect(cluster[CronJob.self, "cron"]?.status.lastSuccessfulTime != nil)
    #expect(
      cluster.events(about: "CronJob", "cron").map(\.reason).contains("UnexpectedJob"))
    #expect(throws: APIError.self) { try cluster.createJob("other", from: "nobody") }
  }

  @Test func aSuspendedCronJobCatchesUpOnItsLastRun() throws {
    var cluster = try cluster()
    try cluster.create(cronJob("0 * * * *") { $0.spec.suspend = true })
    try cluster.run(for: .hours(3))
    #expect(cluster.all(Job.self).isEmpty)
    try cluster.edit(CronJob.self, "cron") { $0.spec.suspend = false }
    try cluster.run(for: .seconds(1))
    #expect(cluster.all(Job.self).count == 1)
  }

  @Test func aCronJobMayKeepAZoneThatItsScheduleHadAndGetNoNewOne() throws {
    var cluster = try cluster()
    #expect(throws: APIError.self) { try cluster.create(cronJob("TZ=UTC 0 0 * * *")) }
    #expect(throws: APIError.self) { try cluster.create(cronJob("0 0 * * *", in: "Mars/X")) }
    #expect(throws: APIError.self) { try cluster.create(cronJob("0 0 * *")) }
    try cluster.create(cronJob("0 0 * * *", in: "Europe/Berlin"))
    #expect(throws: APIError.self) {
      try cluster.edit(CronJob.self, "cron") { $0.spec.timeZone = "Local" }
    }
  }
}
