// Follows   pkg/controller/volume/persistentvolume/pv_controller.go `syncClaim` (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// One look at a claim.
struct ClaimSync {
  private let key: ObjectKey
  private let claim: PersistentVolumeClaim
  private let snapshot: Snapshot

  init(_ key: ObjectKey, _ claim: PersistentVolumeClaim, _ snapshot: Snapshot) {
    self.key = key
    self.claim = claim
    self.snapshot = snapshot
  }

  /// What is to be done about it.
  func plan() -> Plan {
    if claim.metadata.annotations[StorageAnnotation.bindCompleted] != nil { return bound() }
    var plan = claim.spec.volumeName.isEmpty ? search() : asked()
    plan.wake(key, at: PersistentVolumeController.nextLook(after: snapshot.now))
    return plan
  }

  // MARK: A claim that takes any volume

  private func search() -> Plan {
    let waits = claim.waitsForConsumer(in: snapshot)
    let volumes = snapshot.volumesByName
    if let volume = VolumeMatching(claim).best(of: volumes, waits: waits) { return bind(volume) }
    if let plan = givenDefaultClass() { return plan }
    if waits && claim.selectedNode == nil {
      var plan = Plan()
      plan.event(waitingNote())
      return plan + pending()
    }
    if !claim.className.isEmpty { return provision() }
    var plan = Plan()
    plan.event(
      PersistentVolumeController.note(
        .normal, "FailedBinding",
        "no persistent volumes available for this claim and no storage class is set", on: claim))
    return plan + pending()
  }

  /// A claim without class gets the default one once there is one.
  private func givenDefaultClass() -> Plan? {
    guard claim.spec.storageClassName == nil,
      claim.metadata.annotations[StorageAnnotation.betaClass] == nil,
      let found = StorageClass.defaultClass(in: snapshot.store)
    else { return nil }
    var changed = claim
    changed.spec.storageClassName = found.metadata.name
    var plan = Plan()
    plan.update(key, changed, because: "default storage class", found.metadata.name)
    return plan
  }

  /// Whom the claim waits for: a consumer, or the scheduling of those that are there.
  private func waitingNote() -> EventDraft {
    let users = snapshot.store[Pod.self].objects(in: claim.metadata.namespace).map(\.object)
      .filter { pod in
        pod.spec.nodeName.isEmpty && !pod.isTerminal
          && pod.claimNames.contains(claim.metadata.name)
      }.map(\.metadata.name).sorted()
    if users.isEmpty {
      return PersistentVolumeController.note(
        .normal, "WaitForFirstConsumer",
        "waiting for first consumer to be created before binding", on: claim)
    }
    let pods = (users.count == 1 ? "pod " : "pods ") + users.joined(separator: ",")
    return PersistentVolumeController.note(
      .normal, "WaitForPodScheduled", "waiting for \(pods) to be scheduled", on: claim)
  }

  /// Asks the class's provisioner for a volume.
  private func provision() -> Plan {
    var plan = Plan()
    guard let found = snapshot[StorageClass.self, "", claim.className] else {
      let name = GoText.quoted(claim.className)
      plan.event(
        PersistentVolumeController.note(
          .warning, "ProvisioningFailed", "storageclass.storage.k8s.io \(name) not found",
          on: claim))
      return plan
    }
    var changed = claim
    changed.metadata.annotations[StorageAnnotation.betaProvisioner] = found.provisioner
    changed.metadata.annotations[StorageAnnotation.provisioner] = found.provisioner
    // Names of this sort are those of drivers inside Kubernetes, and none is left of them.
    if found.provisioner.hasPrefix("kubernetes.io/") {
      plan.event(
        PersistentVolumeController.note(
          .warning, "ProvisioningFailed", "no volume plugin matched name: \(found.provisioner)",
          on: claim))
      return plan
    }
    if changed != claim {
      // The claim is looked at again for it, and then says for whom it waits.
      plan.update(key, changed, because: "provisioner of the class", found.provisioner)
      return plan
    }
    plan.event(
      PersistentVolumeController.note(
        .normal, "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner "
          + "'\(found.provisioner)' or manually by the system administrator. If volume creation "
          + "is delayed, please verify that the provisioner is running and correctly registered.",
        on: claim))
    return plan
  }

