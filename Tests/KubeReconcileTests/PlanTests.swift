import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct PlanTests {
  private func pod(_ name: String) -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: name, namespace: "default")
    return pod
  }

  @Test func aWatchIsToldOnlyOfItsKind() {
    let snapshot = PlanRunner(at: "2026-01-01T00:00:00Z").snapshot
    let key = ObjectKey(kind: 0, slot: 3, serial: 9)
    var found: [ObjectKey] = []
    Watch.primary(Job.self).add(Change(key: key, created: pod("a")), in: snapshot, to: &found)
    #expect(found.isEmpty)
    Watch.primary(Pod.self).add(Change(key: key, created: pod("a")), in: snapshot, to: &found)
    #expect(found == [key])
  }

  @Test func aWatchOfMetadataIsNotToldOfAStatusWrite() {
    let snapshot = PlanRunner(at: "2026-01-01T00:00:00Z").snapshot
    let key = ObjectKey(kind: 0, slot: 3, serial: 9)
    let watch = Watch.metadataChanges(of: Pod.self) { change, _, keys in keys.append(change.key) }
    let old = pod("a")
    var new = old
    new.status.phase = .running
    var found: [ObjectKey] = []
    watch.add(Change(key: key, from: old, to: new), in: snapshot, to: &found)
    #expect(found.isEmpty)
    new.metadata.labels["app"] = "web"
    watch.add(Change(key: key, from: old, to: new), in: snapshot, to: &found)
    #expect(found == [key])
  }

  @Test func aFollowingPlanMaySeeWhatWasWritten() {
    var runner = PlanRunner(at: "2026-01-01T00:00:00Z")
    var plan = Plan()
    plan.create(pod("a"), because: "test")
    plan.afterwards = { results, snapshot in
      var plan = Plan()
      guard case .done(let key, _) = results.last, var pod = snapshot[Pod.self, key] else {
        return plan
      }
      pod.metadata.labels["uid"] = pod.metadata.uid.description
      plan.update(key, pod, because: "test")
      return plan
    }
    #expect(!plan.isEmpty)
    runner.run(plan)
    #expect(runner.objects(Pod.self).first?.metadata.labels["uid"] == "uid-a")
  }

  @Test func delaysOfAWatchAddUp() {
    #expect(Watch.primary(Pod.self).delay == .zero)
    let watch = Watch.primary(Pod.self).delayed(by: .seconds(1)).delayed(by: .seconds(2))
    #expect(watch.delay == .seconds(3))
  }

  @Test func aClaimWithAFinalizerGivesItAndTakesIt() {
    var owner = ReplicaSet()
    owner.metadata = ObjectMeta(name: "web", namespace: "default")
    owner.metadata.uid = UID("web")
    let rule = ClaimRule(owner, finalizer: "example.com/hold")
    let adopted = rule.adopting(pod("a"))
    #expect(adopted.metadata.finalizers == ["example.com/hold"])
    #expect(rule.adopting(adopted).metadata.finalizers == ["example.com/hold"])
    #expect(rule.releasing(adopted).metadata.finalizers.isEmpty)
  }
}
