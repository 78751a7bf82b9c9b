import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// How a new template reaches the nodes, and which revisions are kept.
@Suite struct DaemonSetRolloutTests {
  private func settled(
    nodes: Int, unavailable: IntOrString = 1, surge: IntOrString = 0,
    _ change: (inout DaemonSet) -> Void = { _ in }
  ) -> DaemonSetRun {
    var set = makeDaemonSet()
    set.limit(maxUnavailable: unavailable, maxSurge: surge)
    change(&set)
    var run = DaemonSetRun(set, nodes: nodes)
    run.settle()
    return run
  }

  /// Looks at which something was created or deleted.
  private func steps(_ run: inout DaemonSetRun) -> [[Int]] {
    var steps: [[Int]] = []
    for _ in 0..<20 {
      let counts = run.step()
      if counts != [0, 0] { steps.append(counts) }
    }
    return steps
  }

  @Test func asManyNodesAreWithoutAPodAsMayBe() {
    var run = settled(nodes: 5, unavailable: 2)
    run.use(image: "agent:2")
    #expect(steps(&run) == [[0, 2], [2, 0], [0, 2], [2, 0], [0, 1], [1, 0]])
    #expect(run.pods.allSatisfy { $0.spec.containers[0].image == "agent:2" })
    #expect(run.status.updatedNumberScheduled == 5)
  }

  @Test func newPodsThatDoNotGetReadyStopTheRollout() {
    var run = settled(nodes: 5, unavailable: 3)
    run.use(image: "agent:2")
    run.look()
    #expect(run.deleted.count == 3)
    run.look()
    #expect(run.created == 3)
    run.bindAll()
    run.look()
    #expect(run.deleted.isEmpty && run.created == 0)
  }

  @Test func oldPodsThatAreNotReadyGoWhateverTheLimit() {
    var run = settled(nodes: 5)
    for node in 0..<5 { run.unready(on: "n\(node)") }
    run.use(image: "agent:2")
    run.look()
    #expect(run.deleted.count == 5)
  }

  @Test func oldPodsThatAreNotReadyGoFirst() {
    var run = settled(nodes: 5, unavailable: 2)
    run.unready(on: "n3")
    run.unready(on: "n4")
    let broken = ["n3", "n4"].compactMap { run.pod(on: $0)?.metadata.name }
    run.use(image: "agent:2")
    run.look()
    #expect(run.deleted.sorted() == broken.sorted())
  }

  @Test func withSurgeNewPodsComeBesideOldOnes() {
    var run = settled(nodes: 5, unavailable: 0, surge: 2)
    run.use(image: "agent:2")
    #expect(steps(&run) == [[2, 0], [0, 2], [2, 0], [0, 2], [1, 0], [0, 1]])
    #expect(run.pods.allSatisfy { $0.spec.containers[0].image == "agent:2" })
  }

  @Test func withSurgeNoMoreThanTheLimitAreDoubled() {
    var run = settled(nodes: 5, unavailable: 0, surge: 2)
    run.use(image: "agent:2")
    run.look()
    #expect(run.created == 2 && run.deleted.isEmpty)
    run.bindAll()
    run.look()
    #expect(run.created == 0 && run.deleted.isEmpty, "the new ones are not ready yet")
    run.readyAll()
    run.look()
    #expect(run.deleted.count == 2, "the old ones go once the new ones are available")
  }

  @Test func withSurgeAllBrokenOldPodsAreReplacedAtOnce() {
    var run = settled(nodes: 5, unavailable: 0, surge: 1)
    for node in 0..<5 { run.unready(on: "n\(node)") }
    run.use(image: "agent:2")
    run.look()
    #expect(run.created == 5)
    run.look()
    #expect(run.deleted.count == 5, "an old pod that is not ready goes when a new one is there")
  }

