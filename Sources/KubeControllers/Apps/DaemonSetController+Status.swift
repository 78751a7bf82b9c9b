// Carries a look at a DaemonSet out, and says what there is.
//
// Follows   syncNodes and updateDaemonSetStatus of pkg/controller/daemon/daemon_controller.go
//           (v1.36)

import KubeModel
import KubeReconcile

extension DaemonSetController.Sync {
  /// How many pods one look creates or deletes at most.
  static var burst: Int { 250 }

  /// Events, creations, deletions, and the status at last.
  func plan() -> Plan {
    var plan = Plan()
    for event in events { plan.event(event) }
    let control = PodControl(for: set, component: DaemonSetController.name)
    let nodes = Array(creations.prefix(Self.burst))
    let victims = Array(deletions.prefix(Self.burst))
    let (set, hash) = (set, history.hash)
    plan += control.create(
      nodes.count, because: "a node that should have a pod has none",
      "\(nodes.count) of \(places.count { $0.shouldRun }) nodes",
      pod: { set.pod(on: nodes[$0], hash: hash) },
      then: { created in
        control.delete(victims, because: "a pod is not wanted on its node") { deleted in
          finish(isFailed: fails || created.error != nil || deleted.error != nil)
        }
      })
    return plan
  }

  private func finish(isFailed: Bool) -> Plan {
    var plan = Plan()
    let limit = set.spec.revisionHistoryLimit ?? 10
    for old in isFailed ? [] : history.surplus(limit: limit, pods: pods) {
      plan.delete(
        old.key, because: "history: more old revisions than are kept", old.revision.metadata.name)
    }
    var status = counts
    status.observedGeneration = set.status.observedGeneration
    status.collisionCount = set.status.collisionCount
    status.conditions = set.status.conditions
    if status != set.status || set.status.observedGeneration < set.metadata.generation {
      status.observedGeneration = set.metadata.generation
      var updated = set
      updated.status = status
      plan.updateStatus(
        key, updated, because: "status: the numbers of nodes have changed",
        "\(status.currentNumberScheduled) of \(status.desiredNumberScheduled) nodes, "
          + "\(status.numberReady) ready")
    }
    plan.retries = isFailed
    for retry in retries { plan.wake(key, at: retry) }
    plan.wake(key, at: nextCheck)
    return plan
  }

  /// The numbers, of nodes: on each the first pod counts.
  static func count(_ places: [DaemonSetController.Place]) -> DaemonSetStatus {
    var status = DaemonSetStatus()
    for place in places where place.exists {
      guard place.shouldRun else {
        if !place.daemons.isEmpty { status.numberMisscheduled += 1 }
        continue
      }
      status.desiredNumberScheduled += 1
      guard let first = place.daemons.first else { continue }
      status.currentNumberScheduled += 1
      if first.pod.isReady {
        status.numberReady += 1
        if first.isAvailable { status.numberAvailable += 1 }
      }
      if first.isUpdated { status.updatedNumberScheduled += 1 }
    }
    status.numberUnavailable = status.desiredNumberScheduled - status.numberAvailable
    return status
  }
}
