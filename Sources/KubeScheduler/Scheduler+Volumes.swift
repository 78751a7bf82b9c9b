import KubeModel
import KubeReconcile
import SimulationKernel

/// A pod that was given a node and waits for its volumes before it is bound.
struct PendingVolumeBinding: Sendable {
  let pod: ObjectKey
  let waiting: WaitingPod
  let node: String
  /// The names of the volumes that were chosen, each with its claim's.
  let bindings: [(volume: String, claim: String)]
  /// The names of the claims for which volumes are made.
  let provisions: [String]
  let deadline: Instant
  var nextLook: Instant
}

// Binds volumes before pods: the plugin VolumeBinding after a node was chosen.
//
// Follows   pkg/scheduler/framework/plugins/volumebinding (v1.36): `BindPodVolumes`,
//           `checkBindings`; pkg/scheduler/schedule_one.go: `bindingCycle`.
extension Scheduler {
  private static let period = Duration.seconds(1)
  private static let patience = Duration.seconds(600)

  static let storageWatches: [Watch] = [
    .changes(of: PersistentVolumeClaim.self) { change, _, keys in
      if change.new != nil { keys.append(change.key) }
    },
    .changes(of: PersistentVolume.self) { change, _, keys in
      if change.new != nil { keys.append(change.key) }
    },
    .changes(of: StorageClass.self) { change, _, keys in
      if change.new != nil { keys.append(change.key) }
    },
    .changes(of: CSINode.self) { change, _, keys in
      if change.new != nil { keys.append(change.key) }
    },
    .changes(of: VolumeAttachment.self) { change, _, keys in
      if change.new == nil { keys.append(change.key) }
    },
  ]

  /// Storage has changed: pods that were rejected for it may fit now.
  mutating func observeStorage(_ key: ObjectKey, in snapshot: Snapshot) {
    if let claim = snapshot[PersistentVolumeClaim.self, key] {
      let name = NamespacedName(claim.metadata.namespace, claim.metadata.name)
      moveRejected(by: .storageChanged(.claim(name)), in: snapshot)
    } else if snapshot[PersistentVolume.self, key] != nil {
      moveRejected(by: .storageChanged(.volume), in: snapshot)
    } else if snapshot[StorageClass.self, key] != nil {
      moveRejected(by: .storageChanged(.storageClass), in: snapshot)
    } else if snapshot[CSINode.self, key] != nil {
      moveRejected(by: .storageChanged(.driver), in: snapshot)
    } else if key.kind == snapshot.store.number(of: VolumeAttachment.self) {
      moveRejected(by: .storageChanged(.attachment), in: snapshot)
    }
  }

  /// Writes which volumes a pod gets on its node, or for which node they are to be made; nil when
  /// there is nothing to wait for.
  mutating func volumeBinding(
    _ waiting: WaitingPod, at index: Int, in snapshot: Snapshot
  ) -> Plan? {
    guard waiting.pod.spec.volumes.contains(where: { waiting.pod.claimName(of: $0) != nil }),
      let node = cache.nodes.infos[index].node
    else { return nil }
    let decision = VolumeBinding().decision(for: waiting.pod, on: node, in: snapshot)
    if decision.isEmpty { return nil }
    let namespace = waiting.pod.metadata.namespace
    let name = node.metadata.name
    var plan = Plan()
    var pod = waiting.pod
    pod.status.nominatedNodeName = name
    plan.patchStatus(waiting.key, pod, because: "node is chosen, volumes come first", name)
    for (volume, claim) in decision.bindings {
      guard let key = snapshot.store.key(PersistentVolume.self, "", volume.metadata.name) else {
        continue
      }
      plan.update(
        key, volume.binding(to: claim).volume, because: "volume for the pod's claim",
        claim.metadata.name)
    }
    for claim in decision.provisions where claim.selectedNode != name {
      guard
        let key = snapshot.store.key(PersistentVolumeClaim.self, namespace, claim.metadata.name)
      else { continue }
      var claim = claim
      claim.metadata.annotations[StorageAnnotation.selectedNode] = name
      plan.update(key, claim, because: "node for the volume of the pod's claim", name)
    }
    let nextLook = snapshot.now + Self.period
    cache.volumeBindings.append(
      PendingVolumeBinding(
        pod: waiting.key, waiting: waiting, node: name,
        bindings: decision.bindings.map { ($0.volume.metadata.name, $0.claim.metadata.name) },
        provisions: decision.provisions.map(\.metadata.name),
        deadline: snapshot.now + Self.patience, nextLook: nextLook))
    plan.wake(waiting.key, at: nextLook)
    return plan
  }

