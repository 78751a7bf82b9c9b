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
    mount(volume, in: &pod)
  }

  private func mount(_ volume: Volume, in pod: inout Pod) {
    pod.spec.volumes.append(volume)
    pod.spec.containers[0].volumeMounts.append(
      VolumeMount(name: volume.name, mountPath: "/\(volume.name)"))
  }

  private func mountFailures(_ driver: NodeDriver) -> [String] {
    driver.events("FailedMount").map(\.message)
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
    // Mounted at 31.7 s, and seen at the next look of the wait, one each 0.3 s.
    #expect(driver.time { $0.status.phase == .running } == 31.8)
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
        mount(volume, in: &$0)
      })
    driver.run(for: .seconds(2))
    #expect(
      driver.events("FailedMount").first?.message
        == "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], "
        + "failed to process volumes=[v]: error processing PVC default/data: "
        + "failed to fetch PVC from API server: persistentvolumeclaims \"data\" not found")
    claim.status.phase = .bound
    driver.insert(claim)
    var disk = PersistentVolume()
    disk.metadata.name = "pv"
    disk.metadata.namespace = ""
    driver.insert(disk)
    driver.run(for: .seconds(18))
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test func volumesAreSeenToBeMountedAfterThreeTenthsOfASecond() {
    var driver = NodeDriver()
    driver.insert(configMap("settings"))
    driver.create(makePod { withConfigMap(&$0) })
    driver.run(for: .seconds(1))
    #expect(driver.time { $0.status.phase == .running } == 0.3)
  }

  @Test func aVolumeThatNoContainerMountsIsNotWaitedFor() {
    var driver = NodeDriver()
    driver.create(
      makePod {
        withConfigMap(&$0)
        $0.spec.containers[0].volumeMounts = []
      })
    driver.run(for: .seconds(1))
    #expect(driver.time { $0.status.phase == .running } == 0)
    #expect(mountFailures(driver).isEmpty)
  }

  @Test func eachVolumeIsTriedOnItsOwn() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        withConfigMap(&$0)
        var secret = Volume()
        secret.name = "login"
        secret.secret = SecretVolumeSource()
        secret.secret?.secretName = "login"
        mount(secret, in: &$0)
      })
    driver.run(for: .seconds(1))
    driver.insert(configMap("settings"))
    driver.run(for: .seconds(2))
    let text = "MountVolume.SetUp failed for volume"
    #expect(
      mountFailures(driver) == [
        "\(text) \"settings\" : configmap \"settings\" not found",
        "\(text) \"login\" : secret \"login\" not found",
        "\(text) \"settings\" : configmap \"settings\" not found",
        "\(text) \"login\" : secret \"login\" not found",
        "\(text) \"login\" : secret \"login\" not found",
      ])
    #expect(driver.status(key)?.state.waiting?.reason == "ContainerCreating")
  }

  @Test func theTextOfAWaitThatIsGivenUpNamesAllVolumesThatAreMissing() {
    var driver = NodeDriver()
    driver.create(
      makePod {
        withConfigMap(&$0)
        var secret = Volume()
        secret.name = "login"
        secret.secret = SecretVolumeSource()
        secret.secret?.secretName = "login"
        mount(secret, in: &$0)
      })
    driver.run(for: .seconds(124))
    #expect(
      mountFailures(driver).last
        == "Unable to attach or mount volumes: unmounted volumes=[login settings], "
        + "unattached volumes=[], failed to process volumes=[]: context deadline exceeded")
  }

  @Test func anAnnotationPlaysAnErrorOfMounting() {
    var driver = NodeDriver()
    let annotation = "kubesim.dev/mount-error.share"
    let key = driver.create(
      makePod {
        var share = Volume()
        share.name = "share"
        share.nfs = NFSVolumeSource()
        share.nfs?.server = "nfs"
        share.nfs?.path = "/x"
        mount(share, in: &$0)
        $0.metadata.annotations[annotation] = "mount failed: exit status 32"
      })
    driver.run(for: .seconds(2))
    #expect(
      mountFailures(driver).first
        == "MountVolume.SetUp failed for volume \"share\" : mount failed: exit status 32")
    driver.change(key) { $0.metadata.annotations[annotation] = nil }
    driver.run(for: .seconds(3))
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test(arguments: [
    ("Directory", "/data", "/data is not a directory"), ("File", "/x", "/x is not a file"),
    ("Socket", "/s", "/s is not a socket file"),
    ("CharDevice", "/c", "/c is not a character device"),
    ("BlockDevice", "/b", "/b is not a block device"),
    ("FileOrCreate", "/etc", "/etc is not a file"),
  ])
  func aPathOfTheNodeIsChecked(_ type: String, _ path: String, _ problem: String) {
    var driver = NodeDriver()
    driver.create(makePod { mount(hostPath(path, type), in: &$0) })
    driver.run(for: .seconds(1))
    #expect(
      mountFailures(driver).first
        == "MountVolume.SetUp failed for volume \"host\" : hostPath type check failed: \(problem)")
  }

  @Test(arguments: [
    ("", "/nowhere"), ("DirectoryOrCreate", "/new"), ("FileOrCreate", "/new.txt"),
    ("Directory", "/var/log"), ("Socket", "/run/app.sock"), ("Directory", "/data"),
  ])
  func aPathOfTheNodeThatIsThereOrCanBeMadeIsMounted(_ type: String, _ path: String) {
    var driver = NodeDriver()
    driver.changeNode("node-1") {
      $0.metadata.annotations["kubesim.dev/host-paths"] = "/data,/run/app.sock=Socket"
    }
    let key = driver.create(makePod { mount(hostPath(path, type), in: &$0) })
    driver.run(for: .seconds(1))
    #expect(driver.status(key)?.state.running != nil)
  }

  private func hostPath(_ path: String, _ type: String) -> Volume {
    var volume = Volume()
    volume.name = "host"
    volume.hostPath = HostPathVolumeSource()
    volume.hostPath?.path = path
    volume.hostPath?.type = HostPathType(rawValue: type)
    return volume
  }

  @Test(arguments: [
    (PersistentVolumeClaimPhase.pending, false, "PVC is not bound"),
    (.bound, true, "PVC is being deleted"),
  ])
  func aClaimThatCannotBeUsedEndsTheWaitAtOnce(
    _ phase: PersistentVolumeClaimPhase, _ isGoing: Bool, _ problem: String
  ) {
    var driver = NodeDriver()
    var claim = PersistentVolumeClaim()
    claim.metadata.name = "data"
    claim.status.phase = phase
    if isGoing { claim.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    driver.insert(claim)
    driver.create(
      makePod {
        var volume = Volume()
        volume.name = "v"
        volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
        volume.persistentVolumeClaim?.claimName = "data"
        mount(volume, in: &$0)
      })
    driver.run(for: .seconds(2))
    #expect(
      mountFailures(driver) == [
        "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], "
          + "failed to process volumes=[v]: error processing PVC default/data: \(problem)"
      ])
  }

  /// Which storage the volume of a pod is, now and after a restart of its container, for two pods one
  /// after the other.
  private func storage(of volume: Volume) throws -> [VolumeIdentity] {
    var driver = NodeDriver()
    var places: [VolumeIdentity] = []
    for _ in 0..<2 {
      let key = driver.create(makePod { mount(volume, in: &$0) })
      for restarts in 0..<2 as Range<Int32> {
        driver.run(for: .seconds(20))
        let pod = try #require(driver.pod(key))
        #expect(driver.status(key)?.restartCount == restarts)
        places.append(
          try #require(VolumeIdentity(of: pod.spec.volumes[0], for: pod, in: driver.snapshot)))
        driver.kill(key, "app", exit: 1)
      }
      driver.delete(key)
      driver.run(for: .seconds(60))
      #expect(driver.pod(key) == nil)
    }
    return places
  }

  @Test func anEmptyDirSurvivesRestartsAndGoesWithItsPod() throws {
    var volume = Volume()
    volume.name = "scratch"
    volume.emptyDir = EmptyDirVolumeSource()
    let places = try storage(of: volume)
    #expect(places[0] == places[1] && places[2] == places[3])
    #expect(places[1] != places[2])
  }

  @Test func aPathOfTheNodeIsThereForTheNextPod() throws {
    let places = try storage(of: hostPath("/data", ""))
    #expect(places == Array(repeating: .hostPath(node: "node-1", path: "/data"), count: 4))
  }

  @Test func mainContainersBehindInitContainersShowPodInitializingMeanwhile() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        withConfigMap(&$0)
        $0.spec.initContainers = [Container(name: "init", image: "app:1")]
      })
    driver.run(for: .seconds(5))
    let pod = driver.pod(key)
    #expect(driver.status(key)?.state.waiting?.reason == "PodInitializing")
    #expect(pod?.status.initContainerStatuses.first?.state.waiting?.reason == "PodInitializing")
    #expect(pod?.status.phase == .pending)
  }

  @Test func aPodMayWaitForItsVolumesForEver() {
    var driver = NodeDriver()
    let key = driver.create(makePod { withConfigMap(&$0) })
    driver.run(for: .minutes(60))
    #expect(driver.pod(key)?.status.phase == .pending)
    // No pause between two tries is longer than 2 m 2 s and a look at the pod.
    let tries = driver.events("FailedMount").filter { $0.message.contains("SetUp") }.map(\.time)
    #expect(zip(tries, tries.dropFirst()).allSatisfy { $1 - $0 < 140 })
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
