import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("Indexed Jobs and the policies") struct IndexedJobTests {
  private func run(
    _ completions: Int32, parallelism: Int32, _ change: (inout Job) -> Void = { _ in }
  ) -> JobRun {
    JobRun {
      $0.makeIndexed(completions, parallelism: parallelism)
      change(&$0)
    }
  }

  @Test func theLowestIndexesAreStartedFirst() throws {
    var run = run(5, parallelism: 2)
    run.sync()
    #expect(run.createdIndexes == [0, 1])
    let pod = try #require(run.pods.first).1
    #expect(pod.metadata.generateName == "pi-0-")
    #expect(pod.spec.hostname == "pi-0")
    #expect(pod.metadata.labels[JobPod.indexKey] == "0")
    #expect(pod.metadata.annotations[JobPod.indexKey] == "0")
    let variable = try #require(pod.spec.containers[0].env.first)
    #expect(variable.name == "JOB_COMPLETION_INDEX")
    #expect(
      variable.valueFrom?.fieldRef?.fieldPath
        == "metadata.labels['batch.kubernetes.io/job-completion-index']")
  }

  @Test func aLongNameLeavesRoomForTheRandomLettersOfAHost() {
    var job = Job()
    job.metadata.name = String(repeating: "a", count: 60)
    #expect(
      job.newPod(index: 12).metadata.generateName == String(repeating: "a", count: 54) + "-12-")
  }

  @Test func whatIsMissingIsFilledInWhateverHasSucceededInBetween() {
    var run = run(20, parallelism: 8)
    for index in [2, 4, 5, 7, 8, 9] { run.succeed(index: index) }
    for index in [0, 3] { run.add { ($0.phase, $0.index) = (.pending, index) } }
    run.sync()
    #expect(run.createdIndexes == [1, 6, 10, 11, 12, 13])
    #expect(run.status.completedIndexes == "2,4,5,7-9")
    #expect(run.status.succeeded == 6)
  }

  @Test func podsWithoutAValidIndexAreDeletedOrNeverCounted() {
    var run = run(5, parallelism: 2)
    run.start()
    run.start(index: 7)
    run.succeed()
    run.fail(index: 9)
    run.start(index: 1)
    run.start(index: 2)
    run.succeed(index: 0)
    run.sync()
    #expect(run.deleted == ["pi-1", "pi-2"])
    #expect(run.status.active == 2)
    #expect(run.status.succeeded == 1)
    #expect(run.status.failed == 0)
    let held = run.pods.filter { !$0.1.metadata.finalizers.isEmpty }
    #expect(held.map(\.1.metadata.name) == ["pi-5", "pi-6"])
  }

  @Test func ofTwoPodsOfOneIndexTheOneThatIsFurtherStays() {
    var run = run(8, parallelism: 5)
    for index in 0..<3 { run.start(index: index) }
    run.add { ($0.index, $0.isReady) = (2, true) }
    run.start()
    run.sync()
    #expect(run.deleted == ["pi-3", "pi-5"])
    #expect(run.created == 0)
  }

  @Test func anIndexThatSucceedsTwiceCountsOnce() {
    var run = run(5, parallelism: 1)
    run.succeed(index: 0)
    run.succeed(index: 0)
    run.sync()
    #expect(run.status.succeeded == 1)
    #expect(run.status.completedIndexes == "0")
  }

  @Test func aJobThatShrinksForgetsTheIndexesBeyond() {
    var run = run(3, parallelism: 3)
    run.edit {
      $0.status.completedIndexes = "0,3,4"
      $0.status.succeeded = 3
    }
    run.sync()
    #expect(run.status.completedIndexes == "0")
    #expect(run.status.succeeded == 1)
  }

  // MARK: Limits per index

  private func perIndex(
    _ limit: Int32, most: Int32? = nil, completions: Int32 = 3, _ policy: PodFailurePolicy? = nil
  ) -> JobRun {
    run(completions, parallelism: completions) {
      $0.spec.backoffLimit = .max
      $0.spec.backoffLimitPerIndex = limit
      $0.spec.maxFailedIndexes = most
      $0.spec.podFailurePolicy = policy
    }
  }

  @Test func aFailedPodIsCountedOnlyWhenItsSuccessorIsThere() throws {
    var run = perIndex(1)
    run.fail(index: 1, failures: 0)
    run.start(index: 0)
    run.start(index: 2)
    run.sync()
    #expect(run.status.failed == 0)
    #expect(run.status.failedIndexes == "")
    #expect(run.wakes == [10])
    run.runner.now += .seconds(10)
    run.sync()
    #expect(run.createdIndexes == [1])
    #expect(run.pods.last?.1.metadata.annotations[JobPod.failuresKey] == "1")
    run.sync()
    #expect(run.status.failed == 1)
  }

  @Test func anIndexThatFailsTooOftenIsGivenUpAndTheOthersGoOn() {
    var run = perIndex(1)
    run.fail(index: 1, failures: 1)
    run.start(index: 0)
    run.start(index: 2)
    run.sync()
    #expect(run.status.failedIndexes == "1")
    #expect(run.status.failed == 1)
    #expect(run.created == 0)
    #expect(run.conditions.isEmpty)
  }

  @Test func atItsEndAJobWithFailedIndexesFails() {
    var run = perIndex(0)
    run.fail(index: 1, failures: 0)
    run.succeed(index: 0)
    run.succeed(index: 2)
    run.sync()
    #expect(run.reason(.failed) == "FailedIndexes")
    #expect(run.status.completedIndexes == "0,2")
  }

  @Test func oneFailedIndexTooManyStopsTheRest() {
    var run = perIndex(0, most: 1)
    run.fail(index: 0, failures: 0)
    run.fail(index: 1, failures: 0)
    run.start(index: 2)
    run.sync()
    #expect(run.reason(.failureTarget) == "MaxFailedIndexesExceeded")
    #expect(run.deleted == ["pi-3"])
  }

  // MARK: Failure policy

  private func policy(
    _ action: PodFailurePolicyAction, _ codes: [Int32],
    _ compare: PodFailurePolicyOnExitCodesOperator = .in, container: String? = nil
  ) -> PodFailurePolicy {
    var requirement = PodFailurePolicyOnExitCodesRequirement()
    (requirement.operator, requirement.values) = (compare, codes)
    requirement.containerName = container
    var rule = PodFailurePolicyRule()
    (rule.action, rule.onExitCodes) = (action, requirement)
    var policy = PodFailurePolicy()
    policy.rules = [rule]
    return policy
  }

  @Test func anExitCodeOfTheRuleFailsTheJobAtOnce() {
    let policy = policy(.failJob, [42])
    var run = JobRun { $0.spec.podFailurePolicy = policy }
    run.fail(exit: 42)
    run.sync()
    #expect(run.conditions == ["FailureTarget", "Failed"])
    #expect(
      run.status.condition(.failed)?.message
        == "Container app for pod default/pi-1 failed with exit code 42 "
        + "matching FailJob rule at index 0")
  }

  @Test func anIgnoredFailureIsNotCountedButStillDelaysItsSuccessor() {
    var pattern = PodFailurePolicyOnPodConditionsPattern()
    (pattern.type, pattern.status) = ("DisruptionTarget", .true)
    var rule = PodFailurePolicyRule()
    (rule.action, rule.onPodConditions) = (.ignore, [pattern])
    var policy = PodFailurePolicy()
    policy.rules = [rule]
    let ignoring = policy
    var run = JobRun { ($0.spec.podFailurePolicy, $0.spec.backoffLimit) = (ignoring, 0) }
    let key = run.add { $0.phase = .failed }
    run.runner.modify(Pod.self, key) {
      var condition = PodCondition()
      (condition.type, condition.status) = ("DisruptionTarget", .true)
      $0.status.conditions.append(condition)
    }
    run.edit { $0.status.active = 1 }
    run.sync()
    #expect(run.status.failed == 0)
    #expect(run.created == 0)
    run.runner.now += .seconds(10)
    run.sync()
    #expect(run.created == 1)
  }

  @Test func aRunningPodThatIsBeingDeletedIsNotJudged() {
    let policy = policy(.failJob, [42])
    var run = JobRun {
      ($0.spec.podFailurePolicy, $0.spec.podReplacementPolicy) = (policy, .failed)
    }
    run.add { $0.isLeaving = true }
    run.sync()
    #expect(run.conditions.isEmpty)
    #expect(run.created == 0)
  }

  @Test func notInNeverMatchesSuccess() {
    let pod = JobRun.pod(exits: ["app": 0])
    #expect(policy(.failJob, [1], .notIn).verdict(on: pod).failure == nil)
    let failed = JobRun.pod(exits: ["app": 2])
    #expect(policy(.failJob, [1], .notIn).verdict(on: failed).failure != nil)
  }

  @Test func aRuleOfOneContainerDoesNotLookAtOthers() {
    let pod = JobRun.pod(exits: ["app": 0, "log": 42])
    #expect(policy(.failJob, [42], container: "app").verdict(on: pod).failure == nil)
    #expect(policy(.failJob, [42], container: "log").verdict(on: pod).failure != nil)
  }

  @Test func whatNoRuleMatchesCounts() {
    let verdict = policy(.ignore, [42]).verdict(on: JobRun.pod(exits: ["app": 1]))
    #expect(verdict == PodFailurePolicy.Verdict(failure: nil, counts: true, action: nil))
  }

  @Test func failIndexGivesAnIndexUpWithoutAnotherTry() {
    var run = perIndex(5, policy(.failIndex, [3]))
    run.fail(index: 0, failures: 0, exit: 3)
    run.start(index: 1)
    run.start(index: 2)
    run.sync()
    #expect(run.status.failedIndexes == "0")
  }

  // MARK: Success policy

  private func whenZeroSucceeds() -> SuccessPolicy {
    var rule = SuccessPolicyRule()
    rule.succeededIndexes = "0"
    var policy = SuccessPolicy()
    policy.rules = [rule]
    return policy
  }

  @Test func enoughIndexesEndTheJobAndTheRestIsStoppedWithoutCounting() {
    var run = run(5, parallelism: 5) { $0.spec.successPolicy = whenZeroSucceeds() }
    run.succeed(index: 0)
    for index in 1..<5 { run.start(index: index) }
    run.sync()
    #expect(run.conditions == ["SuccessCriteriaMet"])
    #expect(run.status.condition(.successCriteriaMet)?.message == "Matched rules at index 0")
    #expect(run.deleted.count == 4)
    #expect(run.status.failed == 0)
    run.removeLeaving()
    run.sync()
    #expect(run.conditions == ["SuccessCriteriaMet", "Complete"])
    #expect(run.reason(.complete) == "SuccessPolicy")
    #expect(run.status.failed == 0)
  }

  @Test func aFailureThatFailsTheJobGoesBeforeTheSuccessPolicy() {
    let policy = policy(.failJob, [42])
    var run = run(5, parallelism: 5) {
      $0.spec.successPolicy = whenZeroSucceeds()
      $0.spec.podFailurePolicy = policy
    }
    run.succeed(index: 0)
    run.fail(index: 1, exit: 42)
    run.sync()
    #expect(run.reason(.failureTarget) == "PodFailurePolicy")
  }
}

extension JobRun {
  /// A failed pod whose containers ended with these codes.
  static func pod(exits: KeyValuePairs<String, Int32>) -> Pod {
    var pod = Pod()
    pod.status.phase = .failed
    pod.status.containerStatuses = exits.map { name, code in
      var status = ContainerStatus()
      status.name = name
      status.state.terminated = ContainerStateTerminated()
      status.state.terminated?.exitCode = code
      return status
    }
    return pod
  }
}
