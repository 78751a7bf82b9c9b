// Follows   kubernetes-csi/external-provisioner `Provision`, rancher/local-path-provisioner

import KubeModel

/// A volume as a provisioner makes it.
struct ProvisionedVolume {
  private(set) var volume = PersistentVolume()

  /// The volume for a claim, on the node that was chosen for it, if one was.
  init(
    _ name: String, for claim: PersistentVolumeClaim, of found: StorageClass, on node: Node?
  ) {
    volume.metadata.name = name
    volume.metadata.annotations[StorageAnnotation.provisionedBy] = found.provisioner
    for key in [VolumeProvisioner.delayAnnotation, AttachDetachController.delayAnnotation] {
      volume.metadata.annotations[key] = found.metadata.annotations[key]
    }
    volume.spec.capacity = ["storage": claim.requestedStorage]
    volume.spec.accessModes = claim.spec.accessModes
    volume.spec.claimRef = ObjectReference(to: claim)
    volume.spec.persistentVolumeReclaimPolicy = found.reclaimPolicy ?? .delete
    volume.spec.storageClassName = found.metadata.name
    volume.spec.mountOptions = found.mountOptions
    volume.spec.volumeMode = claim.spec.volumeMode
    volume.spec.volumeAttributesClassName = claim.spec.volumeAttributesClassName
    if found.provisioner.contains("csi") {
      var source = CSIPersistentVolumeSource()
      source.driver = found.provisioner
      source.volumeHandle = name
      volume.spec.csi = source
      reach(Self.zone, of: node, orOf: found)
    } else if found.provisioner.contains("nfs") {
      var source = NFSVolumeSource()
      source.server = "nfs-server"
      source.path = "/export/\(name)"
      volume.spec.nfs = source
    } else {
      var source = HostPathVolumeSource()
      source.path =
        "/opt/local-path-provisioner/\(name)_\(claim.metadata.namespace)_\(claim.metadata.name)"
      source.type = .directoryOrCreate
      volume.spec.hostPath = source
      reach("kubernetes.io/hostname", of: node, orOf: found)
    }
  }

  private static let zone = "topology.kubernetes.io/zone"

  /// Says from where the volume can be reached: where the chosen node is, else where the class
  /// allows.
  private mutating func reach(_ label: String, of node: Node?, orOf found: StorageClass) {
    var term = NodeSelectorTerm()
    if let node {
      guard let value = node.metadata.labels[label] else { return }
      term.matchExpressions = [
        NodeSelectorRequirement(key: label, operator: .in, values: [value])
      ]
    } else {
      guard let allowed = found.allowedTopologies.first else { return }
      term.matchExpressions = allowed.matchLabelExpressions.compactMap { expression in
        expression.values.first.map {
          NodeSelectorRequirement(key: expression.key, operator: .in, values: [$0])
        }
      }
      if term.matchExpressions.isEmpty { return }
    }
    var selector = NodeSelector()
    selector.nodeSelectorTerms = [term]
    var affinity = VolumeNodeAffinity()
    affinity.required = selector
    volume.spec.nodeAffinity = affinity
  }
}
