// A Deployment that gets another size, during a rollout or not.
//
// Follows   scale of pkg/controller/deployment/sync.go (v1.36)

import KubeModel
import KubeReconcile

extension DeploymentController.Sync {
  /// True when the Deployment's size is another than a set with pods was last told.
  var isScaling: Bool {
    allSets.contains { owned in
      guard owned.size > 0,
        let noted = owned.set.metadata.annotations[Annotation.desiredReplicas].flatMap({ Int32($0) }
        )
      else { return false }
      return Int(noted) != deployment.wantedReplicas
    }
  }

  /// Brings the sets together to the wanted size: the only one with pods, or the newest; all old
  /// ones to nothing once the new one has all pods; in the middle of a rollout each in proportion.
  mutating func scaleAll() {
    let active = allSets.filter { $0.size > 0 }
    if active.count <= 1 {
      if var only = active.first ?? newSet ?? oldSets.last {
        resize(
          &only, to: deployment.wantedReplicas,
          because: "scale: the Deployment's size has changed")
      }
      return
    }
    if isSaturated {
      for var old in oldSets where old.size > 0 {
        resize(&old, to: 0, because: "scale: the new ReplicaSet has all pods")
      }
    } else if deployment.isRollingUpdate {
      scaleInProportion(active)
    }
  }

  /// True when the new set has all the pods that are wanted, and all are available.
  private var isSaturated: Bool {
    guard let new = newSet else { return false }
    let noted = new.set.metadata.annotations[Annotation.desiredReplicas].flatMap { Int32($0) }
    let wanted = deployment.wantedReplicas
    return new.size == wanted && noted.map(Int.init) == wanted && new.available == wanted
  }

  /// Spreads a change of size over the sets in proportion to their own sizes; the largest gets what
  /// rounding leaves over.
  ///
  /// From 5 to 10 pods without surge, sets of 2 and 3 become 4 and 6. From 9 to 4, sets of 8 and 1
  /// become 4 and 0.
  private mutating func scaleInProportion(_ active: [DeploymentController.OwnedSet]) {
    let wanted = deployment.wantedReplicas
    let allowed = wanted > 0 ? wanted + deployment.maxSurge : 0
    let toAdd = allowed - active.reduce(0) { $0 + $1.size }
    var sets = active
    if toAdd != 0 {
      // The largest first; of equal ones the newest when pods come and the oldest when they go.
      sets.sort { one, two in
        if one.size != two.size { return one.size > two.size }
        return toAdd > 0 ? two.isOlder(than: one) : one.isOlder(than: two)
      }
    }
    var sizes = sets.map(\.size)
    var added = 0
    for index in sets.indices where toAdd != added {
      let share = fairShare(of: sets[index])
      let change = toAdd > 0 ? min(share, toAdd - added) : max(share, toAdd - added)
      sizes[index] += change
      added += change
    }
    sizes[0] = max(0, sizes[0] + toAdd - added)
    for index in sets.indices {
      resize(
        &sets[index], to: sizes[index], isForced: true,
        because: "scale: each ReplicaSet in proportion to its size")
    }
  }

  /// By how much a set would change if it kept its share of all pods, rounded half away from zero.
  ///
  /// A set of 5 out of at most 13 that may become 56 gets 5 · 56 / 13 = 21.5…, that is 22: 17 more.
  private func fairShare(of owned: DeploymentController.OwnedSet) -> Int {
    let wanted = deployment.wantedReplicas
    if wanted == 0 { return -owned.size }
    let noted = owned.set.metadata.annotations[Annotation.maxReplicas].flatMap { Int32($0) } ?? 0
    let before = noted != 0 ? noted : deployment.status.replicas
    if before == 0 { return 0 }
    let product = Double(owned.size) * Double(wanted + deployment.maxSurge)
    return Int((product / Double(before)).rounded(.toNearestOrAwayFromZero)) - owned.size
  }
}
