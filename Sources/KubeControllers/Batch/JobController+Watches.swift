// What makes a Job due, and when: its spec at once, its pods a second later, so that one look does
// for all the pods that end together.
//
// Follows   addJob, updateJob, deleteJob, addPod, updatePod, deletePod of
//           pkg/controller/job/job_controller.go (v1.36)

import KubeModel
import KubeReconcile

extension JobController {
  /// The time in which changes of pods and of the status are gathered into one look.
  static let batchPeriod = Duration.seconds(1)

  static let specChanges = Watch.changes(of: Job.self) { change, _, keys in
    if let old = change.old, let new = change.new,
      old.metadata.generation == new.metadata.generation
    {
      return
    }
    keys.append(change.key)
  }

  static let statusChanges = Watch.changes(of: Job.self) { change, _, keys in
    if let old = change.old, let new = change.new,
      old.metadata.generation == new.metadata.generation
    {
      keys.append(change.key)
    }
  }.delayed(by: batchPeriod)

  static let podChanges = Watch.claimed(Pod.self, by: Job.self).delayed(by: batchPeriod)

  /// A pod with the finalizer that has no Job, or whose Job is over or gone.
  static let podsWithoutJob = Watch.changes(of: Pod.self) { change, snapshot, keys in
    guard let pod = change.new, pod.metadata.finalizers.contains(Job.trackingFinalizer) else {
      return
    }
    if let owner = pod.metadata.controllerRef {
      guard pod.isBeingDeleted, owner.kind == Job.resource.kind else { return }
      let key = snapshot.key(of: Job.self, owner)
      if let job = key.flatMap({ snapshot[Job.self, $0] }), job.finish == nil { return }
    }
    keys.append(change.key)
  }

  /// The pods of a Job that is gone, or over, and has not let them go.
  static let podsOfFinishedJobs = Watch.changes(of: Job.self) { change, snapshot, keys in
    let isOver = change.new.map { $0.finish != nil } ?? true
    guard isOver, let job = change.new ?? change.old else { return }
    snapshot.store[Pod.self].forEach(ownedBy: job.metadata.uid) { key, pod in
      if pod.metadata.isControlled(by: job.metadata.uid),
        pod.metadata.finalizers.contains(Job.trackingFinalizer)
      {
        keys.append(key)
      }
    }
  }
}
