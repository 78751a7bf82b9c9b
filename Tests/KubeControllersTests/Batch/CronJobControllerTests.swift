import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("CronJobs") struct CronJobControllerTests {
  private let hour: Int64 = 3600
  private let minute: Int64 = 60

  @Test func beforeItsTimeNothingIsStarted() {
    var run = CronRun()
    run.sync(at: 10 * minute)
    #expect(run.created.isEmpty)
    #expect(run.wake == 50 * 60 + 0.1)
  }

  @Test func aTextThatIsNoScheduleIsSaidOnceAndNotRetried() {
    var run = CronRun("obvious error schedule")
    run.sync(at: hour)
    #expect(run.reasons == ["UnparseableSchedule"])
    #expect(run.wake == nil)
    #expect(!run.runner.retries)
  }

  @Test func anUnknownZoneIsSaidAndNotRetried() {
    var run = CronRun { $0.spec.timeZone = "Mars/X" }
    run.sync(at: hour)
    #expect(
      run.runner.events == [
        #"Warning UnknownTimeZone invalid timeZone: "Mars/X": unknown time zone Mars/X"#
      ])
    #expect(run.wake == nil)
  }

  @Test(arguments: [ConcurrencyPolicy.allow, .forbid, .replace])
  func atItsTimeAJobIsStartedUnderEachPolicy(policy: ConcurrencyPolicy) throws {
    var run = CronRun { $0.spec.concurrencyPolicy = policy }
    run.sync(at: hour + minute)
    #expect(run.created == [CronRun.name(hour)])
    #expect(run.active == run.created)
    #expect(run.wake == 59 * 60 + 0.1)
    #expect(run.cronJob.status.lastScheduleTime == CronRun.start + .seconds(hour))
    #expect(run.runner.events == ["Normal SuccessfulCreate Created job \(CronRun.name(hour))"])
    let job = try #require(run.runner.objects(Job.self).first)
    #expect(job.metadata.labels["app"] == "x")
    #expect(
      job.metadata.annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]
        == "2016-05-19T11:00:00Z")
    #expect(job.metadata.isControlled(by: UID("cron")))
  }

  @Test func aSuspendedOneStartsNothingAndCatchesUpWhenItGoesOn() {
    var run = CronRun { $0.spec.suspend = true }
    run.sync(at: 3 * hour + minute)
    #expect(run.created.isEmpty)
    #expect(run.wake == nil)
    run.edit { $0.spec.suspend = false }
    run.sync(at: 3 * hour + 2 * minute)
    #expect(run.created == [CronRun.name(3 * hour)])
  }

  @Test func pastTheDeadlineTheRunIsSkippedWithoutAWord() {
    var run = CronRun { $0.spec.startingDeadlineSeconds = 10 }
    run.sync(at: hour + 12 * minute)
    #expect(run.created.isEmpty)
    #expect(run.runner.events.isEmpty)
    #expect(run.wake == 48 * 60 + 0.1)
    var longer = CronRun { $0.spec.startingDeadlineSeconds = 7200 }
    longer.sync(at: hour + 12 * minute)
    #expect(longer.created == [CronRun.name(hour)])
  }

  @Test func anEndAndTheNextStartAreOneStatusWrite() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true, finished: .complete, end: 60)
    run.sync(at: hour + minute)
    #expect(run.reasons == ["SawCompletedJob", "SuccessfulCreate"])
    #expect(run.active == [CronRun.name(hour)])
    #expect(run.cronJob.status.lastSuccessfulTime == CronRun.start + .seconds(60))
    #expect(run.writes == 1)
  }

  @Test func aRefusedCreationIsSaidAndRetriedAndTheStatusIsWrittenAllTheSame() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true, finished: .failed)
    run.runner.refuse = { write in
      if case .create = write.action { return .forbidden(Job.resource, "cron", "no") }
      return nil
    }
    run.sync(at: hour + minute)
    #expect(run.reasons == ["SawCompletedJob", "FailedCreate"])
    #expect(run.runner.retries)
    #expect(run.active.isEmpty)
    #expect(run.cronJob.status.lastScheduleTime == CronRun.start)
  }

  @Test func inAGoingNamespaceNothingIsSaidAndNothingCounted() {
    var run = CronRun()
    run.runner.refuse = { write in
      guard case .create = write.action else { return nil }
      var error = APIError.forbidden(Job.resource, "cron", "being terminated")
      error.details.causes = [
        APIError.Cause(type: "NamespaceTerminating", message: "", field: "")
      ]
      return error
    }
    run.sync(at: hour + minute)
    #expect(run.runner.events.isEmpty)
    #expect(run.runner.retries)
    #expect(run.cronJob.status.lastScheduleTime == nil)
  }

  // MARK: Concurrency

  @Test func whileOneRunsAndItIsNotTimeNothingHappens() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true)
    run.sync(at: minute)
    #expect(run.runner.actions.isEmpty)
    #expect(run.runner.events.isEmpty)
  }

  @Test func allowLetsTwoRun() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true)
    run.sync(at: hour + minute)
    #expect(run.active == [CronRun.name(0), CronRun.name(hour)])
  }

  @Test func forbidWaitsAndStartsTheMissedRunWhenTheOldOneEnds() {
    var run = CronRun(last: 0) { $0.spec.concurrencyPolicy = .forbid }
    let key = run.add(CronRun.name(0), active: true)
    run.sync(at: hour + minute)
    #expect(run.reasons == ["JobAlreadyActive"])
    #expect(run.active == [CronRun.name(0)])
    #expect(run.cronJob.status.lastScheduleTime == CronRun.start)
    run.runner.modify(Job.self, key) {
      $0.status.conditions = [JobCondition(.complete, "", "", at: CronRun.start)]
    }
    run.sync(at: hour + 20 * minute)
    #expect(run.created == [CronRun.name(hour)])
  }

  @Test func replaceDeletesTheOldOneFirst() {
    var run = CronRun(last: 0) { $0.spec.concurrencyPolicy = .replace }
    run.add(CronRun.name(0), active: true)
    run.sync(at: hour + minute)
    #expect(run.deleted == [CronRun.name(0)])
    #expect(run.active == [CronRun.name(hour)])
    #expect(run.reasons == ["SuccessfulDelete", "SuccessfulCreate"])
  }

  @Test func replaceStartsNothingWhenTheOldOneCannotBeDeleted() {
    var run = CronRun(last: 0) { $0.spec.concurrencyPolicy = .replace }
    run.add(CronRun.name(0), active: true)
    run.runner.refuse = { write in
      if case .delete = write.action { return .forbidden(Job.resource, "cron", "no") }
      return nil
    }
    run.sync(at: hour + minute)
    #expect(run.created.isEmpty)
    #expect(run.reasons == ["FailedDelete"])
    #expect(run.runner.retries)
  }

  // MARK: Missed runs

  @Test func afterAWeekOnlyTheLatestRunIsStartedAndTheManyAreSaid() {
    var run = CronRun()
    run.sync(at: 7 * 24 * hour + minute)
    #expect(run.created == [CronRun.name(7 * 24 * hour)])
    #expect(run.reasons == ["TooManyMissedTimes", "SuccessfulCreate"])
    var limited = CronRun { $0.spec.startingDeadlineSeconds = 7200 }
    limited.sync(at: 7 * 24 * hour + minute)
    #expect(limited.created == [CronRun.name(7 * 24 * hour)])
    #expect(limited.reasons == ["SuccessfulCreate"])
  }

  @Test func aClockThatWentBackStartsNoSecondJobOfOneName() {
    var run = CronRun(last: hour)
    run.add(CronRun.name(hour), active: true)
    run.sync(at: hour + minute)
    #expect(run.created.isEmpty)
    #expect(run.active == [CronRun.name(hour)])
  }

  @Test func aJobOfTheNameThatIsItsOwnIsTakenIntoTheList() {
    var run = CronRun()
    run.add(CronRun.name(hour))
    run.sync(at: hour + minute)
    #expect(run.active == [CronRun.name(hour)])
    #expect(run.reasons == ["UnexpectedJob"])
    #expect(run.cronJob.status.lastScheduleTime == CronRun.start + .seconds(hour))
  }

  @Test func aJobOfTheNameThatIsNotItsOwnEndsTheMatter() {
    var run = CronRun()
    run.add(CronRun.name(hour), owned: false)
    run.sync(at: hour + minute)
    #expect(run.active.isEmpty)
    #expect(run.wake == nil)
    #expect(!run.runner.retries)
  }

  @Test func aRunningJobDeletedByHandIsMissedAndNotStartedAgain() {
    var run = CronRun(last: hour)
    run.edit {
      var reference = ObjectReference()
      (reference.name, reference.namespace, reference.uid) = ("gone", "default", UID("gone"))
      $0.status.active = [reference]
    }
    run.sync(at: hour + minute)
    #expect(run.runner.events == ["Normal MissingJob Active job went missing: gone"])
    #expect(run.active.isEmpty)
    #expect(run.created.isEmpty)
  }

  private func runs(
    _ schedule: String, created: Int64 = 0, last: Int64? = nil, deadline: Int64? = nil,
    at seconds: Int64
  ) throws -> (runs: MissedRuns, next: Double) {
    let run = CronRun(schedule, created: created, last: last) {
      $0.spec.startingDeadlineSeconds = deadline
    }
    let schedule = try CronSchedule(schedule)
    let now = CronRun.start + .seconds(seconds)
    let wake = MissedRuns.wake(for: run.cronJob, schedule, at: now, Clock(start: now))
    return (
      MissedRuns(of: run.cronJob, schedule, at: now, withinDeadline: true),
      ((wake ?? .zero) - .zero).inSeconds
    )
  }

  private func after(_ seconds: Int64) -> Timestamp { CronRun.start + .seconds(seconds) }

  @Test func unevenGapsStillFindTheLatestRun() throws {
    let schedule = "30 6-16/4 * * 1-5"
    let day = try runs(schedule, last: 30 * minute, at: 24 * hour + 31 * minute)
    #expect(day.runs.latest == after(24 * hour + 30 * minute))
    #expect(day.next == Double(4 * hour - minute) + 0.1)
    let weekend = try runs(schedule, last: 30 * minute, at: 96 * hour + 31 * minute)
    #expect(weekend.runs.latest == after(96 * hour + 30 * minute))
  }

  @Test func unevenGapsMayFindNoneAndWaitForTheNext() throws {
    let result = try runs(
      "30 10,11,12 * * 1-5", last: 30 * minute, at: 30 * hour + 30 * minute)
    #expect(result.runs.latest == nil)
    #expect(result.runs.count == .few)
    #expect(result.next == Double(66 * hour) + 0.1)
  }

  @Test func aWeeklyRunIsWaitedForOverDays() throws {
    let late = try runs("0 12 * * 4", last: 2 * hour, at: 19 * 24 * hour + 90 * minute)
    #expect(late.next == Double(48 * hour + 30 * minute) + 0.1)
    #expect(try runs("0 12 * * 5", at: 6 * hour).next == Double(20 * hour) + 0.1)
  }

  @Test func theCreationCountsWhenNothingEverRan() throws {
    let result = try runs("0 * * * ?", created: 10, at: 301 * minute)
    #expect(result.runs.latest == after(300 * minute))
    #expect(result.runs.count == .few)
    #expect(try runs("0 * * * ?", at: 61 * minute).runs.latest == after(60 * minute))
  }

  @Test func aPeriodKeepsItsPhaseOverAWeek() throws {
    let result = try runs("@every 1h", last: minute, at: 7 * 24 * hour)
    #expect(result.runs.latest == after(6 * 24 * hour + 23 * hour + minute))
    #expect(result.runs.count == .many)
  }

  @Test func aPeriodCountsFromTheCreationOrTheLastRun() throws {
    #expect(try runs("@every 1h", created: -minute, at: 0).next == Double(59 * minute) + 0.1)
    #expect(try runs("@every 3m", last: -minute, at: -1).next == 121.1)
  }

  @Test func theDeadlineMovesTheStartOfTheCount() throws {
    let result = try runs(
      "*/5 * * * *", last: 30 * minute, deadline: 60, at: 32 * minute)
    #expect(result.runs.since == after(31 * minute))
    #expect(result.runs.latest == nil)
    #expect(try runs("*/5 * * * *", last: 30 * minute, at: 31 * minute).runs.latest == nil)
  }

  @Test func aDayThatNeverComesIsAnInvalidSchedule() {
    var run = CronRun("59 23 31 2 *")
    run.sync(at: hour)
    #expect(
      run.runner.events == [
        "Warning InvalidSchedule invalid schedule: 59 23 31 2 * : time difference between two "
          + "schedules is less than 1 second"
      ])
    #expect(run.wake == nil)
  }

  // MARK: Changes of the spec

  @Test func aNewScheduleStartsNothingBeforeItsNextTime() {
    var run = CronRun("30 * * * *", last: 30 * minute)
    run.sync(at: 31 * minute)
    run.edit { $0.spec.schedule = "*/1 * * * *" }
    run.sync(at: 59 * minute + 59)
    #expect(run.created.isEmpty)
    #expect(run.wake == 1.1)
    run.sync(at: hour + 1)
    #expect(run.created == [CronRun.name(hour)])
  }

  @Test func anotherChangeIsLookedAtAtOnceAndLeavesRunningJobsAlone() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true)
    run.sync(at: minute)
    run.edit { $0.spec.jobTemplate.metadata.labels["v"] = "2" }
    run.sync(at: hour + minute)
    #expect(run.active == [CronRun.name(0), CronRun.name(hour)])
    #expect(run.runner.objects(Job.self)[0].metadata.labels.isEmpty)
  }

  @Test func theAnnotationBearsTheOffsetOfTheZone() throws {
    var run = CronRun("30 13 * * *") { $0.spec.timeZone = "Europe/Berlin" }
    run.sync(at: 2 * hour)
    let job = try #require(run.runner.objects(Job.self).first)
    #expect(
      job.metadata.annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]
        == "2016-05-19T13:30:00+02:00")
  }

  @Test func aZoneInTheScheduleIsUsedAndSaidToBeUnsupported() {
    var run = CronRun("TZ=Asia/Tokyo 30 20 * * *")
    run.sync(at: 2 * hour)
    #expect(run.reasons == ["UnsupportedSchedule", "SuccessfulCreate"])
    #expect(run.cronJob.status.lastScheduleTime == after(90 * minute))
  }

  // MARK: History

  @Test func withNoHistoryASuccessIsStillRemembered() {
    var run = CronRun(last: 0) { $0.spec.successfulJobsHistoryLimit = 0 }
    run.add("a", finished: .complete, end: 30)
    run.sync(at: minute)
    #expect(run.deleted == ["a"])
    #expect(run.cronJob.status.lastSuccessfulTime == after(30))
  }

  @Test func theOldestByStartGoFirstEvenWhenSuspended() {
    var run = CronRun(last: 0) {
      ($0.spec.failedJobsHistoryLimit, $0.spec.suspend) = (1, true)
    }
    run.add("a", finished: .failed, start: 30)
    run.add("b", finished: .failed, start: 10)
    run.add("c", finished: .failed, start: 20)
    run.sync(at: minute)
    #expect(run.deleted == ["b", "c"])
  }

  @Test func historyIsCleanedUpEvenWhenTheNextJobIsRefused() {
    var run = CronRun(last: 0) { $0.spec.failedJobsHistoryLimit = 0 }
    run.add("a", finished: .failed)
    run.runner.refuse = { write in
      if case .create = write.action { return .forbidden(Job.resource, "cron", "no") }
      return nil
    }
    run.sync(at: hour + minute)
    #expect(run.deleted == ["a"])
    #expect(run.reasons == ["SuccessfulDelete", "FailedCreate"])
  }

  @Test func aListWithoutALimitIsKept() {
    var run = CronRun(last: 0)
    run.add("a", finished: .failed)
    run.add("b", finished: .complete)
    run.sync(at: minute)
    #expect(run.deleted.isEmpty)
  }

  @Test func whileItIsBeingDeletedItKeepsItsListAndStartsNothing() {
    var run = CronRun(last: 0) { $0.metadata.deletionTimestamp = CronRun.start }
    run.add(CronRun.name(0), active: true, finished: .complete)
    run.sync(at: hour + minute)
    #expect(run.created.isEmpty)
    #expect(run.active.isEmpty)
    #expect(run.wake == nil)
  }

  @Test func aJobStartedByHandIsSaidToBeUnexpected() {
    var run = CronRun(last: 0)
    run.add("by-hand")
    run.sync(at: minute)
    #expect(
      run.runner.events == [
        "Warning UnexpectedJob Saw a job that the controller did not create or forgot: by-hand"
      ])
    #expect(run.active.isEmpty)
  }
}