  @Test func withSurgeAPodOfANodeThatIsNotWantedStaysUntilAnotherTookOver() {
    var run = settled(nodes: 2, unavailable: 0, surge: 1)
    run.use(image: "agent:2")
    run.change(node: "n0") { $0.spec.taints = [makeTaint("dedicated", .noSchedule)] }
    run.unready(on: "n1")
    run.look()
    #expect(run.deleted.isEmpty, "1 available and 1 desired")
    run.readyAll()
    run.look()
    #expect(run.images(on: "n1") == ["agent:2"] && run.pod(on: "n0") != nil)
    run.look()
    #expect(run.deleted.count == 1 && run.pod(on: "n0") == nil)
  }

  @Test func withSurgeBothPodsStayUntilTheNewOneIsAvailable() {
    var run = settled(nodes: 1, unavailable: 0, surge: 1) { $0.spec.minReadySeconds = 10 }
    run.pass(.seconds(10))
    run.settle()
    run.use(image: "agent:2")
    #expect(run.step() == [1, 0])
    #expect(run.step() == [0, 0])
    #expect(run.images(on: "n0") == ["agent:1", "agent:2"])
    run.pass(.seconds(10))
    #expect(run.step() == [0, 1])
    #expect(run.images(on: "n0") == ["agent:2"])
  }

  @Test func withSurgeANewPodIsLookedAtASecondAfterItsTimeIsOver() {
    var run = settled(nodes: 1, unavailable: 0, surge: 1) { $0.spec.minReadySeconds = 10 }
    run.pass(.seconds(10))
    run.settle()
    run.use(image: "agent:2")
    #expect(run.step() == [1, 0])
    run.look()
    #expect(run.status.numberReady == run.status.numberAvailable, "the old pod is counted")
    #expect(run.runner.wakes.map(\.time) == [.zero + .seconds(21)])
    run.pass(.seconds(3))
    run.look()
    #expect(run.runner.wakes.map(\.time) == [.zero + .seconds(21)], "it is asked for once")
  }

  @Test func withSurgeTheOldestOldPodStaysOfSeveral() {
    var run = settled(nodes: 1, unavailable: 0, surge: 1)
    let oldest = run.pods[0].metadata.name
    run.pass(.seconds(5))
    for _ in 0..<2 {
      var double = run.pods[0]
      double.metadata.name = ""
      double.metadata.generateName = "z-"
      double.metadata.uid = UID()
      double.metadata.creationTimestamp = nil
      run.runner.insert(double)
    }
    run.use(image: "agent:2")
    run.look()
    #expect(run.pods.map(\.metadata.name) == [oldest])
  }

  @Test func onDeleteReplacesOnlyWhatSomebodyDeletes() {
    var run = settled(nodes: 2) {
      $0.spec.updateStrategy.type = .onDelete
      $0.spec.updateStrategy.rollingUpdate = nil
    }
    run.use(image: "agent:2")
    #expect(steps(&run).isEmpty)
    run.remove(Pod.self, run.pod(on: "n1")?.metadata.name ?? "")
    #expect(run.step() == [1, 0])
    #expect(run.images(on: "n0") == ["agent:1"] && run.images(on: "n1") == ["agent:2"])
  }

  @Test func aNewStrategyWithoutANewTemplateDeletesNothing() {
    var run = settled(nodes: 2) {
      $0.spec.updateStrategy.type = .onDelete
      $0.spec.updateStrategy.rollingUpdate = nil
    }
    run.edit { $0.limit(maxUnavailable: 1, maxSurge: 0) }
    #expect(steps(&run).isEmpty)
  }

  @Test(
    arguments: [(2, "50%", 1), (3, "50%", 2), (10, "1%", 1), (3, 0, 1)] as [(Int, IntOrString, Int)]
  )
  func aPercentageIsRoundedUpAndNoLimitIsOne(nodes: Int, limit: IntOrString, deleted: Int) {
    var run = settled(nodes: nodes, unavailable: limit)
    run.use(image: "agent:2")
    run.look()
    #expect(run.deleted.count == deleted)
  }

  @Test func aNodeWhosePodCannotBeMadeCountsAsMissing() {
    var run = settled(nodes: 3)
    run.remove(Pod.self, run.pod(on: "n2")?.metadata.name ?? "")
    run.runner.refuse = { write in
      if case .create(is Pod) = write.action {
        .forbidden(Pod.resource, "agent-", "no")
      } else {
        nil
      }
    }
    run.use(image: "agent:2")
    run.look()
    run.look()
    #expect(run.deleted.isEmpty && run.runner.retries)
  }

