import KubeControllers
import KubeModel
import Testing

@Suite struct NamespaceControllerTests {
  private var run = ControllerRun(NamespaceController())

  private mutating func namespace(finalizers: [String] = []) -> ObjectKey {
    var namespace = Namespace()
    namespace.metadata.name = "test"
    namespace.metadata.finalizers = finalizers
    namespace.spec.finalizers = ["kubernetes"]
    namespace.status.phase = .active
    return run.insert(namespace)
  }

  private mutating func pod(
    grace: Int64 = 30, finalizers: [String] = [], on node: String = "node-1"
  ) -> ObjectKey {
    var pod = Pod()
    pod.metadata.name = "pod"
    pod.metadata.namespace = "test"
    pod.metadata.finalizers = finalizers
    pod.spec.nodeName = node
    pod.spec.terminationGracePeriodSeconds = grace
    return run.insert(pod)
  }

  @discardableResult private mutating func configMap(
    _ namespace: String = "test", finalizers: [String] = []
  ) -> ObjectKey {
    var map = ConfigMap()
    map.metadata.name = "map"
    map.metadata.namespace = namespace
    map.metadata.finalizers = finalizers
    return run.insert(map)
  }

  private func condition(_ type: NamespaceConditionType, _ key: ObjectKey) -> NamespaceCondition? {
    run[Namespace.self, key]?.status.conditions.first { $0.type == type }
  }

  @Test mutating func activeNamespaceIsLeftAlone() {
    let key = namespace()
    configMap()
    run.run(for: .seconds(60))
    #expect(run.reconciles == 0)
    #expect(run[Namespace.self, key] != nil)
  }

  @Test mutating func emptyNamespaceGoesAfterFiveSeconds() {
    let key = namespace()
    run.delete(key)
    run.run(for: .seconds(5))
    #expect(run[Namespace.self, key] != nil)
    run.run(for: .milliseconds(10))
    #expect(run[Namespace.self, key] == nil)
    #expect(run.log == ["status Namespace test", "update Namespace test"])
  }

  @Test mutating func contentOfOtherNamespacesStays() {
    let key = namespace()
    configMap()
    configMap("other")
    run.delete(key)
    run.run(for: .seconds(6))
    #expect(run[Namespace.self, key] == nil)
    #expect(run.objects(ConfigMap.self).map(\.metadata.namespace) == ["other"])
  }

  @Test mutating func allElseWaitsForThePods() {
    let key = namespace()
    configMap()
    let pod = pod()
    run.delete(key)
    run.run(for: .seconds(6))
    #expect(run[Pod.self, pod]?.isBeingDeleted == true)
    #expect(run.names(ConfigMap.self) == ["map"])
    #expect(condition(.contentRemaining, key)?.status == .false)
    #expect(condition(.deletionContentFailure, key)?.reason == "ContentDeleted")
    #expect(run[Namespace.self, key]?.status.phase == .terminating)
    run.remove(pod)
    // The new conditions brought the next look to 10 s after the deletion.
    run.run(for: .seconds(5))
    #expect(run[Namespace.self, key] == nil)
    #expect(run.names(ConfigMap.self) == [])
  }

  @Test mutating func nextLookIsHalfTheGraceAndASecondAway() {
    let key = namespace()
    let pod = pod()
    run.delete(key)
    run.run(for: .seconds(11))
    let reconciles = run.reconciles
    run.remove(pod)
    run.run(for: .seconds(15))
    #expect(run.reconciles == reconciles)
    run.run(for: .milliseconds(100))
    #expect(run[Namespace.self, key] == nil)
  }

  @Test mutating func objectWithAFinalizerIsLookedForEveryEightSeconds() throws {
    let key = namespace()
    let map = configMap(finalizers: ["example.com/hold"])
    run.delete(key)
    run.run(for: .seconds(11))
    let content = try #require(condition(.contentRemaining, key))
    #expect(content.status == .true)
    #expect(
      content.message == "Some resources are remaining: configmaps. has 1 resource instances")
    #expect(
      condition(.finalizersRemaining, key)?.message
        == "Some content in the namespace has finalizers remaining: "
        + "example.com/hold in 1 resource instances"
    )
    run.change(ConfigMap.self, map) { $0.metadata.finalizers = [] }
    run.run(for: .seconds(7))
    #expect(run[Namespace.self, key] != nil)
    run.run(for: .seconds(1))
    #expect(run[Namespace.self, key] == nil)
  }

  @Test mutating func podPastItsGraceIsAnErrorAndTriedMoreAndMoreRarely() throws {
    let key = namespace()
    let pod = pod(grace: 2)
    run.delete(key)
    run.run(for: .seconds(6))
    let failure = try #require(condition(.deletionContentFailure, key))
    #expect(failure.reason == "ContentDeletionFailed")
    #expect(
      failure.message
        == "Failed to delete all resource types, 1 remaining: "
        + "unexpected items still remain in namespace: test for gvr: /v1, Resource=pods"
    )
    let before = run.reconciles
    run.run(for: .seconds(60))
    #expect(run.reconciles - before < 12)
    run.remove(pod)
    run.run(for: .seconds(60))
    #expect(run[Namespace.self, key] == nil)
  }

  @Test mutating func namespaceWithAFinalizerOfItsOwnStaysWhenItIsEmpty() {
    let key = namespace(finalizers: ["example.com/hold"])
    run.delete(key)
    run.run(for: .seconds(30))
    #expect(run[Namespace.self, key]?.spec.finalizers == [])
    run.change(Namespace.self, key) { $0.metadata.finalizers = [] }
    #expect(run[Namespace.self, key] == nil)
  }
}
