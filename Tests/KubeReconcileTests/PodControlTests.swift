import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct PodControlTests {
  private var owner: ReplicaSet {
    var owner = ReplicaSet()
    owner.metadata = ObjectMeta(name: "web", namespace: "default")
    return owner
  }

  private var control: PodControl { PodControl(for: owner, component: "test") }

  /// Tries to create ten pods, of which the server takes some; says how many were tried and done.
  private func create(allowed: Int, error: APIError) -> (
    attempts: Int, done: Int, runner: PlanRunner
  ) {
    var runner = PlanRunner(at: "2026-01-01T00:00:00Z")
    let seen = Seen()
    runner.refuse = { write in
      guard case .create = write.action else { return nil }
      seen.attempts += 1
      return seen.attempts > allowed ? error : nil
    }
    let pod = Pod(template: PodTemplateSpec(), owner: owner)
    runner.run(
      control.create(10, because: "test") { _ in
        pod
      } then: { outcome in
        var plan = Plan()
        plan.retries = outcome.error != nil
        return plan
      })
    return (seen.attempts, runner.names(.create, "pods").count, runner)
  }

  @Test func batchesDoubleUntilOneFails() {
    let quota = APIError.forbidden(Pod.resource, "", "quota")
    let none = create(allowed: 0, error: quota)
    #expect((none.attempts, none.done) == (1, 0))
    let five = create(allowed: 5, error: quota)
    #expect((five.attempts, five.done) == (7, 5))
    let all = create(allowed: 10, error: quota)
    #expect((all.attempts, all.done) == (10, 10))
    #expect(!all.runner.retries)
    #expect(five.runner.retries)
    #expect(
      five.runner.events.suffix(4) == [
        "Normal SuccessfulCreate Created pod: web-4", "Normal SuccessfulCreate Created pod: web-5",
        "Warning FailedCreate Error creating: pods is forbidden: quota",
        "Warning FailedCreate Error creating: pods is forbidden: quota",
      ])
  }

  @Test func aNamespaceThatIsGoingIsNoFailure() {
    var error = APIError.forbidden(Pod.resource, "", "being terminated")
    error.details.causes = [
      APIError.Cause(type: "NamespaceTerminating", message: "", field: "metadata.namespace")
    ]
    let refused = create(allowed: 0, error: error)
    #expect((refused.attempts, refused.done) == (10, 0))
    #expect(refused.runner.events.isEmpty)
    #expect(!refused.runner.retries)
  }

  @Test func allDeletionsAreTriedAndAPodThatIsGoneIsNoFailure() {
    var runner = PlanRunner(at: "2026-01-01T00:00:00Z")
    var keys: [ObjectKey] = []
    for name in ["a", "b", "c"] {
      var pod = Pod()
      pod.metadata.name = name
      keys.append(runner.insert(pod))
    }
    let gone = keys[0]
    let stuck = keys[1]
    runner.refuse = { write in
      guard case .delete(let key, _) = write.action else { return nil }
      if key == gone { return .notFound(Pod.resource, "a") }
      return key == stuck ? .forbidden(Pod.resource, "b", "no") : nil
    }
    let seen = Seen()
    runner.run(
      control.delete(
        [(keys[0], "a"), (keys[1], "b"), (keys[2], "c")], because: "test"
      ) { outcome in
        seen.attempts = outcome.done
        seen.error = outcome.error
        return .nothing
      })
    #expect(seen.attempts == 1)
    #expect(seen.error?.message == "pods \"b\" is forbidden: no")
    #expect(
      runner.events == [
        "Warning FailedDelete Error deleting: pods \"b\" is forbidden: no",
        "Normal SuccessfulDelete Deleted pod: c",
      ])
  }

  @Test func aPodSharesTheSpecOfItsTemplate() {
    var template = PodTemplateSpec()
    template.metadata.labels = ["app": "web"]
    template.metadata.annotations = ["a": "b"]
    template.metadata.finalizers = ["example.com/x"]
    let pod = Pod(template: template, owner: owner)
    #expect(pod.$spec.sharesStorage(with: template.$spec))
    #expect(pod.metadata.generateName == "web-")
    #expect(pod.metadata.namespace == "default")
    #expect(pod.metadata.labels == ["app": "web"])
    #expect(pod.metadata.annotations == ["a": "b"])
    #expect(pod.metadata.finalizers == ["example.com/x"])
    #expect(pod.metadata.controllerRef?.blockOwnerDeletion == true)
  }

  @Test func anOwnerNameWithoutRoomGetsNoDash() {
    var owner = owner
    owner.metadata.name = String(repeating: "a", count: 253)
    #expect(
      Pod(template: PodTemplateSpec(), owner: owner).metadata.generateName == owner.metadata.name)
  }
}

private final class Seen: @unchecked Sendable {  // Used by one test, in one task.
  var attempts = 0
  var error: APIError?
}
