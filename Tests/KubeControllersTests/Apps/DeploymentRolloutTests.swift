import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// Whole rollouts: looks at the Deployment, and after each look one step of its ReplicaSets.
@Suite struct DeploymentRolloutTests {
  private let controller = DeploymentController()

  /// What the ReplicaSets have: as many pods as asked for, of which some are available.
  private struct Pods {
    var total = 0
    var available = 0
  }

  private func count(_ runner: PlanRunner) -> Pods {
    runner.objects(ReplicaSet.self).reduce(into: Pods()) { pods, set in
      pods.total += Int(set.spec.replicas ?? 0)
      pods.available += min(Int(set.spec.replicas ?? 0), Int(set.status.availableReplicas))
    }
  }

  /// Each set gets the pods it asks for; in one of them one more pod becomes available.
  private func advance(_ runner: inout PlanRunner) {
    var isSpent = false
    let table = runner.store[ReplicaSet.self]
    for key in table.keys {
      runner.modify(ReplicaSet.self, key) { set in
        let wanted = set.spec.replicas ?? 0
        set.status.replicas = wanted
        set.status.observedGeneration = set.metadata.generation
        if set.status.availableReplicas < wanted, !isSpent {
          set.status.availableReplicas += 1
          isSpent = true
        }
        set.status.availableReplicas = min(set.status.availableReplicas, wanted)
        set.status.readyReplicas = set.status.availableReplicas
        set.status.terminatingReplicas = 0
      }
    }
  }

  /// Looks and steps until nothing changes; checks each state.
  private func settle(
    _ runner: inout PlanRunner, _ key: ObjectKey, _ check: (Pods, String) -> Void = { _, _ in }
  ) {
    for _ in 0..<100 {
      runner.forget()
      runner.look(controller, at: key)
      #expect(runner.errors.isEmpty)
      check(count(runner), runner.events.joined(separator: "; "))
      let before = runner.objects(ReplicaSet.self).map(\.status)
      let isQuiet = runner.actions.isEmpty
      advance(&runner)
      if isQuiet, runner.objects(ReplicaSet.self).map(\.status) == before { return }
    }
    Issue.record("the rollout does not end")
  }

  @Test(arguments: 0...5)
  func everyRollingUpdateStaysWithinItsLimitsAndEnds(replicas: Int) throws {
    for surge in 0...3 {
      for unavailable in 0...3 {
        var deployment = makeDeployment(replicas: Int32(replicas))
        deployment.spec.strategy.rollingUpdate?.maxSurge = .int(Int32(surge))
        deployment.spec.strategy.rollingUpdate?.maxUnavailable = .int(Int32(unavailable))
        var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
        let key = runner.insert(deployment)
        settle(&runner, key)
        #expect(count(runner).available == replicas)
        runner.modify(Deployment.self, key) {
          $0.spec.template = makeTemplate("app:2")
          $0.metadata.generation += 1
        }
        let missing = surge == 0 && unavailable == 0 ? 1 : unavailable
        settle(&runner, key) { pods, events in
          let place = "\(replicas) +\(surge) -\(unavailable): \(events)"
          #expect(pods.total <= replicas + surge, "\(place)")
          #expect(pods.available >= replicas - missing, "\(place)")
        }
        let after = try #require(runner.store[Deployment.self, key])
        #expect(Int(after.status.updatedReplicas) == replicas)
        #expect(Int(after.status.availableReplicas) == replicas)
        #expect(after.status.conditions[.progressing]?.reason == "NewReplicaSetAvailable")
        #expect(after.metadata.annotations["deployment.kubernetes.io/revision"] == "2")
      }
    }
  }

