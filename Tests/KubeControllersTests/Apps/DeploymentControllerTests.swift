import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct DeploymentControllerTests {
  private let controller = DeploymentController()

  private func runner(_ deployment: Deployment) -> (PlanRunner, ObjectKey) {
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    return (runner, key)
  }

  @Test func aNewTemplateGetsAReplicaSetWithItsHash() throws {
    var deployment = makeDeployment(replicas: 3)
    deployment.metadata.annotations = [
      "team": "blue", "kubectl.kubernetes.io/last-applied-configuration": "{}",
    ]
    deployment.spec.minReadySeconds = 7
    var (runner, key) = runner(deployment)
    runner.look(controller, at: key)
    let set = try #require(runner.objects(ReplicaSet.self).first)
    let hash = try #require(set.metadata.labels["pod-template-hash"])
    #expect(set.metadata.name == "web-" + hash)
    #expect(set.metadata.labels == ["app": "web", "pod-template-hash": hash])
    #expect(set.spec.selector?.matchLabels == ["app": "web", "pod-template-hash": hash])
    #expect(set.spec.template.metadata.labels == ["app": "web", "pod-template-hash": hash])
    #expect(set.spec.template.$spec.sharesStorage(with: deployment.spec.template.$spec))
    #expect(set.spec.replicas == 3)
    #expect(set.spec.minReadySeconds == 7)
    #expect(set.metadata.controllerRef?.uid == deployment.metadata.uid)
    #expect(
      set.metadata.annotations == [
        "team": "blue", "deployment.kubernetes.io/revision": "1",
        "deployment.kubernetes.io/desired-replicas": "3",
        "deployment.kubernetes.io/max-replicas": "4",
      ])
    #expect(
      runner.events == ["Normal ScalingReplicaSet Scaled up replica set web-\(hash) from 0 to 3"])
    let after = try #require(runner.store[Deployment.self, key])
    #expect(after.metadata.annotations["deployment.kubernetes.io/revision"] == "1")
    #expect(
      after.status.conditions.map(\.reason) == [
        "NewReplicaSetCreated", "MinimumReplicasUnavailable",
      ])
    #expect(runner.errors.isEmpty)
  }

  @Test func aNameThatIsTakenIsHashedAnew() throws {
    let deployment = makeDeployment(replicas: 1)
    var (runner, key) = runner(deployment)
    var (probe, probeKey) = self.runner(deployment)
    probe.look(controller, at: probeKey)
    let name = try #require(probe.objects(ReplicaSet.self).first?.metadata.name)
    var stranger = makeReplicaSet(name, replicas: 1)
    stranger.metadata.labels = ["app": "db"]
    runner.insert(stranger)
    runner.look(controller, at: key)
    #expect(runner.store[Deployment.self, key]?.status.collisionCount == 1)
    #expect(runner.retries)
    runner.look(controller, at: key)
    #expect(runner.objects(ReplicaSet.self).count == 2)
    #expect(runner.names(.create, "replicasets").first != name)
  }

  @Test func aNamespaceThatIsGoingIsNotTriedAgain() {
    var (runner, key) = runner(makeDeployment(replicas: 1))
    runner.refuse = { write in
      guard case .create = write.action else { return nil }
      var error = APIError.forbidden(ReplicaSet.resource, "web", "being terminated")
      error.details.causes = [
        APIError.Cause(type: "NamespaceTerminating", message: "", field: "metadata.namespace")
      ]
      return error
    }
    runner.look(controller, at: key)
    #expect(!runner.retries)
    #expect(runner.events.isEmpty)
    #expect(runner.actions.isEmpty)
  }

  @Test func aRefusedReplicaSetIsReportedAndTriedAgain() throws {
    var (runner, key) = runner(makeDeployment(replicas: 1))
    runner.refuse = { write in
      guard case .create = write.action else { return nil }
      return .forbidden(ReplicaSet.resource, "web", "quota")
    }
    runner.look(controller, at: key)
    #expect(runner.retries)
    let conditions = try #require(runner.store[Deployment.self, key]?.status.conditions)
    #expect(conditions.map(\.reason) == ["ReplicaSetCreateError"])
    let message = try #require(conditions.first?.message)
    #expect(message.hasPrefix("Failed to create new replica set \"web-"))
    #expect(message.hasSuffix("\": replicasets.apps \"web\" is forbidden: quota"))
    #expect(runner.events == ["Warning ReplicaSetCreateError \(message)"])
  }

  @Test func aLongNameLeavesRoomForTheHash() throws {
    let name = String(repeating: "a", count: 250)
    var (runner, key) = runner(makeDeployment(name, replicas: 1))
    runner.look(controller, at: key)
    let set = try #require(runner.objects(ReplicaSet.self).first)
    let hash = try #require(set.metadata.labels["pod-template-hash"])
    #expect(set.metadata.name.count == 253)
    #expect(set.metadata.name.hasSuffix("a-" + hash))
  }

  @Test func anEmptySelectorIsRefused() {
    var deployment = makeDeployment(replicas: 1)
    deployment.spec.selector = LabelSelector()
    var (runner, key) = runner(deployment)
    runner.look(controller, at: key)
    #expect(
      runner.events == [
        "Warning SelectingAll This deployment is selecting all pods. "
          + "A non-empty selector is required."
      ])
    #expect(runner.store[Deployment.self, key]?.status.observedGeneration == 1)
    #expect(runner.objects(ReplicaSet.self).isEmpty)
  }

  @Test func ofTwoSetsWithTheTemplateTheOlderIsTheNewOne() {
    let deployment = makeDeployment(replicas: 1)
    var (runner, key) = runner(deployment)
    for (name, time) in [("web-b", "2026-06-01T10:00:00Z"), ("web-a", "2026-06-01T11:00:00Z")] {
      var set = makeReplicaSet(name, replicas: 1)
      set.metadata.creationTimestamp = Timestamp(time)
      set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
      set.status.replicas = 1
      set.status.availableReplicas = 1
      runner.insert(set)
    }
    for _ in 0..<3 { runner.look(controller, at: key) }
    #expect(runner.objects(ReplicaSet.self).map(\.spec.replicas) == [0, 1])
  }

  @Test func aRefusedScalingIsNotReportedAsDone() {
    let deployment = makeDeployment(replicas: 4)
    var (runner, key) = runner(deployment)
    runner.look(controller, at: key)
    runner.forget()
    runner.modify(Deployment.self, key) { $0.spec.replicas = 6 }
    runner.refuse = { write in
      guard case .update = write.action else { return nil }
      return .forbidden(ReplicaSet.resource, "web", "no")
    }
    runner.look(controller, at: key)
    #expect(runner.events.isEmpty)
    #expect(runner.retries)
  }

  @Test func aPausedDeploymentScalesAndRollsNothingOut() {
    let deployment = makeDeployment(replicas: 2)
    var (runner, key) = runner(deployment)
    runner.look(controller, at: key)
    runner.modify(Deployment.self, key) {
      $0.spec.paused = true
      $0.spec.replicas = 5
      $0.spec.template = makeTemplate("app:2")
    }
    runner.look(controller, at: key)
    #expect(runner.objects(ReplicaSet.self).map(\.spec.replicas) == [5])
    let conditions = runner.store[Deployment.self, key]?.status.conditions
    #expect(conditions?[.progressing]?.reason == "DeploymentPaused")
    runner.modify(Deployment.self, key) { $0.spec.paused = false }
    runner.look(controller, at: key)
    let reason = runner.store[Deployment.self, key]?.status.conditions[.progressing]?.reason
    #expect(runner.objects(ReplicaSet.self).count == 2)
    #expect(reason == "NewReplicaSetCreated")
  }

  @Test func theLastOldPodThatGoesMakesARecreateDue() throws {
    for type in [DeploymentStrategyType.recreate, .rollingUpdate] {
      var deployment = makeDeployment(replicas: 2)
      deployment.spec.strategy.type = type
      var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
      let key = runner.insert(deployment)
      var set = makeReplicaSet(replicas: 0)
      set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
      runner.insert(set)
      let (gone, left) = (makePod("a", of: set), makePod("b", of: set))
      let leftKey = runner.insert(left)
      func due() -> [ObjectKey] {
        runner.due(DeploymentController.self, old: gone, new: Pod?.none, key: .cluster)
      }
      #expect(due().isEmpty, "another pod is left")
      var plan = Plan()
      plan.delete(leftKey, because: "test")
      runner.run(plan)
      #expect(due() == (type == .recreate ? [key] : []))
    }
  }
}

