// Follows   pkg/controller/volume/persistentvolume/pv_controller.go `syncVolume`,
//           pkg/volume/{hostpath,nfs,util/recyclerclient} (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// One look at a volume.
struct VolumeSync {
  private let key: ObjectKey
  private let volume: PersistentVolume
  private let snapshot: Snapshot

  init(_ key: ObjectKey, _ volume: PersistentVolume, _ snapshot: Snapshot) {
    self.key = key
    self.volume = volume
    self.snapshot = snapshot
  }

  /// What is to be done about it.
  func plan() -> Plan {
    guard let owner = volume.spec.claimRef, !owner.uid.isEmpty else { return phase(.available) }
    let place = snapshot.store.key(PersistentVolumeClaim.self, owner.namespace, owner.name)
    guard let place, let claim = snapshot[PersistentVolumeClaim.self, place],
      claim.metadata.uid == owner.uid
    else { return release() }
    if claim.spec.volumeName.isEmpty {
      var plan = Plan()
      if !VolumeMatching(claim).hasMode(volume) {
        let (mine, other) = (
          GoText.quoted(volume.metadata.name), GoText.quoted(claim.metadata.name)
        )
        let why = "due to incompatible volumeMode."
        plan.event(
          PersistentVolumeController.note(
            .warning, "VolumeMismatch",
            "Cannot bind PersistentVolume to requested PersistentVolumeClaim \(other) \(why)",
            on: volume))
        plan.event(
          PersistentVolumeController.note(
            .warning, "VolumeMismatch",
            "Cannot bind PersistentVolume \(mine) to requested PersistentVolumeClaim \(why)",
            on: claim))
        return plan
      }
      // The look at the claim completes the binding.
      plan.wake(place, at: snapshot.now)
      return plan
    }
    if claim.spec.volumeName == volume.metadata.name {
      var plan = phase(.bound)
      // A lost claim finds its volume again with the next look at everything.
      if claim.status.phase == .lost {
        plan.wake(place, at: PersistentVolumeController.nextLook(after: snapshot.now))
      }
      return plan
    }
    let wasMade = volume.metadata.annotations[StorageAnnotation.provisionedBy] != nil
    if wasMade && volume.spec.persistentVolumeReclaimPolicy == .delete { return release() }
    return unbind()
  }

  private func phase(_ phase: PersistentVolumePhase) -> Plan {
    Self.phase(phase, of: volume, key, at: snapshot.time)
  }

  /// Writes a volume's phase, if it is another one.
  static func phase(
    _ phase: PersistentVolumePhase, message: String = "", of volume: PersistentVolume,
    _ key: ObjectKey, at time: Timestamp
  ) -> Plan {
    var plan = Plan()
    if volume.status.phase == phase { return plan }
    var changed = volume
    changed.status.phase = phase
    changed.status.message = message
    changed.status.lastPhaseTransitionTime = time
    plan.patchStatus(key, changed, because: "phase of the volume", phase.rawValue)
    return plan
  }

  /// Frees a volume from a claim that is bound elsewhere; one that the user has reserved stays
  /// reserved.
  private func unbind() -> Plan {
    var changed = volume
    if changed.metadata.annotations[StorageAnnotation.boundByController] != nil {
      changed.spec.claimRef = nil
      changed.metadata.annotations[StorageAnnotation.boundByController] = nil
    } else {
      changed.spec.claimRef?.uid = UID()
    }
    var plan = Plan()
    plan.update(key, changed, because: "volume is free again")
    return plan + phase(.available)
  }

  // MARK: A volume whose claim is gone

  private func release() -> Plan {
    var plan = Plan()
    if volume.status.phase != .released && volume.status.phase != .failed {
      plan += phase(.released)
    }
    switch volume.spec.persistentVolumeReclaimPolicy {
    case .delete: return plan + delete()
    case .recycle: return plan + recycle()
    default: return plan
    }
  }

  /// Deletes a volume with its storage; whoever made it does that for one that was provisioned.
  private func delete() -> Plan {
    if volume.isBeingDeleted { return .nothing }
    if let provisioner = volume.metadata.annotations[StorageAnnotation.provisionedBy],
      !provisioner.isEmpty, !provisioner.hasPrefix("kubernetes.io/")
    {
      return .nothing
    }
    // Nothing stands in for the driver of a volume that was made by hand.
    if volume.spec.csi != nil { return .nothing }
    guard let path = volume.spec.hostPath?.path else {
      let name = GoText.quoted(volume.metadata.name)
      return failure(
        "VolumeFailedDelete",
        "error getting deleter volume plugin for volume \(name): "
          + "no deletable volume plugin matched")
    }
    // Directories of the node are only deleted where nothing of value is.
    if !path.hasPrefix("/tmp/") || path == "/tmp/" {
      return failure(
        "VolumeFailedDelete",
        "host_path deleter only supports /tmp/.+ but received provided \(path)")
    }
    var plan = Plan()
    plan.delete(key, because: "claim is gone, policy is Delete")
    return plan
  }

  private func recycle() -> Plan {
    guard volume.spec.hostPath != nil || volume.spec.nfs != nil else {
      return failure("VolumeFailedRecycle", "No recycler plugin found for the volume!")
    }
    var plan = Plan()
    plan.event(
      PersistentVolumeController.note(.normal, "VolumeRecycled", "Volume recycled", on: volume))
    return plan + unbind()
  }

  /// Says once that the volume could not be reclaimed, and tries again with the next look.
  private func failure(_ reason: String, _ message: String) -> Plan {
    var plan = Plan()
    if volume.status.phase != .failed {
      plan += Self.phase(.failed, message: message, of: volume, key, at: snapshot.time)
      plan.event(PersistentVolumeController.note(.warning, reason, message, on: volume))
    }
    plan.wake(key, at: PersistentVolumeController.nextLook(after: snapshot.now))
    return plan
  }
}
