import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// Who belongs to a set and who goes first, one case after the other.
@Suite struct ReplicaSetEdgeCaseTests {
  private let controller = ReplicaSetController()

  /// What one look at a set with these pods writes.
  private func look(
    _ set: ReplicaSet, _ pods: [Pod], refuse: @escaping (Write) -> APIError? = { _ in nil }
  ) -> PlanRunner {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(set)
    for pod in pods { runner.insert(pod) }
    runner.refuse = refuse
    runner.look(controller, at: key)
    return runner
  }

  /// The pod of these that a set of one less deletes.
  private func victim(_ pods: [Pod], of set: ReplicaSet) -> [String] {
    var set = set
    set.spec.replicas = Int32(pods.count - 1)
    return look(set, pods).names(.delete, "pods")
  }

  private let set = makeReplicaSet(replicas: 2)
  private let longAgo = "2026-06-01T00:00:00Z"

  private func ready(_ name: String, since: String? = nil) -> Pod {
    makePod(name, of: set, readySince: since ?? longAgo)
  }

  private func orphan(_ name: String) -> Pod {
    var pod = makePod(name, of: set)
    pod.metadata.ownerReferences = []
    return pod
  }

  @Test func asManyPodsAsWantedNeedNothing() {
    let runner = look(set, [ready("a"), ready("b")])
    #expect(runner.names(.create, "pods").isEmpty && runner.names(.delete, "pods").isEmpty)
  }

  @Test func aSurplusPodIsDeleted() {
    let runner = look(makeReplicaSet(replicas: 1), [ready("a"), ready("b")])
    #expect(runner.names(.delete, "pods").count == 1)
  }

  @Test func podsOfAnotherOwnerAreIgnored() {
    let other = makeReplicaSet("other", replicas: 2)
    let runner = look(set, [makePod("a", of: other), makePod("b", of: other)])
    #expect(runner.names(.create, "pods").count == 2)
    #expect(runner.names(.update, "pods").isEmpty)
  }

  @Test func matchingOrphansAreAdoptedAndCounted() {
    let runner = look(set, [orphan("a"), orphan("b")])
    #expect(runner.names(.update, "pods").sorted() == ["a", "b"])
    #expect(runner.names(.create, "pods").isEmpty)
    #expect(runner.objects(ReplicaSet.self).first?.status.replicas == 2)
  }

  @Test func afterARefusedAdoptionNothingIsCreatedAndItIsTriedAgain() {
    let runner = look(makeReplicaSet(replicas: 5), [orphan("a")]) { write in
      guard case .update = write.action else { return nil }
      return .conflict(Pod.resource, "a", "modified")
    }
    #expect(runner.names(.create, "pods").isEmpty)
    #expect(runner.retries)
  }

