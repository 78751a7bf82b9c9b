import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct ReplicaSetControllerTests {
  private let controller = ReplicaSetController()

  private func runner(_ set: ReplicaSet, _ pods: [Pod]) -> (PlanRunner, ObjectKey) {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(set)
    for pod in pods { runner.insert(pod) }
    return (runner, key)
  }

  private func status(_ runner: PlanRunner, _ key: ObjectKey) -> ReplicaSetStatus? {
    runner.store[ReplicaSet.self, key]?.status
  }

  @Test func aFailedPodIsReplacedAndStays() {
    let set = makeReplicaSet(replicas: 2)
    var (runner, key) = runner(set, [makePod("a", of: set), makePod("b", of: set, phase: .failed)])
    runner.look(controller, at: key)
    #expect(runner.names(.create, "pods").count == 1)
    #expect(runner.names(.delete, "pods").isEmpty)
    #expect(status(runner, key)?.replicas == 1, "the status shows what was there before")
    runner.look(controller, at: key)
    #expect(status(runner, key)?.replicas == 2)
    #expect(runner.names(.create, "pods").count == 1)
  }

  @Test func aPodThatIsBeingDeletedIsReplacedAtOnce() {
    let set = makeReplicaSet(replicas: 1)
    var dying = makePod("a", of: set)
    dying.metadata.deletionTimestamp = Timestamp("2026-06-01T12:00:30Z")
    var (runner, key) = runner(set, [dying])
    runner.look(controller, at: key)
    #expect(runner.names(.create, "pods").count == 1)
    #expect(status(runner, key)?.terminatingReplicas == 1)
    let pod = runner.store.key(Pod.self, "default", "a")
    runner.modify(Pod.self, pod ?? .cluster) { $0.status.phase = .failed }
    runner.look(controller, at: key)
    #expect(status(runner, key)?.terminatingReplicas == 0)
  }

  @Test func aSettledSetIsLeftAlone() {
    let set = makeReplicaSet(replicas: 1)
    var (runner, key) = runner(set, [makePod("a", of: set)])
    runner.look(controller, at: key)
    runner.forget()
    #expect(controller.reconcile(key, in: runner.snapshot).isEmpty)
  }

  @Test func aSetThatIsBeingDeletedOnlyReports() {
    var set = makeReplicaSet(replicas: 3)
    set.metadata.deletionTimestamp = Timestamp("2026-06-01T12:00:00Z")
    var orphan = makePod("orphan", of: set)
    orphan.metadata.ownerReferences = []
    var (runner, key) = runner(set, [makePod("a", of: set), orphan])
    runner.look(controller, at: key)
    #expect(runner.actions.map(\.subresource) == ["status"])
    #expect(status(runner, key)?.replicas == 1)
  }

  @Test func atMost500PodsAreCreatedOrDeletedInOneLook() {
    let set = makeReplicaSet(replicas: 600)
    var (runner, key) = runner(set, [])
    runner.look(controller, at: key)
    #expect(runner.names(.create, "pods").count == 500)
    runner.look(controller, at: key)
    #expect(runner.names(.create, "pods").count == 600)
    runner.modify(ReplicaSet.self, key) { $0.spec.replicas = 1 }
    runner.look(controller, at: key)
    #expect(runner.names(.delete, "pods").count == 500)
  }

  @Test func aRefusedCreationIsReportedOnceAndTriedAgain() throws {
    var (runner, key) = runner(makeReplicaSet(replicas: 100), [])
    runner.refuse = { [box = Box(10)] write in
      guard case .create = write.action else { return nil }
      box.value -= 1
      return box.value < 0 ? .forbidden(Pod.resource, "web-1-", "exceeded quota") : nil
    }
    runner.look(controller, at: key)
    #expect(runner.names(.create, "pods").count == 10)
    #expect(runner.errors.count == 5, "1 + 2 + 4 + 8 attempts")
    #expect(runner.retries)
    let failure = try #require(status(runner, key)?.conditions.first)
    #expect(failure.reason == "FailedCreate")
    #expect(failure.message == "pods \"web-1-\" is forbidden: exceeded quota")
    runner.now = .zero + .seconds(60)
    runner.look(controller, at: key)
    #expect(status(runner, key)?.conditions == [failure], "it is not written anew")
    runner.refuse = { _ in nil }
    runner.look(controller, at: key)
    #expect(status(runner, key)?.conditions == [])
  }

  @Test func aRefusedDeletionIsReported() {
    let set = makeReplicaSet(replicas: 1)
    var (runner, key) = runner(set, ["a", "b", "c"].map { makePod($0, of: set) })
    runner.refuse = { write in
      if case .delete = write.action { .forbidden(Pod.resource, "a", "no") } else { nil }
    }
    runner.look(controller, at: key)
    #expect(runner.errors.count == 2, "all are tried")
    #expect(status(runner, key)?.conditions.first?.reason == "FailedDelete")
    #expect(runner.retries)
  }

  @Test func aReadyPodIsLookedAtWhenItsWaitIsOver() {
    var set = makeReplicaSet(replicas: 3)
    set.spec.minReadySeconds = 5
    let pods = ["12:00:00", "11:59:58", "11:59:56"].map {
      makePod("at-" + $0, of: set, readySince: "2026-06-01T\($0)Z")
    }
    var (runner, key) = runner(set, pods)
    runner.now = .zero + .milliseconds(300)
    runner.look(controller, at: key)
    #expect(status(runner, key)?.readyReplicas == 3)
    #expect(status(runner, key)?.availableReplicas == 0)
    #expect(runner.wakes.map(\.time) == [runner.now + .milliseconds(700)])
    runner.forget()
    runner.now = .zero + .seconds(5)
    runner.look(controller, at: key)
    #expect(status(runner, key)?.availableReplicas == 3)
    #expect(runner.wakes.isEmpty)
  }

  @Test func withoutAKnownReadyTimeTheWholeWaitIsWaited() {
    var set = makeReplicaSet(replicas: 1)
    set.spec.minReadySeconds = 30
    var pod = makePod("a", of: set)
    pod.status.conditions = [PodCondition(type: .ready, status: .true)]
    var (runner, key) = runner(set, [pod])
    runner.look(controller, at: key)
    #expect(runner.wakes.map(\.time) == [.zero + .seconds(30)])
  }

  /// The numbers come from a tally while all pods have the template's labels, else from a walk.
  @Test func numbersAreTheSameByTallyAndByWalk() {
    let set = makeReplicaSet(replicas: 5)
    var pods = ["a", "b", "c"].map { makePod($0, of: set, readySince: "2026-06-01T11:00:00Z") }
    pods += [makePod("d", of: set), makePod("e", of: set)]
    var (tallied, key) = runner(set, pods)
    tallied.look(controller, at: key)
    pods[0].metadata.labels["extra"] = "yes"
    var (walked, other) = runner(set, pods)
    walked.look(controller, at: other)
    let expected = status(tallied, key)
    #expect(expected?.readyReplicas == 3)
    #expect(expected?.fullyLabeledReplicas == 5)
    #expect(status(walked, other) == expected)
  }

  @Test func aPodWithoutALabelOfTheTemplateIsNotFullyLabelled() {
    var set = makeReplicaSet(replicas: 2)
    set.spec.template.metadata.labels["tier"] = "front"
    var bare = makePod("b", of: set)
    bare.metadata.labels = ["app": "web"]
    var (runner, key) = runner(set, [makePod("a", of: set), bare])
    runner.look(controller, at: key)
    #expect(status(runner, key)?.replicas == 2)
    #expect(status(runner, key)?.fullyLabeledReplicas == 1)
  }

  @Test func twoOnANodeLoseOneBeforeOneOnANode() {
    var set = makeReplicaSet(replicas: 2)
    set.metadata.ownerReferences = [OwnerReference(controller: makeDeployment(replicas: 2))]
    let pods = [("a", "node-2"), ("b", "node-1"), ("c", "node-1")].map { name, node in
      var pod = makePod(name, of: set, readySince: "2026-06-01T11:00:00Z")
      pod.spec.nodeName = node
      return pod
    }
    var (runner, key) = runner(set, pods)
    runner.look(controller, at: key)
    #expect(runner.names(.delete, "pods") == ["b"])
    #expect(runner.events == ["Normal SuccessfulDelete Deleted pod: b"])
  }
}

