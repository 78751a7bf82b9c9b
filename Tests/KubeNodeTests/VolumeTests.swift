import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct VolumeTests {
  private func withConfigMap(_ pod: inout Pod, optional: Bool? = nil) {
    var volume = Volume()
    volume.name = "settings"
    var source = ConfigMapVolumeSource()
    source.name = "settings"
    source.optional = optional
    volume.configMap = source
    pod.spec.volumes = [volume]
  }

  private func configMap(_ name: String) -> ConfigMap {
    var map = ConfigMap()
    map.metadata.name = name
    map.data = ["mode": "fast"]
    return map
  }

  @Test func aMissingConfigMapIsLookedForEverMoreSeldom() {
    var driver = NodeDriver()
    let key = driver.create(makePod { withConfigMap(&$0) })
    driver.run(for: .seconds(20))
    #expect(driver.status(key)?.state.waiting?.reason == "ContainerCreating")
    #expect(driver.pod(key)?.status.condition(.podReadyToStartContainers)?.status == .false)
    let times = driver.events("FailedMount").map(\.time)
    #expect(times == [0.2, 0.7, 1.7, 3.7, 7.7, 15.7])
    #expect(
      driver.events("FailedMount").first?.message
        == "MountVolume.SetUp failed for volume \"settings\" : configmap \"settings\" not found")
    driver.insert(configMap("settings"))
    driver.run(for: .seconds(20))
    #expect(driver.status(key)?.state.running != nil)
    #expect(driver.time { $0.status.phase == .running } == 31.7)
  }

  @Test func theWaitIsGivenUpAndTakenUpAgain() {
    var driver = NodeDriver()
    let key = driver.create(makePod { withConfigMap(&$0) })
    driver.run(for: .minutes(4))
    let text =
      "Unable to attach or mount volumes: unmounted volumes=[settings], unattached volumes=[], "
      + "failed to process volumes=[]: context deadline exceeded"
    #expect(driver.events("FailedMount").filter { $0.message == text }.map(\.time) == [123])
    driver.insert(configMap("settings"))
    driver.run(for: .minutes(5))
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test func anOptionalConfigMapMayBeMissing() {
    var driver = NodeDriver()
    let key = driver.create(makePod { withConfigMap(&$0, optional: true) })
    driver.run(for: .seconds(1))
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test func aMissingKeyIsNamed() {
    var driver = NodeDriver()
    driver.insert(configMap("settings"))
    driver.create(
      makePod {
        withConfigMap(&$0)
        var item = KeyToPath()
        item.key = "other"
        $0.spec.volumes[0].configMap?.items = [item]
      })
    driver.run(for: .seconds(1))
    #expect(
      driver.events("FailedMount").first?.message
        == "MountVolume.SetUp failed for volume \"settings\" : "
        + "configmap references non-existent config key: other")
  }

  @Test func aClaimThatIsNotBoundIsLookedAtAgainAfterTenSeconds() {
    var driver = NodeDriver()
    var claim = PersistentVolumeClaim()
    claim.metadata.name = "data"
    claim.spec.volumeName = "pv"
    let key = driver.create(
      makePod {
        var volume = Volume()
        volume.name = "v"
        volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
        volume.persistentVolumeClaim?.claimName = "data"
        $0.spec.volumes = [volume]
      })
    driver.run(for: .seconds(2))
    #expect(
      driver.events("FailedMount").first?.message
        == "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], "
        + "failed to process volumes=[v]: error processing PVC default/data: "
        + "failed to fetch PVC from API server: persistentvolumeclaims \"data\" not found")
    claim.status.phase = .bound
    driver.insert(claim)
    driver.run(for: .seconds(18))
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test func aMissingSecretInTheEnvironmentKeepsTheContainerFromBeingMade() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        var variable = EnvVar(name: "PASSWORD", value: "")
        var selector = SecretKeySelector()
        selector.name = "credentials"
        selector.key = "password"
        var source = EnvVarSource()
        source.secretKeyRef = selector
        variable.valueFrom = source
        $0.spec.containers[0].env = [variable]
      })
    driver.run(for: .seconds(2))
    let waiting = driver.status(key)?.state.waiting
    #expect(waiting?.reason == "CreateContainerConfigError")
    #expect(waiting?.message == "secret \"credentials\" not found")
    #expect(driver.events("Failed").first?.message == "Error: secret \"credentials\" not found")
    var secret = Secret()
    secret.metadata.name = "credentials"
    driver.insert(secret)
    // The next try finds the key missing, the one after it tells.
    driver.run(for: .seconds(30))
    #expect(
      driver.status(key)?.state.waiting?.message
        == "couldn't find key password in Secret default/credentials")
  }
}