  /// Looks once a second whether a pod's volumes are bound, and binds the pod when they are; nil for
  /// a pod that waits for none.
  mutating func checkVolumeBinding(_ key: ObjectKey, in snapshot: Snapshot) -> Plan? {
    if cache.volumeBindings.isEmpty { return nil }
    guard let index = cache.volumeBindings.firstIndex(where: { $0.pod == key }) else { return nil }
    guard let pod = snapshot[Pod.self, key], pod.spec.nodeName.isEmpty, !pod.isBeingDeleted else {
      cache.volumeBindings.remove(at: index)
      return nil
    }
    var plan = Plan()
    var pending = cache.volumeBindings[index]
    if pending.nextLook > snapshot.now {
      plan.wake(key, at: pending.nextLook)
      return plan
    }
    let state = state(of: pending, snapshot)
    if case .isBound = state {
      cache.volumeBindings.remove(at: index)
      return binding(pending.waiting, to: pending.node, now: snapshot.now)
    }
    if case .isWaiting = state, pending.deadline > snapshot.now {
      pending.nextLook = snapshot.now + Self.period
      cache.volumeBindings[index] = pending
      plan.wake(key, at: pending.nextLook)
      return plan
    }
    cache.volumeBindings.remove(at: index)
    var problem = "context deadline exceeded"
    if case .failed(let text) = state { problem = text }
    return giveUp(pending, pod, "binding volumes: \(problem)", in: snapshot)
  }

  private enum BindingState {
    case isBound
    case isWaiting
    case failed(String)
  }

  private func state(of pending: PendingVolumeBinding, _ snapshot: Snapshot) -> BindingState {
    let namespace = pending.waiting.pod.metadata.namespace
    guard let node = snapshot[Node.self, "", pending.node] else {
      return .failed(
        "failed to get node \(GoText.quoted(pending.node)): node "
          + "\(GoText.quoted(pending.node)) not found")
    }
    func mismatch(_ volume: PersistentVolume) -> BindingState? {
      volume.isReachable(from: node)
        ? nil
        : .failed(
          "pv \(GoText.quoted(volume.metadata.name)) node affinity doesn't match node "
            + "\(GoText.quoted(pending.node)): no matching NodeSelectorTerms")
    }
    var isBound = true
    for (name, claimName) in pending.bindings {
      guard let volume = snapshot[PersistentVolume.self, "", name] else {
        return .failed(
          "failed to check binding: could not find v1.PersistentVolume \(GoText.quoted(name))")
      }
      if let mismatch = mismatch(volume) { return mismatch }
      if volume.spec.claimRef?.uid.isEmpty ?? true {
        return .failed("ClaimRef got reset for pv \(GoText.quoted(name))")
      }
      guard let claim = snapshot[PersistentVolumeClaim.self, namespace, claimName] else {
        return missing(namespace, claimName, "failed to check binding")
      }
      if !claim.isFullyBound { isBound = false }
    }
    for name in pending.provisions {
      guard let claim = snapshot[PersistentVolumeClaim.self, namespace, name] else {
        return missing(namespace, name, "failed to check provisioning pvc")
      }
      // A provisioner that cannot make the volume there takes the choice back.
      if claim.selectedNode != pending.node {
        return .failed("provisioning failed for PVC \(GoText.quoted(name))")
      }
      if let volume = snapshot[PersistentVolume.self, "", claim.spec.volumeName],
        let mismatch = mismatch(volume)
      {
        return mismatch
      }
      if !claim.isFullyBound { isBound = false }
    }
    return isBound ? .isBound : .isWaiting
  }

  private func missing(_ namespace: String, _ name: String, _ step: String) -> BindingState {
    let text = GoText.quoted("\(namespace)/\(name)")
    return .failed("\(step): could not find v1.PersistentVolumeClaim \(text)")
  }

  /// Frees what was taken for the pod and has it tried again after a back-off.
  private mutating func giveUp(
    _ pending: PendingVolumeBinding, _ pod: Pod, _ problem: String, in snapshot: Snapshot
  ) -> Plan {
    if let record = cache.record(pending.pod) {
      let traits = traits(record)
      cache.unplace(pending.pod)
      moveRejected(by: .podGone(traits), in: snapshot)
    }
    queue.putBackRefused(pending.pod, pod, now: snapshot.now)
    let message = "running PreBind plugin \"VolumeBinding\": \(problem)"
    var unnominated = pod
    unnominated.status.nominatedNodeName = ""
    let waiting = WaitingPod(
      key: pending.pod, pod: unnominated, shape: pending.waiting.shape,
      group: pending.waiting.group)
    return failure(waiting, reason: "SchedulerError", message, in: snapshot)
  }
}
