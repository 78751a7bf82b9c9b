// The new ReplicaSet: its number in the history, its creation; and the end of very old ones.
//
// Follows   getNewReplicaSet and cleanupDeployment of pkg/controller/deployment/sync.go (v1.36)

import KubeModel
import KubeReconcile

extension DeploymentController.Sync {
  /// The number that a template gets which becomes the new one now.
  private var nextRevision: Int64 {
    oldSets.reduce(0) { max($0, Annotation.revision(of: $1.set.metadata) ?? 0) } &+ 1
  }

  /// Brings the new set's annotations and waiting time up to date; if there is nothing to do, the
  /// Deployment's own revision.
  mutating func syncRevision() {
    guard var new = newSet else { return }
    var annotations = new.set.metadata.annotations
    let isChanged = annotate(&annotations, revision: nextRevision)
    let minReadySeconds = deployment.spec.minReadySeconds
    if isChanged || new.set.spec.minReadySeconds != minReadySeconds {
      new.set.metadata.annotations = annotations
      new.set.spec.minReadySeconds = minReadySeconds
      write(
        &new, because: "revision: the ReplicaSet of the template takes over what has changed",
        "revision \(annotations[Annotation.revision] ?? "unknown")")
      newSet = new
      return
    }
    let revision = annotations[Annotation.revision] ?? ""
    let isNoted = (deployment.metadata.annotations[Annotation.revision] ?? "") == revision
    if !isNoted { deployment.metadata.annotations[Annotation.revision] = revision }
    let isFound =
      deployment.hasProgressDeadline && deployment.status.conditions[.progressing] == nil
    if isFound {
      setProgress(.true, "FoundNewReplicaSet", "Found new replica set \"\(new.name)\"")
    }
    if !isNoted || isFound {
      writeStatus(
        because: "revision: the template has a ReplicaSet already", "revision \(revision)")
    }
  }

  /// Copies the Deployment's annotations to the new set's and counts its revision up. Returns
  /// whether anything changed that is worth a write.
  private func annotate(_ annotations: inout StringMap<String>, revision: Int64) -> Bool {
    var isChanged = false
    for (key, value) in deployment.metadata.annotations
    where !Annotation.own.contains(key) && annotations[key] != value {
      annotations[key] = value
      isChanged = true
    }
    let old = annotations[Annotation.revision]
    // What is no number was written by somebody else: then nothing is touched.
    guard let number = old == nil || old == "" ? 0 : old.flatMap({ Int64($0) }) else {
      return false
    }
    if number >= revision { return isChanged }
    annotations[Annotation.revision] = String(revision)
    if let old { Self.remember(old, in: &annotations) }
    return true
  }

  /// Adds a revision that the set had before; the oldest go when the text gets over 2,000
  /// characters.
  private static func remember(_ old: String, in annotations: inout StringMap<String>) {
    let limit = 2000
    let history = annotations[Annotation.revisionHistory] ?? ""
    var revisions = history.split(separator: ",", omittingEmptySubsequences: false)[...]
    if revisions.first?.isEmpty ?? true {
      annotations[Annotation.revisionHistory] = old
      return
    }
    var length = history.utf8.count + old.utf8.count + 1
    while length > limit, let first = revisions.popFirst() { length -= first.utf8.count + 1 }
    if length <= limit {
      annotations[Annotation.revisionHistory] = (revisions + [old[...]]).joined(separator: ",")
    }
  }

  /// Goes on with the new set, which is created before if it is not there yet.
  mutating func withNewSet(_ next: @escaping @Sendable (inout Self) -> Void) -> Plan {
    if newSet != nil {
      next(&self)
      return finished()
    }
    let size = try? deployment.newSetSize(total: oldSets.reduce(0) { $0 + $1.size }, current: 0)
    guard let size else {
      plan.retries = true
      return plan
    }
    let set = newReplicaSet(size: size)
    plan.create(
      set, because: "rollout: the template has no ReplicaSet yet",
      "\(set.metadata.name) with \(size) of \(deployment.wantedReplicas) pods")
    plan.afterwards = { [self] results, _ in
      var sync = self
      sync.plan = Plan()
      switch results.last {
      case .done(let key, _)?:
        sync.newSet = DeploymentController.OwnedSet(key: key, set: set, hasLivePod: false)
        sync.noteCreation(of: set, size)
        next(&sync)
      case .refused(let error)?: sync.noteRefusal(of: set, error)
      case nil: break
      }
      return sync.finished()
    }
    return plan
  }