@Suite struct ReplicaSetWatchTests {
  private let settled: ReplicaSet = {
    var set = makeReplicaSet(replicas: 1)
    set.status.replicas = 1
    set.status.observedGeneration = 1
    return set
  }()

  private func due(_ set: ReplicaSet, _ change: (inout Pod) -> Void) -> Bool {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let owner = runner.insert(set)
    let old = makePod("a", of: set)
    let key = runner.insert(old)
    var new = old
    change(&new)
    return runner.due(ReplicaSetController.self, old: old, new: new, key: key).contains(owner)
  }

  @Test func aSettledSetIsDueWhenANumberChangesOnly() {
    #expect(!due(settled) { $0.spec.nodeName = "node-2" })
    #expect(!due(settled) { $0.status.podIP = "10.0.0.1" })
    #expect(due(settled) { $0.status.conditions = [PodCondition(type: .ready, status: .true)] })
    #expect(due(settled) { $0.metadata.labels = [:] })
    #expect(due(settled) { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) })
    #expect(due(settled) { $0.status.phase = .failed })
    #expect(due(settled) { $0.metadata.ownerReferences = [] })
  }

  @Test func aSetThatLacksPodsIsDueAtEachChange() {
    var lacking = settled
    lacking.spec.replicas = 2
    #expect(due(lacking) { $0.status.podIP = "10.0.0.1" })
  }

