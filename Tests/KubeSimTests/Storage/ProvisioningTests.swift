import KubeSim
import KubeSimManifests
import Testing

/// Volumes that a provisioner makes.
@Suite struct ProvisioningTests {
  private static let waiting =
    "Waiting for a volume to be created either by the external provisioner "
    + "'rancher.io/local-path' or manually by the system administrator. If volume creation is "
    + "delayed, please verify that the provisioner is running and correctly registered."

  @Test func withoutProvisionerAClaimWaitsForEverAndSaysSo() throws {
    var cluster = Cluster(nodes: 1)
    let storageClass = Storage.madeClass("fast", by: "rancher.io/local-path", annotations: "")
    try cluster.apply(yamlText: storageClass + Storage.claim("data", in: "fast"))
    try cluster.run(for: .minutes(1))
    #expect(cluster.binding(of: "data") == "Pending")
    #expect(cluster.notes(about: "data") == ["ExternalProvisioning: \(Self.waiting)"])
    // Once, and with each of the looks every 15 s.
    #expect(cluster.events(about: "PersistentVolumeClaim", "data").first?.count == 5)
    let name = "volume.kubernetes.io/storage-provisioner"
    #expect(cluster.claim("data")?.metadata.annotations[name] == "rancher.io/local-path")
  }

