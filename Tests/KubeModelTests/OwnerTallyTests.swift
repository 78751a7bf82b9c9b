import KubeModel
import Testing

@Suite struct OwnerTallyTests {
  private func pod(_ name: String, _ phase: PodPhase, app: String = "web") -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: name, namespace: "default", labels: ["app": app])
    pod.metadata.uid = UID(name)
    var owner = OwnerReference()
    owner.uid = "owner"
    owner.controller = true
    pod.metadata.ownerReferences = [owner]
    pod.status.phase = phase
    return pod
  }

  private func tally(_ store: Store) -> [Int]? {
    store[Pod.self].checkInvariants()
    return store[Pod.self].tally(of: "owner").map {
      [$0.active, $0.ready, $0.terminating, $0.over, $0.deviants]
    }
  }

  @Test func followsEachStateOfAPod() {
    var store = Store()
    var pod = pod("a", .pending)
    let key = store.insert(pod)
    #expect(tally(store) == [1, 0, 0, 0, 0])
    pod.status.phase = .running
    pod.status.conditions = [PodCondition(type: .ready, status: .true)]
    store.replace(key, with: pod)
    #expect(tally(store) == [1, 1, 0, 0, 0])
    pod.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
    store.replace(key, with: pod)
    #expect(tally(store) == [0, 0, 1, 0, 0])
    pod.status.phase = .succeeded
    store.replace(key, with: pod)
    #expect(tally(store) == [0, 0, 0, 1, 0])
    store.remove(Pod.self, key)
    #expect(tally(store) == nil)
  }

  @Test func countsPodsWithOtherLabelsThanTheFirst() {
    var store = Store()
    store.insertAll([pod("a", .pending), pod("b", .pending), pod("c", .pending, app: "other")])
    #expect(tally(store) == [3, 0, 0, 0, 1])
  }

  @Test func aPodWithoutControllerIsCountedNowhere() {
    var store = Store()
    var pod = pod("a", .running)
    let key = store.insert(pod)
    pod.metadata.ownerReferences[0].controller = nil
    store.replace(key, with: pod)
    #expect(tally(store) == nil)
  }

  @Test func aForkCountsForItself() {
    var store = Store()
    _ = store.insert(pod("a", .pending))
    var fork = store
    _ = fork.insert(pod("b", .pending))
    #expect(tally(store) == [1, 0, 0, 0, 0])
    #expect(tally(fork) == [2, 0, 0, 0, 0])
  }
}

extension Store {
  fileprivate mutating func insertAll(_ pods: [Pod]) { for pod in pods { _ = insert(pod) } }
}
