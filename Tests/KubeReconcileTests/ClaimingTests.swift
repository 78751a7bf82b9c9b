import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct ClaimingTests {
  private func owner(_ name: String = "web", isBeingDeleted: Bool = false) -> ReplicaSet {
    var owner = ReplicaSet()
    owner.metadata = ObjectMeta(name: name, namespace: "default")
    owner.metadata.uid = UID("uid-" + name)
    owner.spec.selector = LabelSelector(matchLabels: ["app": "web"])
    if isBeingDeleted { owner.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    return owner
  }

  private func pod(_ name: String, app: String = "web", owner: ReplicaSet? = nil) -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: name, namespace: "default", labels: ["app": app])
    if let owner { pod.metadata.ownerReferences = [OwnerReference(controller: owner)] }
    return pod
  }

  /// The names of the owner's pods after the claim, and of those that were written.
  private func claim(
    _ pods: [Pod], for owner: ReplicaSet, refusing error: APIError? = nil
  ) throws -> (claimed: [String], written: [String], followed: Bool, retries: Bool) {
    var runner = PlanRunner(at: "2026-01-01T00:00:00Z")
    for pod in pods { runner.insert(pod) }
    runner.refuse = { write in
      if case .update = write.action { error } else { nil }
    }
    let claims = runner.snapshot.claim(
      Pod.self, for: owner, by: try Selector(owner.spec.selector))
    runner.run(
      claims.then {
        var plan = Plan()
        plan.wake(.cluster, at: Instant.zero)
        return plan
      })
    return (
      claims.objects.map(\.object.metadata.name), runner.names(.update, "pods"),
      !runner.wakes.isEmpty, runner.retries
    )
  }

  @Test func takesItsOwnAdoptsOrphansAndReleasesStrangers() throws {
    let web = owner()
    let result = try claim(
      [
        pod("mine", owner: web), pod("strange", app: "db", owner: web), pod("orphan"),
        pod("other-label", app: "db"), pod("taken", owner: owner("other")),
      ], for: web)
    #expect(result.claimed == ["mine", "orphan"])
    #expect(result.written == ["orphan", "strange"])
    #expect(result.followed)
  }

  @Test func anOwnerThatIsBeingDeletedKeepsItsOwnAndChangesNothing() throws {
    let web = owner(isBeingDeleted: true)
    let result = try claim(
      [pod("mine", owner: web), pod("strange", app: "db", owner: web), pod("orphan")], for: web)
    #expect(result.claimed == ["mine"])
    #expect(result.written.isEmpty)
  }

  @Test func anOrphanThatIsBeingDeletedIsNotAdopted() throws {
    var dying = pod("dying")
    dying.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
    #expect(try claim([dying], for: owner()).claimed.isEmpty)
  }

  @Test func aRefusedAdoptionStopsTheLookAndIsTriedAgain() throws {
    let result = try claim(
      [pod("orphan")], for: owner(), refusing: .forbidden(Pod.resource, "orphan", "no"))
    #expect(!result.followed)
    #expect(result.retries)
  }

  @Test func anOrphanThatIsGoneIsNoFailure() throws {
    let result = try claim(
      [pod("orphan")], for: owner(), refusing: .notFound(Pod.resource, "orphan"))
    #expect(result.followed)
    #expect(!result.retries)
  }

  @Test func aReleaseThatHasBecomeInvalidIsNoFailure() throws {
    let web = owner()
    let invalid = APIError.invalid(Pod.resource, "strange", [])
    let released = try claim([pod("strange", app: "db", owner: web)], for: web, refusing: invalid)
    #expect(released.followed)
    let adopted = try claim([pod("orphan")], for: web, refusing: invalid)
    #expect(!adopted.followed)
  }

  @Test func adoptionKeepsOwnersThatDoNotControl() throws {
    var shared = pod("shared")
    var reference = OwnerReference(controller: owner("helper"))
    reference.controller = nil
    shared.metadata.ownerReferences = [reference]
    let adopted = ClaimRule(owner()).adopting(shared)
    #expect(adopted.metadata.ownerReferences.map(\.name) == ["helper", "web"])
    #expect(adopted.metadata.controllerRef?.name == "web")
  }
}
