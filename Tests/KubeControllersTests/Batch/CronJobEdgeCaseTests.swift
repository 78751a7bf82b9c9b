import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("Edge cases of CronJobs") struct CronJobEdgeCaseTests {
  private let hour: Int64 = 3600
  private let minute: Int64 = 60
  private let week: Int64 = 7 * 24 * 3600

  // MARK: Missed runs

  @Test(arguments: [10, 7200])
  func withADeadlineAWeekOfMissedRunsIsNoWarning(deadline: Int64) {
    var run = CronRun { $0.spec.startingDeadlineSeconds = deadline }
    run.sync(at: week)
    #expect(run.created == [CronRun.name(week)])
    #expect(run.reasons == ["SuccessfulCreate"])
  }

  @Test(arguments: [(100, false), (101, true)])
  func moreThanAHundredMissedRunsAreTooMany(missed: Int64, warns: Bool) {
    var run = CronRun("* * * * *", last: 0)
    run.sync(at: missed * minute)
    #expect(run.created == [CronRun.name(missed * minute)])
    #expect(
      run.runner.events.contains(
        "Warning TooManyMissedTimes too many missed start times. Set or decrease "
          + ".spec.startingDeadlineSeconds or check clock skew") == warns)
  }

  @Test func ofSeveralRunsMissedUnderForbidOnlyTheLatestIsMadeUpFor() {
    var run = CronRun(last: 0) { $0.spec.concurrencyPolicy = .forbid }
    let key = run.add(CronRun.name(0), active: true)
    for number: Int64 in 1...3 { run.sync(at: number * hour) }
    #expect(
      run.runner.events == [
        "Normal JobAlreadyActive Not starting job because prior execution is running and "
          + "concurrency policy is Forbid"
      ])
    run.runner.modify(Job.self, key) {
      $0.status.conditions = [JobCondition(.complete, "", "", at: CronRun.start)]
    }
    run.sync(at: 3 * hour + 20 * minute)
    #expect(run.created == [CronRun.name(3 * hour)])
    #expect(run.cronJob.status.lastScheduleTime == CronRun.start + .seconds(3 * hour))
    #expect(run.wake == 40 * 60 + 0.1)
  }

  @Test func aMissedRunUnderForbidIsLostWhenItsDeadlineHasPassed() {
    var run = CronRun(last: 0) {
      ($0.spec.concurrencyPolicy, $0.spec.startingDeadlineSeconds) = (.forbid, 600)
    }
    run.add(CronRun.name(0), active: true, finished: .complete)
    run.sync(at: hour + 20 * minute)
    #expect(run.created.isEmpty)
    #expect(run.reasons == ["SawCompletedJob"])
  }

  // MARK: Jobs that run

  @Test func replaceDeletesAllThatRunWithTheirPods() throws {
    var run = CronRun(last: 0) { $0.spec.concurrencyPolicy = .replace }
    run.add("one", active: true)
    run.add("two", active: true)
    run.runner.now = .zero + .seconds(hour)
    let plan = run.controller.reconcile(run.key, in: run.runner.snapshot)
    let policies = plan.writes.compactMap { write -> DeletionPropagation? in
      if case .delete(_, let options) = write.action { options.propagationPolicy } else { nil }
    }
    #expect(policies == [.background, .background])
    run.sync(at: hour)
    #expect(run.deleted == ["one", "two"])
    #expect(
      run.runner.events == [
        "Normal SuccessfulDelete Deleted job one", "Normal SuccessfulDelete Deleted job two",
        "Normal SuccessfulCreate Created job \(CronRun.name(hour))",
      ])
    #expect(run.active == [CronRun.name(hour)])
  }

  @Test func aSuspendedOneStillKeepsItsListAndItsLastSuccess() {
    var run = CronRun(last: 0) { $0.spec.suspend = true }
    run.add(CronRun.name(0), active: true, finished: .complete, end: 40)
    run.sync(at: 2 * hour)
    #expect(
      run.runner.events == [
        "Normal SawCompletedJob Saw completed job: \(CronRun.name(0)), condition: Complete"
      ])
    #expect(run.active.isEmpty)
    #expect(run.cronJob.status.lastSuccessfulTime == CronRun.start + .seconds(40))
    #expect(run.created.isEmpty)
  }

  @Test func anOlderSuccessDoesNotPutTheLastOneBack() {
    var run = CronRun(last: 0)
    run.add("later", finished: .complete, end: 90)
    run.add("earlier", finished: .complete, end: 30)
    run.sync(at: 2 * minute)
    #expect(run.cronJob.status.lastSuccessfulTime == CronRun.start + .seconds(90))
    run.sync(at: 3 * minute)
    #expect(run.runner.actions.isEmpty)
  }

  @Test func aFailedJobIsSaidToHaveFailedAndIsNoSuccess() {
    var run = CronRun(last: 0)
    run.add(CronRun.name(0), active: true, finished: .failed, end: 30)
    run.sync(at: minute)
    #expect(
      run.runner.events == [
        "Normal SawCompletedJob Saw completed job: \(CronRun.name(0)), condition: Failed"
      ])
    #expect(run.cronJob.status.lastSuccessfulTime == nil)
  }

  @Test func aJobThatIsNotItsOwnIsNeitherListedNorDeleted() {
    var run = CronRun(last: 0) { $0.spec.successfulJobsHistoryLimit = 0 }
    run.add("stranger", finished: .complete, owned: false)
    run.add("runner", owned: false)
    run.sync(at: minute)
    #expect(run.runner.actions.isEmpty)
    #expect(run.runner.events.isEmpty)
  }

  // MARK: History

  @Test func aJobThatNeverStartedIsTheLastToGoAndEqualStartsGoByName() {
    var run = CronRun(last: 0) { $0.spec.failedJobsHistoryLimit = 2 }
    run.add("a", finished: .failed, start: nil)
    run.add("c", finished: .failed, start: 10)
    run.add("b", finished: .failed, start: 10)
    run.add("d", finished: .failed, start: 20)
    run.sync(at: minute)
    #expect(run.deleted == ["b", "c"])
  }

  @Test func successesAreCleanedUpBeforeFailures() {
    var run = CronRun(last: 0) {
      ($0.spec.failedJobsHistoryLimit, $0.spec.successfulJobsHistoryLimit) = (0, 0)
    }
    run.add("a", finished: .failed)
    run.add("b", finished: .complete)
    run.sync(at: minute)
    #expect(run.deleted == ["b", "a"])
  }

  @Test func aRefusedDeletionOfAnOldJobIsSaidAndTheRunStartsAllTheSame() {
    var run = CronRun(last: 0) { $0.spec.failedJobsHistoryLimit = 0 }
    run.add("a", finished: .failed)
    run.runner.refuse = { write in
      if case .delete = write.action { return .forbidden(Job.resource, "a", "no") }
      return nil
    }
    run.sync(at: hour)
    #expect(
      run.runner.events == [
        "Warning FailedDelete Deleted job: jobs.batch \"a\" is forbidden: no",
        "Normal SuccessfulCreate Created job \(CronRun.name(hour))",
      ])
  }

  // MARK: Schedules

  @Test func anUnparsableNewScheduleIsSaidAndNothingIsDoneUntilItIsPutRight() {
    var run = CronRun(last: 0)
    run.sync(at: minute)
    run.edit { $0.spec.schedule = "every now and then" }
    run.sync(at: 2 * minute)
    #expect(
      run.runner.events == [
        "Warning UnParseableCronJobSchedule unparseable schedule for cronjob: every now and then"
      ])
    #expect(run.wake == nil)
    run.edit { $0.spec.schedule = "*/5 * * * *" }
    run.sync(at: 3 * minute)
    #expect(run.wake == 120.1)
  }

  @Test func anOldTimerOfAChangedScheduleDoesNothing() {
    var run = CronRun("30 * * * *", last: -10 * minute)
    run.sync(at: 0)
    run.edit { $0.spec.schedule = "45 * * * *" }
    run.sync(at: minute)
    run.sync(at: 30 * minute)
    #expect(run.created == [])
    #expect(run.wake == 15 * 60 + 0.1)
  }

  @Test func theNameOfAJobIsTheMinuteOfItsRunNotThatOfItsCreation() {
    var run = CronRun(last: 0)
    run.sync(at: hour + 59 * minute)
    // 2016-05-19 11:00 UTC is minute 24,394,260 since 1970.
    #expect(run.created == ["cron-24394260"])
  }
}
