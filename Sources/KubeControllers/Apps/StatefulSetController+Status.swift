// What is said about a StatefulSet: its numbers, and an Event for each pod that comes and goes.
//
// Follows   updateStatus, completeRollingUpdate and recordPodEvent of
//           pkg/controller/statefulset (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// What is done to a pod, as Events call it.
enum PodVerb: String, Sendable {
  case create = "Create"
  case update = "Update"
  case delete = "Delete"
}

extension StatefulSetController.Sync {
  func isRunningAndReady(_ pod: Pod) -> Bool { pod.status.phase == .running && pod.isReady }

  func isAvailable(_ pod: Pod) -> Bool {
    pod.isAvailable(minReadySeconds: set.spec.minReadySeconds, at: now, clock)
  }

  func isUnavailable(_ pod: Pod) -> Bool { pod.isBeingDeleted || !isAvailable(pod) }

  /// The status of these pods. Those that are yet to be made have no phase, and do not count.
  func counted(_ pods: [Pod]) -> StatefulSetStatus {
    var status = StatefulSetStatus()
    status.observedGeneration = set.metadata.generation
    status.currentRevision = revisions.current.metadata.name
    status.updateRevision = revisions.update.metadata.name
    status.collisionCount = revisions.collisionCount
    for pod in pods where !pod.status.phase.rawValue.isEmpty {
      status.replicas += 1
      if isRunningAndReady(pod) {
        status.readyReplicas += 1
        if isAvailable(pod) { status.availableReplicas += 1 }
      }
      if pod.isBeingDeleted { continue }
      if pod.revisionName == status.currentRevision { status.currentReplicas += 1 }
      if pod.revisionName == status.updateRevision { status.updatedReplicas += 1 }
    }
    return status
  }

  /// Writes the status if it differs, lets old revisions go, and asks for the next look.
  func finish(_ counts: StatefulSetStatus, _ error: String? = nil) -> Plan {
    var plan = Plan()
    let old = set.status
    var status = completed(counts)
    let isSame =
      old.observedGeneration >= status.observedGeneration && old.replicas == status.replicas
      && old.readyReplicas == status.readyReplicas
      && old.availableReplicas == status.availableReplicas
      && old.currentReplicas == status.currentReplicas
      && old.updatedReplicas == status.updatedReplicas
      && old.currentRevision == status.currentRevision
      && old.updateRevision == status.updateRevision
    if !isSame {
      status.conditions = old.conditions
      var updated = set
      updated.status = status
      plan.updateStatus(
        key, updated, because: "status: the numbers of pods have changed",
        "\(status.replicas) pods, \(status.readyReplicas) ready, \(status.updatedReplicas) updated")
    }
    for old in revisions.surplus(limit: set.spec.revisionHistoryLimit ?? 10, pods: pods) {
      plan.delete(
        old.key, because: "history: more old revisions than are kept", old.revision.metadata.name)
    }
    if error != nil {
      plan.retries = true
    } else if set.spec.minReadySeconds > 0, status.readyReplicas != status.availableReplicas {
      let next = pods.nextAvailabilityCheck(
        minReadySeconds: set.spec.minReadySeconds, after: now, clock)
      plan.wake(key, at: next)
    }
    return plan
  }

  /// With all pods new and ready the new revision becomes the current one.
  private func completed(_ counts: StatefulSetStatus) -> StatefulSetStatus {
    let wanted = Int32(clamping: set.wantedReplicas)
    guard set.spec.updateStrategy.type == .rollingUpdate, counts.updatedReplicas == wanted,
      counts.readyReplicas == wanted, counts.replicas == wanted
    else { return counts }
    var status = counts
    status.currentReplicas = counts.updatedReplicas
    status.currentRevision = counts.updateRevision
    return status
  }

  // MARK: pods

  func creating(_ pod: Pod) -> Errand {
    let write = Write(
      .create(pod), because: "scale up: the pod of this number is missing",
      "\(pod.metadata.name) of revision \(pod.revisionName)")
    return reporting(write, .create, pod.metadata.name)
  }

  func deleting(
    _ key: ObjectKey, _ name: String, because rule: StaticString, _ detail: String = ""
  ) -> Errand {
    reporting(Write(.delete(key, DeleteOptions()), because: rule, detail), .delete, name)
  }

  /// A write of a pod, with an Event about how it went. That a pod is there already, or is gone
  /// already, is no news.
  func reporting(_ write: Write, _ verb: PodVerb, _ pod: String) -> Errand {
    Errand([write]) { results in
      let error = results.first?.error
      if let error, verb == .create, error.reason == .alreadyExists {
        return Errand.Verdict(error: error.message)
      }
      let failure = verb == .delete && error?.reason == .notFound ? nil : error?.message
      return Errand.Verdict(events: [event(verb, pod, error: failure)], error: failure)
    }
  }

  func event(_ verb: PodVerb, _ pod: String, error: String?) -> EventDraft {
    let text = "\(verb.rawValue) Pod \(pod) in StatefulSet \(owner.name) "
    if let error {
      return event(.warning, "Failed\(verb.rawValue)", text + "failed error: \(error)")
    }
    return event(.normal, "Successful\(verb.rawValue)", text + "successful")
  }

  func event(_ type: EventType, _ reason: String, _ message: String) -> EventDraft {
    EventDraft(
      type, reason, message, regarding: owner, component: StatefulSetController.name)
  }
}
