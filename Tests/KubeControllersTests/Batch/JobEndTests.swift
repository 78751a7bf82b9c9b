import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("When a Job waits, fails or is suspended") struct JobEndTests {
  // MARK: Back-off

  @Test func afterAFailureTheNextPodWaitsTenSeconds() {
    var run = JobRun()
    run.fail()
    run.sync()
    #expect(run.created == 0)
    #expect(run.wakes == [10])
    #expect(run.status.active == 0)
    run.runner.now += .seconds(10)
    run.sync()
    #expect(run.created == 1)
  }

  @Test func theWaitDoublesWithEachFailureInARow() {
    var run = JobRun { $0.spec.backoffLimit = 20 }
    var waits: [Double] = []
    for _ in 0..<8 {
      run.fail()
      run.sync()
      waits += run.wakes
      run.runner.now += .seconds(600)
    }
    #expect(waits == [10, 20, 40, 80, 160, 320, 600, 600])
  }

  @Test func aLaterSuccessEndsTheWait() {
    var run = JobRun { ($0.spec.completions, $0.spec.parallelism) = (3, 1) }
    run.fail(ended: 5)
    run.succeed(ended: 2)
    run.sync()
    #expect(run.created == 1)
  }

  @Test func aFailureAfterTheSuccessStillCounts() {
    var run = JobRun { ($0.spec.completions, $0.spec.parallelism) = (3, 1) }
    run.succeed(ended: 5)
    run.fail(ended: 2)
    run.sync()
    #expect(run.created == 0)
    #expect(run.wakes == [8])
  }

  @Test func aRepeatedLookCountsAFailureOnce() {
    var run = JobRun()
    run.fail()
    run.runner.refuse = { write in
      if case .updateStatus = write.action { return .conflict(Job.resource, "pi", "changed") }
      return nil
    }
    run.sync()
    run.sync()
    #expect(run.runner.retries)
    #expect(run.controller.backoffs[run.key]?.failures == 1)
  }

  // MARK: Limits

  @Test func pastTheLimitTheRestIsStoppedAndTheEndWaitsForIt() {
    var run = JobRun {
      $0.makeIndexed(3, parallelism: 2)
      $0.spec.backoffLimit = 0
    }
    run.fail(index: 0)
    run.start(index: 1)
    run.sync()
    #expect(run.conditions == ["FailureTarget"])
    #expect(run.status.failed == 2)
    #expect(run.deleted.count == 1)
    #expect(run.status.terminating == 1)
    run.removeLeaving()
    run.sync()
    #expect(run.conditions == ["FailureTarget", "Failed"])
    #expect(run.reason(.failed) == "BackoffLimitExceeded")
    #expect(
      run.events == ["Warning BackoffLimitExceeded Job has reached the specified backoff limit"])
  }

  @Test func withNothingLeftToStopTheJobFailsInOneLook() {
    var run = JobRun { $0.spec.backoffLimit = 0 }
    run.fail()
    run.sync()
    #expect(run.conditions == ["FailureTarget", "Failed"])
    #expect(run.status.completionTime == nil)
  }

  @Test func whatIsStoppedCountsAsFailedAndIsNoLongerReady() {
    var run = JobRun {
      ($0.spec.parallelism, $0.spec.completions, $0.spec.backoffLimit) = (3, 3, 0)
    }
    run.add(2) { $0.isReady = true }
    run.fail()
    run.sync()
    #expect(run.deleted.count == 2)
    #expect(run.status.failed == 3)
    #expect(run.status.ready == 0)
  }

  @Test(arguments: [(1, 1, true), (0, 0, false), (0, 1, true), (2, 1, false), (2, 2, true)])
  func withOnFailureRestartsCountAgainstTheLimit(limit: Int32, restarts: Int32, fails: Bool) {
    var run = JobRun {
      $0.spec.backoffLimit = limit
      $0.spec.template.spec.restartPolicy = .onFailure
    }
    // A restart of a container that runs now; the pod itself never fails.
    run.add { $0.restarts = restarts }
    run.sync()
    #expect(run.conditions.contains("FailureTarget") == fails)
  }

  // MARK: Deadline

  private func started(_ deadline: Int64, ago: Int64, suspended: Bool = false) -> JobRun {
    var run = JobRun {
      $0.spec.activeDeadlineSeconds = deadline
      $0.spec.suspend = suspended
    }
    let start = run.time + .seconds(-ago)
    run.edit { $0.status.startTime = start }
    run.start()
    return run
  }

  @Test func atTheDeadlineAllPodsAreStopped() {
    var run = started(10, ago: 10)
    run.sync()
    #expect(run.reason(.failureTarget) == "DeadlineExceeded")
    #expect(run.deleted.count == 1)
  }

  @Test func beforeTheDeadlineTheJobAsksToBeWoken() {
    var run = started(10, ago: 9)
    run.sync()
    #expect(run.conditions.isEmpty)
    #expect(run.wakes == [1])
    run.edit { $0.spec.activeDeadlineSeconds = 5 }
    run.sync()
    #expect(run.reason(.failureTarget) == "DeadlineExceeded")
  }

  @Test func aSuspendedJobHasNoDeadline() {
    var run = started(10, ago: 100, suspended: true)
    run.sync()
    #expect(run.conditions == ["Suspended"])
  }

  // MARK: Suspension

  @Test func suspendingDeletesThePodsAndCountsNone() {
    var run = JobRun { ($0.spec.parallelism, $0.spec.completions) = (2, 2) }
    run.start(2)
    run.edit { ($0.spec.suspend, $0.status.startTime) = (true, Timestamp(unixSeconds: 1)) }
    run.sync()
    #expect(run.deleted.count == 2)
    #expect(run.status.failed == 0)
    #expect(run.status.startTime == nil)
    #expect(run.conditions == ["Suspended"])
    #expect(run.events == ["Normal Suspended Job suspended"])
  }

  @Test func resumingStartsTheClockAndThePodsAnew() {
    var run = JobRun { $0.spec.suspend = true }
    run.sync()
    run.runner.now += .seconds(60)
    run.edit { $0.spec.suspend = false }
    run.sync()
    #expect(run.created == 1)
    #expect(run.status.startTime == run.time)
    #expect(run.status.condition(.suspended)?.status == .false)
    #expect(run.events == ["Normal Resumed Job resumed"])
  }

  @Test func suspendedFromTheStartAJobSaysSoOnce() {
    var run = JobRun { $0.spec.suspend = true }
    run.sync()
    #expect(run.status.startTime == nil)
    #expect(run.events == ["Normal Suspended Job suspended"])
    run.sync()
    #expect(run.runner.actions.isEmpty)
    #expect(run.events.isEmpty)
  }

  @Test func aFailureTargetThatIsFalseMeansNothing() {
    var run = JobRun()
    run.edit {
      $0.status.conditions = [
        JobCondition(
          .failureTarget, "", "", status: .false, at: Timestamp(unixSeconds: 0))
      ]
    }
    run.sync()
    #expect(run.created == 1)
    #expect(run.conditions.isEmpty)
  }

  @Test func aPodDeletedByHandIsReplacedAtOnceOrWhenItHasEnded() {
    var eager = JobRun()
    eager.add { $0.isLeaving = true }
    eager.sync()
    #expect(eager.status.failed == 1)
    eager.runner.now += .seconds(10)
    eager.sync()
    #expect(eager.created == 1)

    var patient = JobRun { $0.spec.podReplacementPolicy = .failed }
    let key = patient.add { $0.isLeaving = true }
    patient.sync()
    patient.runner.now += .seconds(60)
    patient.sync()
    #expect(patient.created == 0)
    #expect(patient.status.failed == 0)
    patient.runner.modify(Pod.self, key) { $0.status.phase = .failed }
    patient.sync()
    #expect(patient.status.failed == 1)
    #expect(patient.created == 1)
  }

  // MARK: TTL

  private func expiring(_ ttl: Int32?, finished: Int64, _ type: JobConditionType = .complete)
    -> JobRun
  {
    var run = JobRun { $0.spec.ttlSecondsAfterFinished = ttl }
    let end = run.time + .seconds(-finished)
    run.edit { $0.status.conditions = [JobCondition(type, "", "", at: end)] }
    run.runner.run(TTLAfterFinishedController().reconcile(run.key, in: run.runner.snapshot))
    return run
  }

  @Test func aFinishedJobIsDeletedWhenItsTimeIsUp() {
    #expect(expiring(0, finished: 0).runner.names(.delete, "jobs") == ["pi"])
    #expect(expiring(10, finished: 10, .failed).runner.names(.delete, "jobs") == ["pi"])
    let early = expiring(15, finished: 10)
    #expect(early.runner.names(.delete, "jobs").isEmpty)
    #expect(early.wakes == [5])
    #expect(expiring(15, finished: -20).wakes == [35])
  }

  @Test func aJobThatIsNotOverOrHasNoTimeStays() {
    #expect(expiring(nil, finished: 100).runner.actions.isEmpty)
    #expect(expiring(0, finished: 100, .failureTarget).runner.actions.isEmpty)
    #expect(expiring(0, finished: 100, .successCriteriaMet).runner.actions.isEmpty)
  }
}
