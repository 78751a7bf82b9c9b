import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("Edge cases of Jobs") struct JobEdgeCaseTests {
  // MARK: Refusals

  @Test func aRefusedCreationLeavesTheNumberOfActivePodsAndIsRetried() {
    var run = JobRun { ($0.spec.parallelism, $0.spec.completions) = (2, 3) }
    run.start()
    run.runner.refuse = { write in
      if case .create = write.action { return .forbidden(Pod.resource, "pi-", "no") }
      return nil
    }
    run.sync()
    #expect(run.status.active == 1)
    #expect(run.runner.retries)
    #expect(
      run.runner.events == ["Warning FailedCreate Error creating: pods \"pi-\" is forbidden: no"])
  }

  @Test func aRefusedDeletionOfALeftoverPutsTheEndOff() {
    var run = JobRun {
      ($0.spec.parallelism, $0.spec.completions, $0.spec.backoffLimit) = (2, 2, 0)
    }
    run.fail()
    run.start()
    run.runner.refuse = { write in
      if case .delete = write.action { return .forbidden(Pod.resource, "pi-2", "no") }
      return nil
    }
    run.sync()
    #expect(run.conditions.isEmpty)
    #expect(run.status.active == 1)
    #expect(run.runner.retries)
    run.runner.refuse = { _ in nil }
    run.sync()
    #expect(run.conditions == ["FailureTarget"])
  }

  // MARK: Surplus

  @Test func pendingPodsGoBeforeUnreadyOnesAndThoseBeforeReadyOnes() {
    var run = JobRun { ($0.spec.parallelism, $0.spec.completions) = (1, 9) }
    run.add { $0.isReady = true }
    run.add()
    run.add { $0.phase = .pending }
    run.sync()
    #expect(run.deleted == ["pi-2", "pi-3"])
    run.edit { $0.spec.parallelism = 0 }
    run.removeLeaving()
    run.sync()
    #expect(run.deleted == ["pi-1"])
  }

  @Test func aSurplusPodLosesItsFinalizerBeforeItIsDeleted() {
    var run = JobRun { ($0.spec.parallelism, $0.spec.completions) = (0, 1) }
    run.start()
    run.sync()
    #expect(run.runner.actions.prefix(2).map(\.verb) == [.update, .delete])
    #expect(run.pods.isEmpty)
  }

  @Test func noPodIsMadeInALookThatDeletesOne() {
    var run = JobRun { $0.makeIndexed(5, parallelism: 3) }
    run.start(index: 2)
    run.start(index: 2)
    run.sync()
    #expect(run.deleted.count == 1)
    #expect(run.created == 0)
    run.removeLeaving()
    run.sync()
    #expect(run.createdIndexes == [0, 1])
  }

  // MARK: Limits

  @Test func restartsOfAllContainersOfPendingAndRunningPodsCountTogether() {
    func fails(_ phases: [PodPhase], limit: Int32) -> Bool {
      var run = JobRun {
        ($0.spec.parallelism, $0.spec.completions, $0.spec.backoffLimit) = (3, 3, limit)
        $0.spec.template.spec.restartPolicy = .onFailure
      }
      for phase in phases {
        let key = run.add { ($0.phase, $0.restarts) = (phase, 1) }
        run.runner.modify(Pod.self, key) {
          var status = ContainerStatus()
          (status.name, status.restartCount) = ("setup", 2)
          $0.status.initContainerStatuses = [status]
        }
      }
      run.sync()
      return run.conditions.contains("FailureTarget")
    }
    #expect(fails([.running, .pending], limit: 6))
    #expect(!fails([.running, .pending], limit: 7))
    #expect(!fails([.running, .succeeded], limit: 6))
  }

  @Test func aDeadlineBroughtForwardIsWaitedForAnew() {
    var run = JobRun { $0.spec.activeDeadlineSeconds = 100 }
    run.start()
    run.sync()
    #expect(run.wakes == [100])
    run.edit { $0.spec.activeDeadlineSeconds = 30 }
    run.sync()
    #expect(run.wakes == [30])
  }

  @Test func aResumedJobHasItsWholeDeadlineAgain() {
    var run = JobRun { $0.spec.activeDeadlineSeconds = 10 }
    run.sync()
    run.runner.now += .seconds(8)
    run.edit { $0.spec.suspend = true }
    run.sync()
    run.removeLeaving()
    run.runner.now += .seconds(100)
    run.edit { $0.spec.suspend = false }
    run.sync()
    run.runner.now += .seconds(9)
    run.sync()
    #expect(!run.conditions.contains("FailureTarget"))
    #expect(run.wakes == [1])
  }

  @Test func anInterimConditionOfAnEarlierLookDecidesHowTheJobEnds() {
    var run = JobRun { $0.spec.backoffLimit = 6 }
    let time = run.time
    run.edit {
      $0.status.startTime = time
      $0.status.conditions = [JobCondition(.failureTarget, "PodFailurePolicy", "why", at: time)]
    }
    run.succeed()
    run.sync()
    #expect(run.conditions == ["FailureTarget", "Failed"])
    #expect(run.status.condition(.failed)?.message == "why")
    #expect(run.events == ["Warning PodFailurePolicy why"])
    #expect(run.status.completionTime == nil)
  }

  @Test func failuresOfIndexesKeepTheJobsOwnLimitWhenItHasOne() {
    var run = JobRun {
      $0.makeIndexed(4, parallelism: 4)
      ($0.spec.backoffLimit, $0.spec.backoffLimitPerIndex) = (1, 5)
    }
    for index in 0..<2 { run.fail(index: index, failures: 0) }
    run.sync()
    #expect(run.reason(.failed) == "BackoffLimitExceeded")
  }

  // MARK: Policies

  private func requirement(
    _ compare: PodFailurePolicyOnExitCodesOperator, _ codes: [Int32]
  ) -> PodFailurePolicyOnExitCodesRequirement {
    var requirement = PodFailurePolicyOnExitCodesRequirement()
    (requirement.operator, requirement.values) = (compare, codes)
    return requirement
  }

  private func policy(_ rules: [(inout PodFailurePolicyRule) -> Void]) -> PodFailurePolicy {
    var policy = PodFailurePolicy()
    policy.rules = rules.map { fill in
      var rule = PodFailurePolicyRule()
      fill(&rule)
      return rule
    }
    return policy
  }

  private func pattern(
    _ type: PodConditionType, _ status: ConditionStatus
  ) -> [PodFailurePolicyOnPodConditionsPattern] {
    var pattern = PodFailurePolicyOnPodConditionsPattern()
    (pattern.type, pattern.status) = (type, status)
    return [pattern]
  }

  @Test func theFirstRuleThatMatchesDecides() {
    let policy = policy([
      { ($0.action, $0.onExitCodes) = (.count, requirement(.in, [42])) },
      { ($0.action, $0.onExitCodes) = (.failJob, requirement(.notIn, [1])) },
    ])
    #expect(policy.verdict(on: JobRun.pod(exits: ["app": 42])).action == .count)
    #expect(policy.verdict(on: JobRun.pod(exits: ["app": 42])).failure == nil)
    #expect(policy.verdict(on: JobRun.pod(exits: ["app": 3])).action == .failJob)
    #expect(policy.verdict(on: JobRun.pod(exits: ["app": 1])).action == nil)
  }

  @Test func aConditionOfARuleMustHaveItsStatusToo() {
    let policy = policy([
      { ($0.action, $0.onPodConditions) = (.failJob, pattern("Custom", .false)) }
    ])
    var pod = JobRun.pod(exits: ["app": 1])
    (pod.metadata.name, pod.metadata.namespace) = ("pi-1", "default")
    pod.status.conditions = [PodCondition(type: "Custom", status: .true)]
    #expect(policy.verdict(on: pod).failure == nil)
    pod.status.conditions = [PodCondition(type: "Custom", status: .false)]
    #expect(
      policy.verdict(on: pod).failure
        == "Pod default/pi-1 has condition Custom matching FailJob rule at index 0")
  }

  @Test func exitCodesOfInitContainersCountAfterThoseOfContainers() {
    let policy = policy([
      { ($0.action, $0.onExitCodes) = (.failJob, requirement(.in, [5, 6])) }
    ])
    var pod = JobRun.pod(exits: ["app": 5])
    (pod.metadata.name, pod.metadata.namespace) = ("pi-1", "default")
    pod.status.initContainerStatuses = JobRun.pod(exits: ["setup": 6]).status.containerStatuses
    #expect(policy.verdict(on: pod).failure?.hasPrefix("Container app for pod ") == true)
    pod.status.containerStatuses = []
    #expect(
      policy.verdict(on: pod).failure?.hasPrefix(
        "Container setup for pod default/pi-1 failed with exit code 6") == true)
  }

  @Test func anIgnoredFailureOfAnIndexIsNotedOnItsSuccessorAndLengthensTheWait() {
    let ignoring = policy([
      { ($0.action, $0.onExitCodes) = (.ignore, requirement(.in, [7])) }
    ])
    var run = JobRun {
      $0.makeIndexed(2, parallelism: 1)
      ($0.spec.backoffLimit, $0.spec.backoffLimitPerIndex) = (.max, 0)
      $0.spec.podFailurePolicy = ignoring
    }
    run.fail(index: 0, failures: 0, exit: 7)
    run.sync()
    #expect(run.wakes == [10])
    run.runner.now += .seconds(10)
    run.sync()
    let successor = run.pods.map(\.1).last { $0.metadata.labels[JobPod.indexKey] == "0" }
    #expect(successor?.metadata.annotations[JobPod.failuresKey] == "0")
    #expect(successor?.metadata.annotations[JobPod.ignoredFailuresKey] == "1")
    #expect(run.status.failed == 0)
    #expect(run.status.failedIndexes == "")
  }

  private func successRule(_ indexes: String?, _ count: Int32?) -> SuccessPolicy {
    var rule = SuccessPolicyRule()
    (rule.succeededIndexes, rule.succeededCount) = (indexes, count)
    var policy = SuccessPolicy()
    policy.rules = [rule]
    return policy
  }

  @Test func aSuccessPolicyWantsAllItsIndexesOrANumberOrANumberOfThem() {
    func met(_ policy: SuccessPolicy, _ indexes: Int...) -> Bool {
      policy.match(CompletionIndexes(indexes), completions: 10) != nil
    }
    let all = successRule("0,2-3", nil)
    #expect(met(all, 0, 2, 3, 5))
    #expect(!met(all, 0, 2, 5))
    let number = successRule(nil, 2)
    #expect(met(number, 7, 9))
    #expect(!met(number, 7))
    let numberOf = successRule("0-4", 2)
    #expect(met(numberOf, 1, 4))
    #expect(!met(numberOf, 1, 7, 8))
  }

  @Test func aSuccessPolicyNamesTheFirstRuleThatIsMet() {
    var policy = successRule("5", nil)
    policy.rules += successRule(nil, 1).rules + successRule("0", nil).rules
    #expect(
      policy.match(CompletionIndexes([0]), completions: 10) == "Matched rules at index 1")
  }

  // MARK: Indexes

  @Test(arguments: [
    ([1, 3, 4, 5, 7], "1,3-5,7"), ([0, 1], "0,1"), ([0, 1, 2], "0-2"), ([], ""), ([4], "4"),
    ([0, 1, 3, 4], "0,1,3,4"),
  ])
  func runsOfThreeIndexesAreWrittenAsARange(indexes: [Int], text: String) {
    #expect("\(CompletionIndexes(indexes))" == text)
    #expect(CompletionIndexes(text, below: 10) == CompletionIndexes(indexes))
  }

  @Test func aJobThatGrowsGoesOnWithTheIndexesBeyond() {
    var run = JobRun { $0.makeIndexed(2, parallelism: 2) }
    run.succeed(index: 0)
    run.start(index: 1)
    run.sync()
    run.edit { ($0.spec.completions, $0.spec.parallelism) = (4, 4) }
    run.sync()
    #expect(run.createdIndexes == [2, 3])
    #expect(run.status.completedIndexes == "0")
  }

  // MARK: TTL

  @Test func anExpiredJobIsDeletedPodsFirstAndOnlyItself() throws {
    var run = JobRun { $0.spec.ttlSecondsAfterFinished = 0 }
    let end = run.time
    run.edit { $0.status.conditions = [JobCondition(.failed, "", "", at: end)] }
    let plan = TTLAfterFinishedController().reconcile(run.key, in: run.runner.snapshot)
    guard case .delete(_, let options) = try #require(plan.writes.first).action else {
      Issue.record("it is not deleted")
      return
    }
    #expect(options.propagationPolicy == .foreground)
    #expect(options.preconditions?.uid == UID("job"))
  }

  @Test func aJobOfAnotherManagerExpiresTooAndOneBeingDeletedDoesNot() {
    func deletions(_ change: (inout Job) -> Void) -> Int {
      var run = JobRun { $0.spec.ttlSecondsAfterFinished = 0 }
      let end = run.time
      run.edit {
        $0.status.conditions = [JobCondition(.complete, "", "", at: end)]
        change(&$0)
      }
      return TTLAfterFinishedController().reconcile(run.key, in: run.runner.snapshot).writes.count
    }
    #expect(deletions { $0.spec.managedBy = "acme.io/jobs" } == 1)
    #expect(deletions { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 0) } == 0)
  }
}
