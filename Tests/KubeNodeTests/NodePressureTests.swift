import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// Memory that is used up, and a node that is short of it.
@Suite struct NodePressureTests {
  private func amount(_ text: String) -> Quantity { (try? Quantity(text)) ?? .zero }

  private func start(
    _ name: String, request: String = "1Gi", limit: String? = nil, priority: Int32 = 0,
    _ driver: inout NodeDriver, _ change: (inout Pod) -> Void = { _ in }
  ) -> ObjectKey {
    driver.create(
      makePod(name: name) {
        if !request.isEmpty {
          $0.spec.containers[0].resources.requests = ["memory": amount(request)]
        }
        if let limit { $0.spec.containers[0].resources.limits = ["memory": amount(limit)] }
        $0.spec.priority = priority
        change(&$0)
      })
  }

  private func use(_ key: ObjectKey, _ text: String, _ driver: inout NodeDriver) {
    let keys = driver.kubelet.setMemoryUsage(
      of: key, container: "app", to: amount(text), at: driver.now)
    for key in keys { driver.enqueue(key) }
  }

  private func pressure(_ driver: NodeDriver) -> ConditionStatus? {
    driver.store.key(Node.self, "", "node-1").flatMap { driver.store[Node.self, $0] }?
      .status.conditions.first { $0.type == .memoryPressure }?.status
  }

  @Test func moreThanTheLimitIsOOMKilledAndRestarted() {
    var driver = NodeDriver()
    let key = start("web", limit: "2Gi", &driver)
    driver.run(for: .seconds(5))
    use(key, "2049Mi", &driver)
    driver.run(for: .seconds(3))
    let ending = driver.status(key)?.lastState.terminated
    #expect(ending?.reason == "OOMKilled")
    #expect(ending?.exitCode == 137)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(pressure(driver) == .false)
  }

  @Test func whoUsesMoreThanItAskedForGoesFirst() {
    var driver = NodeDriver()
    let modest = start("modest", request: "5Gi", priority: -5, &driver)
    let greedy = start("greedy", request: "1Gi", priority: 100, &driver)
    driver.run(for: .seconds(5))
    use(modest, "4Gi", &driver)
    use(greedy, "4016Mi", &driver)
    driver.run(for: .seconds(25))
    let status = driver.pod(greedy)?.status
    #expect(status?.phase == .failed)
    #expect(status?.reason == "Evicted")
    let message =
      "The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. "
      + "Container app was using 4016Mi, request is 1Gi, has larger consumption of memory. "
    #expect(status?.message == message)
    #expect(driver.pod(modest)?.status.phase == .running)
    let target = status?.condition(.disruptionTarget)
    #expect(target?.reason == "TerminationByKubelet")
    #expect(target?.message == message)
    #expect(driver.events("Evicted").map { "\($0.type) \($0.message)" } == ["Warning " + message])
    #expect(
      driver.events("EvictionThresholdMet").map(\.message) == ["Attempting to reclaim memory"])
    #expect(driver.events("NodeHasInsufficientMemory").count == 1)
  }

  @Test func thenLowerPriorityThenTheLargerExcess() {
    func evicted(_ priorities: (Int32, Int32), _ uses: (String, String)) -> [String] {
      var driver = NodeDriver()
      let one = start("one", priority: priorities.0, &driver)
      let two = start("two", priority: priorities.1, &driver)
      driver.run(for: .seconds(5))
      use(one, uses.0, &driver)
      use(two, uses.1, &driver)
      driver.run(for: .seconds(14))
      return driver.events("Evicted").map(\.name)
    }
    #expect(evicted((10, 5), ("5Gi", "3Gi")) == ["two"])
    #expect(evicted((5, 5), ("3Gi", "5Gi")) == ["two"])
  }

  @Test func oneAPassUntilThereIsEnough() {
    var driver = NodeDriver()
    let keys = (0..<3).map { start("p\($0)", request: "100Mi", &driver) }
    driver.run(for: .seconds(5))
    for key in keys { use(key, "6Gi", &driver) }
    driver.run(for: .minutes(2))
    let times = driver.events("Evicted").map(\.time)
    #expect(times.count == 2)
    #expect(abs((times.last ?? 0) - (times.first ?? 0) - 10) < 0.001)
    let alive = keys.filter { driver.pod($0)?.status.phase == .running }
    #expect(alive.count == 1)
  }

  @Test func theHardThresholdLeavesTwoSecondsWhateverThePodAsksFor() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"stop": {"ignore": true}}}"#, grace: 300))
    driver.run(for: .seconds(5))
    use(key, "8Gi", &driver)
    driver.run(for: .minutes(1))
    let start = driver.events("Evicted").first?.time ?? 0
    let end = driver.time { $0.isTerminal } ?? 0
    #expect(end - start == 2)
    #expect(driver.status(key)?.state.terminated?.exitCode == 137)
  }

  @Test func criticalPodsAreSpared() {
    var driver = NodeDriver()
    let key = start("critical", request: "100Mi", priority: 2_000_000_000, &driver)
    driver.run(for: .seconds(5))
    use(key, "8Gi", &driver)
    driver.run(for: .minutes(1))
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(pressure(driver) == .true)
  }

  @Test func theConditionHoldsOnForFiveMinutes() {
    var driver = NodeDriver()
    let key = start("web", request: "100Mi", &driver)
    driver.run(for: .seconds(5))
    use(key, "8Gi", &driver)
    driver.run(for: .minutes(4))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(pressure(driver) == .true)
    driver.run(for: .minutes(2))
    #expect(pressure(driver) == .false)
  }

  @Test func aRebootEndsThePressure() throws {
    var driver = NodeDriver()
    let key = start("critical", request: "100Mi", priority: 2_000_000_000, &driver)
    driver.run(for: .seconds(5))
    use(key, "8Gi", &driver)
    driver.run(for: .minutes(1))
    #expect(pressure(driver) == .true)
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    driver.kubelet.reboot(node: node, at: driver.now)
    driver.enqueue(node)
    driver.run(for: .minutes(1))
    #expect(pressure(driver) == .false)
    #expect(driver.pod(key)?.status.phase == .running)
  }

  @Test func underPressureABestEffortPodIsTurnedAway() {
    var driver = NodeDriver()
    let hog = start("hog", request: "100Mi", &driver)
    driver.run(for: .seconds(5))
    use(hog, "8Gi", &driver)
    driver.run(for: .seconds(30))
    let poor = start("poor", request: "", &driver)
    let sturdy = start("sturdy", &driver)
    let tolerant = start("tolerant", request: "", &driver) {
      var toleration = Toleration()
      toleration.key = "node.kubernetes.io/memory-pressure"
      toleration.operator = .exists
      $0.spec.tolerations = [toleration]
    }
    driver.run(for: .seconds(2))
    #expect(driver.pod(poor)?.status.reason == "Evicted")
    #expect(
      driver.pod(poor)?.status.message
        == "Pod was rejected: The node had condition: [MemoryPressure]. ")
    #expect(driver.pod(sturdy)?.status.phase == .running)
    #expect(driver.pod(tolerant)?.status.phase == .running)
  }
}
