import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// A DaemonSet from end to end: server, controller, scheduler, kubelet, collector, kubectl.
@Suite struct DaemonSetTests {
  static let agent = """
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: agent}
    spec:
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec:
          terminationGracePeriodSeconds: 2
          containers: [{name: app, image: "agent:1"}]
    """

  private func cluster(_ yaml: String = agent, nodes: Int = 3, seed: UInt64 = 1) throws -> Cluster {
    var cluster = Cluster(nodes: nodes, seed: seed)
    try cluster.apply(yamlText: yaml)
    try cluster.run(until: { $0[DaemonSet.self, "agent"]?.status.numberAvailable == Int32(nodes) })
    return cluster
  }

  private static func isRolledOut(_ cluster: borrowing Cluster) -> Bool {
    (try? cluster.rolloutStatus(DaemonSet.self, "agent").isDone) ?? false
  }

  private func nodes(_ cluster: borrowing Cluster) -> [String] {
    cluster.all(Pod.self).filter { !$0.isBeingDeleted }.map(\.spec.nodeName).sorted()
  }

  @Test func aNodeThatJoinsGetsAPodAndOneThatIsCordonedKeepsIts() throws {
    var cluster = try cluster()
    try cluster.cordon("node-1")
    try cluster.addNode(NodeTemplate(name: "node-4"))
    try cluster.run(for: .seconds(20))
    #expect(nodes(cluster) == ["node-1", "node-2", "node-3", "node-4"])
    #expect(cluster[DaemonSet.self, "agent"]?.status.numberAvailable == 4)
  }

