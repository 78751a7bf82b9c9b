import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeScheduler

/// Pods whose claims decide where they go, and that wait for them.
@Suite struct VolumeBindingTests {
  private func driver(nodes: Int = 2) throws -> Driver {
    var driver = Driver()
    for number in 1...nodes { driver.create(try makeNode("node-\(number)")) }
    return driver
  }

  private func message(_ driver: Driver, _ pod: String = "web") -> String? {
    driver.pod(pod)?.status.condition(.podScheduled)?.message
  }

  @Test func aPodWithABoundClaimGoesWhereItsVolumeIs() throws {
    var driver = try driver()
    driver.create(makeVolume("disk", on: "node-2"))
    driver.create(makeClaim("data", volume: "disk"))
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(driver.bindings == ["web node-2"])
  }

  @Test func aMissingClaimIsSaidBeforeAnyNodeIsLookedAt() throws {
    var driver = try driver()
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(
      message(driver)
        == "0/2 nodes are available: persistentvolumeclaim \"data\" not found. not found")
  }

  @Test func aClaimThatIsBeingDeletedIsSaid() throws {
    var driver = try driver()
    var claim = makeClaim("data", volume: "disk")
    claim.metadata.deletionTimestamp = Timestamp(unixSeconds: 1)
    driver.create(claim)
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(
      message(driver)
        == "0/2 nodes are available: persistentvolumeclaim \"data\" is being deleted. not found")
  }

  @Test func anUnboundImmediateClaimIsSaid() throws {
    var driver = try driver()
    driver.create(makeClass(waits: false))
    driver.create(makeClaim("data"))
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(
      message(driver)
        == "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found")
  }

  @Test func aClaimWhoseVolumeIsGoneIsUnavailableOnEachNode() throws {
    var driver = try driver()
    driver.create(makeClaim("data", volume: "gone"))
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(
      message(driver)?.hasPrefix(
        "0/2 nodes are available: 2 node(s) unavailable due to one or more pvc(s) bound to "
          + "non-existent pv(s).") == true)
  }

