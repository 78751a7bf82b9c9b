import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// On which nodes there is a pod, and which pods stay.
@Suite struct DaemonSetControllerTests {
  private func settled(
    nodes: Int, _ change: (inout DaemonSet) -> Void = { _ in }
  ) -> DaemonSetRun {
    var set = makeDaemonSet()
    change(&set)
    var run = DaemonSetRun(set, nodes: nodes)
    run.settle()
    return run
  }

  private func placed(_ node: Node, _ change: (inout DaemonSet) -> Void = { _ in }) -> Int {
    var set = makeDaemonSet()
    change(&set)
    var run = DaemonSetRun(set, nodes: 0)
    run.runner.insert(node)
    run.look()
    return run.created
  }

  @Test func eachNodeGetsAPodThatCanGoThereOnly() {
    var run = DaemonSetRun(makeDaemonSet(), nodes: 5)
    run.look()
    #expect(run.created == 5)
    #expect(run.pods.map(run.node).sorted() == ["n0", "n1", "n2", "n3", "n4"])
    #expect(run.pods.allSatisfy { $0.spec.nodeName.isEmpty }, "the scheduler binds it")
    #expect(run.runner.events.count { $0.hasPrefix("Normal SuccessfulCreate Created pod: ") } == 5)
    run.look()
    #expect(run.created == 0 && run.status.currentNumberScheduled == 5)
  }

  @Test func withoutNodesThereIsNoPod() {
    var run = DaemonSetRun(makeDaemonSet(), nodes: 0)
    run.look()
    #expect(run.created == 0 && run.status.observedGeneration == 1)
  }

  @Test func creationsStopAtTheFirstBatchWithARefusal() {
    var run = DaemonSetRun(makeDaemonSet(), nodes: 100)
    let tries = Tries()
    run.runner.refuse = { write in
      guard case .create(is Pod) = write.action else { return nil }
      tries.count += 1
      return tries.count > 10 ? .forbidden(Pod.resource, "agent-", "exceeded quota") : nil
    }
    run.look()
    #expect(run.created == 10 && tries.count == 15)
    #expect(run.runner.retries)
    #expect(run.status.desiredNumberScheduled == 100)
    run.look()
    #expect(run.status.currentNumberScheduled == 10)
  }

  @Test(arguments: [
    ("not-ready", TaintEffect.noExecute), ("unreachable", .noExecute),
    ("disk-pressure", .noSchedule), ("memory-pressure", .noSchedule),
    ("pid-pressure", .noSchedule), ("unschedulable", .noSchedule),
  ])
  func aNodeInTroubleGetsItsPodAllTheSame(key: String, effect: TaintEffect) {
    #expect(placed(makeNode("n", taints: [makeTaint("node.kubernetes.io/" + key, effect)])) == 1)
  }

  @Test func aNodeWithoutNetworkIsForPodsOfTheHostsNetworkOnly() {
    let node = makeNode(
      "n", taints: [makeTaint("node.kubernetes.io/network-unavailable", .noSchedule)])
    #expect(placed(node) == 0)
    #expect(placed(node) { $0.spec.template.spec.hostNetwork = true } == 1)
  }

  @Test func aNoScheduleTaintKeepsNewPodsAwayAndLetsOldOnesStay() {
    var run = settled(nodes: 2)
    run.change(node: "n1") { $0.spec.taints = [makeTaint("dedicated", .noSchedule)] }
    run.look()
    #expect(run.deleted.isEmpty)
    #expect(run.status.numberMisscheduled == 1 && run.status.desiredNumberScheduled == 1)
    run.remove(Pod.self, run.pod(on: "n1")?.metadata.name ?? "")
    run.look()
    #expect(run.created == 0 && run.status.numberMisscheduled == 0)
  }

  @Test func aNoExecuteTaintDrivesThePodAway() {
    var run = settled(nodes: 2)
    run.change(node: "n1") { $0.spec.taints = [makeTaint("maintenance", .noExecute)] }
    run.look()
    #expect(run.deleted.count == 1 && run.pod(on: "n1") == nil)
  }

