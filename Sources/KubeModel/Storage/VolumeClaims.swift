// What is known of claims, volumes and classes without looking at anything else.
//
// Follows   component-helpers/storage/{volume,ephemeral}, pkg/apis/core/v1/helper (v1.36)

/// Annotations that controllers, scheduler and provisioners leave on claims, volumes and classes.
public enum StorageAnnotation {
  /// On a claim: it was bound once; without its volume it is lost from then on.
  public static let bindCompleted = "pv.kubernetes.io/bind-completed"
  /// On a claim or volume: the controller chose the partner, not the user.
  public static let boundByController = "pv.kubernetes.io/bound-by-controller"
  /// On a volume: the provisioner that made it.
  public static let provisionedBy = "pv.kubernetes.io/provisioned-by"
  /// On a claim: the node that the scheduler chose; the provisioner makes the volume for it.
  public static let selectedNode = "volume.kubernetes.io/selected-node"
  /// On a claim: who is to make the volume.
  public static let provisioner = "volume.kubernetes.io/storage-provisioner"
  /// The same under its older name.
  public static let betaProvisioner = "volume.beta.kubernetes.io/storage-provisioner"
  /// On a class: `true` for the one that claims get which name none.
  public static let defaultClass = "storageclass.kubernetes.io/is-default-class"
  /// The same under its older name.
  public static let betaDefaultClass = "storageclass.beta.kubernetes.io/is-default-class"
  /// On a claim or volume: its class, from the time before the field.
  public static let betaClass = "volume.beta.kubernetes.io/storage-class"
}

/// Finalizers that keep storage from going while it is used.
public enum StorageFinalizer {
  /// On a claim, while a pod on a node uses it.
  public static let claimProtection = "kubernetes.io/pvc-protection"
  /// On a volume, while it is bound.
  public static let volumeProtection = "kubernetes.io/pv-protection"
}

extension PersistentVolumeClaim {
  /// The name of its class; empty for none.
  public var className: String {
    metadata.annotations[StorageAnnotation.betaClass] ?? spec.storageClassName ?? ""
  }

  /// True once it has a volume and the controller has finished binding it.
  public var isFullyBound: Bool {
    !spec.volumeName.isEmpty && metadata.annotations[StorageAnnotation.bindCompleted] != nil
  }

  /// The node that the scheduler chose for a volume to be made.
  public var selectedNode: String? { metadata.annotations[StorageAnnotation.selectedNode] }

  /// The size that is wished for.
  public var requestedStorage: Quantity { spec.resources.requests["storage"] ?? .zero }
}

extension PersistentVolume {
  /// The name of its class; empty for none.
  public var className: String {
    metadata.annotations[StorageAnnotation.betaClass] ?? spec.storageClassName
  }

  /// Its size.
  public var storage: Quantity { spec.capacity["storage"] ?? .zero }

  /// True when it names this claim; one that names no uid is reserved for the claim's name.
  public func isBound(to claim: PersistentVolumeClaim) -> Bool {
    guard let reference = spec.claimRef else { return false }
    return reference.name == claim.metadata.name
      && reference.namespace == claim.metadata.namespace
      && (reference.uid.isEmpty || reference.uid == claim.metadata.uid)
  }

  /// Whether pods on a node can reach it.
  public func isReachable(from node: Node) -> Bool {
    guard let required = spec.nodeAffinity?.required else { return true }
    return required.nodeSelectorTerms.contains { NodeTermSelector($0).matches(node) }
  }
}

extension Pod {
  /// The claim behind one of its volumes; nil for volumes without one.
  ///
  /// The claim of a generic ephemeral volume is named after pod and volume.
  public func claimName(of volume: Volume) -> String? {
    if let source = volume.persistentVolumeClaim { return source.claimName }
    return volume.ephemeral == nil ? nil : "\(metadata.name)-\(volume.name)"
  }

  /// The names of the claims that it uses, in the order of its volumes.
  public var claimNames: [String] { spec.volumes.compactMap { claimName(of: $0) } }

  /// What is wrong when the claim of an ephemeral volume was not made for this pod.
  public func objection(to claim: PersistentVolumeClaim) -> String? {
    if claim.metadata.controllerRef?.uid == metadata.uid { return nil }
    let namespace = metadata.namespace
    return "PVC \(namespace)/\(claim.metadata.name) was not created for pod "
      + "\(namespace)/\(metadata.name) (pod is not owner)"
  }
}

extension StorageClass {
  /// True for the one that claims get which name none.
  public var isDefault: Bool {
    metadata.annotations[StorageAnnotation.defaultClass] == "true"
      || metadata.annotations[StorageAnnotation.betaDefaultClass] == "true"
  }

  /// The class that claims get which name none: of several the newest, then the first by name.
  ///
  /// - Upstream: `pkg/volume/util/storageclass.go` `GetDefaultClass`.
  public static func defaultClass(in store: Store) -> StorageClass? {
    let table = store[StorageClass.self]
    return table.keys.compactMap { table[$0] }.filter(\.isDefault).min { one, two in
      let times = (one.metadata.creationTimestamp, two.metadata.creationTimestamp)
      let seconds = (times.0?.unixSeconds ?? 0, times.1?.unixSeconds ?? 0)
      return seconds.0 == seconds.1
        ? one.metadata.name < two.metadata.name : seconds.0 > seconds.1
    }
  }

  /// The provisioner of classes whose volumes are made by hand.
  public static let noProvisioner = "kubernetes.io/no-provisioner"
}
