import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@testable import KubeControllers

/// One look at a Deployment with sets of given sizes, one case after the other.
@Suite struct DeploymentEdgeCaseTests {
  /// A set that is there: how many pods it asks for, how many are available.
  private struct Held {
    var spec: Int32
    var available: Int32 = 0
    var replicas: Int32?
  }

  /// A Deployment and its sets after one look.
  private struct Outcome {
    var runner: PlanRunner
    var key: ObjectKey

    /// The sizes of the sets, in the order in which they were given; nil for one that is gone.
    func sizes(_ count: Int) -> [Int32?] {
      (0..<count).map { number in
        runner.objects(ReplicaSet.self).first { $0.metadata.name == "web-\(number)" }?.spec.replicas
      }
    }
    var deployment: Deployment? { runner.store[Deployment.self, key] }
  }

  /// One look at sets from the oldest to the newest; the last has the Deployment's template, unless
  /// nobody has it.
  ///
  /// - Parameter former: The size and the surge that the sets were last told of.
  private func look(
    replicas: Int32, surge: Int32 = 0, unavailable: Int32 = 0, _ sets: [Held],
    former: (desired: Int32, max: Int32?)? = nil, hasNew: Bool = true,
    _ change: (inout Deployment, inout [ReplicaSet]) -> Void = { _, _ in }
  ) -> Outcome {
    var deployment = makeDeployment(replicas: replicas, image: "app:new")
    deployment.spec.strategy.rollingUpdate?.maxSurge = .int(surge)
    deployment.spec.strategy.rollingUpdate?.maxUnavailable = .int(unavailable)
    var all = sets.enumerated().map { number, held in
      var set = makeReplicaSet("web-\(number)", replicas: held.spec)
      set.metadata.creationTimestamp = Timestamp(unixSeconds: 1_000 + Int64(number))
      set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
      set.metadata.annotations["deployment.kubernetes.io/revision"] = "\(number + 1)"
      if let former {
        set.metadata.annotations["deployment.kubernetes.io/desired-replicas"] = "\(former.desired)"
        set.metadata.annotations["deployment.kubernetes.io/max-replicas"] = former.max.map {
          "\($0)"
        }
      }
      let isNew = hasNew && number == sets.count - 1
      set.spec.template = makeTemplate(isNew ? "app:new" : "app:\(number)")
      set.status.replicas = held.replicas ?? held.spec
      set.status.readyReplicas = held.available
      set.status.availableReplicas = held.available
      set.status.observedGeneration = 1
      return set
    }
    change(&deployment, &all)
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    for set in all { runner.insert(set) }
    runner.look(DeploymentController(), at: key)
    return Outcome(runner: runner, key: key)
  }

  @Test(
    arguments: [
      (0, 10, 0, 0), (2, 10, 0, 2), (2, 5, 0, 7), (2, 10, 2, 2), (0, 0, 11, 10),
    ] as [(Int32, Int32, Int32, Int32)])
  func theNewSetGrowsAsFarAsTheSurgeAllows(
    surge: Int32, old: Int32, new: Int32, result: Int32
  ) {
    let outcome = look(
      replicas: 10, surge: surge,
      [Held(spec: old, available: old), Held(spec: new, available: new)])
    #expect(outcome.sizes(2)[1] == result)
  }

  @Test(arguments: [(0, 10, 9), (2, 10, 8), (2, 8, 8), (2, 9, 8)] as [(Int32, Int32, Int32)])
  func theOldSetShrinksByWhatMayBeUnavailable(
    unavailable: Int32, available: Int32, result: Int32
  ) {
    let outcome = look(
      replicas: 10, unavailable: unavailable,
      [Held(spec: 10, available: available), Held(spec: 0)])
    #expect(outcome.sizes(2)[0] == result)
  }

  @Test func newPodsThatAreNotAvailableUseTheBudgetUp() {
    let outcome = look(
      replicas: 10, unavailable: 2, [Held(spec: 8, available: 8), Held(spec: 2)])
    #expect(outcome.sizes(2) == [8, 2])
  }

  @Test func onlyTheBudgetOfUnhealthyPodsIsCleanedUp() {
    let one = look(replicas: 10, unavailable: 1, [Held(spec: 10, available: 8), Held(spec: 0)])
    #expect(one.sizes(2)[0] == 9)
    let none = look(replicas: 10, unavailable: 1, [Held(spec: 9, available: 7), Held(spec: 0)])
    #expect(none.sizes(2)[0] == 9)
  }

