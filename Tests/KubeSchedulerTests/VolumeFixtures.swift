import KubeModel

/// A claim in the default namespace; one with a volume is bound to it.
func makeClaim(
  _ name: String, volume: String = "", in storageClass: String = "local", size: Int64 = 1,
  modes: [PersistentVolumeAccessMode] = [.readWriteOnce]
) -> PersistentVolumeClaim {
  var claim = PersistentVolumeClaim()
  claim.metadata = ObjectMeta(name: name, namespace: "default")
  claim.spec.accessModes = modes
  claim.spec.storageClassName = storageClass
  claim.spec.resources.requests["storage"] = Quantity(value: size << 30)
  claim.spec.volumeName = volume
  claim.status.phase = volume.isEmpty ? .pending : .bound
  if !volume.isEmpty { claim.metadata.annotations[StorageAnnotation.bindCompleted] = "yes" }
  return claim
}

/// A volume that is free, on a node or reachable from everywhere.
func makeVolume(
  _ name: String, on node: String? = nil, in storageClass: String = "local", size: Int64 = 1,
  labels: StringMap<String> = [:]
) -> PersistentVolume {
  var volume = PersistentVolume()
  volume.metadata = ObjectMeta(name: name, labels: labels)
  volume.spec.capacity["storage"] = Quantity(value: size << 30)
  volume.spec.accessModes = [.readWriteOnce]
  volume.spec.storageClassName = storageClass
  volume.status.phase = .available
  if let node {
    var term = NodeSelectorTerm()
    term.matchExpressions = [
      NodeSelectorRequirement(key: "kubernetes.io/hostname", operator: .in, values: [node])
    ]
    var selector = NodeSelector()
    selector.nodeSelectorTerms = [term]
    volume.spec.nodeAffinity = VolumeNodeAffinity()
    volume.spec.nodeAffinity?.required = selector
  }
  return volume
}

func makeClass(
  _ name: String = "local", provisioner: String = StorageClass.noProvisioner, waits: Bool = true
) -> StorageClass {
  var storageClass = StorageClass()
  storageClass.metadata.name = name
  storageClass.provisioner = provisioner
  storageClass.volumeBindingMode = waits ? .waitForFirstConsumer : .immediate
  return storageClass
}

/// A pod that uses claims.
func makePod(_ name: String, claims: [String]) throws -> Pod {
  var pod = try makePod(name)
  pod.spec.volumes = claims.map { claim in
    var volume = Volume()
    volume.name = claim
    volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
    volume.persistentVolumeClaim?.claimName = claim
    return volume
  }
  return pod
}
