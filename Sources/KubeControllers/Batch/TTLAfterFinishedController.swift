// Deletes Jobs some time after they are over.
//
// Follows   pkg/controller/ttlafterfinished/ttlafterfinished_controller.go (v1.36)
// Left out  the second look at the Job before it is deleted: a snapshot is never stale

import KubeModel
import KubeReconcile
import SimulationKernel

/// Deletes a Job `ttlSecondsAfterFinished` after its end, pods first.
public struct TTLAfterFinishedController: Reconciler {
  public static let name = "ttl-after-finished-controller"
  public static let watches: [Watch] = [
    .changes(of: Job.self) { change, _, keys in
      guard let job = change.new, job.spec.ttlSecondsAfterFinished != nil, job.isFinished,
        !job.isBeingDeleted
      else { return }
      keys.append(change.key)
    }
  ]

  public var latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let job = snapshot[Job.self, key], !job.isBeingDeleted,
      let ttl = job.spec.ttlSecondsAfterFinished, let end = job.finish?.lastTransitionTime
    else { return .nothing }
    var plan = Plan()
    let expiry = snapshot.clock.instant(end) + .seconds(Int64(ttl))
    if expiry > snapshot.now {
      plan.wake(key, at: expiry)
      return plan
    }
    var options = DeleteOptions()
    options.propagationPolicy = .foreground
    options.preconditions = Preconditions()
    options.preconditions?.uid = job.metadata.uid
    plan.delete(key, options, because: "expire: the Job has been over for its time", "\(ttl) s")
    return plan
  }
}
