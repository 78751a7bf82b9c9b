// Binds claims to volumes, and reclaims volumes whose claims are gone.
//
// Follows   pkg/controller/volume/persistentvolume/{pv_controller.go,pv_controller_base.go,index.go}
//           (v1.36)
// The same  binding at once and for the first consumer, volumes reserved by name, lost and misbound
//           claims, default classes given later, the look at everything every 15 s, reclaim
//           policies, Events
// Differs   a volume that is recycled is empty at once: no pod scrubs it; the look every 15 s is
//           only taken where something is still to be done
// Left out  in-tree provisioners, and the finalizer of volumes that they made; migrated drivers;
//           metrics

import KubeModel
import KubeReconcile
import SimulationKernel

/// Binds claims to volumes, and reclaims volumes whose claims are gone.
///
/// A claim that finds no volume is looked at again with the next of the looks every 15 s, not when a
/// volume is made, as upstream.
public struct PersistentVolumeController: Reconciler {
  public static let name = "persistentvolume-binder-controller"

  public static let watches: [Watch] = [
    .changes(of: PersistentVolumeClaim.self) { change, snapshot, keys in
      if change.new != nil { return keys.append(change.key) }
      // The volume of a claim that is gone is to be reclaimed.
      guard let volume = change.old?.spec.volumeName,
        let key = snapshot.store.key(PersistentVolume.self, "", volume)
      else { return }
      keys.append(key)
    },
    .changes(of: PersistentVolume.self) { change, snapshot, keys in
      if change.new != nil { return keys.append(change.key) }
      guard let claim = change.old?.spec.claimRef,
        let key = snapshot.store.key(PersistentVolumeClaim.self, claim.namespace, claim.name)
      else { return }
      keys.append(key)
    },
  ]

  /// The source of its Events.
  static let component = "persistentvolume-controller"
  private static let period = Duration.seconds(15)
  /// When the first look was: the control plane is a few seconds old when a run begins.
  private static let firstLook = Instant.zero - .milliseconds(8250)

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    if let claim = snapshot[PersistentVolumeClaim.self, key] {
      return ClaimSync(key, claim, snapshot).plan()
    }
    if let volume = snapshot[PersistentVolume.self, key] {
      return VolumeSync(key, volume, snapshot).plan()
    }
    return .nothing
  }

  /// The next look at everything, after an instant.
  static func nextLook(after now: Instant) -> Instant {
    let passed = (now - firstLook).nanoseconds / period.nanoseconds
    return firstLook + .nanoseconds((passed + 1) * period.nanoseconds)
  }

  /// An Event about a claim or a volume.
  static func note(
    _ type: EventType, _ reason: String, _ message: String, on object: some APIObject
  ) -> EventDraft {
    EventDraft(
      type, reason, message, regarding: ObjectReference(to: object), component: component)
  }
}
