import KubeControllers
import KubeModel
import Testing

@Suite struct NodeLifecycleControllerTests {
  private var run = ControllerRun(NodeLifecycleController())

  private mutating func taints(_ change: (inout Node) -> Void) -> [String] {
    var node = Node()
    node.metadata.name = "node-1"
    node.status.conditions = [Self.condition(.ready, .true)]
    change(&node)
    let key = run.insert(node)
    run.settle()
    return run[Node.self, key]?.spec.taints.map { "\($0.key):\($0.effect)" } ?? []
  }

  private static func condition(
    _ type: NodeConditionType, _ status: ConditionStatus
  ) -> NodeCondition {
    var condition = NodeCondition()
    condition.type = type
    condition.status = status
    return condition
  }

  @Test mutating func aHealthyNodeHasNoTaint() {
    #expect(taints { _ in } == [])
  }

  @Test mutating func aNodeThatIsNotReadyIsTaintedNotReady() {
    #expect(
      taints { $0.status.conditions = [Self.condition(.ready, .false)] }
        == ["node.kubernetes.io/not-ready:NoSchedule"])
  }

  @Test mutating func aNodeOfWhichNothingIsHeardIsTaintedUnreachable() {
    #expect(
      taints { $0.status.conditions = [Self.condition(.ready, .unknown)] }
        == ["node.kubernetes.io/unreachable:NoSchedule"])
  }

  @Test mutating func pressureOnDisksAndAMissingNetworkAreTwoTaints() {
    #expect(
      taints {
        $0.status.conditions.append(Self.condition(.diskPressure, .true))
        $0.status.conditions.append(Self.condition(.networkUnavailable, .true))
      } == [
        "node.kubernetes.io/disk-pressure:NoSchedule",
        "node.kubernetes.io/network-unavailable:NoSchedule",
      ])
  }

  @Test mutating func aCordonIsATaintAndGoesWithIt() throws {
    var node = Node()
    node.metadata.name = "node-1"
    node.status.conditions = [Self.condition(.ready, .true)]
    let key = run.insert(node)
    run.change(Node.self, key) { $0.spec.unschedulable = true }
    run.settle()
    let taint = try #require(run[Node.self, key]?.spec.taints.first)
    #expect(taint.key == "node.kubernetes.io/unschedulable")
    #expect(taint.timeAdded != nil)
    run.change(Node.self, key) { $0.spec.unschedulable = false }
    run.settle()
    #expect(run[Node.self, key]?.spec.taints.isEmpty == true)
  }

  @Test mutating func aUsersTaintIsNeverTouched() {
    #expect(
      taints {
        $0.spec.taints = [
          Taint(key: "dedicated", effect: .noSchedule),
          Taint(key: "node.kubernetes.io/not-ready", effect: .noExecute),
          Taint(key: "node.kubernetes.io/not-ready", effect: .noSchedule),
        ]
      } == ["dedicated:NoSchedule", "node.kubernetes.io/not-ready:NoExecute"])
  }

  @Test mutating func nodeIsReportedOnceWhenItJoinsAndOnceWhenItGoes() throws {
    var node = Node()
    node.metadata.name = "node-1"
    let key = run.insert(node)
    run.settle()
    run.change(Node.self, key) { $0.spec.unschedulable = true }
    run.settle()
    #expect(
      run.events.map(\.message) == ["Node node-1 event: Registered Node node-1 in Controller"])
    let event = try #require(run.events.first)
    #expect(event.reason == "RegisteredNode" && event.component == "node-controller")
    #expect(event.regarding.uid == run[Node.self, key]?.metadata.uid)
    #expect(event.regarding.resourceVersion.isEmpty)
    run.remove(key)
    run.settle()
    #expect(run.events.count == 2)
    #expect(run.events.last?.reason == "RemovingNode")
    #expect(
      run.events.last?.message == "Node node-1 event: Removing Node node-1 from Controller")
  }
}
