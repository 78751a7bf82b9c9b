// Replaces pods of old revisions, a few nodes at a time.
//
// Follows   rollingUpdate of pkg/controller/daemon/update.go (v1.36)

import KubeModel

/// On how many nodes a rollout of a DaemonSet may work at once.
struct DaemonLimits: Hashable, Sendable {
  /// How many nodes may have an old and a new pod.
  var surge: Int
  /// How many nodes may be without an available pod.
  var unavailable: Int

  /// Percentages are of the nodes that should have a pod, and rounded up: 50% of 3 is 2. Were both
  /// limits 0 nothing could ever move, so then one node may be without.
  init(_ set: DaemonSet, desired: Int) {
    let limits = set.spec.updateStrategy.rollingUpdate
    func scaled(_ value: IntOrString?) -> Int {
      guard set.spec.updateStrategy.type == .rollingUpdate, let value else { return 0 }
      return (try? value.scaledValue(total: desired, roundUp: true)) ?? 0
    }
    surge = scaled(limits?.maxSurge)
    unavailable = scaled(limits?.maxUnavailable)
    if desired > 0, surge == 0, unavailable == 0 { unavailable = 1 }
  }
}

extension DaemonSet {
  /// Whether a node may have an old and a new pod at the same time.
  var allowsSurge: Bool { DaemonLimits(self, desired: 1).surge > 0 }
}

extension DaemonSetController.Sync {
  private typealias Daemon = DaemonSetController.Daemon

  /// The new and the old pod of a node; nil when it has several of one sort.
  private func pair(
    on place: DaemonSetController.Place
  ) -> (new: DaemonSetController.Daemon?, old: DaemonSetController.Daemon?)? {
    let staying = place.daemons.filter { !$0.pod.isBeingDeleted }
    let new = staying.filter(\.isUpdated)
    let old = staying.filter { !$0.isUpdated }
    return new.count > 1 || old.count > 1 ? nil : (new.first, old.first)
  }

  mutating func rollOut() {
    let desired = places.count { $0.shouldRun }
    let limits = DaemonLimits(set, desired: desired)
    let concerned = places.filter { $0.shouldRun || !$0.daemons.isEmpty }
    if limits.surge > 0 {
      surge(concerned, desired: desired, limits.surge)
    } else {
      replace(concerned, limits.unavailable)
    }
  }

  /// Deletes old pods: first those that are not available, whatever the limit, then as many others
  /// as may be missing. The new pods come with a later look.
  ///
  /// On 5 nodes 2 may be missing: with one old pod not ready that one goes, and one more.
  private mutating func replace(
    _ places: [DaemonSetController.Place], _ maxUnavailable: Int
  ) {
    var unavailable = 0
    var lost: [DaemonSetController.Target] = []
    var candidates: [DaemonSetController.Target] = []
    for place in places {
      switch pair(on: place) {
      case (let new?, nil)?: unavailable += new.isAvailable ? 0 : 1
      case (nil, let old?)? where old.isAvailable:
        if unavailable < maxUnavailable { candidates.append(old.target) }
      case (nil, let old?)?:
        lost.append(old.target)
        unavailable += 1
      default: unavailable += 1
      }
    }
    deletions = lost + candidates.prefix(max(0, maxUnavailable - unavailable))
  }

  /// Creates new pods beside old ones: on all nodes whose old pod is not available, and on as many
  /// others as the limit lets; and deletes the old pod where the new one is available.
  private mutating func surge(
    _ places: [DaemonSetController.Place], desired: Int, _ maxSurge: Int
  ) {
    var surging = 0
    var available = 0
    var unwanted: [DaemonSetController.Target] = []
    var allowed: [String] = []
    var candidates: [String] = []
    for place in places {
      guard let (new, old) = pair(on: place) else {
        surging += 1
        continue
      }
      if let counted = old ?? new, counted.isAvailable { available += 1 }
      guard let old else { continue }
      if let new {
        if new.isAvailable { deletions.append(old.target) } else { surging += 1 }
        continue
      }
      if !place.exists { fails = true }
      switch (place.shouldRun, old.isAvailable) {
      case (false, false): deletions.append(old.target)
      case (false, true): unwanted.append(old.target)
      case (true, false): allowed.append(place.name)
      case (true, true): if surging < maxSurge { candidates.append(place.name) }
      }
    }
    if fails {
      deletions = []
      return
    }
    // What is on a node that should have none goes when another node has taken over.
    deletions += unwanted.prefix(max(0, available - desired))
    creations = allowed + candidates.prefix(max(0, maxSurge - surging))
  }
}
