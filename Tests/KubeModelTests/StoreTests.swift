import KubeModel
import SimulationKernel
import Testing

@Suite struct StoreTests {
  private func pod(
    _ name: String, owner: UID? = nil, node: String = "", labels: StringMap<String> = [:]
  ) -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: name, namespace: "default", labels: labels)
    pod.metadata.uid = UID("uid-" + name)
    pod.spec.nodeName = node
    if let owner { pod.metadata.ownerReferences = managed(by: owner) }
    return pod
  }

  private func managed(by owner: UID) -> [OwnerReference] {
    var reference = OwnerReference()
    reference.kind = "ReplicaSet"
    reference.uid = owner
    reference.controller = true
    return [reference]
  }

  private func controllers(_ change: Change<Pod>, ofKind kind: String) -> [UID?] {
    let (old, new) = change.erased.controllers(ofKind: kind)
    return [old, new]
  }

  private func names(_ found: [(key: ObjectKey, object: Pod)]) -> [String] {
    found.map(\.object.metadata.name)
  }

  @Test func aKeyFindsItsObjectAndNoLaterOneInTheSamePlace() throws {
    var store = Store()
    let first = store.insert(pod("a"))
    store.remove(Pod.self, first)
    let second = store.insert(pod("b"))
    #expect(first.slot == second.slot)
    #expect(store[Pod.self, first] == nil)
    #expect(store[Pod.self, second]?.metadata.name == "b")
    #expect(store.key(of: UID("uid-a")) == nil)
    #expect(store.key(Pod.self, "default", "b") == second)
    store[Pod.self].checkInvariants()
  }

  @Test func indexesFollowEveryWrite() throws {
    var store = Store()
    let owner = UID("owner")
    let key = store.insert(pod("a", owner: owner, labels: ["app": "web"]))
    _ = store.insert(pod("b"))
    #expect(names(store[Pod.self].owned(by: owner)) == ["a"])
    #expect(names(store[Pod.self].orphans(in: "default")) == ["b"])
    var changed = pod("a", node: "node-1", labels: ["app": "db"])
    changed.metadata.uid = UID("uid-a")
    store.replace(key, with: changed)
    #expect(store[Pod.self].owned(by: owner).isEmpty)
    #expect(names(store[Pod.self].orphans(in: "default")) == ["a", "b"])
    #expect(names(store[Pod.self].placed(on: "node-1")) == ["a"])
    let table = store[Pod.self]
    #expect(names(table.selected(by: try Selector(parsing: "app=db"), in: "default")) == ["a"])
    #expect(table.selected(by: try Selector(parsing: "app=web"), in: "default").isEmpty)
    #expect(names(table.selected(by: try Selector(parsing: "!app"), in: "default")) == ["b"])
    table.checkInvariants()
  }

  @Test func aCopyKeepsWhatTheOriginalChanges() {
    var store = Store()
    let key = store.insert(pod("a"))
    let copy = store
    store.replace(key, with: pod("a", node: "node-1"))
    _ = store.insert(pod("b"))
    #expect(copy[Pod.self, key]?.spec.nodeName == "")
    #expect(copy[Pod.self].count == 1)
    #expect(store[Pod.self].count == 2)
    copy[Pod.self].checkInvariants()
    store[Pod.self].checkInvariants()
  }

  @Test func tablesHoldThroughRandomWrites() {
    var store = Store()
    var random = SeededRandom(seed: 3)
    var living: [ObjectKey] = []
    for number in 0..<2_000 {
      switch random.below(3) {
      case 0 where !living.isEmpty:
        store.remove(Pod.self, living.remove(at: Int(random.below(UInt64(living.count)))))
      case 1 where !living.isEmpty:
        let key = living[Int(random.below(UInt64(living.count)))]
        guard var pod = store[Pod.self, key] else { break }
        pod.spec.nodeName = "node-\(random.below(5))"
        if random.below(2) == 0 { pod.metadata.labels["n"] = String(random.below(4)) }
        if random.below(4) == 0 {
          pod.metadata.ownerReferences = managed(by: UID("o\(random.below(7))"))
        }
        if random.below(9) == 0 { pod.metadata.deletionTimestamp = Timestamp(unixSeconds: 0) }
        pod.status.phase = [PodPhase.pending, .running, .failed][Int(random.below(3))]
        store.replace(key, with: pod)
      default:
        living.append(store.insert(pod("pod-\(number)", owner: UID("o\(random.below(7))"))))
      }
    }
    #expect(store[Pod.self].count == living.count)
    store[Pod.self].checkInvariants()
  }

  @Test func whatACopyOfTheStoreFindsStaysAsItWas() {
    var store = Store()
    let gone = store.insert(pod("gone", owner: UID("o"), labels: ["app": "web"]))
    let copy = store
    store.remove(Pod.self, gone)
    let new = store.insert(pod("new", owner: UID("o")))
    #expect(copy.key(Pod.self, "default", "gone") == gone)
    #expect(copy.key(Pod.self, "default", "new") == nil)
    #expect(copy.dependents(of: UID("o")) == [gone])
    #expect(store.dependents(of: UID("o")) == [new])
    #expect(copy[Pod.self].tally(of: UID("o"))?.labels == ["app": "web"])
  }

  @Test func aPodIsThreePointersAndItsVersion() {
    #expect(MemoryLayout<Pod>.size == 4 * MemoryLayout<Int>.size)
  }

  @Test func anotherVersionSharesTheWordsAndIsNotEqual() {
    let old = pod("a", labels: ["app": "web"])
    var new = old
    new.metadata.resourceVersion = ResourceVersion(7)
    #expect(new.metadata.sharesStorage(with: old.metadata))
    #expect(new != old)
    new.metadata.labels["app"] = "api"
    #expect(!new.metadata.sharesStorage(with: old.metadata))
    #expect(old.metadata.labels == ["app": "web"])
  }

  @Test func aChangeTellsWhoManagesTheObjectAndWhoDid() {
    let key = ObjectKey(kind: 0, slot: 0, serial: 0)
    let orphan = pod("a")
    let owned = pod("a", owner: UID("o"))
    let adopted = Change(key: key, from: orphan, to: owned)
    #expect(adopted.erased.controllerKind == "ReplicaSet")
    #expect(adopted.erased.formerControllerKind == "")
    #expect(controllers(adopted, ofKind: "ReplicaSet") == [nil, UID("o")])
    #expect(controllers(adopted, ofKind: "Job") == [nil, nil])
    let gone = Change(key: key, removed: owned)
    #expect(controllers(gone, ofKind: "ReplicaSet") == [UID("o"), nil])
    let kinds = ["ReplicaSet", "Job"]
    #expect(kinds.map { adopted.erased.concerns(ownersOf: $0) } == [true, false])
    // Nobody manages it: each kind of owner may adopt it.
    let new = Change(key: key, created: orphan)
    #expect(kinds.map { new.erased.concerns(ownersOf: $0) } == [true, true])
    #expect(!Change(key: key, removed: orphan).erased.concerns(ownersOf: "Job"))
  }

  @Test func aStatusWriteDoesNotTouchTheMetadata() {
    let key = ObjectKey(kind: 0, slot: 0, serial: 0)
    let old = pod("a", owner: UID("o"))
    var new = old
    new.status.phase = .running
    new.metadata.resourceVersion = ResourceVersion(7)
    let change = Change(key: key, from: old, to: new)
    #expect(!change.erased.touchesMetadata)
    #expect(controllers(change, ofKind: "ReplicaSet") == [UID("o"), UID("o")])
    #expect(change.earliest.status.phase != change.latest.status.phase)
    new.metadata.labels["app"] = "web"
    #expect(Change(key: key, from: old, to: new).erased.touchesMetadata)
  }

  @Test func aChangeOfNoKnownKindTellsWhatEveryObjectCarries() {
    let key = ObjectKey(kind: 0, slot: 0, serial: 0)
    let change = Change(key: key, removed: pod("a"))
    #expect(change.erased.type == .deleted)
    let isOfPod = change.erased.kind == Pod.self
    #expect(isOfPod)
    #expect(change.erased.oldMetadata?.name == "a")
    #expect(change.erased.newMetadata == nil)
    #expect((change.erased.latest as? Pod)?.metadata.name == "a")
    #expect(change.erased.typed(as: Pod.self).old?.metadata.name == "a")
  }
}
