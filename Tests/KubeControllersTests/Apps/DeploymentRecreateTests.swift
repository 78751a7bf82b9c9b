import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// Strategy Recreate: what must be gone before the first new pod comes.
@Suite struct DeploymentRecreateTests {
  /// One look at a Deployment of 3 with an old set of this size, and a pod of it that is left.
  private func look(
    size: Int32 = 0, left phase: PodPhase? = nil, isBeingDeleted: Bool = false,
    counted replicas: Int32 = 0
  ) -> PlanRunner {
    var deployment = makeDeployment(replicas: 3, image: "app:2")
    deployment.spec.strategy.type = .recreate
    deployment.spec.strategy.rollingUpdate = nil
    var old = makeReplicaSet("web-old", replicas: size)
    old.metadata.ownerReferences = [OwnerReference(controller: deployment)]
    old.status.replicas = replicas
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    runner.insert(old)
    if let phase {
      var pod = makePod("a", of: old, phase: phase)
      if isBeingDeleted { pod.metadata.deletionTimestamp = Timestamp("2026-06-01T12:00:30Z") }
      runner.insert(pod)
    }
    runner.look(DeploymentController(), at: key)
    return runner
  }

  private func sizes(_ runner: PlanRunner) -> [Int32?] {
    runner.objects(ReplicaSet.self).map(\.spec.replicas).sorted { ($0 ?? 0) < ($1 ?? 0) }
  }

  @Test func theOldSetIsScaledToNoneFirst() {
    let runner = look(size: 3, left: .running, counted: 3)
    #expect(sizes(runner) == [0])
    #expect(
      runner.events == ["Normal ScalingReplicaSet Scaled down replica set web-old from 3 to 0"])
  }

  @Test(arguments: [PodPhase.pending, .running, .unknown], [false, true])
  func anOldPodThatIsNotOverKeepsNewOnesAway(phase: PodPhase, isBeingDeleted: Bool) {
    #expect(sizes(look(left: phase, isBeingDeleted: isBeingDeleted)) == [0])
  }

  @Test(arguments: [PodPhase.succeeded, .failed])
  func anOldPodThatIsOverIsNotWaitedFor(phase: PodPhase) {
    #expect(sizes(look(left: phase)) == [0, 3])
  }

  @Test func podsThatTheOldSetStillCountsAreWaitedFor() {
    #expect(sizes(look(counted: 1)) == [0])
  }

  @Test func whenAllAreGoneTheNewSetComesWithItsWholeSize() {
    let runner = look()
    #expect(sizes(runner) == [0, 3])
    let name = runner.objects(ReplicaSet.self).first { $0.spec.replicas == 3 }?.metadata.name ?? ""
    #expect(
      runner.events == ["Normal ScalingReplicaSet Scaled up replica set \(name) from 0 to 3"])
  }
}