  @Test func aCordonedNodeGetsItsPodToo() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.cordon("node-1")
    try cluster.apply(yamlText: Self.agent)
    try cluster.run(for: .seconds(5))
    #expect(nodes(cluster) == ["node-1", "node-2"])
  }

  @Test func podsFollowTheLabelsOfTheirNodes() throws {
    let yaml = Self.agent.replacing(
      "containers:", with: "nodeSelector: {disk: ssd}\n      containers:")
    var cluster = Cluster(nodes: 2)
    try cluster.apply(yamlText: yaml)
    try cluster.run(for: .seconds(5))
    #expect(nodes(cluster).isEmpty)
    try cluster.edit(Node.self, "node-2") { $0.metadata.labels["disk"] = "ssd" }
    try cluster.run(for: .seconds(5))
    #expect(nodes(cluster) == ["node-2"])
    try cluster.edit(Node.self, "node-2") { $0.metadata.labels["disk"] = nil }
    try cluster.run(for: .seconds(10))
    #expect(cluster.all(Pod.self).isEmpty)
  }

  @Test func aTaintKeepsPodsAwayUntilItIsTakenOff() throws {
    var cluster = Cluster(nodes: 2)
    var taint = Taint()
    taint.key = "dedicated"
    taint.effect = .noSchedule
    try cluster.taint("node-2", [taint])
    try cluster.apply(yamlText: Self.agent)
    try cluster.run(for: .seconds(5))
    #expect(nodes(cluster) == ["node-1"])
    try cluster.untaint("node-2", keys: ["dedicated"])
    try cluster.run(for: .seconds(5))
    #expect(nodes(cluster) == ["node-1", "node-2"])
  }

  @Test func aPodWithoutRoomStaysPendingAndIsBoundLater() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: Pod
        metadata: {name: hog}
        spec:
          terminationGracePeriodSeconds: 1
          containers: [{name: app, image: "hog:1", resources: {requests: {cpu: "4"}}}]
        """)
    try cluster.run(for: .seconds(2))
    try cluster.apply(
      yamlText: Self.agent.replacing(
        "image: \"agent:1\"", with: "image: \"agent:1\", resources: {requests: {cpu: \"1\"}}"))
    try cluster.run(for: .seconds(10))
    #expect(cluster[DaemonSet.self, "agent"]?.status.currentNumberScheduled == 1)
    #expect(cluster[DaemonSet.self, "agent"]?.status.numberReady == 0)
    try cluster.delete(Pod.self, "hog")
    try cluster.run(until: { $0[DaemonSet.self, "agent"]?.status.numberReady == 1 })
  }

  @Test func aDeletedSetTakesItsPodsAndRevisionsWithIt() throws {
    var cluster = try cluster()
    try cluster.delete(DaemonSet.self, "agent")
    try cluster.run(for: .seconds(30))
    #expect(cluster.all(Pod.self).isEmpty && cluster.all(ControllerRevision.self).isEmpty)
  }

  @Test(arguments: ["{maxUnavailable: 1, maxSurge: 0}", "{maxUnavailable: 0, maxSurge: 1}"])
  func manySeedsKeepTheLimitsOfARollout(limits: String) {
    let yaml =
      Self.agent + "\n  updateStrategy: {type: RollingUpdate, rollingUpdate: \(limits)}\n"
    let surges = limits.contains("maxSurge: 1")
    expectEverySeed(in: 0..<max(1, Sweep.seeds / 5)) { seed in
      var cluster = try cluster(yaml, seed: seed)
      cluster.always("no more nodes are without a pod than may be") { cluster in
        cluster.all(Pod.self).count { $0.isReady && !$0.isBeingDeleted } >= (surges ? 3 : 2)
      }
      cluster.always("no more nodes have two pods than may have") { cluster in
        cluster.all(Pod.self).count { !$0.isBeingDeleted } <= (surges ? 4 : 3)
      }
      try cluster.setImage(DaemonSet.self, "agent", container: "app", to: "agent:2")
      try cluster.run(until: { Self.isRolledOut($0) })
    }
  }

  @Test(arguments: ["{maxUnavailable: 1, maxSurge: 0}", "{maxUnavailable: 0, maxSurge: 1}"])
  func aRolloutGoesOnWhenAPodHasBeenReadyForItsTime(limits: String) throws {
    let yaml =
      Self.agent + "\n  minReadySeconds: 7\n  updateStrategy:"
      + " {type: RollingUpdate, rollingUpdate: \(limits)}\n"
    var cluster = try cluster(yaml)
    try cluster.run(for: .seconds(10))
    cluster.always("one node after the other") { cluster in
      let new = cluster.all(Pod.self).filter { $0.spec.containers[0].image == "agent:2" }
      let young = new.filter { pod in
        let since = pod.readyTime.map {
          cluster.clock.timestamp(cluster.now).unixSeconds - $0.unixSeconds
        }
        return since ?? 0 < 7
      }
      return young.count <= 1
    }
    try cluster.setImage(DaemonSet.self, "agent", container: "app", to: "agent:2")
    try cluster.run(until: { Self.isRolledOut($0) }, within: .seconds(90))
    #expect(cluster.now > .zero + .seconds(3 * 7))
  }

  @Test func kubectlUndoesItsRolloutAndShowsItsHistory() throws {
    var cluster = try cluster()
    try cluster.setImage(DaemonSet.self, "agent", container: "app", to: "agent:2")
    try cluster.run(until: { Self.isRolledOut($0) })
    #expect(
      try cluster.rolloutStatus(DaemonSet.self, "agent").message
        == "daemon set \"agent\" successfully rolled out\n")
    #expect(try cluster.rolloutHistory(DaemonSet.self, "agent").map(\.number) == [1, 2])
    #expect(try cluster.undoRollout(DaemonSet.self, "agent", toRevision: 1) == "rolled back")
    try cluster.run(until: { Self.isRolledOut($0) })
    let running = cluster.all(Pod.self).filter { !$0.isBeingDeleted }
    #expect(running.map { $0.spec.containers[0].image } == ["agent:1", "agent:1", "agent:1"])
    #expect(cluster.all(ControllerRevision.self).map(\.revision).sorted() == [2, 3])
  }

  @Test func kubectlRestartsItAndTheCauseIsShown() throws {
    var cluster = try cluster()
    let before = cluster.all(Pod.self).map(\.metadata.uid)
    try cluster.edit(DaemonSet.self, "agent") {
      $0.metadata.annotations["kubernetes.io/change-cause"] = "a new day"
    }
    try cluster.restartRollout(DaemonSet.self, "agent")
    try cluster.run(until: { Self.isRolledOut($0) })
    let running = cluster.all(Pod.self).filter { !$0.isBeingDeleted }
    #expect(running.count == 3 && !running.contains { before.contains($0.metadata.uid) })
    #expect(
      try cluster.rolloutHistory(DaemonSet.self, "agent").map(\.changeCause) == ["", "a new day"])
  }

  @Test func itCannotBeScaled() throws {
    var cluster = try cluster()
    let error = #expect(throws: APIError.self) {
      try cluster.scale(DaemonSet.self, "agent", to: 1)
    }
    #expect(error?.message == "the server could not find the requested resource")
    let autoscaler = #expect(throws: APIError.self) {
      try cluster.autoscale(DaemonSet.self, "agent", max: 3)
    }
    #expect(autoscaler?.message == "cannot autoscale a DaemonSet.apps")
  }

  @Test func aFailedPodIsReplaced() throws {
    var cluster = try cluster(nodes: 1)
    let first = try #require(cluster.all(Pod.self).first)
    var failed = first
    failed.status.phase = .failed
    try cluster.updateStatus(failed)
    try cluster.run(
      until: { $0.all(Pod.self).contains { $0.isReady && $0.metadata.uid != first.metadata.uid } })
    #expect(cluster.events(about: "DaemonSet", "agent").contains { $0.reason == "FailedDaemonPod" })
  }
}
