import KubeModel
import KubeReconcile

extension Scheduler {
  /// Whether a change of a pod can change anything here; most changes of a status cannot.
  static func matters(_ change: Change<Pod>) -> Bool {
    guard let old = change.old else { return true }
    guard let new = change.new else { return !isForgotten(old) }
    if !old.$status.sharesStorage(with: new.$status), old.status.phase != new.status.phase,
      old.isTerminal != new.isTerminal
    {
      return true
    }
    if !old.metadata.sharesStorage(with: new.metadata),
      old.metadata.isBeingDeleted != new.metadata.isBeingDeleted
        || old.metadata.labels != new.metadata.labels
    {
      return !(isForgotten(old) && isForgotten(new))
    }
    // What changes mostly comes first: to be compared, whole specs are copied.
    return !old.$spec.sharesStorage(with: new.$spec)
      && (old.spec.nodeName != new.spec.nodeName || old.$spec != new.$spec)
  }

  /// True for a pod that was over on its node: when that was seen, all that it took was given back.
  private static func isForgotten(_ pod: Pod) -> Bool {
    pod.isTerminal && !pod.spec.nodeName.isEmpty
  }

  /// Whether a change of a node can change anything here; heartbeats and conditions cannot.
  static func matters(_ change: Change<Node>) -> Bool {
    guard let old = change.old, let new = change.new else { return true }
    return old.$spec != new.$spec || old.metadata.labels != new.metadata.labels
      || !old.$status.sharesStorage(with: new.$status)
        && (old.status.allocatable != new.status.allocatable
          || old.status.images != new.status.images)
  }

  /// Takes in what became of a pod.
  ///
  /// Follows pkg/scheduler/eventhandlers.go (v1.36).
  mutating func observePod(_ key: ObjectKey, in snapshot: Snapshot) {
    guard let pod = snapshot[Pod.self, key], !pod.isTerminal else {
      remove(key, in: snapshot)
      return
    }
    if pod.spec.nodeName.isEmpty {
      observeWaiting(key, pod, in: snapshot)
    } else {
      observePlaced(key, pod, in: snapshot)
    }
  }

  private mutating func remove(_ key: ObjectKey, in snapshot: Snapshot) {
    queue.remove(key)
    if !cache.volumeBindings.isEmpty { cache.volumeBindings.removeAll { $0.pod == key } }
    guard let record = cache.record(key) else { return }
    let change =
      record.node >= 0 && queue.waitsForChange ? ClusterEvent.podGone(traits(record)) : nil
    cache.forget(key)
    if let change { moveRejected(by: change, in: snapshot) }
  }

  private mutating func observeWaiting(_ key: ObjectKey, _ pod: Pod, in snapshot: Snapshot) {
    guard pod.spec.schedulerName.isEmpty || pod.spec.schedulerName == Self.name else { return }
    if let record = cache.record(key), record.isAssumed {
      // The binding was refused, or it would be seen in the pod: they are carried out at once.
      let traits = traits(record)
      cache.unplace(key)
      moveRejected(by: .podGone(traits), in: snapshot)
      queue.putBackRefused(key, pod, now: snapshot.now)
      return
    }
    let entry = queue[key]
    if entry == nil && pod.isBeingDeleted { return }
    cache.remember(key, pod)
    let isGated = !pod.spec.schedulingGates.isEmpty
    if let entry, (entry.place == .gated) == isGated {
      queue.update(key, pod, now: snapshot.now)
    } else {
      queue.add(key, pod, isGated: isGated, now: snapshot.now)
    }
  }

  private mutating func observePlaced(_ key: ObjectKey, _ pod: Pod, in snapshot: Snapshot) {
    queue.remove(key)
    let node = cache.nodes.index(of: pod.spec.nodeName)
    let isAwaited = queue.waitsForChange
    let former = cache.record(key).map { (node: $0.node, traits: isAwaited ? traits($0) : nil) }
    let record = cache.remember(key, pod)
    if record.node == Int32(node) {
      cache.confirm(key)
      cache.setCounted(key, !pod.isBeingDeleted)
      if record.isAssumed, isAwaited { moveRejected(by: .podPlaced(traits(record)), in: snapshot) }
      return
    }
    cache.unplace(key)
    cache.place(key, at: node, isAssumed: false, isCounted: !pod.isBeingDeleted)
    guard isAwaited else { return }
    var event = traits(record)
    if let former, former.node == Int32(node), let traits = former.traits {
      event.formerLabels = traits.labels
      // Labels or requests have changed; whoever waits for room may find some.
      moveRejected(by: .podGone(traits), in: snapshot)
    }
    moveRejected(by: .podPlaced(event), in: snapshot)
  }

  /// Takes in what became of a node.
  mutating func observeNode(_ key: ObjectKey, in snapshot: Snapshot) {
    let new = snapshot[Node.self, key]
    guard let name = new?.metadata.name ?? nodeNames[key] else { return }
    nodeNames[key] = new == nil ? nil : name
    let index = cache.nodes.index(of: name)
    let old = cache.nodes.infos[index].node
    // A node of the same name may be there again before the loss of the first was taken in.
    if new == nil, let old, snapshot[Node.self, "", name]?.metadata.uid == old.metadata.uid {
      return
    }
    cache.nodes.set(new, at: index)
    switch (old, new) {
    case (nil, let new?): moveRejected(by: .nodeAdded(new), in: snapshot)
    case (let old?, let new?): moveRejected(by: .nodeChanged(old: old, new: new), in: snapshot)
    case (let old?, nil): moveRejected(by: .nodeRemoved(old), in: snapshot)
    case (nil, nil): break
    }
  }

  /// Has rejected pods tried again that a change may help.
  mutating func moveRejected(by event: ClusterEvent, in snapshot: Snapshot) {
    guard queue.waitsForChange else { return }
    let plugins = profile.rejecting
    let cache = self.cache
    queue.moveRejected(now: snapshot.now) { entry in
      guard let pod = snapshot[Pod.self, entry.key], let record = cache.record(entry.key) else {
        return true
      }
      let waiting = WaitingPod(
        key: entry.key, pod: pod, shape: record.shape, group: record.group)
      return plugins.indices.contains { index in
        entry.rejectors & (1 << UInt32(index)) != 0
          && plugins[index].mayBeHelped(waiting, by: event)
      }
    }
  }

  func traits(_ record: ClusterCache.PodRecord) -> ClusterEvent.PodTraits {
    let group = cache.groups.groups[Int(record.group)]
    return ClusterEvent.PodTraits(
      namespace: group.namespace, labels: group.labels, ports: record.shape.ports)
  }
}
