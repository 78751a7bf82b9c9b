import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

@Suite("A Job's numbers of pods") struct JobCountingTests {
  private func run(
    _ parallelism: Int32, of completions: Int32?, _ change: (inout Job) -> Void = { _ in }
  ) -> JobRun {
    JobRun {
      ($0.spec.parallelism, $0.spec.completions) = (parallelism, completions)
      change(&$0)
    }
  }

  @Test func figuresAreNumbersAndWords() {
    let all = String.figures((2, "active"), (0, "succeeded"), (1, "failed"))
    #expect(all == "2 active, 0 succeeded, 1 failed")
    let ends = String.figures((.max, "succeeded"), (.min, "failed"))
    #expect(ends == "2147483647 succeeded, -2147483648 failed")
    #expect(String.figures((10, "active")) == "10 active")
  }

  @Test(arguments: [5, nil] as [Int32?])
  func aNewJobStartsAsManyPodsAsItsParallelism(completions: Int32?) {
    var run = run(2, of: completions)
    run.sync()
    #expect(run.created == 2)
    #expect(run.status.active == 2)
    #expect(run.status.startTime == run.time)
    #expect(run.status.uncountedTerminatedPods == UncountedTerminatedPods())
  }

  @Test func ofAHundredPodsTheQuotaTakesTenAndTheRestIsRetried() {
    var run = run(100, of: 200)
    let quota = Counter()
    run.runner.refuse = { write in
      guard case .create = write.action else { return nil }
      quota.count += 1
      return quota.count > 10 ? .forbidden(Pod.resource, "pi-", "exceeded quota") : nil
    }
    run.sync()
    #expect(run.created == 10)
    #expect(run.status.active == 10)
    #expect(run.runner.retries)
  }

  @Test func aSuccessIsMadeUpForByTheNextPod() {
    var run = run(2, of: 5)
    run.start()
    run.succeed()
    run.sync()
    #expect(run.created == 1)
    #expect(run.status.succeeded == 1)
  }

  @Test func noMorePodsRunThanAreStillNeeded() {
    var run = run(3, of: 4)
    run.start(3)
    run.succeed()
    run.succeed()
    run.sync()
    #expect(run.deleted.count == 1)
    #expect(run.status.active == 2)
  }

  @Test func aSmallerParallelismDeletesPodsWithoutCountingThem() {
    var run = run(2, of: 20)
    run.start(10)
    run.sync()
    #expect(run.deleted.count == 8)
    #expect(run.status.failed == 0)
  }

  @Test func withoutCompletionsASuccessStartsNothingMore() {
    var run = run(2, of: nil)
    run.start()
    run.succeed()
    run.sync()
    #expect(run.created == 0)
    #expect(run.conditions.isEmpty)
  }

  @Test func withoutCompletionsOneSuccessIsEnoughOnceAllAreOver() {
    var run = run(2, of: nil)
    run.fail()
    run.succeed()
    run.sync()
    #expect(run.conditions == ["SuccessCriteriaMet", "Complete"])
    #expect(run.status.failed == 1)
  }

  @Test func parallelismZeroDeletesWhatRunsAndStartsNothing() {
    var run = run(0, of: 3)
    run.start(2)
    run.sync()
    #expect(run.deleted.count == 2)
    #expect(run.created == 0)
  }

  @Test func theLastSuccessEndsTheJobInOneLook() {
    var run = run(5, of: 5)
    for _ in 0..<5 { run.succeed() }
    run.sync()
    #expect(run.conditions == ["SuccessCriteriaMet", "Complete"])
    #expect(run.reason(.complete) == "CompletionsReached")
    #expect(run.status.completionTime == run.time)
    #expect(run.events == ["Normal Completed Job completed"])
    #expect(run.status.uncountedTerminatedPods == UncountedTerminatedPods())
    #expect(run.pods.allSatisfy { $0.1.metadata.finalizers.isEmpty })
  }

  @Test(arguments: [PodReplacementPolicy.terminatingOrFailed, .failed])
  func aPodThatIsBeingDeletedCountsAsFailedUnlessThePolicyWaitsForItsEnd(
    policy: PodReplacementPolicy
  ) {
    var run = run(1, of: 1) { $0.spec.podReplacementPolicy = policy }
    run.start()
    run.fail()
    run.add { $0.isLeaving = true }
    run.sync()
    #expect(run.status.failed == (policy == .failed ? 1 : 2))
    #expect(run.status.terminating == 1)
  }

