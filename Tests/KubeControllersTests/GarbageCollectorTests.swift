import KubeControllers
import KubeModel
import KubeReconcile
import Testing

@Suite struct GarbageCollectorTests {
  private var run = ControllerRun(GarbageCollector())

  private mutating func deployment(_ name: String, in namespace: String = "default") -> ObjectKey {
    var deployment = Deployment()
    deployment.metadata.name = name
    deployment.metadata.namespace = namespace
    return run.insert(deployment)
  }

  private mutating func replicaSet(
    _ name: String, _ owners: [OwnerReference], finalizers: [String] = []
  ) -> ObjectKey {
    var set = ReplicaSet()
    set.metadata.name = name
    set.metadata.namespace = "default"
    set.metadata.ownerReferences = owners
    set.metadata.finalizers = finalizers
    return run.insert(set)
  }

  private mutating func pod(
    _ name: String, _ owners: [OwnerReference], finalizers: [String] = [], on node: String = ""
  ) -> ObjectKey {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.namespace = "default"
    pod.metadata.ownerReferences = owners
    pod.metadata.finalizers = finalizers
    pod.spec.nodeName = node
    return run.insert(pod)
  }

  private func owner<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, blocks: Bool = true
  ) throws -> OwnerReference {
    OwnerReference(to: try #require(run[kind, key]), blocks: blocks)
  }

  /// A Deployment, its ReplicaSet and two of its pods on a node.
  private mutating func family() throws -> (ObjectKey, ObjectKey, [ObjectKey]) {
    let web = deployment("web")
    let set = replicaSet("web-1", [try owner(Deployment.self, web)])
    let mine = try owner(ReplicaSet.self, set)
    let pods = [pod("web-1-a", [mine], on: "node-1"), pod("web-1-b", [mine], on: "node-1")]
    run.settle()
    return (web, set, pods)
  }

  // MARK: background

  @Test mutating func backgroundDeletionGoesDownTheTree() throws {
    let (web, set, pods) = try family()
    run.delete(web)
    run.settle()
    #expect(
      run.log == [
        "delete Background ReplicaSet web-1", "delete Background Pod web-1-a",
        "delete Background Pod web-1-b",
      ])
    #expect(run[ReplicaSet.self, set] == nil)
    #expect(run[Pod.self, pods[0]]?.isBeingDeleted == true)
  }

  @Test mutating func newObjectWithAnOwnerAndStatusWritesWakeNobody() throws {
    let (_, _, pods) = try family()
    run.change(Pod.self, pods[0]) { $0.status.phase = .running }
    run.change(Pod.self, pods[0]) { $0.metadata.labels["a"] = "b" }
    run.settle()
    #expect(run.reconciles == 0)
  }

  @Test mutating func objectOfAnOwnerThatNeverWasIsDeleted() throws {
    var ghost = Deployment()
    ghost.metadata.name = "ghost"
    ghost.metadata.uid = "no-such-uid"
    let set = replicaSet("lost", [OwnerReference(to: ghost)])
    run.settle()
    #expect(run[ReplicaSet.self, set] == nil)
  }

  @Test mutating func ownerOfTheSameNameIsAnotherOwner() throws {
    let old = deployment("web")
    let set = replicaSet("web-1", [try owner(Deployment.self, old)])
    run.delete(old)
    _ = deployment("web")
    run.settle()
    #expect(run[ReplicaSet.self, set] == nil)
    #expect(run.names(Deployment.self) == ["web"])
  }

  @Test mutating func referenceWithTheWrongNameOrKindFindsNobody() throws {
    let web = deployment("web")
    var reference = try owner(Deployment.self, web)
    reference.name = "wob"
    let first = replicaSet("first", [reference])
    reference.name = "web"
    reference.kind = "StatefulSet"
    let second = replicaSet("second", [reference])
    run.settle()
    #expect(run[ReplicaSet.self, first] == nil)
    #expect(run[ReplicaSet.self, second] == nil)
  }

  @Test mutating func objectWithAnotherOwnerStaysAndForgetsTheOneThatIsGone() throws {
    let one = deployment("one")
    let two = deployment("two")
    let both = [try owner(Deployment.self, one), try owner(Deployment.self, two)]
    let set = replicaSet("shared", both)
    run.delete(one)
    run.settle()
    #expect(run[ReplicaSet.self, set]?.metadata.ownerReferences == [both[1]])
    run.delete(two)
    run.settle()
    #expect(run[ReplicaSet.self, set] == nil)
  }

  @Test mutating func ownerOfAnUnknownKindProtects() throws {
    var reference = OwnerReference()
    reference.apiVersion = "example.com/v1"
    reference.kind = "Widget"
    reference.name = "w"
    reference.uid = "no-such-uid"
    let set = replicaSet("kept", [reference])
    run.settle()
    #expect(run[ReplicaSet.self, set] != nil)
    #expect(run.log.isEmpty)
  }

  @Test mutating func objectBeingDeletedIsLeftAlone() throws {
    let web = deployment("web")
    let set = replicaSet(
      "web-1", [try owner(Deployment.self, web)], finalizers: ["example.com/hold"])
    run.delete(set)
    run.delete(web)
    run.settle()
    #expect(run.log.isEmpty)
    #expect(run[ReplicaSet.self, set] != nil)
  }

  @Test mutating func finalizerOfTheObjectDecidesAboutItsOwnDependents() throws {
    let web = deployment("web")
    _ = replicaSet("orphaner", [try owner(Deployment.self, web)], finalizers: ["orphan"])
    run.delete(web)
    run.settle()
    #expect(run.log.first == "delete Orphan ReplicaSet orphaner")
    #expect(run.names(ReplicaSet.self) == [])
  }

  // MARK: foreground

  @Test mutating func foregroundDeletionGoesUpTheTree() throws {
    let (web, set, pods) = try family()
    run.delete(web, .foreground)
    run.settle()
    #expect(
      run.log == [
        "delete Foreground ReplicaSet web-1", "delete Background Pod web-1-a",
        "delete Background Pod web-1-b",
      ])
    run.remove(pods[0])
    run.settle()
    #expect(run[ReplicaSet.self, set] != nil)
    run.remove(pods[1])
    run.settle()
    #expect(run.log.suffix(2) == ["update ReplicaSet web-1", "update Deployment web"])
    #expect(run[ReplicaSet.self, set] == nil)
    #expect(run[Deployment.self, web] == nil)
  }

  @Test mutating func solidOwnerDoesNotBlockTheWaitingOne() throws {
    let one = deployment("one")
    let two = deployment("two")
    let both = [try owner(Deployment.self, one), try owner(Deployment.self, two)]
    let set = replicaSet("shared", both)
    run.delete(one, .foreground)
    run.settle()
    #expect(run[ReplicaSet.self, set]?.metadata.ownerReferences == [both[1]])
    #expect(run.names(Deployment.self) == ["two"])
  }

  @Test mutating func nonBlockingReferenceDoesNotBlock() throws {
    let web = deployment("web")
    let set = replicaSet(
      "web-1", [try owner(Deployment.self, web, blocks: false)], finalizers: ["example.com/hold"])
    run.delete(web, .foreground)
    run.settle()
    #expect(run[Deployment.self, web] == nil)
    #expect(run[ReplicaSet.self, set]?.isBeingDeleted == true)
  }

  @Test mutating func blockingDependentWithAFinalizerKeepsTheOwner() throws {
    let web = deployment("web")
    let set = replicaSet(
      "web-1", [try owner(Deployment.self, web)], finalizers: ["example.com/hold"])
    run.delete(web, .foreground)
    run.settle()
    #expect(run[Deployment.self, web] != nil)
    run.change(ReplicaSet.self, set) { $0.metadata.finalizers = [] }
    run.settle()
    #expect(run[Deployment.self, web] == nil)
  }

  @Test mutating func dependentThatNoLongerBlocksLetsTheOwnerGo() throws {
    let web = deployment("web")
    let set = replicaSet(
      "web-1", [try owner(Deployment.self, web)], finalizers: ["example.com/hold"])
    run.delete(web, .foreground)
    run.settle()
    run.change(ReplicaSet.self, set) { $0.metadata.ownerReferences[0].blockOwnerDeletion = false }
    run.settle()
    #expect(run[Deployment.self, web] == nil)
  }

  @Test mutating func dependentAddedDuringForegroundDeletionGoesToo() throws {
    let web = deployment("web")
    let reference = try owner(Deployment.self, web)
    let held = replicaSet("held", [reference], finalizers: ["example.com/hold"])
    run.delete(web, .foreground)
    run.settle()
    let late = replicaSet("late", [reference])
    run.settle()
    #expect(run[ReplicaSet.self, late] == nil)
    #expect(run[ReplicaSet.self, held] != nil)
  }

  @Test mutating func ownersInACircleAreUnblocked() throws {
    let one = deployment("one")
    let two = replicaSet("two", [try owner(Deployment.self, one)])
    let reference = try owner(ReplicaSet.self, two)
    run.change(Deployment.self, one) { $0.metadata.ownerReferences = [reference] }
    run.delete(one, .foreground)
    run.settle()
    #expect(run.names(Deployment.self) == [])
    #expect(run.names(ReplicaSet.self) == [])
    #expect(run.log.contains("delete Foreground ReplicaSet two"))
  }

  // MARK: orphan

  @Test mutating func orphaningReleasesAllDependentsBeforeTheOwnerGoes() throws {
    let (_, set, pods) = try family()
    run.delete(set, .orphan)
    run.settle()
    #expect(
      run.log == ["update Pod web-1-a", "update Pod web-1-b", "update ReplicaSet web-1"])
    #expect(pods.allSatisfy { run[Pod.self, $0]?.metadata.ownerReferences == [] })
    #expect(run[ReplicaSet.self, set] == nil)
  }

  @Test mutating func refusedReleaseKeepsTheOwnerAndIsTriedAgain() throws {
    let (_, set, pods) = try family()
    run.refuse = { write in
      guard case .update(_, let pod as Pod) = write.action, pod.metadata.name == "web-1-b" else {
        return nil
      }
      return .conflict(Pod.resource, "web-1-b", "modified")
    }
    run.delete(set, .orphan)
    run.settle()
    #expect(run[ReplicaSet.self, set] != nil)
    #expect(run.log.contains("update ReplicaSet web-1") == false)
    run.refuse = { _ in nil }
    run.settle()
    #expect(run[ReplicaSet.self, set] == nil)
    #expect(pods.allSatisfy { run[Pod.self, $0] != nil })
  }

  // MARK: namespaces

  @Test mutating func ownerInAnotherNamespaceIsNone() throws {
    let elsewhere = deployment("web", in: "other")
    let set = replicaSet("web-1", [try owner(Deployment.self, elsewhere)])
    run.settle()
    let uid = try #require(run[Deployment.self, elsewhere]).metadata.uid
    #expect(run[ReplicaSet.self, set] == nil)
    #expect(run.events.map(\.reason) == ["OwnerRefInvalidNamespace"])
    #expect(run.events.first?.type == .warning)
    #expect(
      run.events.first?.message
        == "ownerRef [apps/v1/Deployment, namespace: default, name: web, uid: \(uid)] "
        + "does not exist in namespace \"default\""
    )
  }

  @Test mutating func clusterObjectIsNeverCollectedForANamespacedOwner() throws {
    let web = deployment("web")
    var volume = PersistentVolume()
    volume.metadata.name = "pv-1"
    volume.metadata.ownerReferences = [try owner(Deployment.self, web)]
    let key = run.insert(volume)
    run.settle()
    run.delete(web)
    run.settle()
    #expect(run[PersistentVolume.self, key] != nil)
    #expect(run.log.isEmpty)
  }

  @Test mutating func clusterObjectMayOwnANamespacedOne() throws {
    var node = Node()
    node.metadata.name = "node-1"
    let owner = run.insert(node)
    var lease = Lease()
    lease.metadata.name = "node-1"
    lease.metadata.namespace = "kube-node-lease"
    lease.metadata.ownerReferences = [OwnerReference(to: try #require(run[Node.self, owner]))]
    let key = run.insert(lease)
    run.settle()
    #expect(run.reconciles == 0)
    run.delete(owner)
    run.settle()
    #expect(run[Lease.self, key] == nil)
  }
}
