import KubeSim
import KubeSimManifests
import Testing

/// How claims find their volumes.
@Suite struct ClaimBindingTests {
  private func cluster(_ manifests: String..., nodes: Int = 2) throws -> Cluster {
    var cluster = Cluster(nodes: nodes)
    try cluster.apply(yamlText: manifests.joined())
    try cluster.run(for: .seconds(1))
    return cluster
  }

  @Test func aNewVolumeIsAvailable() throws {
    let cluster = try cluster(Storage.volume("disk"))
    #expect(cluster.volume("disk")?.status.phase == .available)
    #expect(cluster.volume("disk")?.metadata.finalizers == ["kubernetes.io/pv-protection"])
    #expect(cluster.volume("disk")?.status.lastPhaseTransitionTime != nil)
  }

  @Test func anImmediateClaimIsBoundToTheSmallestVolumeThatWillDo() throws {
    let cluster = try cluster(
      Storage.volume("a", size: "5Gi"), Storage.volume("b", size: "2Gi"),
      Storage.volume("c", size: "512Mi"), Storage.claim("data"))
    #expect(cluster.binding(of: "data") == "Bound b")
    let claim = cluster.claim("data")
    #expect(claim?.status.capacity["storage"]?.description == "2Gi")
    #expect(claim?.status.accessModes == [.readWriteOnce])
    #expect(
      claim?.metadata.annotations == [
        "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes",
      ])
    #expect(cluster.volume("b")?.spec.claimRef?.name == "data")
    #expect(
      cluster.volume("b")?.metadata.annotations["pv.kubernetes.io/bound-by-controller"] == "yes")
    #expect(cluster.volumePhases == ["a Available", "b Bound", "c Available"])
  }

  @Test func ofVolumesWithFewerAccessModesOneIsTakenFirst() throws {
    let cluster = try cluster(
      Storage.volume("many", size: "1Gi", modes: "ReadWriteOnce, ReadWriteMany"),
      Storage.volume("one", size: "9Gi"), Storage.claim("data"))
    #expect(cluster.binding(of: "data") == "Bound one")
  }

  @Test(arguments: [
    ("class", Storage.volume("disk", in: "other")),
    ("size", Storage.volume("disk", size: "512Mi")),
    ("mode", Storage.volume("disk", modes: "ReadOnlyMany")),
    ("volume mode", Storage.volume("disk", more: "volumeMode: Block")),
  ])
  func aVolumeThatDoesNotMatchIsNotTaken(_ what: String, _ volume: String) throws {
    let cluster = try cluster(Storage.manualClass("manual"), volume, Storage.claim("data"))
    #expect(cluster.binding(of: "data") == "Pending", "\(what)")
  }

  @Test func aSelectorChoosesAmongVolumes() throws {
    let cluster = try cluster(
      Storage.volume("a"), Storage.volume("b"),
      Storage.claim("data", more: "selector: {matchLabels: {name: b}}"))
    #expect(cluster.binding(of: "data") == "Bound b")
  }

  @Test func aClaimWithoutClassSaysThatThereIsNoVolume() throws {
    let cluster = try cluster(Storage.claim("data", in: ""))
    #expect(cluster.binding(of: "data") == "Pending")
    #expect(
      cluster.notes(about: "data") == [
        "FailedBinding: no persistent volumes available for this claim and no storage class is set"
      ])
  }

  @Test func aClassThatDoesNotExistIsReported() throws {
    let cluster = try cluster(Storage.claim("data", in: "nowhere"))
    #expect(
      cluster.notes(about: "data") == [
        #"ProvisioningFailed: storageclass.storage.k8s.io "nowhere" not found"#
      ])
  }

  @Test func anImmediateClassWithoutProvisionerIsReported() throws {
    let cluster = try cluster(Storage.manualClass("manual"), Storage.claim("data"))
    #expect(
      cluster.notes(about: "data") == [
        "ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner"
      ])
  }

  @Test func aPendingClaimIsLookedAtEveryFifteenSeconds() throws {
    var cluster = try cluster(Storage.claim("data"))
    try cluster.apply(yamlText: Storage.volume("disk"))
    try cluster.run(for: .seconds(1))
    // A new volume alone does not bind it.
    #expect(cluster.binding(of: "data") == "Pending")
    try cluster.run(to: .zero + .milliseconds(6800))
    #expect(cluster.binding(of: "data") == "Bound disk")
  }

  @Test func aClaimThatWaitsIsNotBoundBeforeAPodUsesIt() throws {
    var cluster = try cluster(
      Storage.manualClass("local", waits: true), Storage.volume("disk", in: "local"),
      Storage.claim("data", in: "local"))
    #expect(cluster.binding(of: "data") == "Pending")
    #expect(
      cluster.notes(about: "data") == [
        "WaitForFirstConsumer: waiting for first consumer to be created before binding"
      ])
    try cluster.apply(yamlText: Storage.pod("user", using: "data"))
    try cluster.run(for: .seconds(5))
    #expect(cluster.binding(of: "data") == "Bound disk")
    #expect(cluster.isRunning("user"))
  }

  @Test func aClaimNamesThePodsThatWaitToBeScheduled() throws {
    var cluster = try cluster(
      Storage.manualClass("local", waits: true), Storage.claim("data", in: "local"),
      Storage.pod("b", using: "data"), Storage.pod("a", using: "data"))
    try cluster.run(for: .seconds(10))
    #expect(
      cluster.notes(about: "data").last
        == "WaitForPodScheduled: waiting for pods a,b to be scheduled")
  }

  // MARK: Names given by the user

  @Test func aClaimMayNameItsVolume() throws {
    let cluster = try cluster(
      Storage.volume("a"), Storage.volume("b", size: "3Gi"),
      Storage.claim("data", more: "volumeName: b"))
    #expect(cluster.binding(of: "data") == "Bound b")
    #expect(
      cluster.claim("data")?.metadata.annotations == ["pv.kubernetes.io/bind-completed": "yes"])
  }

  @Test(arguments: [
    (Storage.volume("b", size: "512Mi"), "requested PV is too small"),
    (Storage.volume("b", in: "other"), "storageClassName does not match"),
    (Storage.volume("b", modes: "ReadOnlyMany"), "incompatible accessMode"),
    (Storage.volume("b", more: "volumeMode: Block"), "incompatible volumeMode"),
  ])
  func aNamedVolumeThatDoesNotFitIsReported(_ volume: String, _ why: String) throws {
    let cluster = try cluster(volume, Storage.claim("data", more: "volumeName: b"))
    #expect(cluster.claim("data")?.status.phase == .pending)
    #expect(
      cluster.notes(about: "data") == [
        "VolumeMismatch: Cannot bind to requested volume \"b\": \(why)"
      ]
    )
  }

  @Test func aNamedVolumeOfAnotherClaimIsReported() throws {
    let cluster = try cluster(
      Storage.volume("b"), Storage.claim("first"),
      Storage.claim("second", more: "volumeName: b"))
    #expect(cluster.binding(of: "first") == "Bound b")
    #expect(cluster.claim("second")?.status.phase == .pending)
    #expect(
      cluster.notes(about: "second") == [
        #"FailedBinding: volume "b" already bound to a different claim."#
      ])
  }

  @Test func aVolumeMayBeReservedForAClaim() throws {
    let reserved = "claimRef: {namespace: default, name: data}"
    let cluster = try cluster(
      Storage.volume("a"), Storage.volume("b", size: "9Gi", more: reserved),
      Storage.claim("other"), Storage.claim("data"))
    #expect(cluster.binding(of: "data") == "Bound b")
    #expect(cluster.binding(of: "other") == "Bound a")
    #expect(cluster.volume("b")?.metadata.annotations.isEmpty == true)
    #expect(cluster.volume("b")?.spec.claimRef?.uid == cluster.claim("data")?.metadata.uid)
  }

  @Test func aReservedVolumeOfAnotherModeIsReportedOnBothSides() throws {
    var cluster = try cluster(
      Storage.volume("disk", more: "volumeMode: Block"), Storage.claim("data"))
    let claim = try #require(cluster.claim("data"))
    try cluster.edit(PersistentVolume.self, "disk") {
      $0.spec.claimRef = ObjectReference(to: claim)
    }
    try cluster.run(for: .seconds(1))
    #expect(
      cluster.notes(about: "disk") == [
        "VolumeMismatch: Cannot bind PersistentVolume to requested PersistentVolumeClaim \"data\" "
          + "due to incompatible volumeMode."
      ])
    #expect(
      cluster.notes(about: "data").last
        == "VolumeMismatch: Cannot bind PersistentVolume \"disk\" to requested "
        + "PersistentVolumeClaim due to incompatible volumeMode.")
  }

  @Test func twoClaimsOnOneVolumeAreFoundOut() throws {
    var cluster = try cluster(Storage.volume("disk"), Storage.claim("data"), Storage.claim("other"))
    #expect(cluster.binding(of: "data") == "Bound disk")
    try cluster.edit(PersistentVolumeClaim.self, "other") {
      $0.spec.volumeName = "disk"
      $0.metadata.annotations[StorageAnnotation.bindCompleted] = "yes"
    }
    try cluster.run(for: .seconds(1))
    #expect(cluster.binding(of: "other") == "Lost disk")
    #expect(
      cluster.notes(about: "other").last
        == "ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly")
  }

  @Test func aLostClaimFindsItsVolumeAgain() throws {
    var cluster = try cluster(Storage.volume("disk"), Storage.claim("data"))
    let uid = try #require(cluster.claim("data")?.metadata.uid)
    try cluster.edit(PersistentVolume.self, "disk") { $0.metadata.finalizers = [] }
    try cluster.delete(PersistentVolume.self, "disk")
    try cluster.run(for: .seconds(1))
    #expect(cluster.binding(of: "data") == "Lost disk")
    let reserved = "claimRef: {namespace: default, name: data, uid: \(uid)}"
    try cluster.apply(yamlText: Storage.volume("disk", more: reserved))
    try cluster.run(for: .seconds(15))
    #expect(cluster.binding(of: "data") == "Bound disk")
  }

  // MARK: Default classes

  private static let standard = """
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
    provisioner: kubernetes.io/no-provisioner
    ---

    """

  @Test func aClaimThatNamesNoClassGetsTheDefaultOne() throws {
    let cluster = try cluster(Self.standard, Storage.claim("data", in: nil))
    #expect(cluster.claim("data")?.spec.storageClassName == "standard")
  }

  @Test func anEmptyClassNameIsNoClass() throws {
    let cluster = try cluster(Self.standard, Storage.claim("data", in: ""))
    #expect(cluster.claim("data")?.spec.storageClassName == "")
  }

  @Test func ofTwoDefaultClassesTheNewerOneCounts() throws {
    var cluster = try cluster(Self.standard)
    try cluster.run(for: .seconds(2))
    let newer = Self.standard.replacing("name: standard", with: "name: a-newer")
    try cluster.apply(yamlText: newer + Storage.claim("data", in: nil))
    #expect(cluster.claim("data")?.spec.storageClassName == "a-newer")
  }

  @Test func aDefaultClassThatComesLaterIsGivenToClaimsThatWait() throws {
    var cluster = try cluster(Storage.claim("data", in: nil))
    #expect(cluster.claim("data")?.spec.storageClassName == nil)
    try cluster.apply(yamlText: Self.standard)
    try cluster.run(for: .seconds(15))
    #expect(cluster.claim("data")?.spec.storageClassName == "standard")
  }

  // MARK: Claims and volumes that go

  @Test func aClaimWhoseVolumeIsGoneIsLost() throws {
    var cluster = try cluster(Storage.volume("disk"), Storage.claim("data"))
    try cluster.edit(PersistentVolume.self, "disk") { $0.metadata.finalizers = [] }
    try cluster.delete(PersistentVolume.self, "disk")
    try cluster.run(for: .seconds(1))
    #expect(cluster.binding(of: "data") == "Lost disk")
    #expect(
      cluster.notes(about: "data") == [
        "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!"
      ])
    #expect(cluster.claim("data")?.status.capacity.isEmpty == true)
  }

  @Test func aVolumeThatIsBoundStaysUntilItsClaimIsGone() throws {
    var cluster = try cluster(Storage.volume("disk"), Storage.claim("data"))
    try cluster.delete(PersistentVolume.self, "disk")
    try cluster.run(for: .seconds(30))
    #expect(cluster.volume("disk")?.isBeingDeleted == true)
    #expect(cluster.binding(of: "data") == "Bound disk")
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(1))
    #expect(cluster.claim("data") == nil && cluster.volume("disk") == nil)
  }

  @Test func aClaimThatAPodUsesStaysUntilThePodIsGone() throws {
    var cluster = try cluster(
      Storage.volume("disk"), Storage.claim("data"), Storage.pod("user", using: "data"))
    try cluster.run(for: .seconds(3))
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(30))
    #expect(cluster.claim("data")?.isBeingDeleted == true)
    #expect(cluster.isRunning("user"))
    try cluster.delete(Pod.self, "user")
    try cluster.run(for: .seconds(5))
    #expect(cluster.claim("data") == nil)
  }

  @Test func aPodThatWaitsForANodeDoesNotKeepItsClaim() throws {
    var cluster = try cluster(
      Storage.claim("data", in: "nowhere"), Storage.pod("user", using: "data"))
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(1))
    #expect(cluster.claim("data") == nil)
  }

  @Test func aPodThatIsOverStillKeepsItsClaim() throws {
    var cluster = Cluster(nodes: 1)
    let done = Storage.pod("user", using: "data", more: "restartPolicy: Never")
      .replacing(
        "metadata: {name: user}",
        with: """
          metadata:
            name: user
            annotations: {kubesim.dev/behavior: "app: {runs: [{for: 1s, exit: 0}]}"}
          """)
    try cluster.apply(yamlText: Storage.volume("disk") + Storage.claim("data"))
    try cluster.run(for: .seconds(1))
    try cluster.apply(yamlText: done)
    try cluster.run(for: .seconds(10))
    #expect(cluster[Pod.self, "user"]?.status.phase == .succeeded)
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(10))
    #expect(cluster.claim("data")?.isBeingDeleted == true)
  }
}