  @Test func aPodWhoseLabelsNoLongerMatchIsLetGoAndReplaced() {
    var stranger = ready("a")
    stranger.metadata.labels = ["app": "debug"]
    let runner = look(set, [stranger, ready("b")])
    #expect(runner.names(.update, "pods") == ["a"])
    #expect(
      runner.objects(Pod.self).first { $0.metadata.name == "a" }?.metadata.controllerRef == nil)
    #expect(runner.names(.create, "pods").count == 1)
  }

  @Test func ofAHundredPodsTenAreAcceptedAndFifteenAreTried() {
    let accepted = Counter()
    let runner = look(makeReplicaSet(replicas: 100), []) { write in
      guard case .create = write.action else { return nil }
      accepted.count += 1
      return accepted.count > 10 ? .forbidden(Pod.resource, "", "exceeded quota") : nil
    }
    #expect(accepted.count == 15)
    #expect(runner.names(.create, "pods").count == 10)
    let condition = runner.objects(ReplicaSet.self).first?.status.conditions.first
    #expect(condition?.type == .replicaFailure)
    #expect(condition?.reason == "FailedCreate")
  }

  private final class Counter { var count = 0 }

  @Test func theNextLookIsWhenTheFirstPodHasWaitedLongEnough() {
    var set = makeReplicaSet(replicas: 3)
    set.spec.minReadySeconds = 5
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(set)
    let times = ["2026-06-01T12:00:04Z", "2026-06-01T12:00:02Z", "2026-06-01T12:00:00Z"]
    for (number, time) in times.enumerated() {
      runner.insert(makePod("p\(number)", of: set, readySince: time))
    }
    runner.now = .zero + .milliseconds(4300)
    runner.look(controller, at: key)
    let status = runner.store[ReplicaSet.self, key]?.status
    #expect(status?.readyReplicas == 3)
    #expect(status?.availableReplicas == 0)
    #expect(runner.wakes.map(\.time) == [.zero + .seconds(5)])
  }

  @Test func aPodWithoutANodeGoesBeforeOneOnANode() {
    var unscheduled = makePod("a", of: set, phase: .pending)
    unscheduled.spec.nodeName = ""
    #expect(victim([ready("b"), unscheduled], of: set) == ["a"])
  }

  @Test func anUnreadyPodGoesBeforeAReadyOne() {
    #expect(victim([ready("a"), makePod("b", of: set)], of: set) == ["b"])
  }

  @Test func aPendingPodGoesBeforeARunningOneThatIsNotReady() {
    let pending = makePod("b", of: set, phase: .pending)
    #expect(victim([makePod("a", of: set), pending], of: set) == ["b"])
  }

  @Test func aCheaperPodGoesFirstAlsoWhenItStandsAlone() {
    func priced(_ name: String, _ cost: String?, on node: String = "node-1") -> Pod {
      var pod = ready(name)
      pod.spec.nodeName = node
      pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = cost
      return pod
    }
    let pods = [priced("a", "100"), priced("b", "100"), priced("c", "10", on: "node-2")]
    #expect(victim(pods, of: set) == ["c"])
    #expect(victim([priced("a", nil), priced("b", "-1")], of: set) == ["b"])
  }

  @Test func whoHasBeenReadyForAShorterTimeGoesFirst() {
    let pods = [
      ready("a", since: "2026-06-01T07:00:00Z"), ready("b", since: "2026-06-01T10:00:00Z"),
    ]
    #expect(victim(pods, of: set) == ["b"])
  }

  @Test func readyForFiveAndForEightHoursAreTheSameAge() {
    var older = ready("a", since: "2026-06-01T04:00:00Z")
    var younger = ready("b", since: "2026-06-01T07:00:00Z")
    (older.metadata.uid, younger.metadata.uid) = ("1", "2")
    let first = victim([older, younger], of: set)
    (older.metadata.uid, younger.metadata.uid) = ("2", "1")
    #expect(first != victim([older, younger], of: set), "the uid decides")
  }

  @Test func anUnreadyPodGoesWhateverItCosts() {
    var dear = makePod("a", of: set)
    dear.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = "100"
    var cheap = ready("b")
    cheap.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = "-100"
    #expect(victim([cheap, dear], of: set) == ["a"])
  }

  @Test func theOrderIsUnscheduledPendingRunningReady() {
    var unscheduled = makePod("a", of: set, phase: .pending)
    unscheduled.spec.nodeName = ""
    let pods = [
      ready("d"), makePod("c", of: set), makePod("b", of: set, phase: .pending), unscheduled,
    ]
    for count in 1...3 {
      var rest = set
      rest.spec.replicas = Int32(4 - count)
      let gone = look(rest, pods).names(.delete, "pods")
      #expect(gone.sorted() == Array(["a", "b", "c"].prefix(count)))
    }
  }

  @Test func noneWantedDeletesAll() {
    let runner = look(makeReplicaSet(replicas: 0), [ready("a"), ready("b"), ready("c")])
    #expect(runner.names(.delete, "pods").sorted() == ["a", "b", "c"])
  }

  @Test func aPodThatNamesAFormerSetOfTheSameNameIsNotItsOwn() {
    var former = set
    former.metadata.uid = "uid-of-before"
    let runner = look(set, [makePod("a", of: former), makePod("b", of: former)])
    #expect(runner.names(.create, "pods").count == 2)
    #expect(runner.names(.update, "pods").isEmpty && runner.names(.delete, "pods").isEmpty)
  }
}
