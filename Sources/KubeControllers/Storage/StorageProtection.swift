// Keeps claims while pods use them, and volumes while they are bound.
//
// Follows   pkg/controller/volume/{pvcprotection,pvprotection} (v1.36)
// Left out  the live list of pods before a finalizer goes: a snapshot is never stale

import KubeModel
import KubeReconcile

/// Takes the finalizer from a claim that is being deleted once no pod on a node uses it.
///
/// A pod that is over still uses its claims until it is gone.
public struct ClaimProtectionController: Reconciler {
  public static let name = "persistentvolumeclaim-protection-controller"
  public static let watches: [Watch] = [
    .changes(of: PersistentVolumeClaim.self) { change, _, keys in
      if change.new?.isBeingDeleted == true { keys.append(change.key) }
    },
    .changes(of: Pod.self) { change, snapshot, keys in
      guard change.type == .deleted, !change.latest.spec.volumes.isEmpty else { return }
      let pod = change.latest
      for name in pod.claimNames {
        let namespace = pod.metadata.namespace
        guard let key = snapshot.store.key(PersistentVolumeClaim.self, namespace, name),
          snapshot[PersistentVolumeClaim.self, key]?.isBeingDeleted == true
        else { continue }
        keys.append(key)
      }
    },
  ]

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let claim = snapshot[PersistentVolumeClaim.self, key], claim.isBeingDeleted,
      claim.metadata.finalizers.contains(StorageFinalizer.claimProtection),
      !isUsed(claim, snapshot)
    else { return .nothing }
    var freed = claim
    freed.metadata.finalizers.removeAll { $0 == StorageFinalizer.claimProtection }
    var plan = Plan()
    plan.update(key, freed, because: "no pod uses the claim")
    return plan
  }

  private func isUsed(_ claim: PersistentVolumeClaim, _ snapshot: Snapshot) -> Bool {
    snapshot.store[Pod.self].objects(in: claim.metadata.namespace).contains { _, pod in
      !pod.spec.nodeName.isEmpty && pod.claimNames.contains(claim.metadata.name)
    }
  }
}

/// Takes the finalizer from a volume that is being deleted once it is not bound.
public struct VolumeProtectionController: Reconciler {
  public static let name = "persistentvolume-protection-controller"
  public static let watches: [Watch] = [
    .changes(of: PersistentVolume.self) { change, _, keys in
      if change.new?.isBeingDeleted == true { keys.append(change.key) }
    }
  ]

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let volume = snapshot[PersistentVolume.self, key], volume.isBeingDeleted,
      volume.metadata.finalizers.contains(StorageFinalizer.volumeProtection),
      volume.status.phase != .bound
    else { return .nothing }
    var freed = volume
    freed.metadata.finalizers.removeAll { $0 == StorageFinalizer.volumeProtection }
    var plan = Plan()
    plan.update(key, freed, because: "the volume is not bound")
    return plan
  }
}
