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
    if !change.keepsGeneration { keys.append(change.key) }
  }

  static let statusChanges = Watch.changes(of: Job.self) { change, _, keys in
    if change.keepsGeneration { keys.append(change.key) }
  }.delayed(by: batchPeriod)

  static let podChanges = Watch.claimed(Pod.self, by: Job.self).delayed(by: batchPeriod)

  /// A pod with the finalizer that has no Job, or whose Job is over or gone.
  static let podsWithoutJob = Watch.changes(of: Pod.self) { change, snapshot, keys in
    guard change.new?.metadata.finalizers.contains(Job.trackingFinalizer) == true else { return }
    if change.new?.metadata.ownerReferences.hasController == true {
      guard change.new?.metadata.deletionTimestamp != nil,
        let owner = change.new?.metadata.ownerReferences.controller(ofKind: Job.resource.kind)
      else { return }
      let key = snapshot.key(of: Job.self, uid: owner)
      if let job = key.flatMap({ snapshot[Job.self, $0] }), !job.isFinished { return }
    }
    keys.append(change.key)
  }

  /// The pods of a Job that is gone, or over, and has not let them go.
  static let podsOfFinishedJobs = Watch.changes(of: Job.self) { change, snapshot, keys in
    if let conditions = change.new?.status.conditions, conditions.finish == nil { return }
    guard let uid = change.new?.metadata.uid ?? change.old?.metadata.uid else { return }
    snapshot.store[Pod.self].forEach(ownedBy: uid) { key, pod in
      if pod.metadata.isControlled(by: uid),
        pod.metadata.finalizers.contains(Job.trackingFinalizer)
      {
        keys.append(key)
      }
    }
  }
}

extension Change<Job> {
  /// True for a change of the status or of the metadata, which leaves the spec as it was.
  fileprivate var keepsGeneration: Bool {
    guard let generation = new?.metadata.generation else { return false }
    return old?.metadata.generation == generation
  }
}
