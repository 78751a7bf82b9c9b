import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeNode

@Suite struct NodeTests {
  private func node(_ driver: NodeDriver, _ name: String = "node-1") -> Node? {
    driver.snapshot[Node.self, "", name]
  }

  @Test func aNewNodeIsFilledInAndReady() {
    let driver = NodeDriver()
    let node = node(driver)
    #expect(node?.isReady == true)
    #expect(
      node?.status.conditions.map { "\($0.type) \($0.status) \($0.reason)" } == [
        "MemoryPressure False KubeletHasSufficientMemory",
        "DiskPressure False KubeletHasNoDiskPressure",
        "PIDPressure False KubeletHasSufficientPID", "Ready True KubeletReady",
      ])
    #expect(node?.status.allocatable["cpu"]?.description == "4")
    #expect(node?.status.allocatable["memory"]?.description == "8Gi")
    #expect(node?.status.allocatable["ephemeral-storage"]?.description == "100Gi")
    #expect(node?.status.allocatable["pods"]?.description == "110")
    #expect(node?.metadata.labels["kubernetes.io/hostname"] == "node-1")
    #expect(node?.status.nodeInfo.kubeletVersion == "v1.36.2")
    #expect(node?.status.addresses.map(\.address) == ["10.0.0.11", "node-1"])
    #expect(
      driver.events.map(\.reason).prefix(4) == [
        "Starting", "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID",
      ])
    #expect(driver.events("NodeReady").first?.message == "Node node-1 status is now: NodeReady")
  }

  @Test func whatIsGivenStays() {
    var driver = NodeDriver(nodes: [])
    driver.addNode("big") {
      $0.status.allocatable = ["cpu": Quantity(value: 64)]
      $0.metadata.labels["kubernetes.io/hostname"] = "other"
    }
    driver.run(for: .seconds(1))
    #expect(node(driver, "big")?.status.allocatable["cpu"]?.value == 64)
    #expect(node(driver, "big")?.status.capacity["cpu"]?.value == 64)
    #expect(node(driver, "big")?.metadata.labels["kubernetes.io/hostname"] == "other")
  }

  @Test func podsGetAddressesOfTheirNodesRange() {
    var driver = NodeDriver(nodes: ["node-1", "node-2"])
    let one = driver.create(makePod(name: "a"))
    let two = driver.create(makePod(name: "b") { $0.spec.nodeName = "node-2" })
    let host = driver.create(makePod(name: "c") { $0.spec.hostNetwork = true })
    driver.run(for: .seconds(1))
    #expect(driver.pod(one)?.status.podIP == "10.244.0.2")
    #expect(driver.pod(two)?.status.podIP == "10.244.1.2")
    #expect(driver.pod(host)?.status.podIP == "10.0.0.11")
  }

  @Test func addressesDoNotRepeatWhileTheyAreUsed() {
    var runtime = NodeRuntime(
      key: .cluster, node: Node(), number: 0, now: .zero)
    var seen: Set<String> = []
    for _ in 0..<400 {
      let text = NodeAddresses.pod(runtime.takeAddress(), node: 0)
      #expect(seen.insert(text).inserted)
    }
    runtime.release(PodAddress(low: 7))
    #expect(runtime.takeAddress() == PodAddress(low: 7))
  }

  @Test func turnsAreASecondApartAndLooksALittleMore() {
    let runtime = NodeRuntime(key: .cluster, node: Node(), number: 0, now: .zero)
    let first = runtime.look(from: .zero)
    #expect(first - .zero == runtime.phase)
    #expect(runtime.look(from: first) == first)
    #expect(runtime.look(after: first) == first + .milliseconds(1004))
    #expect(runtime.look(from: first + .milliseconds(1)) == first + .milliseconds(1004))
    #expect(runtime.turn(from: .zero) == first)
    #expect(runtime.turn(after: first) == first + .seconds(1))
    #expect(runtime.turn(from: Instant(nanoseconds: -5_000_000_000)) < .zero)
    #expect(runtime.phase >= .milliseconds(250) && runtime.phase < .milliseconds(750))
  }

  @Test func aCordonIsToldWithTheNextNodeStatus() {
    var driver = NodeDriver()
    driver.run(for: .seconds(3))
    driver.changeNode("node-1") { $0.spec.unschedulable = true }
    driver.run(for: .seconds(10))
    let told = driver.events("NodeNotSchedulable")
    #expect(told.count == 1)
    #expect(told[0].time > 3 && told[0].time <= 11)
  }

  @Test func aKubeletThatIsDownTellsNothing() throws {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"runs": [{"for": "20s", "exit": 1}, {}]}}"#))
    driver.run(for: .seconds(10))
    let node = try #require(driver.snapshot.store.key(Node.self, "", "node-1"))
    driver.kubelet.stop(node: node)
    #expect(!driver.kubelet.isRunning(node: node))
    driver.run(for: .minutes(2))
    #expect(driver.status(key)?.state.running != nil)
    let other = driver.create(makePod(name: "late"))
    driver.run(for: .seconds(10))
    #expect(driver.pod(other)?.status.startTime == nil)
    driver.kubelet.start(node: node, at: driver.now)
    driver.enqueue(node)
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.pod(other)?.status.phase == .running)
    #expect(driver.events("NodeReady").count == 2)
  }

  @Test func thePodsOfANodeWithoutObjectAreLeftAlone() {
    var driver = NodeDriver()
    let key = driver.create(makePod { $0.spec.nodeName = "nowhere" })
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.status.startTime == nil)
  }
}

