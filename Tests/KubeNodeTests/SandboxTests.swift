import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// When a pod gets another sandbox, and what starts in it.
@Suite struct SandboxTests {
  private func run(
    _ behavior: String = "", restart: RestartPolicy = .always,
    _ change: (inout Pod) -> Void = { _ in }
  ) -> (NodeDriver, ObjectKey) {
    var driver = NodeDriver()
    let key = driver.create(makePod(behavior, restart: restart, change))
    driver.run(for: .seconds(10))
    driver.kubelet.loseSandbox(pod: key, at: driver.now)
    driver.enqueue(key)
    driver.run(for: .seconds(10))
    return (driver, key)
  }

  @Test func aNewPodGetsASandboxAndAllItsContainersStart() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod { $0.spec.containers.append(Container(name: "other", image: "app:1")) })
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.status.condition(.podReadyToStartContainers)?.status == .true)
    #expect(driver.status(key)?.state.running != nil)
    #expect(driver.status(key, "other")?.state.running != nil)
    #expect(driver.events("SandboxChanged").isEmpty)
  }

  @Test func aDeadSandboxRestartsAllContainersOfAPodThatAlwaysRestarts() {
    let (driver, key) = run {
      $0.spec.containers.append(Container(name: "other", image: "app:1"))
    }
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key, "other")?.restartCount == 1)
    #expect(
      driver.events("SandboxChanged").map(\.message)
        == ["Pod sandbox changed, it will be killed and re-created."])
    #expect(
      driver.events("Killing").map(\.message)
        == ["Stopping container app", "Stopping container other"])
  }

  @Test func aNewSandboxHasAnotherAddress() {
    let (driver, key) = run()
    let addresses = driver.versions.map(\.pod.status.podIP).filter { !$0.isEmpty }
    #expect(addresses.first == "10.244.0.2")
    #expect(driver.pod(key)?.status.podIP == "10.244.0.3")
    #expect(driver.pod(key)?.metadata.uid == driver.versions.first?.pod.metadata.uid)
  }

  @Test func whileThereIsNoSandboxThePodIsNotReadyToStartContainers() {
    let (driver, _) = run(#"{"app": {"stop": {"after": "4s"}}}"#)
    let lost = driver.versions.filter {
      $0.time >= 10 && $0.pod.status.condition(.podReadyToStartContainers)?.status == .false
    }
    #expect(!lost.isEmpty)
    #expect(
      driver.pod(driver.store.key(Pod.self, "default", "web") ?? .cluster)?.status
        .condition(.podReadyToStartContainers)?.status == .true)
  }

  @Test func aDeadSandboxBeginsAgainWithTheFirstInitContainer() {
    let (driver, key) = run(
      #"{"setup": {"runs": [{"for": "1s"}]}, "second": {"runs": [{"for": "1s"}]}}"#
    ) {
      $0.spec.initContainers = ["setup", "second"].map { Container(name: $0, image: "app:1") }
    }
    #expect(driver.status(key, "setup")?.restartCount == 1)
    #expect(driver.status(key, "second")?.restartCount == 1)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.pod(key)?.status.phase == .running)
    // While they run again the pod is pending, and it stays initialized.
    let again = driver.versions.filter { $0.time > 11 && $0.pod.status.phase == .pending }
    #expect(!again.isEmpty)
    #expect(again.allSatisfy { $0.pod.status.condition(.initialized)?.status == .true })
  }

  @Test func onFailureDoesNotStartInANewSandboxWhatSucceeded() {
    let (driver, key) = run(#"{"done": {"runs": [{"for": "2s"}]}}"#, restart: .onFailure) {
      $0.spec.containers.append(Container(name: "done", image: "app:1"))
    }
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key, "done")?.restartCount == 0)
  }

  @Test func aPodThatNeverRestartsIsOnlyKilledWhenItsSandboxDies() {
    let (driver, key) = run(#"{"app": {"stop": {"exit": 3}}}"#, restart: .never)
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.events("SandboxChanged").isEmpty)
  }

  @Test func aPodThatNeverRestartsGetsAnotherSandboxWhileNoContainerExists() {
    let (driver, key) = run(#"{"app": {"pull": {"fail": true}}}"#, restart: .never)
    #expect(driver.pod(key)?.status.phase == .pending)
    #expect(driver.events("SandboxChanged").count == 1)
    #expect(driver.pod(key)?.status.podIP == "10.244.0.3")
    #expect(driver.pod(key)?.status.condition(.podReadyToStartContainers)?.status == .true)
  }

  @Test func aRebootedMachineRestartsItsPodsInPlace() throws {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"setup": {"runs": [{"for": "1s"}]}}"#) {
        $0.spec.initContainers = [Container(name: "setup", image: "app:1")]
      })
    driver.run(for: .seconds(10))
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    driver.kubelet.reboot(node: node, at: driver.now)
    driver.enqueue(node)
    driver.run(for: .seconds(10))
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 255)
    #expect(driver.status(key, "setup")?.restartCount == 1)
    #expect(
      driver.events("Rebooted").map { "\($0.type) \($0.message)" }
        == ["Warning Node node-1 has been rebooted, boot id: boot-node-1-1"])
  }

  @Test func aPodOnTheHostsNetworkHasTheNodesAddress() {
    var driver = NodeDriver()
    let key = driver.create(makePod { $0.spec.hostNetwork = true })
    let other = driver.create(makePod(name: "other"))
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.status.podIP == "10.0.0.11")
    #expect(driver.pod(key)?.status.hostIP == "10.0.0.11")
    #expect(driver.pod(other)?.status.podIP == "10.244.0.2")
  }
}
