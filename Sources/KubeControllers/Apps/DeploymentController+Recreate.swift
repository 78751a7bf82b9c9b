// All old pods go before the first new one comes.
//
// Follows   pkg/controller/deployment/recreate.go (v1.36)

import KubeModel
import KubeReconcile

extension DeploymentController.Sync {
  mutating func recreate() -> Plan {
    var isScaled = false
    for var old in oldSets where old.size > 0 {
      isScaled =
        resize(&old, to: 0, because: "recreate: old pods go before new ones come")
        || isScaled
    }
    if isScaled || hasOldPods {
      reportRollout()
      return finished()
    }
    return withNewSet { sync in
      if var new = sync.newSet {
        sync.resize(
          &new, to: sync.deployment.wantedReplicas, because: "recreate: all old pods are gone")
      }
      if sync.deployment.isComplete(sync.deployment.status) { sync.cleanUpHistory() }
      sync.reportRollout()
    }
  }

  /// True while an old pod is there that is not over, also one that is being deleted.
  private var hasOldPods: Bool {
    oldSets.reduce(0) { $0 + Int($1.set.status.replicas) } > 0
      || oldSets.contains(where: \.hasLivePod)
  }
}
