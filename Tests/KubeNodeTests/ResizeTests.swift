import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// A pod's resources are changed while it runs.
@Suite struct ResizeTests {
  private static func amounts(_ cpu: String, _ memory: String) -> ResourceRequirements {
    let list: ResourceList = [
      "cpu": (try? Quantity(cpu)) ?? .zero, "memory": (try? Quantity(memory)) ?? .zero,
    ]
    return ResourceRequirements(requests: list, limits: list)
  }

  private func start(
    _ driver: inout NodeDriver, _ behavior: String = "", cpu: String = "1",
    restarting: [String] = [], name: String = "web"
  ) -> ObjectKey {
    let key = driver.create(
      makePod(behavior, name: name) {
        $0.spec.containers[0].resources = Self.amounts(cpu, "1Gi")
        $0.spec.containers[0].resizePolicy = restarting.map {
          var policy = ContainerResizePolicy()
          policy.resourceName = $0
          policy.restartPolicy = .restartContainer
          return policy
        }
      })
    driver.run(for: .seconds(5))
    return key
  }

  private func resize(_ key: ObjectKey, _ amounts: ResourceRequirements, _ driver: inout NodeDriver)
  {
    driver.change(key) { $0.spec.containers[0].resources = amounts }
  }

  @Test func moreCPUComesWithoutARestart() {
    var driver = NodeDriver()
    let key = start(&driver)
    let new = Self.amounts("2", "1Gi")
    resize(key, new, &driver)
    driver.run(for: .milliseconds(1))
    let progress = driver.pod(key)?.status.condition(.podResizeInProgress)
    #expect(progress?.status == .true)
    #expect(progress?.reason == "")
    #expect(progress?.observedGeneration == 2)
    #expect(driver.status(key)?.allocatedResources == new.requests)
    #expect(driver.status(key)?.resources == Self.amounts("1", "1Gi"))
    driver.run(for: .seconds(3))
    #expect(driver.pod(key)?.status.condition(.podResizeInProgress) == nil)
    #expect(driver.status(key)?.resources == new)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.pod(key)?.status.resources == new)
    #expect(driver.pod(key)?.status.observedGeneration == 2)
    let text =
      #"{"containers":[{"name":"app","resources":{"limits":{"cpu":"2","memory":"1Gi"},"#
      + #""requests":{"cpu":"2","memory":"1Gi"}}}],"generation":2}"#
    #expect(driver.events("ResizeStarted").map(\.message) == ["Pod resize started: " + text])
    #expect(driver.events("ResizeCompleted").map(\.message) == ["Pod resize completed: " + text])
  }

  @Test func aPolicyOfRestartContainerRestartsTheContainer() {
    var driver = NodeDriver()
    let key = start(&driver, #"{"app": {"stop": {"exit": 143}}}"#, restarting: ["memory"])
    resize(key, Self.amounts("1", "2Gi"), &driver)
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 143)
    #expect(driver.status(key)?.resources == Self.amounts("1", "2Gi"))
    #expect(driver.events("Killing").map(\.message) == ["Container app resize requires restart"])
    #expect(driver.events("ResizeCompleted").count == 1)
    #expect(driver.pod(key)?.status.condition(.podResizeInProgress) == nil)
  }

  @Test func aPolicyForMemoryDoesNotConcernCPU() {
    var driver = NodeDriver()
    let key = start(&driver, restarting: ["memory"])
    resize(key, Self.amounts("2", "1Gi"), &driver)
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func whatTheNodeCannotGiveNowIsDeferredUntilAnotherPodGoes() {
    var driver = NodeDriver()
    let key = start(&driver)
    let other = start(&driver, cpu: "2", name: "other")
    resize(key, Self.amounts("3", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    let pending = driver.pod(key)?.status.condition(.podResizePending)
    #expect(pending?.reason == "Deferred")
    let problem =
      "Node didn't have enough resource: cpu, requested: 3000, used: 2000, capacity: 4000"
    #expect(pending?.message == problem)
    #expect(driver.status(key)?.allocatedResources == Self.amounts("1", "1Gi").requests)
    let told = driver.events("ResizeDeferred")
    #expect(told.count == 1)
    #expect(told.first?.type == .warning)
    #expect(told.first?.message.contains(#""error":"\#(problem)""#) == true)
    driver.delete(other)
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.status.condition(.podResizePending) == nil)
    #expect(driver.status(key)?.resources == Self.amounts("3", "1Gi"))
  }

  @Test func aForcedDeletionMakesRoomToo() {
    var driver = NodeDriver()
    let key = start(&driver)
    let other = start(&driver, cpu: "2", name: "other")
    resize(key, Self.amounts("3", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    #expect(driver.pod(key)?.status.condition(.podResizePending) != nil)
    driver.delete(other, grace: 0)
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.resources == Self.amounts("3", "1Gi"))
  }

  @Test func aContainerThatRestartsByItselfTakesTheNewAmounts() {
    var driver = NodeDriver()
    let key = start(&driver, #"{"app": {"runs": [{"for": "5s", "exit": 1}, {}]}}"#)
    resize(key, Self.amounts("2", "1Gi"), &driver)
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.resources == Self.amounts("2", "1Gi"))
    #expect(driver.pod(key)?.status.condition(.podResizeInProgress) == nil)
  }

  @Test func whatTheNodeCanNeverGiveIsInfeasible() {
    var driver = NodeDriver()
    let key = start(&driver)
    resize(key, Self.amounts("5", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    let pending = driver.pod(key)?.status.condition(.podResizePending)
    #expect(pending?.reason == "Infeasible")
    #expect(
      pending?.message == "Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000")
    #expect(driver.events("ResizeInfeasible").count == 1)
  }

  @Test func aResizeThatIsTakenBackIsNoLongerPending() {
    var driver = NodeDriver()
    let key = start(&driver)
    resize(key, Self.amounts("5", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    resize(key, Self.amounts("1", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    #expect(driver.pod(key)?.status.condition(.podResizePending) == nil)
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func aSmallerPodLeavesRoomForOthers() {
    var driver = NodeDriver()
    let key = start(&driver, cpu: "3")
    resize(key, Self.amounts("1", "1Gi"), &driver)
    driver.run(for: .seconds(2))
    let other = start(&driver, cpu: "3", name: "other")
    #expect(driver.pod(other)?.status.phase == .running)
  }

  @Test func aSidecarIsResizedToo() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        var sidecar = Container(name: "side", image: "app:1")
        sidecar.restartPolicy = .always
        sidecar.resources = Self.amounts("1", "1Gi")
        $0.spec.initContainers = [sidecar]
      })
    driver.run(for: .seconds(5))
    driver.change(key) { $0.spec.initContainers[0].resources = Self.amounts("2", "1Gi") }
    driver.run(for: .seconds(5))
    #expect(driver.status(key, "side")?.resources == Self.amounts("2", "1Gi"))
    #expect(driver.status(key, "side")?.restartCount == 0)
    #expect(driver.events("ResizeStarted").first?.message.contains("initContainers") == true)
  }
}
