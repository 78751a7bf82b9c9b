import KubeModel
import KubeReconcile

/// Finds volumes for a pod's claims on each node, and keeps the pod off nodes that its volumes cannot
/// be reached from.
///
/// Follows pkg/scheduler/framework/plugins/volumebinding (v1.36): `volume_binding.go`, `binder.go`.
/// Left out: the capacity that drivers report (CSIStorageCapacity), migrated in-tree drivers, and
/// scoring, which is off by default.
struct VolumeBinding: ClusterFilterPlugin {
  let name = "VolumeBinding"

  private static let conflict = "node(s) didn't match PersistentVolume's node affinity"
  private static let nothingToBind = "node(s) didn't find available persistent volumes to bind"
  private static let noVolume =
    "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"

  /// A pod's claims, by what is to be done about them.
  private struct Claims {
    var bound: [PersistentVolumeClaim] = []
    /// They wait for the node, and are bound by the scheduler; the smallest first.
    var waiting: [PersistentVolumeClaim] = []
    /// They should have been bound before.
    var immediate: [PersistentVolumeClaim] = []
  }

  /// What has to be written before a pod can be bound to a node.
  struct Decision: Sendable {
    /// Volumes with the claims that get them.
    var bindings: [(volume: PersistentVolume, claim: PersistentVolumeClaim)] = []
    /// Claims for which volumes have to be made.
    var provisions: [PersistentVolumeClaim] = []

    var isEmpty: Bool { bindings.isEmpty && provisions.isEmpty }
  }

  func mayReject(_ pod: WaitingPod) -> Bool { !pod.pod.spec.volumes.isEmpty }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .nodeAdded, .storageChanged(.volume), .storageChanged(.storageClass),
      .storageChanged(.driver):
      return true
    case .nodeChanged(let old, let new): return old.metadata.labels != new.metadata.labels
    case .storageChanged(.claim(let name)):
      return pod.pod.metadata.namespace == name.namespace
        && pod.pod.claimNames.contains(name.name)
    default: return false
    }
  }

  func objection(to pod: WaitingPod, in snapshot: Snapshot, _ cache: ClusterCache) -> String? {
    if let problem = missingClaim(pod.pod, snapshot) { return problem }
    return claims(of: pod.pod, snapshot).immediate.isEmpty
      ? nil : "pod has unbound immediate PersistentVolumeClaims"
  }

  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)? {
    let claims = claims(of: pod.pod, snapshot)
    if claims.bound.isEmpty && claims.waiting.isEmpty { return nil }
    let volumes = claims.waiting.isEmpty ? [] : snapshot.volumesByName
    let nodes = cache.nodes
    return { index in
      guard let node = nodes.infos[index].node else { return nil }
      let reasons = self.reasons(claims, volumes, node, snapshot)
      if reasons.isEmpty { return nil }
      return Rejection(plugin: name, reasons: reasons, isUnresolvable: true)
    }
  }

  /// What has to be written before a pod can be bound to a node that has passed the filter.
  func decision(for pod: Pod, on node: Node, in snapshot: Snapshot) -> Decision {
    let claims = claims(of: pod, snapshot)
    if claims.waiting.isEmpty { return Decision() }
    return decision(claims.waiting, snapshot.volumesByName, node, snapshot) ?? Decision()
  }

  private func reasons(
    _ claims: Claims, _ volumes: [PersistentVolume], _ node: Node, _ snapshot: Snapshot
  ) -> [String] {
    var reasons: [String] = []
    let bound = claims.bound.map { snapshot[PersistentVolume.self, "", $0.spec.volumeName] }
    // Upstream looks at one volume after the other, and stops at the first that is wrong.
    let wrong = bound.first { $0.map { !$0.isReachable(from: node) } ?? true }
    if let wrong, wrong != nil { reasons.append(Self.conflict) }
    if !claims.waiting.isEmpty, decision(claims.waiting, volumes, node, snapshot) == nil {
      reasons.append(Self.nothingToBind)
    }
    if let wrong, wrong == nil { reasons.append(Self.noVolume) }
    return reasons
  }

  /// Volumes for the claims that wait, or that they are to be made; nil when neither can be.
  private func decision(
    _ claims: [PersistentVolumeClaim], _ volumes: [PersistentVolume], _ node: Node,
    _ snapshot: Snapshot
  ) -> Decision? {
    var decision = Decision()
    for claim in claims {
      if let selected = claim.selectedNode {
        if selected != node.metadata.name { return nil }
        decision.provisions.append(claim)
        continue
      }
      let taken = decision.bindings.map(\.volume.metadata.name)
      let matching = VolumeMatching(claim)
      if let volume = matching.best(
        of: volumes.filter { $0.className == claim.className }, node: node, taken: taken)
      {
        decision.bindings.append((volume, claim))
      } else {
        decision.provisions.append(claim)
      }
    }
    let canBeMade = decision.provisions.allSatisfy { canProvision($0, on: node, snapshot) }
    return canBeMade ? decision : nil
  }

  private func canProvision(
    _ claim: PersistentVolumeClaim, on node: Node, _ snapshot: Snapshot
  ) -> Bool {
    guard let found = snapshot[StorageClass.self, "", claim.className], !found.provisioner.isEmpty,
      found.provisioner != StorageClass.noProvisioner
    else { return false }
    if found.allowedTopologies.isEmpty { return true }
    return found.allowedTopologies.contains { term in
      !term.matchLabelExpressions.isEmpty
        && term.matchLabelExpressions.allSatisfy { expression in
          node.metadata.labels[expression.key].map(expression.values.contains) ?? false
        }
    }
  }

  /// What is wrong with the first claim that cannot be used.
  private func missingClaim(_ pod: Pod, _ snapshot: Snapshot) -> String? {
    for volume in pod.spec.volumes {
      guard let name = pod.claimName(of: volume) else { continue }
      guard let claim = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name] else {
        let isMade = volume.persistentVolumeClaim == nil
        let missing = "persistentvolumeclaim \(GoText.quoted(name))"
        return isMade
          ? "waiting for ephemeral volume controller to create the \(missing)"
          : "\(missing) not found"
      }
      let text = "persistentvolumeclaim \(GoText.quoted(name))"
      if claim.status.phase == .lost {
        let volume = GoText.quoted(claim.spec.volumeName)
        return "\(text) bound to non-existent persistentvolume \(volume)"
      }
      if claim.isBeingDeleted { return "\(text) is being deleted" }
      if volume.ephemeral != nil, let objection = pod.objection(to: claim) { return objection }
    }
    return nil
  }

  private func claims(of pod: Pod, _ snapshot: Snapshot) -> Claims {
    var claims = Claims()
    for name in pod.claimNames {
      guard let claim = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name] else {
        continue
      }
      if claim.isFullyBound {
        claims.bound.append(claim)
      } else if claim.spec.volumeName.isEmpty && claim.waitsForConsumer(in: snapshot) {
        claims.waiting.append(claim)
      } else {
        claims.immediate.append(claim)
      }
    }
    // Small claims choose first, so that each gets the smallest volume that will do.
    claims.waiting.sort { one, two in
      one.requestedStorage == two.requestedStorage
        ? one.metadata.name < two.metadata.name : one.requestedStorage < two.requestedStorage
    }
    return claims
  }
}