  // MARK: A claim that names its volume

  private func asked() -> Plan {
    guard let volume = snapshot[PersistentVolume.self, "", claim.spec.volumeName] else {
      return pending()
    }
    let name = GoText.quoted(volume.metadata.name)
    var plan = Plan()
    if volume.spec.claimRef == nil {
      guard let mismatch = VolumeMatching(claim).mismatch(with: volume) else {
        return bind(volume)
      }
      plan.event(
        PersistentVolumeController.note(
          .warning, "VolumeMismatch", "Cannot bind to requested volume \(name): \(mismatch)",
          on: claim))
      return plan + pending()
    }
    if volume.isBound(to: claim) { return bind(volume) }
    plan.event(
      PersistentVolumeController.note(
        .warning, "FailedBinding", "volume \(name) already bound to a different claim.",
        on: claim))
    return plan + pending()
  }

  // MARK: A claim that was bound

  private func bound() -> Plan {
    if claim.spec.volumeName.isEmpty {
      return lost(
        "ClaimLost",
        "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!")
    }
    guard let volume = snapshot[PersistentVolume.self, "", claim.spec.volumeName] else {
      return lost(
        "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
    }
    if let owner = volume.spec.claimRef, owner.uid != claim.metadata.uid {
      return lost(
        "ClaimMisbound",
        "Two claims are bound to the same volume, this one is bound incorrectly")
    }
    return bind(volume)
  }

  private func lost(_ reason: String, _ message: String) -> Plan {
    if claim.status.phase == .lost { return .nothing }
    var plan = status(.lost, nil, of: claim)
    plan.event(PersistentVolumeController.note(.warning, reason, message, on: claim))
    return plan
  }

  private func pending() -> Plan { status(.pending, nil, of: claim) }

  // MARK: Writing

  /// Writes a binding: the volume, its phase, the claim, its phase; what is there already is left.
  ///
  /// When the volume cannot be written the claim is left as it is.
  private func bind(_ volume: PersistentVolume) -> Plan {
    guard let place = snapshot.store.key(PersistentVolume.self, "", volume.metadata.name) else {
      return .nothing
    }
    let binding = volume.binding(to: claim)
    var rest = Plan()
    rest += VolumeSync.phase(.bound, of: binding.volume, place, at: snapshot.time)
    var changed = claim
    if changed.spec.volumeName != volume.metadata.name {
      changed.spec.volumeName = volume.metadata.name
      changed.metadata.annotations[StorageAnnotation.boundByController] = "yes"
    }
    changed.metadata.annotations[StorageAnnotation.bindCompleted] = "yes"
    if changed != claim {
      rest.update(key, changed, because: "claim is bound to its volume", volume.metadata.name)
    }
    rest += status(.bound, volume, of: changed)
    if !binding.isNew { return rest }
    let remainder = rest
    var plan = Plan()
    plan.update(
      place, binding.volume, because: "volume is bound to its claim", claim.metadata.name)
    plan.afterwards = { results, _ in
      if results.contains(where: { $0.error == nil }) { return remainder }
      var again = Plan()
      again.retries = true
      return again
    }
    return plan
  }

  /// Writes the claim's phase, and what its volume offers.
  private func status(
    _ phase: PersistentVolumeClaimPhase, _ volume: PersistentVolume?,
    of claim: PersistentVolumeClaim
  ) -> Plan {
    var changed = claim
    changed.status.phase = phase
    changed.status.accessModes = volume?.spec.accessModes ?? []
    if let volume {
      // Of a claim that is bound, capacity follows an expansion and not the volume.
      if claim.status.phase != phase {
        changed.status.capacity = volume.spec.capacity
      }
    } else {
      changed.status.capacity = [:]
    }
    var plan = Plan()
    if changed.status != claim.status {
      plan.patchStatus(key, changed, because: "phase of the claim", phase.rawValue)
    }
    return plan
  }
}

extension Plan {
  /// Both plans, the left one first.
  static func + (left: Plan, right: Plan) -> Plan {
    var plan = left
    plan += right
    return plan
  }
}
