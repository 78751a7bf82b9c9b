import KubeControllers
import KubeModel
import Testing

@Suite struct NodeLifecycleControllerTests {
  private var run = ControllerRun(NodeLifecycleController())

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