  @Test func anOrphanMakesAllSetsDueThatMatchIt() {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let keys = ["web-1", "web-2"].map { runner.insert(makeReplicaSet($0, replicas: 1)) }
    var stranger = makeReplicaSet("db", replicas: 1)
    stranger.spec.selector = LabelSelector(matchLabels: ["app": "db"])
    runner.insert(stranger)
    var orphan = makePod("orphan", of: settled)
    orphan.metadata.ownerReferences = []
    let key = runner.insert(orphan)
    func due(_ old: Pod?, _ new: Pod?) -> [ObjectKey] {
      runner.due(ReplicaSetController.self, old: old, new: new, key: key)
    }
    #expect(due(nil, orphan) == keys)
    var changed = orphan
    changed.status.podIP = "10.0.0.1"
    #expect(due(orphan, changed).isEmpty)
    changed.metadata.labels["tier"] = "front"
    #expect(due(orphan, changed) == keys)
    #expect(due(orphan, nil).isEmpty)
  }

  @Test func aPodThatWasLetGoMakesTheFormerAndTheNextOwnerDue() {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let former = runner.insert(makeReplicaSet(replicas: 1))
    var other = makeReplicaSet("db", replicas: 1)
    other.spec.selector = LabelSelector(matchLabels: ["app": "db"])
    let next = runner.insert(other)
    var owned = makePod("a", of: makeReplicaSet(replicas: 1))
    owned.metadata.labels = ["app": "db"]
    var released = owned
    released.metadata.ownerReferences = []
    let key = runner.insert(released)
    let due = runner.due(ReplicaSetController.self, old: owned, new: released, key: key)
    #expect(due == [former, next])
  }

  @Test func ofTwoSetsThatMatchAnOrphanTheFirstToLookTakesIt() {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let keys = ["web-1", "web-2"].map { runner.insert(makeReplicaSet($0, replicas: 1)) }
    var orphan = makePod("orphan", of: settled)
    orphan.metadata.ownerReferences = []
    runner.insert(orphan)
    runner.look(ReplicaSetController(), at: keys[1])
    #expect(runner.names(.create, "pods").isEmpty)
    runner.look(ReplicaSetController(), at: keys[0])
    let owners = runner.objects(Pod.self).map {
      [$0.metadata.name, $0.metadata.controllerRef?.name]
    }
    #expect(owners.contains(["orphan", "web-2"]))
    #expect(owners.count == 2, "the other makes one of its own")
  }
}

@Suite struct ReplicationManagerTests {
  @Test func doesTheSameForAReplicationController() throws {
    var set = ReplicationController()
    set.metadata = ObjectMeta(name: "web", namespace: "default")
    set.metadata.generation = 4
    set.spec.replicas = 2
    set.spec.selector = ["app": "web"]
    set.spec.template = makeTemplate("app:1")
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(set)
    runner.look(ReplicationManager(), at: key)
    runner.look(ReplicationManager(), at: key)
    let pod = try #require(runner.objects(Pod.self).first)
    #expect(runner.objects(Pod.self).count == 2)
    #expect(pod.metadata.controllerRef?.kind == "ReplicationController")
    #expect(pod.metadata.controllerRef?.apiVersion == "v1")
    let status = try #require(runner.store[ReplicationController.self, key]?.status)
    #expect(status.replicas == 2)
    #expect(status.fullyLabeledReplicas == 2)
    #expect(status.observedGeneration == 4)
  }

  @Test func reportsAFailureInItsOwnConditions() {
    var set = ReplicationController()
    set.metadata = ObjectMeta(name: "web", namespace: "default")
    set.spec.replicas = 1
    set.spec.selector = ["app": "web"]
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(set)
    runner.refuse = { write in
      if case .create = write.action { .forbidden(Pod.resource, "", "no") } else { nil }
    }
    runner.look(ReplicationManager(), at: key)
    let conditions = runner.store[ReplicationController.self, key]?.status.conditions
    #expect(conditions?.map(\.reason) == ["FailedCreate"])
    #expect(conditions?.map(\.type) == [.replicaFailure])
  }
}

private final class Box: @unchecked Sendable {  // Used by one test, in one task.
  var value: Int
  init(_ value: Int) { self.value = value }
}