  @Test func aRecreateHasNeverTwoTemplatesAtOnce() {
    var deployment = makeDeployment(replicas: 3)
    deployment.spec.strategy.type = .recreate
    deployment.spec.strategy.rollingUpdate = nil
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    settle(&runner, key)
    runner.modify(Deployment.self, key) {
      $0.spec.template = makeTemplate("app:2")
      $0.metadata.generation += 1
    }
    settle(&runner, key) { pods, _ in #expect(pods.total <= 3) }
    #expect(runner.objects(ReplicaSet.self).map { $0.spec.replicas ?? 0 }.sorted() == [0, 3])
    #expect(count(runner).available == 3)
  }

  /// A rollout is followed by one back to the first template: no set is made, the old one moves up.
  @Test func goingBackMakesTheOldSetTheNewOne() throws {
    let deployment = makeDeployment(replicas: 2)
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    settle(&runner, key)
    for image in ["app:2", "app:1"] {
      runner.modify(Deployment.self, key) {
        $0.spec.template = makeTemplate(image)
        $0.metadata.generation += 1
      }
      settle(&runner, key)
    }
    let sets = runner.objects(ReplicaSet.self)
    #expect(sets.count == 2)
    let current = try #require(sets.first { $0.spec.replicas == 2 })
    #expect(current.spec.template.spec.containers.first?.image == "app:1")
    #expect(current.metadata.annotations["deployment.kubernetes.io/revision"] == "3")
    #expect(current.metadata.annotations["deployment.kubernetes.io/revision-history"] == "1")
  }

  @Test func theHistoryOfRevisionsForgetsTheOldestAbove2000Characters() throws {
    let deployment = makeDeployment(replicas: 0)
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    let history = (100..<600).map { String($0) }.joined(separator: ",")
    var set = makeReplicaSet("web-old", replicas: 0)
    set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
    set.metadata.annotations = [
      "deployment.kubernetes.io/revision": "600",
      "deployment.kubernetes.io/revision-history": history,
    ]
    runner.insert(set)
    var newer = makeReplicaSet("web-new", replicas: 0)
    newer.spec.template = makeTemplate("app:2")
    newer.metadata.ownerReferences = [OwnerReference(controller: deployment)]
    newer.metadata.annotations = ["deployment.kubernetes.io/revision": "700"]
    runner.insert(newer)
    runner.look(controller, at: key)
    let annotations = try #require(runner.objects(ReplicaSet.self).last?.metadata.annotations)
    let text = try #require(annotations["deployment.kubernetes.io/revision-history"])
    #expect(annotations["deployment.kubernetes.io/revision"] == "701")
    #expect(text.count == 1999)
    #expect(text.hasPrefix("101,"))
    #expect(text.hasSuffix(",599,600"))
  }

  @Test func theOldestEmptySetsGoWhenTheRolloutIsOver() throws {
    var deployment = makeDeployment(replicas: 1)
    deployment.spec.revisionHistoryLimit = 1
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    settle(&runner, key)
    for number in 2...5 {
      runner.modify(Deployment.self, key) {
        $0.spec.template = makeTemplate("app:\(number)")
        $0.metadata.generation += 1
      }
      settle(&runner, key)
    }
    let images = runner.objects(ReplicaSet.self).compactMap {
      $0.spec.template.spec.containers.first?.image
    }
    #expect(images.sorted() == ["app:4", "app:5"])
  }
}

@Suite struct DeploymentRollbackTests {
  /// A Deployment with three templates behind it, that is told to go back.
  private func rollBack(to text: String, image: String = "app:3") -> PlanRunner {
    var deployment = makeDeployment(replicas: 0, image: image)
    deployment.metadata.annotations = ["deprecated.deployment.rollback.to": text, "note": "new"]
    var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
    let key = runner.insert(deployment)
    for number in 1...3 {
      var set = makeReplicaSet("web-\(number)", replicas: 0)
      set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
      set.metadata.annotations = [
        "deployment.kubernetes.io/revision": String(number), "note": "old",
      ]
      set.spec.template = makeTemplate("app:\(number)")
      set.spec.template.metadata.labels["pod-template-hash"] = String(number)
      runner.insert(set)
    }
    runner.look(DeploymentController(), at: key)
    return runner
  }

  @Test(arguments: [
    ("1", "app:1", "Normal DeploymentRollback Rolled back deployment \"web\" to revision 1"),
    ("0", "app:2", "Normal DeploymentRollback Rolled back deployment \"web\" to revision 2"),
    (
      "9", "app:3",
      "Warning DeploymentRollbackRevisionNotFound Unable to find the revision to rollback to."
    ),
    (
      "3", "app:3",
      "Warning DeploymentRollbackTemplateUnchanged The rollback revision contains the same template"
        + " as current deployment \"web\""
    ),
  ])
  func theAnnotationNamesTheRevision(text: String, image: String, event: String) throws {
    let runner = rollBack(to: text)
    let deployment = try #require(runner.objects(Deployment.self).first)
    #expect(deployment.spec.template.spec.containers.first?.image == image)
    #expect(deployment.spec.template.metadata.labels == ["app": "web"])
    #expect(deployment.metadata.annotations["deprecated.deployment.rollback.to"] == nil)
    #expect(deployment.metadata.annotations["note"] == (image == "app:3" ? "new" : "old"))
    #expect(runner.events == [event])
    #expect(runner.errors.isEmpty)
  }
}
