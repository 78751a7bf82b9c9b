import KubeControllers
import KubeModel
import KubeReconcile
import TestFixtures
import Testing

/// The claims of a StatefulSet's pods: made, found again, owned, and collected.
@Suite struct StatefulSetClaimTests {
  private typealias Retention = PersistentVolumeClaimRetentionPolicyType

  private func run(
    _ replicas: Int32, whenDeleted: PersistentVolumeClaimRetentionPolicyType = .retain,
    whenScaled: PersistentVolumeClaimRetentionPolicyType = .retain
  ) -> StatefulSetRun {
    var set = makeStatefulSet(replicas: replicas, claims: ["data"])
    set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted = whenDeleted
    set.spec.persistentVolumeClaimRetentionPolicy?.whenScaled = whenScaled
    var run = StatefulSetRun(set)
    run.settle()
    return run
  }

  private func owners(_ run: StatefulSetRun, _ claim: String) -> [String]? {
    run[claim: claim]?.metadata.ownerReferences.map { "\($0.kind)/\($0.name)" }
  }

  @Test func eachPodGetsAClaimOfItsNumberBeforeItComes() throws {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1, claims: ["data", "log"]))
    run.look()
    #expect(run.claims == ["data-web-0", "log-web-0"])
    #expect(
      run.runner.events == [
        "Normal SuccessfulCreate Create Claim data-web-0 Pod web-0 in StatefulSet web success",
        "Normal SuccessfulCreate Create Claim log-web-0 Pod web-0 in StatefulSet web success",
        "Normal SuccessfulCreate Create Pod web-0 in StatefulSet web successful",
      ])
    let pod = try #require(run[pod: "web-0"])
    #expect(pod.spec.volumes.map(\.name) == ["data", "log"])
    #expect(pod.spec.volumes[0].persistentVolumeClaim?.claimName == "data-web-0")
    #expect(run[claim: "data-web-0"]?.metadata.labels["app"] == "web")
  }

  @Test func aClaimTakesThePlaceOfTheTemplatesVolumeOfItsName() {
    var set = makeStatefulSet(replicas: 1, claims: ["data"])
    var own = Volume()
    own.name = "data"
    var other = Volume()
    other.name = "tmp"
    set.spec.template.spec.volumes = [other, own]
    var run = StatefulSetRun(set)
    run.look()
    #expect(run[pod: "web-0"]?.spec.volumes.map(\.name) == ["data", "tmp"])
  }

  @Test func aPodOfTheSameNumberFindsItsClaimAgain() {
    var run = run(3)
    run.edit { $0.spec.replicas = 1 }
    run.settle()
    #expect(run.claims == ["data-web-0", "data-web-1", "data-web-2"], "retained")
    run.edit { $0.spec.replicas = 3 }
    #expect(run.settle() == ["+web-1", "+web-2"])
    #expect(run.claims.count == 3)
    #expect(
      run[pod: "web-2"]?.spec.volumes.first?.persistentVolumeClaim?.claimName == "data-web-2")
  }

  @Test(arguments: [
    (Retention.retain, Retention.retain, [String](), [String]()),
    (.retain, .delete, ["StatefulSet/web"], ["StatefulSet/web"]),
    (.delete, .retain, [], ["Pod/web-1"]),
    (.delete, .delete, ["StatefulSet/web"], ["Pod/web-1"]),
  ])
  func theRetentionPolicySaysWhoOwnsAClaim(
    whenScaled: PersistentVolumeClaimRetentionPolicyType,
    whenDeleted: PersistentVolumeClaimRetentionPolicyType, wanted: [String], condemned: [String]
  ) {
    var run = run(2, whenDeleted: whenDeleted, whenScaled: whenScaled)
    #expect(owners(run, "data-web-0") == wanted)
    #expect(owners(run, "data-web-1") == wanted)
    run.edit { $0.spec.replicas = 1 }
    run.look()
    #expect(run.deleted == ["web-1"])
    #expect(owners(run, "data-web-0") == wanted)
    #expect(owners(run, "data-web-1") == condemned, "set before the pod goes")
  }

  @Test func aNewPolicyIsCarriedToTheClaimsThatAreThere() {
    var run = run(2)
    run.edit { $0.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted = .delete }
    run.look()
    #expect(owners(run, "data-web-1") == ["StatefulSet/web"])
    run.edit { $0.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted = .retain }
    run.look()
    #expect(owners(run, "data-web-1") == [])
  }

  @Test func aPodWaitsForTheClaimOfItsPredecessorToBeCollected() throws {
    var run = run(3, whenScaled: .delete)
    run.edit { $0.spec.replicas = 2 }
    run.settle()
    #expect(owners(run, "data-web-2") == ["Pod/web-2"])
    run.edit { $0.spec.replicas = 3 }
    run.look()
    #expect(run.created.isEmpty)
    let key = try #require(
      run.runner.store.key(PersistentVolumeClaim.self, "default", "data-web-2"))
    var plan = Plan()
    plan.delete(key, because: "the test collects it")
    run.runner.run(plan)
    #expect(run.settle() == ["+web-2"])
    #expect(run.claims.contains("data-web-2"))
  }

  @Test func aClaimThatIsLostIsMadeAnewWhileItsPodIsPendingOnly() throws {
    for (phase, isMade) in [(PodPhase.pending, true), (.running, false)] {
      var run = run(1)
      run.unready("web-0")
      run.move(to: phase, "web-0")
      let key = try #require(
        run.runner.store.key(PersistentVolumeClaim.self, "default", "data-web-0"))
      var plan = Plan()
      plan.delete(key, because: "the test removes it")
      run.runner.run(plan)
      run.look()
      #expect(run.claims.isEmpty != isMade, "\(phase)")
    }
  }

  @Test func aClaimThatIsBeingDeletedKeepsItsPodFromComing() {
    var run = run(1)
    run.remove("web-0")
    let time = run.runner.snapshot.time
    run.change(claim: "data-web-0") { $0.metadata.deletionTimestamp = time }
    run.look()
    #expect(run.created.isEmpty && run.runner.retries)
    #expect(
      run.runner.events == [
        "Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: "
          + "pvc data-web-0 is being deleted"
      ])
  }

  @Test func aRefusedClaimIsReportedAndItsPodWaits() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1, claims: ["data"]))
    run.runner.refuse = { write in
      guard case .create(is PersistentVolumeClaim) = write.action else { return nil }
      return .forbidden(PersistentVolumeClaim.resource, "data-web-0", "exceeded quota")
    }
    run.look()
    #expect(run.created.isEmpty && run.runner.retries)
    #expect(run.runner.events.count == 2)
    #expect(
      run.runner.events[0].hasPrefix(
        "Warning FailedCreate Create Claim data-web-0 for Pod web-0 in StatefulSet web failed error: "
      ))
    #expect(
      run.runner.events[1].hasPrefix(
        "Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: failed to create "
          + "PVC data-web-0: "))
  }

  @Test func aClaimOfAnotherControllerIsLeftAloneAndThatIsSaid() {
    var run = run(1, whenDeleted: .delete)
    run.change(claim: "data-web-0") { claim in
      var other = OwnerReference()
      other.apiVersion = "example.com/v1"
      other.kind = "Database"
      other.name = "main"
      other.uid = "uid-main"
      other.controller = true
      claim.metadata.ownerReferences.append(other)
    }
    run.look()
    #expect(owners(run, "data-web-0") == ["Database/main"])
    #expect(
      run.runner.events.first
        == "Warning ConflictingController PersistentVolumeClaim data-web-0 has a conflicting "
        + "OwnerReference that acts as a manging controller, the retention policy is ignored for "
        + "this claim")
  }

  @Test func aClaimOfAnEarlierSetOfTheNameIsNotTouched() {
    var run = run(1, whenDeleted: .delete)
    run.change(claim: "data-web-0") { $0.metadata.ownerReferences[0].uid = "uid-before" }
    run.look()
    #expect(run[claim: "data-web-0"]?.metadata.ownerReferences.map(\.uid) == ["uid-before"])
  }

  @Test func aReferenceThatDoesNotControlIsPutRight() {
    var run = run(1, whenDeleted: .delete)
    run.change(claim: "data-web-0") { $0.metadata.ownerReferences[0].controller = nil }
    run.look()
    #expect(run[claim: "data-web-0"]?.metadata.controllerRef?.uid == "uid-web")
  }
}
