import KubeModel

// What admission does to claims and volumes.
//
// Follows   plugin/pkg/admission/storage/{storageclass/setdefault,storageobjectinuseprotection,
//           persistentvolume/resize} (v1.36)

extension APIServer {
  /// A claim that names no class gets the default one; claims and volumes get the finalizers that
  /// keep them while they are used.
  func admitStorage<Object: APIObject>(_ object: inout Object) {
    if Object.self == PersistentVolumeClaim.self, var claim = object as? PersistentVolumeClaim {
      let namesNone =
        claim.spec.storageClassName == nil
        && claim.metadata.annotations[StorageAnnotation.betaClass] == nil
      if namesNone, let found = StorageClass.defaultClass(in: store) {
        claim.spec.storageClassName = found.metadata.name
      }
      protect(&claim.metadata, by: StorageFinalizer.claimProtection)
      if let admitted = claim as? Object { object = admitted }
    } else if Object.self == PersistentVolume.self {
      protect(&object.metadata, by: StorageFinalizer.volumeProtection)
    }
  }

  private func protect(_ metadata: inout ObjectMeta, by finalizer: String) {
    if !metadata.finalizers.contains(finalizer) { metadata.finalizers.append(finalizer) }
  }

  /// A bound claim grows only where its class says that it may.
  ///
  /// - Throws: Forbidden.
  func admitResize<Object: APIObject>(_ new: Object, from old: Object) throws(APIError) {
    guard Object.self == PersistentVolumeClaim.self, let new = new as? PersistentVolumeClaim,
      let old = old as? PersistentVolumeClaim
    else { return }
    if new.requestedStorage <= old.requestedStorage { return }
    func refusal(_ why: String) -> APIError {
      .forbidden(PersistentVolumeClaim.resource, new.metadata.name, why)
    }
    if old.status.phase != .bound {
      throw refusal("Only bound persistent volume claims can be expanded")
    }
    let found = store.key(StorageClass.self, "", new.className)
      .flatMap { store[StorageClass.self, $0] }
    if found?.allowVolumeExpansion != true {
      throw refusal(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions "
          + "the pvc must support resize")
    }
  }
}