  @Test func whatTheLookItselfDeletesCountsAsTerminating() {
    var run = run(1, of: 1)
    run.add(4) { ($0.isLeaving, $0.isTracked) = (true, false) }
    run.start(2)
    run.sync()
    #expect(run.deleted.count == 1)
    #expect(run.status.terminating == 5)
  }

  @Test func tooManySuccessesAreSaidBeforeTheEnd() {
    var run = run(1, of: 5)
    for _ in 0..<6 { run.succeed() }
    run.sync()
    #expect(
      run.events == [
        "Warning TooManySucceededPods Too many succeeded pods running after completion count "
          + "reached",
        "Normal Completed Job completed",
      ])
  }

  @Test func aRefusedFinalizerRemovalLeavesThePodUncountedForTheNextLook() {
    var run = run(1, of: 2)
    run.succeed()
    run.runner.refuse = { write in
      if case .update = write.action { return .conflict(Pod.resource, "pi-1", "changed") }
      return nil
    }
    run.sync()
    #expect(run.status.succeeded == 0)
    #expect(run.status.uncountedTerminatedPods?.succeeded.count == 1)
    #expect(run.runner.retries)
    run.runner.refuse = { _ in nil }
    run.sync()
    #expect(run.status.succeeded == 1)
    #expect(run.status.uncountedTerminatedPods == UncountedTerminatedPods())
  }

  @Test func aJobThatIsBeingDeletedStartsAndDeletesNothingButStillCounts() {
    var run = run(3, of: 3) { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 0) }
    run.start()
    run.add { $0.phase = .pending }
    run.fail()
    run.sync()
    #expect(run.created == 0)
    #expect(run.deleted.isEmpty)
    #expect(run.status.failed == 1)
  }

  @Test func anOrphanThatMatchesIsAdoptedAndGetsTheFinalizer() throws {
    var run = run(1, of: 1)
    let key = run.add { $0.isTracked = false }
    run.runner.modify(Pod.self, key) { $0.metadata.ownerReferences = [] }
    run.sync()
    let pod = try #require(run.runner.store[Pod.self, key])
    #expect(pod.metadata.finalizers == [Job.trackingFinalizer])
    #expect(pod.metadata.isControlled(by: UID("job")))
    #expect(run.created == 0)
  }

  @Test func aPodThatDoesNotMatchAnyMoreIsReleasedWithoutTheFinalizer() throws {
    var run = run(1, of: 1)
    let key = run.add()
    run.runner.modify(Pod.self, key) { $0.metadata.labels = [:] }
    run.sync()
    let pod = try #require(run.runner.store[Pod.self, key])
    #expect(pod.metadata.ownerReferences.isEmpty)
    #expect(pod.metadata.finalizers.isEmpty)
    #expect(run.created == 1)
  }

  @Test func thePodOfAJobThatIsGoneLosesTheFinalizer() throws {
    var run = run(1, of: 1)
    let key = run.add()
    var deletion = Plan()
    deletion.delete(run.key, because: "test")
    run.runner.run(deletion)
    run.runner.run(run.controller.reconcile(key, in: run.runner.snapshot))
    #expect(run.runner.store[Pod.self, key]?.metadata.finalizers.isEmpty == true)
  }

  @Test func anotherControllersJobIsLeftAlone() {
    var run = run(2, of: 2) { $0.spec.managedBy = "acme.io/jobs" }
    let key = run.add { $0.phase = .failed }
    run.sync()
    #expect(run.runner.actions.isEmpty)
    run.runner.run(run.controller.reconcile(key, in: run.runner.snapshot))
    #expect(run.runner.actions.isEmpty)
  }

  @Test func podsOfAFormerJobOfTheNameAreNotItsOwn() {
    var run = run(1, of: 1)
    run.add(2) { $0.phase = .succeeded }
    for (key, _) in run.pods {
      run.runner.modify(Pod.self, key) { $0.metadata.ownerReferences[0].uid = UID("former") }
    }
    run.sync()
    #expect(run.status.succeeded == 0)
    #expect(run.created == 1)
  }

  @Test func anUnknownCompletionModeIsSaidAndNothingIsDone() {
    var run = run(1, of: 1) { $0.spec.completionMode = CompletionMode(rawValue: "Random") }
    run.sync()
    #expect(run.created == 0)
    #expect(
      run.events == [
        "Warning UnknownCompletionMode Skipped Job sync because completion mode is unknown"
      ])
  }
}

private final class Counter {
  var count = 0
}