  @Test func withoutAvailablePodsToSpareNothingShrinks() {
    let outcome = look(
      replicas: 10, unavailable: 2, [Held(spec: 8, available: 8), Held(spec: 2, available: 0)])
    #expect(outcome.sizes(2)[0] == 8)
    let over = look(
      replicas: 10, unavailable: 2, [Held(spec: 0), Held(spec: 10, available: 10)])
    #expect(over.sizes(2) == [0, 10])
  }

  @Test(arguments: [
    ("39%", "39%", 10, 4, 3), ("0", "0", 10, 0, 1), ("25%", "25%", 1, 1, 0),
  ])
  func percentagesOfSurgeGoUpAndThoseOfUnavailableDown(
    surge: String, unavailable: String, desired: Int, most: Int, least: Int
  ) throws {
    func amount(_ text: String) -> IntOrString { Int32(text).map { .int($0) } ?? .string(text) }
    let limits = try RolloutLimits(
      maxSurge: amount(surge), maxUnavailable: amount(unavailable), desired: desired)
    #expect(limits.surge == most)
    #expect(limits.unavailable == least)
  }

  @Test(
    arguments: [
      ([2, 3], 5, 10, [4, 6]), ([2, 3], 5, 3, [1, 2]), ([8, 1], 9, 4, [4, 0]),
      ([2, 3, 2], 7, 10, [3, 4, 3]), ([2, 8, 3], 13, 8, [1, 5, 2]),
      ([1, 1, 1], 3, 4, [1, 1, 2]), ([1, 1, 1], 3, 2, [0, 1, 1]),
    ] as [([Int32], Int32, Int32, [Int32])])
  func aNewSizeIsSharedInProportion(
    sizes: [Int32], from: Int32, to wanted: Int32, result: [Int32]
  ) {
    let outcome = look(
      replicas: wanted, unavailable: 1, sizes.map { Held(spec: $0) }, former: (from, from))
    #expect(outcome.sizes(sizes.count) == result.map(Optional.some))
  }

  @Test func theSurgeIsSharedToo() {
    let even = look(
      replicas: 20, surge: 2, [Held(spec: 6), Held(spec: 6)], former: (10, 12))
    #expect(even.sizes(2) == [11, 11])
    let uneven = look(
      replicas: 50, surge: 6, [Held(spec: 5), Held(spec: 8)], former: (10, 13))
    #expect(uneven.sizes(2) == [22, 34])
  }

  @Test func whilePausedTheNewestSetTakesWhatIsLeft() {
    let more = look(
      replicas: 5, [Held(spec: 2), Held(spec: 2)], former: (4, 4), hasNew: false
    ) { deployment, _ in deployment.spec.paused = true }
    #expect(more.sizes(2) == [2, 3])
    let none = look(
      replicas: 0, [Held(spec: 3), Held(spec: 3)], former: (6, 6), hasNew: false
    ) { deployment, _ in deployment.spec.paused = true }
    #expect(none.sizes(2) == [0, 0])
    let back = look(
      replicas: 6, [Held(spec: 0), Held(spec: 0)], former: (0, 0), hasNew: false
    ) { deployment, _ in deployment.spec.paused = true }
    #expect(back.sizes(2) == [0, 6])
  }

  @Test func aNewSizeComesBeforeANewTemplate() {
    let outcome = look(
      replicas: 6, [Held(spec: 4, available: 4)], former: (4, 4), hasNew: false)
    #expect(outcome.sizes(1) == [6])
    #expect(outcome.runner.objects(ReplicaSet.self).count == 1)
  }

  @Test func aFullSetThatIsNotAvailableLeavesTheOldOneAlone() {
    let outcome = look(
      replicas: 10, surge: 2, [Held(spec: 2, available: 2), Held(spec: 10, available: 9)],
      former: (10, 12)
    ) { deployment, _ in deployment.spec.paused = true }
    #expect(outcome.sizes(2) == [2, 10])
  }

  @Test func theOldestRevisionsAboveTheLimitGo() {
    let empty = Held(spec: 0)
    func clean(
      limit: Int32, _ sets: [Held], _ change: (inout [ReplicaSet]) -> Void = { _ in }
    ) -> [Int32?] {
      look(replicas: 1, sets + [Held(spec: 1, available: 1)]) { deployment, all in
        deployment.spec.revisionHistoryLimit = limit
        deployment.spec.paused = true
        change(&all)
      }.sizes(sets.count)
    }
    #expect(clean(limit: 1, [empty, empty, empty]) == [nil, nil, 0])
    let mixed = [
      Held(spec: 0, replicas: 0), Held(spec: 0, replicas: 1), Held(spec: 1, replicas: 0),
      Held(spec: 1, replicas: 1),
    ]
    #expect(clean(limit: 0, mixed).filter { $0 == nil }.count == 1)
    let going = clean(limit: 1, [empty, empty]) {
      $0[0].metadata.deletionTimestamp = Timestamp(unixSeconds: 2_000)
    }
    #expect(going == [0, 0], "a set that is being deleted does not count")
    let renumbered = clean(limit: 1, [empty, empty]) {
      $0[0].metadata.annotations["deployment.kubernetes.io/revision"] = "9"
    }
    #expect(renumbered == [0, nil], "the revision counts, not the age")
  }