  @Test func aProvisionerMakesAVolumeAfterItsTime() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "rancher.io/local-path")
        + Storage.claim("data", in: "fast"))
    try cluster.run(for: .milliseconds(2900))
    #expect(cluster.binding(of: "data") == "Pending")
    try cluster.run(for: .milliseconds(200))
    let uid = try #require(cluster.claim("data")?.metadata.uid)
    #expect(cluster.binding(of: "data") == "Bound pvc-\(uid)")
    let notes = cluster.notes(about: "data")
    #expect(notes.first == "ExternalProvisioning: \(Self.waiting)")
    #expect(
      notes.contains(
        #"Provisioning: External provisioner is provisioning volume for claim "default/data""#))
    #expect(notes.contains("ProvisioningSucceeded: Successfully provisioned volume pvc-\(uid)"))
    let volume = try #require(cluster.volume("pvc-\(uid)"))
    #expect(volume.spec.capacity["storage"]?.description == "1Gi")
    #expect(volume.spec.persistentVolumeReclaimPolicy == .delete)
    #expect(
      volume.metadata.annotations["pv.kubernetes.io/provisioned-by"] == "rancher.io/local-path")
  }

  @Test func aFailingProvisionerTriesAgainAndSaysWhy() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass(
        "fast", by: "x.io/y",
        annotations:
          "kubesim.dev/provision-after: 1s, kubesim.dev/provision-error: quota is used up")
        + Storage.claim("data", in: "fast"))
    try cluster.run(for: .seconds(10))
    #expect(
      cluster.notes(about: "data").contains(
        #"ProvisioningFailed: failed to provision volume with StorageClass "fast": quota is used up"#
      ))
    try cluster.edit(StorageClass.self, "fast") {
      $0.metadata.annotations["kubesim.dev/provision-error"] = nil
    }
    try cluster.run(for: .seconds(20))
    #expect(cluster.claim("data")?.status.phase == .bound)
  }

  @Test func aVolumeIsMadeForTheNodeThatTheSchedulerChose() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "rancher.io/local-path", waits: true)
        + Storage.claim("data", in: "fast"))
    try cluster.run(for: .seconds(5))
    #expect(cluster.binding(of: "data") == "Pending")
    try cluster.apply(
      yamlText: Storage.pod(
        "user", using: "data", more: "nodeSelector: {kubernetes.io/hostname: node-2}"))
    try cluster.run(for: .seconds(1))
    let selected = "volume.kubernetes.io/selected-node"
    #expect(cluster.claim("data")?.metadata.annotations[selected] == "node-2")
    #expect(cluster[Pod.self, "user"]?.status.nominatedNodeName == "node-2")
    #expect(cluster[Pod.self, "user"]?.spec.nodeName == "")
    try cluster.run(for: .seconds(5))
    #expect(cluster.isRunning("user"))
    #expect(cluster[Pod.self, "user"]?.status.nominatedNodeName == "")
    let volume = try #require(cluster.all(PersistentVolume.self).first)
    let term = volume.spec.nodeAffinity?.required?.nodeSelectorTerms.first
    #expect(term?.matchExpressions.first?.values == ["node-2"])
  }

  @Test func aPodThatWaitsForItsVolumeHoldsItsRoomAndLetsOthersPass() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "rancher.io/local-path", waits: true)
        + Storage.claim("data", in: "fast") + Storage.pod("user", using: "data")
        + "{apiVersion: v1, kind: Pod, metadata: {name: other}, "
        + "spec: {containers: [{name: app, image: app}]}}")
    try cluster.run(for: .seconds(1))
    #expect(cluster[Pod.self, "other"]?.spec.nodeName == "node-1")
    #expect(cluster[Pod.self, "user"]?.spec.nodeName == "")
  }

  @Test func theVolumeOfADeletedClaimGoesWithItsStorage() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "rancher.io/local-path")
        + Storage.claim("data", in: "fast"))
    try cluster.run(for: .seconds(4))
    #expect(cluster.all(PersistentVolume.self).count == 1)
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .seconds(1))
    #expect(cluster.all(PersistentVolume.self).first?.status.phase == .released)
    try cluster.run(for: .seconds(3))
    #expect(cluster.all(PersistentVolume.self).isEmpty)
  }

  @Test func aRetainedVolumeOfADeletedClaimStays() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("keep", by: "rancher.io/local-path", policy: "Retain")
        + Storage.claim("data", in: "keep"))
    try cluster.run(for: .seconds(4))
    try cluster.delete(PersistentVolumeClaim.self, "data")
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(PersistentVolume.self).first?.status.phase == .released)
  }

  @Test func anEphemeralVolumeLivesAndGoesWithItsPod() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "rancher.io/local-path", waits: true) + """
        apiVersion: v1
        kind: Pod
        metadata: {name: user}
        spec:
          terminationGracePeriodSeconds: 1
          volumes:
            - name: scratch
              ephemeral:
                volumeClaimTemplate:
                  metadata: {labels: {app: user}}
                  spec:
                    accessModes: [ReadWriteOnce]
                    storageClassName: fast
                    resources: {requests: {storage: 1Gi}}
          containers:
            - {name: app, image: "app:1", volumeMounts: [{name: scratch, mountPath: /scratch}]}
        """)
    try cluster.run(for: .seconds(10))
    #expect(cluster.isRunning("user"))
    let claim = try #require(cluster.claim("user-scratch"))
    #expect(claim.metadata.ownerReferences.first?.name == "user")
    #expect(claim.metadata.labels == ["app": "user"])
    try cluster.delete(Pod.self, "user")
    try cluster.run(for: .seconds(10))
    #expect(cluster.claim("user-scratch") == nil)
    #expect(cluster.all(PersistentVolume.self).isEmpty)
  }

  @Test func aClaimThatIsNotThePodsOwnHoldsItsEphemeralVolumeBack() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.volume("disk") + Storage.claim("user-scratch") + """
        apiVersion: v1
        kind: Pod
        metadata: {name: user}
        spec:
          volumes:
            - name: scratch
              ephemeral:
                volumeClaimTemplate:
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
          containers:
            - {name: app, image: "app:1", volumeMounts: [{name: scratch, mountPath: /scratch}]}
        """)
    try cluster.run(for: .seconds(3))
    let condition = cluster[Pod.self, "user"]?.status.condition(.podScheduled)
    #expect(
      condition?.message
        == "0/1 nodes are available: PVC default/user-scratch was not created for pod default/user "
        + "(pod is not owner). not found")
  }

  @Test func theVolumeOfAClaimThatGrowsIsExpandedByItsDriver() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.madeClass("fast", by: "ebs.csi.aws.com") + Storage.claim("data", in: "fast")
    )
    try cluster.run(for: .seconds(4))
    try cluster.edit(PersistentVolumeClaim.self, "data") {
      $0.spec.resources.requests["storage"] = Quantity(value: 2 << 30, format: .binarySI)
    }
    try cluster.run(for: .seconds(1))
    #expect(cluster.claim("data")?.status.conditions.map(\.type) == [.resizing])
    #expect(cluster.claim("data")?.status.capacity["storage"]?.description == "1Gi")
    try cluster.run(for: .seconds(3))
    let claim = try #require(cluster.claim("data"))
    #expect(claim.status.capacity["storage"]?.description == "2Gi")
    #expect(claim.status.conditions.isEmpty)
    #expect(
      cluster.volume(claim.spec.volumeName)?.spec.capacity["storage"]?.description == "2Gi")
    #expect(
      cluster.notes(about: "data").suffix(3) == [
        "ExternalExpanding: waiting for an external controller to expand this PVC",
        "Resizing: External resizer is resizing volume \(claim.spec.volumeName)",
        "VolumeResizeSuccessful: Resize volume succeeded",
      ])
  }

  @Test func withoutDriverAClaimThatGrowsKeepsItsCapacity() throws {
    var cluster = Cluster(nodes: 1)
    let growing = Storage.manualClass("manual")
      .replacing("provisioner:", with: "allowVolumeExpansion: true\nprovisioner:")
    try cluster.apply(yamlText: growing + Storage.volume("disk") + Storage.claim("data"))
    try cluster.run(for: .seconds(1))
    try cluster.edit(PersistentVolumeClaim.self, "data") {
      $0.spec.resources.requests["storage"] = Quantity(value: 2 << 30, format: .binarySI)
    }
    try cluster.run(for: .minutes(2))
    #expect(cluster.claim("data")?.status.capacity["storage"]?.description == "1Gi")
    #expect(
      cluster.notes(about: "data") == [
        "ExternalExpanding: waiting for an external controller to expand this PVC"
      ])
  }

  @Test func aBoundClaimGrowsOnlyWhereItsClassAllowsIt() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: Storage.volume("disk") + Storage.manualClass("manual") + Storage.claim("fixed")
        + Storage.madeClass("fast", by: "rancher.io/local-path") + Storage.claim("data", in: "fast")
    )
    func grow(_ name: String) throws(APIError) {
      try cluster.edit(PersistentVolumeClaim.self, name) {
        $0.spec.resources.requests["storage"] = Quantity(value: 2 << 30, format: .binarySI)
      }
    }
    try cluster.run(for: .seconds(1))
    #expect(throws: APIError.self) { try grow("data") }
    try cluster.run(for: .seconds(4))
    try grow("data")
    let error = #expect(throws: APIError.self) { try grow("fixed") }
    #expect(
      error?.message
        == "persistentvolumeclaims \"fixed\" is forbidden: only dynamically provisioned pvc can be "
        + "resized and the storageclass that provisions the pvc must support resize")
  }
}
