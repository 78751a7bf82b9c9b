import KubeModel

extension Cluster {
  /// A claim or volume that is applied again stays bound: what the manifest does not name, and the
  /// cluster has written since, is kept.
  ///
  /// - Upstream: `kubectl apply` takes away only what an earlier manifest had.
  static func keepBinding<Object: APIObject>(of present: Object, in wanted: inout Object) {
    if var claim = wanted as? PersistentVolumeClaim, let old = present as? PersistentVolumeClaim {
      if claim.spec.volumeName.isEmpty { claim.spec.volumeName = old.spec.volumeName }
      if claim.spec.storageClassName == nil {
        claim.spec.storageClassName = old.spec.storageClassName
      }
      if let kept = claim as? Object { wanted = kept }
    } else if var volume = wanted as? PersistentVolume, let old = present as? PersistentVolume {
      if volume.spec.claimRef == nil { volume.spec.claimRef = old.spec.claimRef }
      if let kept = volume as? Object { wanted = kept }
    }
  }
}