  @Test func progressAfterTheDeadlineIsProgressAgain() {
    let outcome = look(
      replicas: 2, surge: 0, unavailable: 2, [Held(spec: 2, available: 1)]
    ) { deployment, _ in
      var late = DeploymentCondition()
      late.type = .progressing
      late.status = .false
      late.reason = "ProgressDeadlineExceeded"
      late.lastTransitionTime = Timestamp(unixSeconds: 5_000)
      late.lastUpdateTime = late.lastTransitionTime
      deployment.status.conditions = [late]
      deployment.status.replicas = 2
      deployment.status.updatedReplicas = 2
    }
    let progressing = outcome.deployment?.status.conditions[.progressing]
    #expect(progressing?.status == .true)
    #expect(progressing?.reason == "ReplicaSetUpdated")
    #expect(progressing?.lastTransitionTime == Timestamp("2026-06-01T12:00:00Z"))
  }

  @Test func aDeploymentThatIsBeingDeletedOnlyReports() {
    let outcome = look(replicas: 5, [Held(spec: 2, available: 2)]) { deployment, _ in
      deployment.metadata.deletionTimestamp = Timestamp(unixSeconds: 5_000)
    }
    #expect(outcome.sizes(1) == [2])
    #expect(outcome.runner.actions.allSatisfy { $0.subresource == "status" })
    #expect(outcome.runner.actions.allSatisfy { $0.resource == "deployments" })
    #expect(outcome.deployment?.status.replicas == 2)
  }

  @Test func theHashAloneMakesNoOtherTemplateButALabelAndAnImageDo() {
    func sets(_ change: (inout PodTemplateSpec) -> Void) -> Int {
      look(replicas: 1, surge: 1, [Held(spec: 1, available: 1)]) { _, all in
        change(&all[0].spec.template)
      }.runner.objects(ReplicaSet.self).count
    }
    #expect(sets { $0.metadata.labels["pod-template-hash"] = "abc" } == 1)
    #expect(sets { $0.metadata.labels["tier"] = "front" } == 2)
    #expect(sets { $0.spec.containers[0].image = "app:2" } == 2)
  }

  @Test func aRolloverCleansTheUnavailablePodsOfTheMiddleSetFirst() {
    let outcome = look(
      replicas: 4, surge: 1, unavailable: 1,
      [Held(spec: 3, available: 3), Held(spec: 2, available: 0), Held(spec: 0)])
    #expect(outcome.sizes(3) == [3, 0, 0])
  }

  @Test func aFailureOfASetShowsOnTheDeployment() {
    let outcome = look(replicas: 2, [Held(spec: 2, available: 1)]) { _, all in
      var failure = ReplicaSetCondition()
      failure.type = .replicaFailure
      failure.status = .true
      failure.reason = "FailedCreate"
      failure.message = "exceeded quota"
      all[0].status.conditions = [failure]
    }
    let condition = outcome.deployment?.status.conditions[.replicaFailure]
    #expect(condition?.status == .true)
    #expect(condition?.reason == "FailedCreate")
    #expect(condition?.message == "exceeded quota")
  }

  @Test func minReadySecondsAreCopiedWithoutARollout() {
    let outcome = look(replicas: 2, [Held(spec: 2, available: 2)]) { deployment, _ in
      deployment.spec.minReadySeconds = 7
    }
    #expect(outcome.runner.objects(ReplicaSet.self).map(\.spec.minReadySeconds) == [7])
    #expect(outcome.runner.events.isEmpty)
  }

  @Test func withoutTheNoteOfTheFormerSizeTheStatusCounts() {
    let outcome = look(
      replicas: 10, unavailable: 1, [Held(spec: 2), Held(spec: 3)], former: (5, nil)
    ) { deployment, _ in deployment.status.replicas = 5 }
    #expect(outcome.sizes(2) == [4, 6])
    let unknown = look(
      replicas: 10, unavailable: 1, [Held(spec: 2), Held(spec: 3)], former: (5, nil))
    #expect(unknown.sizes(2) == [2, 8], "what is left goes to the largest")
  }
}