  @Test func aToleratedTaintIsNone() {
    let node = makeNode("n", taints: [makeTaint("dedicated", .noSchedule)])
    #expect(
      placed(node) {
        $0.spec.template.spec.tolerations = [Toleration(key: "dedicated", operator: .exists)]
      } == 1)
  }

  @Test func aTolerationThatIsThereAlreadyIsNotDoubled() {
    var set = makeDaemonSet()
    let own = Toleration(
      key: "node.kubernetes.io/unschedulable", operator: .exists, effect: .noSchedule)
    set.spec.template.spec.tolerations = [own]
    var run = DaemonSetRun(set, nodes: 1)
    run.look()
    #expect(run.pods[0].spec.tolerations.count { $0 == own } == 1)
    #expect(run.pods[0].spec.tolerations.count == 6)
  }

  @Test func neitherResourcesNorReadinessKeepAPodAway() {
    var node = makeNode("n")
    var ready = NodeCondition()
    ready.type = .ready
    ready.status = .false
    node.status.conditions = [ready]
    node.spec.unschedulable = true
    #expect(
      placed(node) {
        $0.spec.template.spec.containers[0].resources.requests["cpu"] = Quantity(value: 1000)
      } == 1)
  }

  @Test func onlyNodesWithTheLabelsGetAPodAndLoseItWithThem() {
    var set = makeDaemonSet()
    set.spec.template.spec.nodeSelector = ["disk": "ssd"]
    var run = DaemonSetRun(set, nodes: 5)
    for name in ["n0", "n2", "n4"] {
      run.change(node: name) { $0.metadata.labels["disk"] = "ssd" }
    }
    run.settle()
    #expect(run.pods.map(run.node).sorted() == ["n0", "n2", "n4"])
    run.change(node: "n2") { $0.metadata.labels["disk"] = "hdd" }
    run.settle()
    #expect(run.pods.map(run.node).sorted() == ["n0", "n4"])
  }

  @Test func aNodeNameThatTheSelectorDoesNotMatchGetsNothing() {
    #expect(
      placed(makeNode("n")) {
        $0.spec.template.spec.nodeName = "n"
        $0.spec.template.spec.nodeSelector = ["disk": "ssd"]
      } == 0)
    #expect(placed(makeNode("n")) { $0.spec.template.spec.nodeName = "other" } == 0)
  }

  @Test func ofSeveralPodsOnANodeTheOldestStays() {
    var run = settled(nodes: 3)
    let first = run.pod(on: "n0")?.metadata.name
    run.remove(Pod.self, run.pod(on: "n2")?.metadata.name ?? "")
    run.pass(.seconds(10))
    for (node, count) in [("n0", 1), ("n1", 4)] {
      for _ in 0..<count {
        guard var double = run.pod(on: node) else { continue }
        double.metadata.name = ""
        double.metadata.generateName = "z-"
        double.metadata.uid = UID()
        double.metadata.creationTimestamp = nil
        run.runner.insert(double)
      }
    }
    var stranger = Pod()
    stranger.metadata = ObjectMeta(name: "stranger", namespace: "default")
    stranger.spec.nodeName = "n1"
    run.runner.insert(stranger)
    run.look()
    #expect(run.created == 1 && run.deleted.count == 5)
    #expect(run.pod(on: "n0")?.metadata.name == first)
    #expect(run.pods.contains { $0.metadata.name == "stranger" })
  }

  @Test func aFailedPodGoesBesideThoseThatAreTooMany() {
    var run = settled(nodes: 1)
    let first = run.pods[0]
    run.pass(.seconds(10))
    for _ in 0..<3 {
      var double = first
      double.metadata.name = ""
      double.metadata.generateName = "z-"
      double.metadata.uid = UID()
      double.metadata.creationTimestamp = nil
      run.runner.insert(double)
    }
    run.change(pod: first.metadata.name) { $0.status.phase = .failed }
    run.look()
    #expect(run.created == 0 && run.deleted.count == 3, "the failed one, and two of three")
    #expect(run.deleted.contains(first.metadata.name))
  }

  @Test func whatALookWouldNotSeeOfAPodMakesNoSetDue() throws {
    let run = settled(nodes: 1)
    let key = try #require(
      run.runner.store.key(Pod.self, "default", run.pods[0].metadata.name))
    func due(_ change: (inout Pod) -> Void) -> [ObjectKey] {
      var new = run.pods[0]
      change(&new)
      return run.runner.due(DaemonSetController.self, old: run.pods[0], new: new, key: key)
    }
    #expect(due { $0.status.hostIP = "10.0.0.1" }.isEmpty)
    #expect(due { $0.status.conditions = [] } == [run.key])
    #expect(due { $0.status.phase = .failed } == [run.key])
    #expect(due { $0.metadata.labels = [:] } == [run.key])
  }

  @Test func aFailedPodIsDeletedAndReplacedLater() {
    var run = settled(nodes: 1)
    run.change(podOn: "n0") { $0.status.phase = .failed }
    let name = run.pods[0].metadata.name
    run.look()
    #expect(run.created == 0 && run.deleted == [name])
    #expect(
      run.runner.events == [
        "Warning FailedDaemonPod Found failed daemon pod default/\(name) on node n0, will try to "
          + "kill it", "Normal SuccessfulDelete Deleted pod: \(name)",
      ])
    run.look()
    #expect(run.created == 1)
  }

  @Test func aSucceededPodIsDeletedAtOnceEachTime() {
    var run = settled(nodes: 1)
    for _ in 0..<3 {
      run.change(podOn: "n0") { $0.status.phase = .succeeded }
      let name = run.pods[0].metadata.name
      run.look()
      #expect(
        run.runner.events.first
          == "Normal SucceededDaemonPod Found succeeded daemon pod default/\(name) on node n0, "
          + "will try to delete it")
      #expect(run.step() == [1, 0])
    }
  }

  @Test func aPodThatFailsAgainAndAgainIsLeftLyingForTwiceAsLong() {
    var run = settled(nodes: 1)
    func fail(_ run: inout DaemonSetRun) {
      run.change(podOn: "n0") { $0.status.phase = .failed }
      run.look()
    }
    fail(&run)
    #expect(run.deleted.count == 1)
    for delay in [1, 2, 4, 8] {
      #expect(run.step() == [1, 0])
      fail(&run)
      #expect(run.deleted.isEmpty)
      #expect(run.runner.wakes.map(\.time) == [run.runner.now + .seconds(delay)])
      run.pass(.seconds(delay))
      run.look()
      #expect(run.deleted.count == 1, "after \(delay) s")
    }
    run.pass(.seconds(1801))
    #expect(run.step() == [1, 0])
    fail(&run)
    #expect(run.deleted.count == 1, "forgotten after half an hour")
  }

  @Test func aNewGenerationForgetsTheFailures() {
    var run = settled(nodes: 1)
    run.change(podOn: "n0") { $0.status.phase = .failed }
    run.look()
    run.edit { $0.spec.minReadySeconds = 1 }
    #expect(run.step() == [1, 0])
    run.change(podOn: "n0") { $0.status.phase = .failed }
    run.look()
    #expect(run.deleted.count == 1)
  }

  @Test func aPodOnItsWayOutIsReplacedWhenItIsGoneOrAtOnceWithSurge() {
    var run = settled(nodes: 1)
    run.terminate(on: "n0")
    run.look()
    #expect(run.created == 0)
    run.remove(Pod.self, run.pods[0].metadata.name)
    run.look()
    #expect(run.created == 1)
    var surging = settled(nodes: 1) { $0.limit(maxUnavailable: 0, maxSurge: 1) }
    surging.terminate(on: "n0")
    surging.look()
    #expect(surging.created == 1)
  }

  @Test(arguments: [PodPhase.failed, .succeeded])
  func aPodOnItsWayOutThatIsOverIsReplaced(phase: PodPhase) {
    var run = settled(nodes: 1)
    run.terminate(on: "n0")
    run.change(podOn: "n0") { $0.status.phase = phase }
    run.look()
    #expect(run.created == 1)
  }

  @Test func aSelectorThatMatchesEverythingIsRefused() {
    var set = makeDaemonSet()
    set.spec.selector = LabelSelector()
    var run = DaemonSetRun(set, nodes: 1)
    run.look()
    #expect(run.runner.actions.isEmpty)
    #expect(
      run.runner.events == [
        "Warning SelectingAll This daemon set is selecting all pods. "
          + "A non-empty selector is required."
      ])
  }

  @Test func aSetThatIsBeingDeletedIsNotLookedAt() {
    var run = settled(nodes: 2)
    let time = run.runner.snapshot.time
    run.edit { $0.metadata.deletionTimestamp = time }
    run.remove(Pod.self, run.pods[0].metadata.name)
    run.look()
    #expect(run.runner.actions.isEmpty, "not even the status is written")
  }

  @Test func anOrphanIsAdoptedAndARelabelledPodIsReplaced() {
    var run = settled(nodes: 1)
    run.change(podOn: "n0") { $0.metadata.labels["app"] = "debug" }
    run.look()
    #expect(run.created == 1)
    #expect(run.pods.contains { $0.metadata.controllerRef == nil })
    // With a rolling update it would be replaced next, being of no known revision.
    var set = makeDaemonSet()
    set.spec.updateStrategy.type = .onDelete
    var fresh = DaemonSetRun(set, nodes: 1)
    var orphan = Pod()
    orphan.metadata = ObjectMeta(name: "orphan", namespace: "default", labels: ["app": "agent"])
    orphan.spec.nodeName = "n0"
    fresh.runner.insert(orphan)
    fresh.look()
    #expect(fresh.created == 0)
    #expect(fresh.pods.first?.metadata.controllerRef?.uid == "uid-agent")
  }

  @Test func ofANodeThatIsGoneOnlyUnboundPodsAreDeleted() {
    var run = settled(nodes: 2)
    run.remove(Node.self, "n1")
    run.look()
    #expect(run.deleted.isEmpty, "a bound pod is for the pods' garbage collection")
    #expect(run.status.desiredNumberScheduled == 1)
    run.change(podOn: "n1") { $0.spec.nodeName = "" }
    run.look()
    #expect(run.deleted.count == 1)
  }

  @Test func onlyLabelsAndTaintsOfANodeConcernASet() throws {
    var run = settled(nodes: 1) { $0.spec.template.spec.nodeSelector = ["disk": "ssd"] }
    let key = try #require(run.runner.store.key(Node.self, "", "n0"))
    let old = try #require(run.runner.store[Node.self, key])
    func due(_ change: (inout Node) -> Void) -> [ObjectKey] {
      var new = old
      change(&new)
      return run.runner.due(DaemonSetController.self, old: old, new: new, key: key)
    }
    #expect(due { $0.status.conditions = [] }.isEmpty)
    #expect(due { $0.spec.unschedulable = true }.isEmpty)
    #expect(due { $0.metadata.labels["zone"] = "a" }.isEmpty, "the node still is none of its own")
    #expect(due { $0.metadata.labels["disk"] = "ssd" } == [run.key])
    run.change(node: "n0") { $0.metadata.labels["disk"] = "ssd" }
    run.settle()
    #expect(due { $0.spec.taints = [makeTaint("a", .noExecute)] } == [run.key])
  }

  @Test func aPodKeepsItsOtherAffinities() {
    var set = makeDaemonSet()
    var nodes = NodeAffinity()
    var selector = NodeSelector()
    var term = NodeSelectorTerm()
    term.matchExpressions = [NodeSelectorRequirement(key: "disk", operator: .exists)]
    selector.nodeSelectorTerms = [term]
    nodes.requiredDuringSchedulingIgnoredDuringExecution = selector
    var preferred = PreferredSchedulingTerm()
    preferred.weight = 1
    preferred.preference = term
    nodes.preferredDuringSchedulingIgnoredDuringExecution = [preferred]
    set.spec.template.spec.affinity = Affinity()
    set.spec.template.spec.affinity?.nodeAffinity = nodes
    var run = DaemonSetRun(set, nodes: 1)
    run.change(node: "n0") { $0.metadata.labels["disk"] = "ssd" }
    run.look()
    let affinity = run.pods[0].spec.affinity?.nodeAffinity
    #expect(affinity?.preferredDuringSchedulingIgnoredDuringExecution.count == 1)
    #expect(run.node(of: run.pods[0]) == "n0")
  }

  @Test func aSettledSetIsLeftAlone() {
    var run = settled(nodes: 3)
    run.look()
    #expect(run.runner.actions.isEmpty && run.runner.wakes.isEmpty)
  }
}

private final class Tries {
  var count = 0
}
