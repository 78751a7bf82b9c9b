import KubeControllers
import KubeModel
import TestFixtures
import Testing

@Suite struct RolloutTests {
  private let web = makeDeployment(replicas: 1, image: "app:2")

  private func set(_ revision: Int) -> ReplicaSet {
    var set = makeReplicaSet("web-\(revision)", replicas: 0)
    set.metadata.ownerReferences = [OwnerReference(controller: web)]
    set.metadata.annotations = [
      "deployment.kubernetes.io/revision": String(revision), "note": "of \(revision)",
      "deployment.kubernetes.io/desired-replicas": "1",
    ]
    set.spec.template = makeTemplate("app:\(revision)")
    set.spec.template.metadata.labels["pod-template-hash"] = "h\(revision)"
    return set
  }

  @Test func undoTakesTemplateAndAnnotationsOfTheRevision() throws {
    var web = web
    web.metadata.annotations = ["deployment.kubernetes.io/revision": "2", "note": "of 2", "x": "y"]
    let undone = try Rollout.undo(web, replicaSets: [set(1), set(2)])
    #expect(undone.message == "rolled back")
    #expect(undone.deployment.spec.template == makeTemplate("app:1"))
    #expect(
      undone.deployment.metadata.annotations == [
        "deployment.kubernetes.io/revision": "2", "note": "of 1",
      ])
  }

  @Test func setsOfOthersAreNoHistory() {
    var stranger = set(1)
    stranger.metadata.ownerReferences[0].uid = "other"
    let error = #expect(throws: RolloutError.self) {
      try Rollout.undo(web, replicaSets: [stranger, set(2)])
    }
    #expect(error?.message == "no rollout history found for deployment \"web\"")
    #expect(Rollout.history(of: web, replicaSets: [stranger, set(2)]).map(\.number) == [2])
  }

  @Test func pauseAndResumeRefuseWhatIsSoAlready() throws {
    let paused = try Rollout.pause(web)
    #expect(paused.spec.paused)
    #expect(try Rollout.resume(paused) == web)
    let again = #expect(throws: RolloutError.self) { try Rollout.pause(paused) }
    #expect(again?.message == "deployments.apps \"web\" is already paused")
    let resumed = #expect(throws: RolloutError.self) { try Rollout.resume(web) }
    #expect(resumed?.message == "deployments.apps \"web\" is not paused")
  }

  @Test func restartNotesTheTimeInTheTemplate() throws {
    let time = "2026-06-01T12:00:00Z"
    let restarted = try Rollout.restart(web, at: time)
    #expect(
      restarted.spec.template.metadata.annotations == [
        "kubectl.kubernetes.io/restartedAt": time
      ])
    let paused = try Rollout.pause(web)
    let error = #expect(throws: RolloutError.self) { try Rollout.restart(paused, at: time) }
    #expect(
      error?.message
        == "deployments.apps \"web\" can't restart paused deployment (run rollout resume first)")
  }
}