@Suite struct AdmissionTests {
  private func reject(_ change: (inout Pod) -> Void) -> (PodStatus?, [NodeDriver.Occurrence]) {
    var driver = NodeDriver()
    driver.create(makePod(name: "first") { $0.spec.containers[0] = Self.asking("3", port: 8080) })
    driver.run(for: .seconds(1))
    let key = driver.create(makePod(name: "second", change))
    driver.run(for: .seconds(1))
    return (driver.pod(key)?.status, driver.events.filter { $0.name == "second" })
  }

  private static func asking(_ cpu: String, port: Int32 = 0) -> Container {
    var container = Container(name: "app", image: "app:1")
    if let amount = try? Quantity(cpu) { container.resources.requests = ["cpu": amount] }
    if port > 0 {
      var exposed = ContainerPort()
      exposed.containerPort = port
      exposed.hostPort = port
      container.ports = [exposed]
    }
    return container
  }

  @Test func tooLittleCPU() {
    let (status, events) = reject { $0.spec.containers[0] = Self.asking("1500m") }
    #expect(status?.phase == .failed)
    #expect(status?.reason == "OutOfcpu")
    let message =
      "Node didn't have enough resource: cpu, requested: 1500, used: 3000, capacity: 4000"
    #expect(status?.message == "Pod was rejected: " + message)
    #expect(
      events.map { "\($0.type) \($0.reason) \($0.message)" } == ["Warning OutOfcpu \(message)"])
  }

  @Test func aSelectorThatTheNodeDoesNotMeet() {
    let (status, _) = reject { $0.spec.nodeSelector = ["disk": "ssd"] }
    #expect(status?.reason == "NodeAffinity")
    #expect(
      status?.message == "Pod was rejected: Predicate NodeAffinity failed: "
        + "node(s) didn't match Pod's node affinity/selector")
  }

  @Test func aPortThatIsTaken() {
    let (status, _) = reject { $0.spec.containers[0] = Self.asking("100m", port: 8080) }
    #expect(status?.reason == "NodePorts")
  }

  @Test func aPodForAnotherSystem() {
    let (labelled, _) = reject { $0.metadata.labels["kubernetes.io/os"] = "windows" }
    #expect(labelled?.reason == "PodOSSelectorNodeLabelDoesNotMatch")
    #expect(
      labelled?.message
        == "Pod was rejected: Failed to admit pod as the `kubernetes.io/os` label doesn't match "
        + "node label")
    let (declared, _) = reject {
      var system = PodOS()
      system.name = "windows"
      $0.spec.os = system
    }
    #expect(declared?.reason == "PodOSNotSupported")
  }

  @Test func tooLittleMemoryAndTooManyPods() {
    var driver = NodeDriver()
    driver.changeNode("node-1") { $0.status.allocatable["pods"] = Quantity(value: 1) }
    let large = driver.create(
      makePod(name: "large") {
        $0.spec.containers[0].resources.requests = [
          "memory": Quantity(value: 16 << 30, format: .binarySI)
        ]
      })
    driver.create(makePod(name: "one"))
    driver.run(for: .seconds(1))
    let two = driver.create(makePod(name: "two"))
    driver.run(for: .seconds(1))
    #expect(driver.pod(large)?.status.reason == "OutOfmemory")
    #expect(
      driver.pod(two)?.status.message
        == "Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 1, "
        + "capacity: 1")
  }

  @Test func aDeviceThatTheNodeKnowsNothingOfIsNotLookedAt() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.containers[0].resources.requests = ["example.com/gpu": Quantity(value: 1)]
      })
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.status.phase == .running)
  }

  @Test func aTaintOfEffectNoExecute() {
    var driver = NodeDriver()
    driver.changeNode("node-1") {
      $0.spec.taints = [Taint(key: "broken", effect: .noExecute)]
    }
    let key = driver.create(makePod())
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.status.reason == "TaintToleration")
    #expect(
      driver.pod(key)?.status.message == "Pod was rejected: Predicate TaintToleration failed: "
        + "node(s) had taints that the pod didn't tolerate")
  }

  @Test func whatAFinishedPodHadIsFree() {
    var driver = NodeDriver()
    driver.create(
      makePod(#"{"app": {"runs": [{"for": "2s"}]}}"#, name: "first", restart: .never) {
        $0.spec.containers[0] = Self.asking("3")
      })
    driver.run(for: .seconds(10))
    let key = driver.create(makePod(name: "second") { $0.spec.containers[0] = Self.asking("3") })
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.status.phase == .running)
  }
}
