import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeScheduler

/// VolumeRestrictions, VolumeZone and NodeVolumeLimits.
@Suite struct VolumePluginTests {
  private func reasons(_ pod: Pod, _ driver: Driver) -> [String: [String]] {
    let report = SchedulingReport(of: pod, in: driver.snapshot)
    return Dictionary(uniqueKeysWithValues: report.nodes.map { ($0.node, $0.reasons) })
  }

  private func placed(_ pod: Pod, on node: String) -> Pod {
    var pod = pod
    pod.spec.nodeName = node
    return pod
  }

  // MARK: VolumeRestrictions

  private func pod(_ name: String, disk: Volume) throws -> Pod {
    var pod = try makePod(name)
    pod.spec.volumes = [disk]
    return pod
  }

  private func disk(readOnly: Bool, amazon: Bool = false) -> Volume {
    var volume = Volume()
    volume.name = "disk"
    if amazon {
      volume.awsElasticBlockStore = AWSElasticBlockStoreVolumeSource()
      volume.awsElasticBlockStore?.volumeID = "vol"
      volume.awsElasticBlockStore?.readOnly = readOnly
    } else {
      volume.gcePersistentDisk = GCEPersistentDiskVolumeSource()
      volume.gcePersistentDisk?.pdName = "vol"
      volume.gcePersistentDisk?.readOnly = readOnly
    }
    return volume
  }

  @Test func twoPodsOnANodeDoNotShareADiskThatOneMayWrite() throws {
    var driver = Driver()
    for name in ["n1", "n2"] { driver.create(try makeNode(name)) }
    driver.create(placed(try pod("first", disk: disk(readOnly: true)), on: "n1"))
    let conflict = ["node(s) had no available disk"]
    #expect(
      reasons(try pod("second", disk: disk(readOnly: false)), driver) == ["n1": conflict, "n2": []])
    #expect(reasons(try pod("second", disk: disk(readOnly: true)), driver) == ["n1": [], "n2": []])
  }

  @Test func aDiskOfAmazonIsNotSharedEvenForReading() throws {
    var driver = Driver()
    driver.create(try makeNode("n1"))
    driver.create(placed(try pod("first", disk: disk(readOnly: true, amazon: true)), on: "n1"))
    #expect(
      reasons(try pod("second", disk: disk(readOnly: true, amazon: true)), driver)
        == ["n1": ["node(s) had no available disk"]])
  }

  @Test func aClaimForOnePodIsForOnePod() throws {
    var driver = Driver()
    for name in ["n1", "n2"] { driver.create(try makeNode(name)) }
    driver.create(makeVolume("disk"))
    driver.create(makeClaim("data", volume: "disk", modes: [.readWriteOncePod]))
    let first = try makePod("first", claims: ["data"])
    driver.create(first)
    driver.run()
    driver.create(try makePod("second", claims: ["data"]))
    driver.run()
    let text =
      "2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode "
      + "already in-use by another pod."
    #expect(
      driver.pod("second")?.status.condition(.podScheduled)?.message.contains(text) == true)
    let key = try #require(driver.store.key(Pod.self, "default", "first"))
    driver.delete(Pod.self, key)
    driver.run(until: .zero + .seconds(3))
    #expect(driver.node(of: "second").isEmpty == false)
  }

  // MARK: VolumeZone

  @Test func aVolumeKeepsItsPodInItsZone() throws {
    let zone = "topology.kubernetes.io/zone"
    let older = "failure-domain.beta.kubernetes.io/zone"
    var driver = Driver()
    driver.create(try makeNode("a", labels: [zone: "a"]))
    driver.create(try makeNode("b", labels: [zone: "b"]))
    driver.create(try makeNode("c", labels: [older: "c"]))
    driver.create(try makeNode("nowhere"))
    driver.create(makeVolume("disk", labels: [zone: "a__c"]))
    driver.create(makeVolume("old", labels: [older: "a"]))
    driver.create(makeClaim("data", volume: "disk"))
    driver.create(makeClaim("former", volume: "old"))
    let conflict = ["node(s) had no available volume zone"]
    // A volume may be in several zones; a node that says nothing about its zone takes any volume.
    #expect(
      reasons(try makePod("web", claims: ["data"]), driver)
        == ["a": [], "b": conflict, "c": conflict, "nowhere": []])
    // The older label of a volume is looked for under its present name too.
    #expect(
      reasons(try makePod("web", claims: ["former"]), driver)
        == ["a": [], "b": conflict, "c": conflict, "nowhere": []])
  }

  // MARK: NodeVolumeLimits

  private func csiVolume(_ name: String) -> PersistentVolume {
    var volume = makeVolume(name)
    var source = CSIPersistentVolumeSource()
    source.driver = "ebs.csi.aws.com"
    source.volumeHandle = name
    volume.spec.csi = source
    return volume
  }

  @Test func aNodeTakesNoMoreVolumesThanItsDriverCanAttach() throws {
    var driver = Driver()
    driver.create(try makeNode("n1"))
    driver.create(try makeNode("unlimited"))
    var limits = CSINode()
    limits.metadata.name = "n1"
    var entry = CSINodeDriver()
    entry.name = "ebs.csi.aws.com"
    entry.allocatable = VolumeNodeResources()
    entry.allocatable?.count = 2
    limits.spec.drivers = [entry]
    let key = driver.create(limits)
    for number in 1...4 {
      driver.create(csiVolume("disk-\(number)"))
      driver.create(makeClaim("data-\(number)", volume: "disk-\(number)"))
    }
    driver.create(placed(try makePod("first", claims: ["data-1"]), on: "n1"))
    let tooMany = ["node(s) exceed max volume count"]
    #expect(reasons(try makePod("p", claims: ["data-2"]), driver) == ["n1": [], "unlimited": []])
    #expect(
      reasons(try makePod("p", claims: ["data-2", "data-3"]), driver)
        == ["n1": tooMany, "unlimited": []])
    // A volume that is there already counts once.
    #expect(
      reasons(try makePod("p", claims: ["data-1", "data-2"]), driver)
        == ["n1": [], "unlimited": []])
    driver.change(key) { (node: inout CSINode) in node.spec.drivers[0].allocatable?.count = 3 }
    #expect(
      reasons(try makePod("p", claims: ["data-2", "data-3"]), driver)
        == ["n1": [], "unlimited": []])
  }
}