@Suite struct DeploymentDeadlineTests {
  private let controller = DeploymentController()

  /// A rollout without progress for some seconds, with a deadline; looked at once.
  private func look(
    silentFor seconds: Int64, deadline: Int32? = 60, reason: String = "ReplicaSetUpdated",
    now: Duration = .zero
  ) -> PlanRunner {
    var deployment = makeDeployment(replicas: 1)
    deployment.spec.progressDeadlineSeconds = deadline
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    runner.now = .zero + now
    let key = runner.insert(deployment)
    runner.look(controller, at: key)
    var progressing = DeploymentCondition()
    progressing.type = .progressing
    progressing.status = reason == "ProgressDeadlineExceeded" ? .false : .true
    progressing.reason = reason
    progressing.lastUpdateTime = runner.clock.timestamp(.zero + .seconds(-seconds))
    runner.modify(Deployment.self, key) {
      $0.status.conditions.set(progressing, .inPlace)
    }
    runner.forget()
    runner.look(controller, at: key)
    return runner
  }

  @Test func aSilentRolloutIsLookedAtASecondAfterItsDeadline() {
    #expect(look(silentFor: 30).wakes.map(\.time) == [.zero + .seconds(31)])
    #expect(look(silentFor: 59).wakes.map(\.time) == [.zero + .seconds(2)])
  }

  @Test func withLessThanASecondLeftItIsTriedAgainSoon() {
    let runner = look(silentFor: 59, now: .milliseconds(500))
    #expect(runner.wakes.isEmpty)
    #expect(runner.retries)
    #expect(look(silentFor: 60).retries, "the deadline must be over, not reached")
  }

  @Test func afterTheDeadlineItHasTimedOut() throws {
    let runner = look(silentFor: 61)
    let progressing = try #require(
      runner.objects(Deployment.self).first?.status.conditions[.progressing])
    #expect(progressing.reason == "ProgressDeadlineExceeded")
    #expect(progressing.status == .false)
    #expect(runner.wakes.isEmpty)
    #expect(runner.events.isEmpty)
  }

  @Test func nothingIsWaitedForWithoutDeadlineOrAfterIt() {
    for deadline in [nil, Int32.max] {
      let runner = look(silentFor: 30, deadline: deadline)
      #expect(runner.wakes.isEmpty)
      #expect(!runner.retries)
      #expect(runner.objects(Deployment.self).first?.status.conditions[.progressing] == nil)
    }
    #expect(look(silentFor: 900, reason: "ProgressDeadlineExceeded").wakes.isEmpty)
  }

  @Test func aRolloutThatWasCompleteDoesNotTimeOut() {
    let runner = look(silentFor: 9000, reason: "NewReplicaSetAvailable")
    let reason = runner.objects(Deployment.self).first?.status.conditions[.progressing]?.reason
    #expect(reason == "NewReplicaSetAvailable")
  }
}