  @Test func aPendingEphemeralClaimIsWaitedFor() throws {
    var driver = try driver()
    var pod = try makePod("web")
    var volume = Volume()
    volume.name = "tmp"
    volume.ephemeral = EphemeralVolumeSource()
    pod.spec.volumes = [volume]
    driver.create(pod)
    driver.run()
    #expect(
      message(driver)
        == "0/2 nodes are available: waiting for ephemeral volume controller to create the "
        + "persistentvolumeclaim \"web-tmp\". not found")
  }

  @Test func eachClaimOfAPodGetsTheSmallestVolumeThatWillDo() throws {
    var driver = try driver(nodes: 1)
    driver.create(makeClass())
    for (name, size) in [("big", 9), ("middle", 5), ("small", 2)] as [(String, Int64)] {
      driver.create(makeVolume(name, on: "node-1", size: size))
    }
    driver.create(makeClaim("b", size: 3))
    driver.create(makeClaim("a", size: 1))
    driver.create(try makePod("web", claims: ["b", "a"]))
    driver.run()
    func owner(_ name: String) -> String? {
      driver.snapshot[PersistentVolume.self, "", name]?.spec.claimRef?.name
    }
    #expect(owner("small") == "a" && owner("middle") == "b" && owner("big") == nil)
  }

  @Test func twoClaimsNeedTwoVolumes() throws {
    var driver = try driver(nodes: 1)
    driver.create(makeClass())
    driver.create(makeVolume("disk", on: "node-1"))
    driver.create(makeClaim("a"))
    driver.create(makeClaim("b"))
    driver.create(try makePod("web", claims: ["a", "b"]))
    driver.run()
    #expect(
      message(driver)?.hasPrefix(
        "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind.")
        == true)
  }

  @Test func aClassMayBeAllowedInSomeZonesOnly() throws {
    var driver = Driver()
    driver.create(try makeNode("node-1", labels: ["topology.kubernetes.io/zone": "a"]))
    driver.create(try makeNode("node-2", labels: ["topology.kubernetes.io/zone": "b"]))
    var storageClass = makeClass("fast", provisioner: "ebs.csi.aws.com")
    var requirement = TopologySelectorLabelRequirement()
    requirement.key = "topology.kubernetes.io/zone"
    requirement.values = ["b"]
    var term = TopologySelectorTerm()
    term.matchLabelExpressions = [requirement]
    storageClass.allowedTopologies = [term]
    driver.create(storageClass)
    driver.create(makeClaim("data", in: "fast"))
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(driver.pod("web")?.status.nominatedNodeName == "node-2")
  }

  // MARK: The wait for the volumes

  /// A pod that waits for a volume to be made, and the keys of claim and pod.
  private func waiting() throws -> (driver: Driver, claim: ObjectKey, pod: ObjectKey) {
    var driver = try driver(nodes: 1)
    driver.create(makeClass("fast", provisioner: "x.io/y"))
    let claim = driver.create(makeClaim("data", in: "fast"))
    let pod = driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    return (driver, claim, pod)
  }

  @Test func theChosenNodeIsWrittenToClaimAndPodBeforeTheBinding() throws {
    let (driver, claim, _) = try waiting()
    #expect(driver.store[PersistentVolumeClaim.self, claim]?.selectedNode == "node-1")
    #expect(driver.pod("web")?.status.nominatedNodeName == "node-1")
    #expect(driver.bindings.isEmpty && driver.events.isEmpty)
  }

  @Test func thePodIsBoundAtTheFirstLookAfterItsClaim() throws {
    var (driver, claim, _) = try waiting()
    driver.run(until: .zero + .milliseconds(2500))
    #expect(driver.bindings.isEmpty)
    driver.change(claim) { (claim: inout PersistentVolumeClaim) in
      claim.spec.volumeName = "disk"
      claim.metadata.annotations[StorageAnnotation.bindCompleted] = "yes"
    }
    driver.run(until: .zero + .milliseconds(2900))
    #expect(driver.bindings.isEmpty)
    driver.run(until: .zero + .seconds(3))
    #expect(driver.bindings == ["web node-1"])
    #expect(driver.events == ["Normal Scheduled Successfully assigned default/web to node-1"])
  }

  @Test func aProvisionerCanTakeTheChoiceBack() throws {
    var (driver, claim, _) = try waiting()
    driver.change(claim) { (claim: inout PersistentVolumeClaim) in
      claim.metadata.annotations[StorageAnnotation.selectedNode] = nil
    }
    driver.run(until: .zero + .seconds(1))
    let text =
      "running PreBind plugin \"VolumeBinding\": binding volumes: provisioning failed for PVC \"data\""
    #expect(driver.events.first == "Warning FailedScheduling \(text)")
    let condition = driver.pod("web")?.status.condition(.podScheduled)
    #expect(condition?.reason == "SchedulerError" && condition?.message == text)
    // After the back-off it is tried again, and the node chosen anew.
    driver.run(until: .zero + .seconds(4))
    #expect(driver.store[PersistentVolumeClaim.self, claim]?.selectedNode == "node-1")
  }

  @Test func theWaitEndsAfterTenMinutes() throws {
    var (driver, _, _) = try waiting()
    driver.run(until: .zero + .seconds(599))
    #expect(driver.events.isEmpty)
    driver.run(until: .zero + .seconds(600))
    #expect(
      driver.events == [
        "Warning FailedScheduling running PreBind plugin \"VolumeBinding\": binding volumes: "
          + "context deadline exceeded"
      ])
  }

  @Test func aPodThatIsDeletedMeanwhileIsForgotten() throws {
    var (driver, _, pod) = try waiting()
    driver.delete(Pod.self, pod)
    driver.run(until: .zero + .minutes(20))
    #expect(driver.bindings.isEmpty && driver.events.isEmpty)
    #expect(driver.nextTime() == nil)
  }

  @Test func aPodWhoseNodeIsGoneMeanwhileIsTriedAgain() throws {
    var (driver, _, _) = try waiting()
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    driver.delete(Node.self, node)
    driver.run(until: .zero + .seconds(1))
    #expect(
      driver.events.first?.contains("failed to get node \"node-1\": node \"node-1\" not found")
        == true)
  }

  // MARK: Requeuing

  @Test func aNewVolumeMakesThePodTriedAgain() throws {
    var driver = try driver()
    driver.create(makeClass())
    driver.create(makeClaim("data"))
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    #expect(driver.events.count == 1)
    driver.create(makeVolume("disk", on: "node-1"))
    driver.run(until: .zero + .seconds(2))
    #expect(driver.pod("web")?.status.nominatedNodeName == "node-1")
  }

  @Test func aClaimOfAnotherPodMakesNobodyTriedAgain() throws {
    var driver = try driver()
    driver.create(try makePod("web", claims: ["data"]))
    driver.run()
    driver.create(makeClaim("other", volume: "x"))
    driver.run(until: .zero + .seconds(30))
    #expect(driver.events.count == 1)
    driver.create(makeVolume("disk"))
    driver.create(makeClaim("data", volume: "disk"))
    driver.run(until: .zero + .seconds(32))
    #expect(driver.bindings.count == 1)
  }
}
