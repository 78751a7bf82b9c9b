// Makes the claims of generic ephemeral volumes.
//
// Follows   pkg/controller/volume/ephemeral (v1.36)

import KubeModel
import KubeReconcile

/// Makes a claim for each ephemeral volume of a pod, owned by the pod, so that it goes with it.
///
/// A claim of that name that is not the pod's is left alone, and the pod waits.
public struct EphemeralVolumeController: Reconciler {
  public static let name = "ephemeral-volume-controller"
  public static let watches: [Watch] = [
    .changes(of: Pod.self) { change, _, keys in
      guard change.type == .added,
        change.latest.spec.volumes.contains(where: { $0.ephemeral != nil })
      else { return }
      keys.append(change.key)
    },
    .changes(of: PersistentVolumeClaim.self) { change, snapshot, keys in
      // A claim that a user has deleted is made anew.
      guard change.new == nil, let owner = change.old?.metadata.controllerRef,
        let key = snapshot.key(of: Pod.self, owner)
      else { return }
      keys.append(key)
    },
  ]

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let pod = snapshot[Pod.self, key], !pod.isBeingDeleted, !pod.isTerminal else {
      return .nothing
    }
    var plan = Plan()
    for volume in pod.spec.volumes {
      guard let template = volume.ephemeral?.volumeClaimTemplate,
        let name = pod.claimName(of: volume)
      else { continue }
      if let present = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name] {
        if pod.objection(to: present) != nil { plan.retries = true }
        continue
      }
      var claim = PersistentVolumeClaim()
      claim.metadata.name = name
      claim.metadata.namespace = pod.metadata.namespace
      claim.metadata.labels = template.metadata.labels
      claim.metadata.annotations = template.metadata.annotations
      claim.metadata.ownerReferences = [OwnerReference(controller: pod)]
      claim.spec = template.spec
      plan.create(claim, because: "claim of an ephemeral volume", volume.name)
    }
    return plan
  }
}