  @Test func availabilityIsWaitedFor() {
    var run = settled(nodes: 2) { $0.spec.minReadySeconds = 20 }
    run.look()
    #expect(run.status.numberReady == 2 && run.status.numberAvailable == 0)
    #expect(run.runner.wakes.map(\.time) == [.zero + .seconds(20)])
    run.pass(.seconds(20))
    run.settle()
    #expect(run.status.numberAvailable == 2)
    run.use(image: "agent:2")
    #expect(steps(&run) == [[0, 1], [1, 0]], "the next node waits")
  }

  @Test func aReadyPodIsWaitedForFromTheLookThatFindsIt() {
    var run = settled(nodes: 1) { $0.spec.minReadySeconds = 20 }
    run.look()
    run.pass(.milliseconds(700))
    run.look()
    #expect(run.runner.wakes.map(\.time) == [.zero + .seconds(20)], "the earliest look is kept")
    run.pass(.milliseconds(19_300))
    run.look()
    #expect(run.status.numberAvailable == 1)
    #expect(run.runner.wakes.isEmpty)
  }

  // MARK: revisions

  @Test func aRevisionKeepsTheTemplateUnderItsHash() throws {
    let run = settled(nodes: 1)
    let revision = try #require(run.revisions.first)
    let hash = try #require(revision.metadata.labels["controller-revision-hash"])
    #expect(revision.metadata.name == "agent-" + hash)
    #expect(run.pods[0].metadata.labels["controller-revision-hash"] == hash)
    #expect(revision.data?["spec"]?["template"]?["$patch"] == "replace")
    #expect(revision.metadata.controllerRef?.uid == "uid-agent")
  }

  @Test func aTemplateThatComesBackRaisesItsRevision() {
    var run = settled(nodes: 1)
    let first = run.revisions[0].metadata.name
    run.use(image: "agent:2")
    run.settle()
    run.use(image: "agent:1")
    run.settle()
    #expect(run.revisions.map(\.revision) == [2, 3])
    #expect(run.revisions.last?.metadata.name == first)
  }

  @Test func oldRevisionsBeyondTheLimitGoLowestFirst() {
    var run = settled(nodes: 1) { $0.spec.revisionHistoryLimit = 2 }
    for number in 2...6 {
      run.use(image: "agent:\(number)")
      run.settle()
    }
    #expect(run.revisions.map(\.revision) == [4, 5, 6])
  }

  @Test func aRevisionThatAPodHasStays() {
    var run = settled(nodes: 1) {
      $0.spec.revisionHistoryLimit = 0
      $0.spec.updateStrategy.type = .onDelete
    }
    run.use(image: "agent:2")
    run.settle()
    run.use(image: "agent:3")
    run.settle()
    #expect(run.revisions.map(\.revision) == [1, 3])
  }

  @Test func ofTwoRevisionsWithTheTemplateOneStaysAndThePodsFollow() throws {
    var run = settled(nodes: 1)
    var double = run.revisions[0]
    double.metadata.name = "agent-double"
    double.metadata.uid = "uid-double"
    double.metadata.labels["controller-revision-hash"] = "double"
    double.revision = 5
    run.runner.insert(double)
    run.settle()
    #expect(run.revisions.map(\.metadata.name) == ["agent-double"])
    #expect(run.pods[0].metadata.labels["controller-revision-hash"] == "double")
  }

  @Test func aRevisionsNameThatIsTakenIsCountedAndTriedAgain() {
    var taken = settled(nodes: 0).revisions[0]
    taken.metadata.ownerReferences = []
    taken.metadata.labels = [:]
    taken.data = ["spec": [:]]
    var run = DaemonSetRun(makeDaemonSet(), nodes: 1)
    run.runner.insert(taken)
    run.look()
    #expect(run.status.collisionCount == 1 && run.runner.retries && run.created == 0)
    run.look()
    #expect(run.created == 1 && run.revisions.count == 2)
  }
}
