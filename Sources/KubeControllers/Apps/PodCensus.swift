// One walk over the pods of a set: who is there, and in which state.
//
// Follows   calculateStatus of pkg/controller/replicaset/replica_set_utils.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// What a set has by way of pods.
///
/// A set of 1,000 pods is looked at whenever one of them changes. So when all its pods are as the
/// template made them, the numbers are taken from the table's tally; if not, or when ready pods
/// have to wait, one walk takes each pod once and stores none.
struct PodCensus: Sendable {
  /// The numbers, as the status shows them.
  private(set) var status = ReplicaSetStatus()
  /// When the next ready pod becomes available.
  private(set) var nextCheck: Instant?
  /// Pods to adopt and to release.
  private(set) var claims = Claims<Pod>()

  /// Pods that are neither over nor being deleted.
  var active: Int32 { status.replicas }

  init(
    of set: some ReplicaKeeper, _ wanted: ReplicaWish, _ selector: Selector, in snapshot: Snapshot
  ) {
    let counter = Counter(
      rule: ClaimRule(set), selector: selector, template: wanted.template.metadata.labels,
      minReadySeconds: wanted.minReadySeconds, now: snapshot.now, clock: snapshot.clock)
    status.terminatingReplicas = 0
    let pods = snapshot.store[Pod.self]
    let tally = pods.tally(of: set.metadata.uid)
    if counter.canUse(tally) {
      take(tally)
    } else {
      pods.forEach(ownedBy: set.metadata.uid) {
        counter.count($0, $1, isOrphan: false, into: &self)
      }
    }
    if !set.isBeingDeleted {
      pods.forEach(orphanIn: set.metadata.namespace) {
        counter.count($0, $1, isOrphan: true, into: &self)
      }
    }
  }

  private mutating func take(_ tally: OwnerTally?) {
    guard let tally else { return }
    status.replicas = Int32(clamping: tally.active)
    status.fullyLabeledReplicas = status.replicas
    status.readyReplicas = Int32(clamping: tally.ready)
    status.availableReplicas = status.readyReplicas
    status.terminatingReplicas = Int32(clamping: tally.terminating)
  }

  /// The active pods of a set, those that it adopts in the same look last.
  static func active(
    of set: some ReplicaKeeper, _ selector: Selector, in snapshot: Snapshot
  ) -> [(key: ObjectKey, pod: Pod)] {
    let claims = snapshot.claim(Pod.self, for: set, by: selector, among: \.isActive)
    return claims.objects.map { ($0.key, $0.object) }
  }

  /// What the walk needs to know of the set.
  private struct Counter {
    let rule: ClaimRule
    let selector: Selector
    let template: StringMap<String>
    let templateMatches: Bool
    let minReadySeconds: Int32
    let now: Instant
    let clock: Clock

    init(
      rule: ClaimRule, selector: Selector, template: StringMap<String>, minReadySeconds: Int32,
      now: Instant, clock: Clock
    ) {
      self.rule = rule
      self.selector = selector
      self.template = template
      templateMatches = selector.matches(template)
      self.minReadySeconds = minReadySeconds
      self.now = now
      self.clock = clock
    }

    /// True when all pods have the template's labels and are available once they are ready.
    func canUse(_ tally: OwnerTally?) -> Bool {
      guard let tally else { return true }
      return minReadySeconds <= 0 && tally.deviants == 0 && templateMatches
        && tally.labels == template
    }

    func count(_ key: ObjectKey, _ pod: Pod, isOrphan: Bool, into census: inout PodCensus) {
      if pod.isTerminal { return }
      let metadata = pod.metadata
      // Most pods share the labels of the template, which makes this one comparison of pointers.
      let isPlain = metadata.labels == template
      let matches = isPlain ? templateMatches : selector.matches(metadata.labels)
      let ruling = rule.ruling(on: metadata, matches: matches)
      // An orphan of which the set is an owner that does not control it comes in both walks.
      if ruling == .ignore || ruling == .adopt && !isOrphan { return }
      if metadata.isBeingDeleted {
        if ruling == .keep { census.status.terminatingReplicas? += 1 }
        return
      }
      if ruling != .keep { census.claims.apply(ruling, key, pod, rule) }
      if ruling == .release { return }
      census.status.replicas += 1
      if isPlain || Self.contains(metadata.labels, template) {
        census.status.fullyLabeledReplicas += 1
      }
      guard pod.isReady else { return }
      census.status.readyReplicas += 1
      guard let from = pod.availableFrom(minReadySeconds: minReadySeconds, clock) else { return }
      if from <= now {
        census.status.availableReplicas += 1
      } else {
        census.nextCheck = min(from, census.nextCheck ?? from)
      }
    }

    private static func contains(
      _ labels: StringMap<String>, _ wanted: StringMap<String>
    ) -> Bool {
      wanted.allSatisfy { labels[$0.key] == $0.value }
    }
  }
}
