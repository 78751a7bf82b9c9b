import KubeModel
import Testing

@testable import KubeAPIServer

@Suite("What a Job's status may say") struct JobStatusTests {
  private let start = Timestamp(unixSeconds: 1_000)
  private let end = Timestamp(unixSeconds: 2_000)

  private func condition(_ type: JobConditionType) -> JobCondition {
    var condition = JobCondition()
    (condition.type, condition.status) = (type, .true)
    return condition
  }

  /// A Job that has run for a while.
  private var running: Job {
    var job = Job()
    job.metadata.name = "pi"
    job.metadata.namespace = "default"
    job.metadata.resourceVersion = ResourceVersion(1)
    job.spec.completions = 5
    job.spec.parallelism = 2
    job.status.startTime = start
    job.status.active = 2
    return job
  }

  /// What is said about a changed status, without the path.
  private func problems(
    _ prepare: (inout Job) -> Void = { _ in }, then change: (inout JobStatus) -> Void
  ) -> [String] {
    var old = running
    prepare(&old)
    var new = old
    change(&new.status)
    return JobStatusValidation.update(new, from: old).map(\.description)
  }

  @Test func anOrdinaryChangeIsTaken() {
    #expect(problems { ($0.active, $0.ready, $0.succeeded) = (1, 1, 1) }.isEmpty)
  }

  @Test func numbersAreNotNegative() {
    #expect(
      problems { $0.active = -1 } == [
        "status.active: Invalid value: -1: must be greater than or equal to 0"
      ])
  }

  @Test func noMorePodsAreReadyThanActive() {
    #expect(
      problems { ($0.active, $0.ready) = (0, 3) } == [
        "status.ready: Invalid value: 3: cannot set more ready pods than active"
      ])
  }

  @Test func aUidWaitsOnlyOnceToBeCounted() {
    let found = problems {
      $0.uncountedTerminatedPods = UncountedTerminatedPods()
      $0.uncountedTerminatedPods?.succeeded = [UID("a")]
      $0.uncountedTerminatedPods?.failed = [UID("a"), UID()]
    }
    #expect(
      found == [
        #"status.uncountedTerminatedPods.failed[0]: Duplicate value: "a""#,
        #"status.uncountedTerminatedPods.failed[1]: Invalid value: "": must not be empty"#,
      ])
  }

  @Test func countersOnlyGrow() {
    #expect(
      problems({ ($0.status.failed, $0.status.succeeded) = (2, 2) }) {
        ($0.failed, $0.succeeded) = (1, 1)
      } == [
        "status.failed: Invalid value: 1: cannot decrease the failed counter",
        "status.succeeded: Invalid value: 1: cannot decrease the succeeded counter",
      ])
  }

  @Test func anIndexedJobThatMayShrinkCountsFewerSuccesses() {
    let prepare: (inout Job) -> Void = { job in
      job.spec.completionMode = .indexed
      job.spec.parallelism = job.spec.completions
      job.status.succeeded = 2
      job.status.completedIndexes = "0,1"
    }
    #expect(problems(prepare) { ($0.succeeded, $0.completedIndexes) = (1, "0") }.isEmpty)
  }

  @Test func theFinalConditionsNeedTheInterimOnes() {
    #expect(
      problems {
        ($0.active, $0.conditions) = (0, [condition(.failed)])
      } == [
        "status.conditions: Invalid value: cannot set Failed=True condition without the "
          + "FailureTarget=true condition"
      ])
    #expect(
      problems {
        ($0.active, $0.conditions, $0.completionTime) = (0, [condition(.complete)], end)
      } == [
        "status.conditions: Invalid value: cannot set Complete=True condition without the "
          + "SuccessCriteriaMet=true condition"
      ])
  }

  @Test func aJobDoesNotBothFailAndSucceed() {
    let found = problems {
      $0.conditions = [condition(.failureTarget), condition(.successCriteriaMet)]
    }
    #expect(
      found == [
        "status.conditions: Invalid value: cannot set SuccessCriteriaMet=True and "
          + "FailureTarget=true conditions"
      ])
  }

  @Test func aFinishedJobHasNothingLeftToDo() {
    let found = problems({ $0.status.startTime = nil }) {
      ($0.active, $0.terminating) = (1, 1)
      $0.conditions = [condition(.failureTarget), condition(.failed)]
      $0.uncountedTerminatedPods = UncountedTerminatedPods()
      $0.uncountedTerminatedPods?.failed = [UID("a")]
    }
    #expect(found.count == 4)
    #expect(found[0] == "status.active: Invalid value: 1: active>0 is invalid for finished job")
    #expect(found[1] == "status.startTime: Required value: startTime is required for finished job")
    #expect(found[2].hasSuffix("uncountedTerminatedPods needs to be empty for finished job"))
    #expect(
      found[3] == "status.terminating: Invalid value: 1: terminating>0 is invalid for finished job")
  }

  @Test func theTimeOfCompletionBelongsToASuccess() {
    #expect(
      problems { $0.completionTime = end }.first?.hasSuffix(
        "cannot set completionTime when there is no Complete=True condition") == true)
    let complete = [condition(.successCriteriaMet), condition(.complete)]
    #expect(
      problems { ($0.active, $0.conditions) = (0, complete) } == [
        "status.completionTime: Required value: completionTime is required for Complete jobs"
      ])
    let early = Timestamp(unixSeconds: 500)
    #expect(
      problems { ($0.active, $0.conditions, $0.completionTime) = (0, complete, early) }
        .first?.hasSuffix("completionTime cannot be set before startTime") == true)
  }

  @Test func theStartMovesOnlyWhileTheJobIsSuspended() {
    #expect(
      problems { $0.startTime = end } == [
        "status.startTime: Required value: startTime cannot be removed for unsuspended job"
      ])
    #expect(problems({ $0.spec.suspend = true }) { $0.startTime = nil }.isEmpty)
  }

  @Test func listsOfIndexesAreInOrderAndExcludeEachOther() {
    let indexed: (inout Job) -> Void = { job in
      job.spec.completionMode = .indexed
      job.spec.backoffLimitPerIndex = 1
    }
    #expect(
      problems(indexed) { $0.completedIndexes = "3,1" } == [
        #"status.completedIndexes: Invalid value: "3,1": error parsing completedIndexes: "#
          + "non-increasing order, previous: 3, current: 1"
      ])
    #expect(
      problems(indexed) { ($0.completedIndexes, $0.failedIndexes) = ("0-2", "2-3") } == [
        #"status.failedIndexes: Invalid value: "2-3": "#
          + "failedIndexes and completedIndexes overlap at index: 2"
      ])
    #expect(
      problems { ($0.completedIndexes, $0.failedIndexes) = ("0", "") } == [
        #"status.completedIndexes: Invalid value: "0": "#
          + "cannot set non-empty completedIndexes when non-indexed completion mode",
        #"status.failedIndexes: Invalid value: "": "#
          + "cannot set non-null failedIndexes when backoffLimitPerIndex is null",
      ])
  }

  @Test func whatIsDecidedStaysDecided() {
    let failing: (inout Job) -> Void = { $0.status.conditions = [self.condition(.failureTarget)] }
    #expect(
      problems(failing) { $0.conditions = [] } == [
        "status.conditions: Invalid value: cannot disable the terminal FailureTarget=True condition"
      ])
    let succeeding: (inout Job) -> Void = {
      $0.status.conditions = [self.condition(.successCriteriaMet)]
    }
    #expect(
      problems(succeeding) { $0.conditions = [] } == [
        "status.conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition"
      ])
  }
}
