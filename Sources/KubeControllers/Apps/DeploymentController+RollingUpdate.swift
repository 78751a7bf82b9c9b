// New pods come as old ones go, within the limits of surge and unavailability.
//
// Follows   pkg/controller/deployment/rolling.go (v1.36)

import KubeModel
import KubeReconcile

extension DeploymentController.Sync {
  mutating func rollingUpdate() -> Plan {
    withNewSet { sync in
      if sync.scaleNewSet() || sync.scaleOldSets() {
        sync.reportRollout()
        return
      }
      if sync.deployment.isComplete(sync.deployment.status) { sync.cleanUpHistory() }
      sync.reportRollout()
    }
  }

  /// Brings the new set nearer to the wanted size. Returns whether its size changed.
  private mutating func scaleNewSet() -> Bool {
    guard var new = newSet else { return false }
    let wanted = deployment.wantedReplicas
    if new.size == wanted { return false }
    if new.size > wanted {
      return resize(&new, to: wanted, because: "scale down: more new pods than wanted")
    }
    let total = allSets.reduce(0) { $0 + $1.size }
    guard let size = try? deployment.newSetSize(total: total, current: new.size) else {
      plan.retries = true
      return false
    }
    return resize(&new, to: size, because: "rollout: as many new pods as the surge allows")
  }

  /// Takes pods from the old sets: those that are not available first, then as many as may be
  /// missing. Returns whether anything changed.
  ///
  /// 10 wanted of which 2 may be missing, 8 old ones and 2 new ones not available yet: of the
  /// 10 - 8 = 2 that could go, the 2 new ones use up both, so the old ones stay.
  private mutating func scaleOldSets() -> Bool {
    var old = oldSets.filter { $0.size > 0 }
    guard let new = newSet, !old.isEmpty else { return false }
    let minAvailable = deployment.wantedReplicas - deployment.maxUnavailable
    let total = allSets.reduce(0) { $0 + $1.size }
    let budget = total - minAvailable - (new.size - new.available)
    if budget <= 0 { return false }
    guard let cleaned = cleanUpUnavailable(&old, budget) else { return false }
    // Sets that ask for no pods any more do not count, even if some of theirs are still available.
    let available = old.reduce(new.available) { $0 + $1.available }
    return cleaned + scaleDown(&old, available - minAvailable) > 0
  }

  /// Takes pods that are not available, oldest sets first. Returns how many; nil when a set claims
  /// to have more available pods than it asks for, which must clear up first.
  private mutating func cleanUpUnavailable(
    _ sets: inout [DeploymentController.OwnedSet], _ budget: Int
  ) -> Int? {
    var taken = 0
    for index in sets.indices where taken < budget && sets[index].size != sets[index].available {
      let count = min(budget - taken, sets[index].size - sets[index].available)
      if count < 0 { return nil }
      resize(
        &sets[index], to: sets[index].size - count,
        because: "rollout: old pods that are not available go first")
      taken += count
    }
    return taken
  }

  /// Takes this many pods, oldest sets first. Returns how many it could take.
  private mutating func scaleDown(
    _ sets: inout [DeploymentController.OwnedSet], _ count: Int
  ) -> Int {
    var taken = 0
    for index in sets.indices where taken < count && sets[index].size > 0 {
      let some = min(sets[index].size, count - taken)
      resize(
        &sets[index], to: sets[index].size - some,
        because: "rollout: as many old pods go as may be missing")
      taken += some
    }
    return taken
  }
}
