// One look at a Deployment: what it has, and which way the look takes.
//
// Follows   syncDeployment of pkg/controller/deployment/deployment_controller.go and
//           scaleReplicaSet of sync.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension DeploymentController {
  /// A ReplicaSet of the Deployment, as it was read or last written in this look.
  struct OwnedSet: Sendable {
    let key: ObjectKey
    var set: ReplicaSet
    /// Whether it has a pod that is not over yet; known with strategy Recreate only.
    let hasLivePod: Bool

    var name: String { self.set.metadata.name }
    var size: Int { Int(self.set.spec.replicas ?? 1) }
    var available: Int { Int(self.set.status.availableReplicas) }
  }

  /// One look at a Deployment, and the plan that grows from it.
  struct Sync: Sendable {
    let key: ObjectKey
    /// The Deployment with what this look has written to it.
    var deployment: Deployment
    /// The ReplicaSet with the Deployment's template, if there is one yet.
    var newSet: OwnedSet?
    /// The others, oldest first. They stay as they were read when this look scales them: the status
    /// that it writes counts what was there before, as upstream's does.
    let oldSets: [OwnedSet]
    let now: Instant
    let clock: Clock
    var plan = Plan()
    /// Events of scalings, with the write on which each depends.
    private var announcements: [(write: Int, event: EventDraft)] = []

    init(
      _ key: ObjectKey, _ deployment: Deployment, _ sets: [(key: ObjectKey, object: ReplicaSet)],
      _ selector: Selector, in snapshot: Snapshot
    ) {
      self.key = key
      self.deployment = deployment
      now = snapshot.now
      clock = snapshot.clock
      let isRecreate = deployment.spec.strategy.type == .recreate
      var owned = sets.map { key, set in
        OwnedSet(
          key: key, set: set,
          hasLivePod: isRecreate && snapshot.hasPod(of: set, selector) { !$0.isTerminal })
      }
      owned.sort { $0.isOlder(than: $1) }
      if let index = owned.firstIndex(where: { $0.hasTemplate(of: deployment) }) {
        newSet = owned.remove(at: index)
      }
      oldSets = owned
    }
  }
}

extension DeploymentController.OwnedSet {
  func isOlder(than other: Self) -> Bool { self.set.isOlder(than: other.set) }

  /// True when the set's template is the Deployment's but for the label with its hash.
  func hasTemplate(of deployment: Deployment) -> Bool {
    set.spec.template.equalsIgnoringHash(deployment.spec.template)
  }
}

extension ReplicaSet {
  /// By time of creation, then by name; a time that is not known comes first.
  func isOlder(than other: ReplicaSet) -> Bool {
    let times = (metadata.creationTimestamp, other.metadata.creationTimestamp)
    if times.0 == times.1 { return metadata.name < other.metadata.name }
    guard let time = times.0 else { return true }
    guard let otherTime = times.1 else { return false }
    return time < otherTime
  }
}

extension PodTemplateSpec {
  /// The template without the label that a Deployment puts on each of its ReplicaSets.
  var withoutHash: PodTemplateSpec {
    var template = self
    template.metadata.labels.removeValue(forKey: DeploymentController.hashLabel)
    return template
  }

  func equalsIgnoringHash(_ other: PodTemplateSpec) -> Bool { withoutHash == other.withoutHash }
}

extension DeploymentController {
  static let hashLabel = "pod-template-hash"
}

extension DeploymentController.Sync {
  var time: Timestamp { clock.timestamp(now) }

  /// All sets, the new one last.
  var allSets: [DeploymentController.OwnedSet] { oldSets + [newSet].compactMap(\.self) }

  mutating func run() -> Plan {
    if deployment.isBeingDeleted {
      syncRevision()
      reportCounts()
      return finished()
    }
    markPause()
    syncRevision()
    if deployment.spec.paused || (rollbackTarget == nil && isScaling) {
      scaleAll()
      if deployment.spec.paused, rollbackTarget == nil { cleanUpHistory() }
      reportCounts()
      return finished()
    }
    if let target = rollbackTarget { return withNewSet { $0.rollBack(to: target) } }
    switch deployment.spec.strategy.type {
    case .recreate: return recreate()
    default: return rollingUpdate()
    }
  }

  /// The plan so far; Events of scalings follow once these are done.
  func finished() -> Plan {
    if announcements.isEmpty { return plan }
    var plan = plan
    plan.afterwards = { results, _ in
      var events = Plan()
      for (write, event) in announcements where results[write].error == nil { events.event(event) }
      events.retries = results.contains { $0.error != nil }
      return events
    }
    return plan
  }

  /// Gives a set a size, and notes on it how large the Deployment is and may be. Returns whether
  /// the size changed; without `isForced` nothing is written when it does not.
  @discardableResult mutating func resize(
    _ owned: inout DeploymentController.OwnedSet, to size: Int, isForced: Bool = false,
    because rule: StaticString
  ) -> Bool {
    let old = owned.size
    let noted = owned.set.metadata.annotations
    var annotations = noted
    Annotation.note(deployment, in: &annotations)
    if old == size && (!isForced || noted == annotations) { return false }
    owned.set.metadata.annotations = annotations
    owned.set.spec.replicas = Int32(clamping: size)
    if old != size {
      let way = size > old ? "up" : "down"
      let text = "Scaled \(way) replica set \(owned.name) from \(old) to \(size)"
      let event = draft(.normal, "ScalingReplicaSet", text)
      announcements.append((write: plan.writes.count, event: event))
    }
    write(&owned, because: rule, "from \(old) to \(size); \(deployment.wantedReplicas) wanted")
    return old != size
  }

  /// Writes a set. A second write of the same set in this look is no conflict with the first.
  mutating func write(
    _ owned: inout DeploymentController.OwnedSet, because rule: StaticString, _ detail: String
  ) {
    plan.update(owned.key, owned.set, because: rule, detail)
    owned.set.metadata.resourceVersion = ResourceVersion()
  }

  /// Writes the Deployment's status, with which its annotations go.
  mutating func writeStatus(because rule: StaticString, _ detail: String = "") {
    plan.updateStatus(key, deployment, because: rule, detail)
    deployment.metadata.resourceVersion = ResourceVersion()
  }

  func draft(
    _ type: EventType, _ reason: String, _ message: String
  ) -> EventDraft {
    EventDraft(
      type, reason, message, regarding: ObjectReference(to: deployment),
      component: DeploymentController.name)
  }
}
