// Plays the provisioners that are installed beside a real control plane.
//
// Follows   kubernetes-csi/external-provisioner and sig-storage-lib-external-provisioner:
//           when a volume is made, its name, Events, retries and deletion
// Differs   one reconciler stands for all provisioners; what it makes is told by the name
// Left out  leader election, snapshots and clones, capacity objects, its finalizer on volumes

import KubeModel
import KubeReconcile
import SimulationKernel

/// Makes volumes for the claims of classes whose provisioner runs, and deletes them when they are
/// released.
///
/// A provisioner has to be installed, as in a real cluster: it runs for a StorageClass with the
/// annotation `kubesim.dev/provision-after`, which says how long a volume takes (a duration as
/// `5s`). Without it a claim waits for ever, and its Events say for whom. The annotation
/// `kubesim.dev/provision-error` is the error with which every try fails while it is there.
///
/// | Name of the provisioner | Volume |
/// |---|---|
/// | contains `csi` | one of that driver, in the zone of the chosen node, attached before it is mounted |
/// | contains `nfs` | a directory of a server, reachable from everywhere |
/// | any other | a directory of the chosen node; reachable from everywhere if none was chosen |
public struct VolumeProvisioner: Reconciler {
  public static let name = "volume-provisioner"

  /// On a class, and on the volumes made for it: how long making or deleting a volume takes.
  public static let delayAnnotation = "kubesim.dev/provision-after"
  /// On a class: the error with which making a volume fails.
  public static let errorAnnotation = "kubesim.dev/provision-error"

  public static let watches: [Watch] = [
    .changes(of: PersistentVolumeClaim.self) { change, _, keys in
      let isNamed = change.latest.metadata.annotations[StorageAnnotation.provisioner] != nil
      if isNamed { keys.append(change.key) }
    },
    .changes(of: PersistentVolume.self) { change, _, keys in
      let isMade = change.latest.metadata.annotations[delayAnnotation] != nil
      if isMade { keys.append(change.key) }
    },
  ]

  /// What is under way for a claim or a volume.
  private struct Work {
    var end: Instant
    var failures = 0
  }

  private static let backoff = Backoff(base: .seconds(1), cap: .seconds(300))

  public let latency: Duration
  private var work: [ObjectKey: Work] = [:]  // Looked up, never walked.

  /// A provisioner that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    if let claim = snapshot[PersistentVolumeClaim.self, key],
      let found = Self.classToServe(claim, snapshot), let delay = Self.delay(found.metadata)
    {
      return provision(key, claim, found, delay, snapshot)
    }
    if let volume = snapshot[PersistentVolume.self, key], Self.isToBeDeleted(volume),
      let delay = Self.delay(volume.metadata)
    {
      return delete(key, delay, snapshot)
    }
    work[key] = nil
    return .nothing
  }

  /// The class of a claim for which a volume is to be made now.
  private static func classToServe(
    _ claim: PersistentVolumeClaim, _ snapshot: Snapshot
  ) -> StorageClass? {
    guard claim.spec.volumeName.isEmpty, !claim.isBeingDeleted,
      let found = snapshot[StorageClass.self, "", claim.className],
      claim.metadata.annotations[StorageAnnotation.provisioner] == found.provisioner
    else { return nil }
    if found.volumeBindingMode == .waitForFirstConsumer && claim.selectedNode == nil { return nil }
    return found
  }

  private mutating func provision(
    _ key: ObjectKey, _ claim: PersistentVolumeClaim, _ found: StorageClass, _ delay: Duration,
    _ snapshot: Snapshot
  ) -> Plan {
    let name = "pvc-\(claim.metadata.uid)"
    if snapshot.store.key(PersistentVolume.self, "", name) != nil { return .nothing }
    var plan = Plan()
    guard let started = work[key] else {
      work[key] = Work(end: snapshot.now + delay)
      plan.event(Self.started(claim, found))
      plan.wake(key, at: work[key]?.end)
      return plan
    }
    if started.end > snapshot.now {
      plan.wake(key, at: started.end)
      return plan
    }
    if let error = found.metadata.annotations[Self.errorAnnotation] {
      let failures = started.failures + 1
      let wait = Self.backoff.delay(failures: failures)
      work[key] = Work(end: snapshot.now + wait + delay, failures: failures)
      let name = GoText.quoted(found.metadata.name)
      plan.event(
        Self.note(
          .warning, "ProvisioningFailed",
          "failed to provision volume with StorageClass \(name): \(error)", claim, found))
      plan.wake(key, at: work[key]?.end)
      return plan
    }
    work[key] = nil
    let node = claim.selectedNode.flatMap { snapshot[Node.self, "", $0] }
    plan.create(
      ProvisionedVolume(name, for: claim, of: found, on: node).volume,
      because: "volume for the claim", claim.metadata.name)
    plan.event(
      Self.note(
        .normal, "ProvisioningSucceeded", "Successfully provisioned volume \(name)", claim, found))
    return plan
  }

  private static func isToBeDeleted(_ volume: PersistentVolume) -> Bool {
    volume.status.phase == .released && !volume.isBeingDeleted
      && volume.spec.persistentVolumeReclaimPolicy == .delete
      && volume.metadata.annotations[StorageAnnotation.provisionedBy] != nil
  }

  private mutating func delete(
    _ key: ObjectKey, _ delay: Duration, _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    let end = work[key]?.end ?? snapshot.now + delay
    if end > snapshot.now {
      work[key] = Work(end: end)
      plan.wake(key, at: end)
      return plan
    }
    work[key] = nil
    plan.delete(key, because: "claim is gone, policy is Delete")
    return plan
  }

  /// How long a volume takes; nil where no provisioner runs.
  private static func delay(_ metadata: ObjectMeta) -> Duration? {
    metadata.annotations[delayAnnotation].flatMap { GoDuration.parse($0) }
  }

  private static func started(
    _ claim: PersistentVolumeClaim, _ found: StorageClass
  ) -> EventDraft {
    let name = GoText.quoted("\(claim.metadata.namespace)/\(claim.metadata.name)")
    return note(
      .normal, "Provisioning", "External provisioner is provisioning volume for claim \(name)",
      claim, found)
  }

  /// The source of an Event is the provisioner; a real one adds the name of its pod.
  private static func note(
    _ type: EventType, _ reason: String, _ message: String, _ claim: PersistentVolumeClaim,
    _ found: StorageClass
  ) -> EventDraft {
    EventDraft(
      type, reason, message, regarding: ObjectReference(to: claim), component: found.provisioner)
  }
}