  private func newReplicaSet(size: Int) -> ReplicaSet {
    let spec = deployment.spec
    let hash = TemplateHash.text(
      of: spec.template, collisionCount: deployment.status.collisionCount)
    let label = DeploymentController.hashLabel
    var set = ReplicaSet()
    var metadata = ObjectMeta()
    metadata.name = Self.name(deployment.metadata.name, hash)
    metadata.namespace = deployment.metadata.namespace
    metadata.ownerReferences = [OwnerReference(controller: deployment)]
    metadata.labels = spec.template.metadata.labels
    metadata.labels[label] = hash
    _ = annotate(&metadata.annotations, revision: nextRevision)
    Annotation.note(deployment, in: &metadata.annotations)
    set.metadata = metadata
    set.spec.replicas = Int32(clamping: size)
    set.spec.minReadySeconds = spec.minReadySeconds
    set.spec.selector = spec.selector
    set.spec.selector?.matchLabels[label] = hash
    set.spec.template = spec.template
    set.spec.template.metadata.labels[label] = hash
    return set
  }

  /// As `web-5d9c7b9f4`; the Deployment's part is cut so that there are 253 characters at most.
  static func name(_ deployment: String, _ hash: String) -> String {
    "\(deployment.prefix(max(0, 252 - hash.count)))-\(hash)"
  }

  private mutating func noteCreation(of set: ReplicaSet, _ size: Int) {
    let name = set.metadata.name
    if size > 0 {
      let text = "Scaled up replica set \(name) from 0 to \(size)"
      plan.event(draft(.normal, "ScalingReplicaSet", text))
    }
    let revision = set.metadata.annotations[Annotation.revision] ?? ""
    let isNoted = deployment.metadata.annotations[Annotation.revision] == revision
    deployment.metadata.annotations[Annotation.revision] = revision
    if deployment.hasProgressDeadline {
      setProgress(.true, "NewReplicaSetCreated", "Created new replica set \"\(name)\"")
    }
    if !isNoted || deployment.hasProgressDeadline {
      writeStatus(because: "revision: a new ReplicaSet was created", "revision \(revision)")
    }
  }

  private mutating func noteRefusal(of set: ReplicaSet, _ error: APIError) {
    if error.isNamespaceTerminating { return }
    plan.retries = true
    if error.reason == .alreadyExists {
      // The name is taken by another template: the next look hashes with another count.
      deployment.status.collisionCount = (deployment.status.collisionCount ?? 0) &+ 1
      writeStatus(because: "revision: the new ReplicaSet's name is taken", set.metadata.name)
      return
    }
    let message = "Failed to create new replica set \"\(set.metadata.name)\": \(error.message)"
    if deployment.hasProgressDeadline {
      setProgress(.false, "ReplicaSetCreateError", message)
      writeStatus(because: "status: the new ReplicaSet was refused", error.message)
    }
    plan.event(draft(.warning, "ReplicaSetCreateError", message))
  }

  /// Deletes the oldest empty sets beyond the limit. Sets that are not empty count but stay.
  ///
  /// With a limit of 10 and 12 old sets the 2 of the lowest revisions go, if they are empty.
  mutating func cleanUpHistory() {
    guard let limit = deployment.spec.revisionHistoryLimit, limit != .max else { return }
    let living = oldSets.filter { !$0.set.isBeingDeleted }
    let excess = living.count - Int(limit)
    if excess <= 0 { return }
    func revision(_ owned: DeploymentController.OwnedSet) -> Int64 {
      Annotation.revision(of: owned.set.metadata) ?? 0
    }
    // The sort is stable, and the sets are sorted by age already.
    for owned in living.sorted(by: { revision($0) < revision($1) }).prefix(excess) {
      let isObserved = owned.set.status.observedGeneration >= owned.set.metadata.generation
      if owned.size == 0, owned.set.status.replicas == 0, isObserved {
        plan.delete(
          owned.key, because: "history: more old ReplicaSets than the limit",
          "revision \(revision(owned)); \(living.count) of at most \(limit)")
      }
    }
  }
}
