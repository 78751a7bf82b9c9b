import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@Suite struct PodGarbageCollectorTests {
  private var run = ControllerRun(PodGarbageCollector())

  @discardableResult private mutating func pod(
    _ name: String, _ phase: PodPhase = .running, on node: String = "",
    _ change: (inout Pod) -> Void = { _ in }
  ) -> ObjectKey {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.namespace = "default"
    pod.spec.nodeName = node
    pod.status.phase = phase
    change(&pod)
    return run.insert(pod)
  }

  @discardableResult private mutating func node(
    _ name: String, ready: Bool = true, outOfService: Bool = false
  ) -> ObjectKey {
    var node = Node()
    node.metadata.name = name
    var condition = NodeCondition()
    condition.type = .ready
    condition.status = ready ? .true : .unknown
    node.status.conditions = [condition]
    if outOfService { node.spec.taints = [Self.taint] }
    return run.insert(node)
  }

  private static var taint: Taint {
    var taint = Taint()
    taint.key = "node.kubernetes.io/out-of-service"
    taint.effect = .noExecute
    return taint
  }

  private mutating func names() -> [String] { run.names(Pod.self) }

  @Test mutating func theOldestFinishedPodsAboveTheThresholdGo() {
    run.controller.threshold = 1
    pod("a", .failed)
    pod("b", .succeeded)
    pod("c", .failed)
    pod("runs")
    run.run(for: .seconds(41))
    #expect(names() == ["c", "runs"])
  }

  @Test mutating func evictedPodsGoFirst() {
    run.controller.threshold = 1
    pod("a", .failed)
    pod("b", .succeeded)
    pod("c", .failed) { $0.status.reason = "Evicted" }
    run.run(for: .seconds(41))
    #expect(names() == ["b"])
  }

  @Test mutating func aFinishedPodThatIsBeingDeletedStillCounts() {
    run.controller.threshold = 1
    pod("b", .succeeded) { $0.metadata.creationTimestamp = Timestamp(unixSeconds: 1) }
    pod("c", .failed) { $0.metadata.creationTimestamp = Timestamp(unixSeconds: 2) }
    pod("leaving", .failed) {
      $0.metadata.creationTimestamp = Timestamp(unixSeconds: 3)
      $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 4)
      $0.metadata.finalizers = ["example.com/hold"]
    }
    run.run(for: .seconds(41))
    #expect(names() == ["leaving"])
  }

  @Test mutating func aThresholdOfZeroIsNone() {
    run.controller.threshold = 0
    for name in ["a", "b", "c"] { pod(name, .failed) }
    run.run(for: .seconds(60))
    #expect(names() == ["a", "b", "c"])
  }

  @Test mutating func runningPodsNeverCount() {
    run.controller.threshold = 1
    for name in ["a", "b", "c"] { pod(name) }
    run.run(for: .seconds(60))
    #expect(names() == ["a", "b", "c"])
  }

  @Test mutating func aPodOfAMissingNodeGoesAfterFortyToSixtySeconds() throws {
    let key = pod("lost", on: "gone")
    run.run(for: .seconds(59))
    #expect(names() == ["lost"])
    var failed: Pod?
    let finished = run[Pod.self, key]
    #expect(finished?.status.phase == .running)
    run.refuse = { write in
      if case .delete = write.action { return .conflict(Pod.resource, "lost", "held") }
      return nil
    }
    run.run(for: .seconds(2))
    failed = run[Pod.self, key]
    let condition = try #require(failed?.status.condition(.disruptionTarget))
    #expect(failed?.status.phase == .failed)
    #expect(condition.reason == "DeletionByPodGC")
    #expect(condition.message == "PodGC: node no longer exists")
    run.refuse = { _ in nil }
    run.run(for: .seconds(60))
    #expect(names() == [])
    #expect(run.events.isEmpty)
  }

  @Test mutating func aFinishedPodOfAMissingNodeIsDeletedAndNotMarked() {
    pod("over", .succeeded, on: "gone")
    run.run(for: .seconds(61))
    #expect(run.log.allSatisfy { !$0.hasPrefix("status") })
    #expect(names() == [])
  }

  @Test mutating func aNodeThatIsBackInTimeKeepsItsPods() {
    pod("lost", on: "late")
    run.run(for: .seconds(45))
    node("late")
    run.run(for: .seconds(120))
    #expect(names() == ["lost"])
    #expect(run.log.isEmpty)
  }

  @Test mutating func aPodBeingDeletedOnANodeOutOfServiceGoes() {
    node("dead", ready: false, outOfService: true)
    node("well", ready: true, outOfService: true)
    node("slow", ready: false)
    for name in ["dead", "well", "slow"] {
      pod("on-" + name, on: name) { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    }
    pod("stays", on: "dead")
    run.run(for: .seconds(21))
    #expect(names() == ["on-slow", "on-well", "stays"])
  }

  @Test mutating func aTaintThatComesLaterCountsToo() {
    let slow = node("slow", ready: false)
    pod("a", on: "slow") { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    run.run(for: .seconds(50))
    #expect(names() == ["a"])
    run.change(Node.self, slow) { $0.spec.taints = [Self.taint] }
    run.run(for: .seconds(20))
    #expect(names() == [])
  }

  @Test mutating func aPodBeingDeletedWithoutANodeGoesAndOthersStay() {
    pod("held", .pending) {
      $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
    }
    pod("waits", .pending)
    run.run(for: .seconds(21))
    #expect(names() == ["waits"])
  }

  @Test mutating func aClusterWithNothingToCollectIsNotLookedAt() {
    node("node-1")
    pod("a", on: "node-1")
    run.run(for: .seconds(600))
    #expect(run.reconciles == 0)
  }
}
