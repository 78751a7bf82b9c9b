// Expands the volumes of claims whose request has grown.
//
// Follows   pkg/controller/volume/expand (v1.36), kubernetes-csi/external-resizer
// Differs   drivers expand volumes where the volume's annotation `kubesim.dev/provision-after` says
//           that one runs, and need no step on the node
// Left out  errors of drivers, claims that ask for less again, in-tree drivers

import KubeModel
import KubeReconcile
import SimulationKernel

/// Expands the volumes of claims whose request has grown.
///
/// Without a driver the claim keeps its capacity, and its Event says that somebody else is waited for.
public struct VolumeExpansionController: Reconciler {
  public static let name = "persistentvolume-expander-controller"

  public static let watches: [Watch] = [
    .changes(of: PersistentVolumeClaim.self) { change, _, keys in
      guard let new = change.new, let old = change.old else { return }
      if old.requestedStorage < new.requestedStorage { keys.append(change.key) }
    }
  ]
  public static let writes = WrittenKinds.also([PersistentVolume.self])

  private static let component = "volume_expand"

  public let latency: Duration
  /// When the volume of a claim will have grown.
  private var ends: [ObjectKey: Instant] = [:]  // Looked up, never walked.

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let claim = snapshot[PersistentVolumeClaim.self, key], claim.status.phase == .bound,
      claim.status.capacity["storage"] ?? .zero < claim.requestedStorage,
      let place = snapshot.store.key(PersistentVolume.self, "", claim.spec.volumeName),
      let volume = snapshot[PersistentVolume.self, place], volume.isBound(to: claim)
    else {
      ends[key] = nil
      return .nothing
    }
    guard let end = ends[key] else { return begin(key, claim, volume, snapshot) }
    var plan = Plan()
    if end > snapshot.now {
      plan.wake(key, at: end)
      return plan
    }
    ends[key] = nil
    return finish(key, claim, place, volume)
  }

  private mutating func begin(
    _ key: ObjectKey, _ claim: PersistentVolumeClaim, _ volume: PersistentVolume,
    _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .normal, "ExternalExpanding", "waiting for an external controller to expand this PVC",
        regarding: ObjectReference(to: claim), component: Self.component))
    let time = volume.metadata.annotations[VolumeProvisioner.delayAnnotation]
    guard let delay = time.flatMap({ GoDuration.parse($0) }) else { return plan }
    let end = snapshot.now + delay
    ends[key] = end
    var changed = claim
    var condition = PersistentVolumeClaimCondition()
    condition.type = .resizing
    condition.status = .true
    condition.lastTransitionTime = snapshot.time
    changed.status.conditions.removeAll { $0.type == .resizing }
    changed.status.conditions.append(condition)
    changed.status.allocatedResources["storage"] = claim.requestedStorage
    changed.status.allocatedResourceStatuses["storage"] = .controllerResizeInProgress
    plan.patchStatus(key, changed, because: "driver expands the volume")
    plan.event(
      Self.note(
        "Resizing", "External resizer is resizing volume \(volume.metadata.name)", claim, volume))
    plan.wake(key, at: end)
    return plan
  }

  private func finish(
    _ key: ObjectKey, _ claim: PersistentVolumeClaim, _ place: ObjectKey,
    _ volume: PersistentVolume
  ) -> Plan {
    var plan = Plan()
    var larger = volume
    larger.spec.capacity["storage"] = claim.requestedStorage
    plan.update(place, larger, because: "volume has grown", claim.metadata.name)
    var changed = claim
    changed.status.capacity["storage"] = claim.requestedStorage
    changed.status.conditions.removeAll { $0.type == .resizing }
    changed.status.allocatedResourceStatuses["storage"] = nil
    plan.patchStatus(key, changed, because: "volume has grown")
    plan.event(Self.note("VolumeResizeSuccessful", "Resize volume succeeded", claim, volume))
    return plan
  }

  private static func note(
    _ reason: String, _ message: String, _ claim: PersistentVolumeClaim,
    _ volume: PersistentVolume
  ) -> EventDraft {
    let driver = volume.metadata.annotations[StorageAnnotation.provisionedBy] ?? ""
    return EventDraft(
      .normal, reason, message, regarding: ObjectReference(to: claim),
      component: "external-resizer \(driver)")
  }
}
