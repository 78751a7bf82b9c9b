// The claims of a StatefulSet's pods: made with the pod, found again by its number, and owned as
// the retention policy says.
//
// Follows   pkg/controller/statefulset/stateful_pod_control.go and the claim rules of
//           stateful_set_utils.go (v1.36)

import KubeModel
import KubeReconcile

/// How the claims of one pod stand to its set, and to the pod itself.
struct ClaimOwnership: Sendable {
  private let set: OwnerReference
  private let pod: OwnerReference
  private let deletesWithSet: Bool
  private let deletesWithPod: Bool
  /// Whether the pod is one too many.
  private let isCondemned: Bool

  init(_ set: StatefulSet, _ pod: Pod, ordinal: Int) {
    self.set = OwnerReference(controller: set)
    self.pod = OwnerReference(controller: pod)
    let policy = set.spec.persistentVolumeClaimRetentionPolicy
    deletesWithSet = policy?.whenDeleted == .delete
    deletesWithPod = policy?.whenScaled == .delete
    isCondemned = !set.ordinals.contains(ordinal)
  }

  /// The owner that a claim is to have of the two, if any.
  ///
  /// | whenScaled / whenDeleted | pod wanted | pod too many |
  /// |---|---|---|
  /// | Retain / Retain | none | none |
  /// | Retain / Delete | set | set |
  /// | Delete / Retain | none | pod |
  /// | Delete / Delete | set | pod |
  private var wanted: OwnerReference? {
    if deletesWithPod, isCondemned { return pod }
    return deletesWithSet ? set : nil
  }

  /// True when a pod of this name that is gone owned the claim: it is about to be collected, and a
  /// new pod must wait for a new one.
  func isStale(_ claim: PersistentVolumeClaim) -> Bool {
    deletesWithPod && isOfAnother(claim, pod)
  }

  /// True when somebody else manages the claim, which then is left alone.
  func isForeign(_ claim: PersistentVolumeClaim) -> Bool {
    guard deletesWithSet || deletesWithPod else { return false }
    return claim.metadata.ownerReferences.contains { reference in
      for owner in [set, pod] where reference.names(owner) { return reference.uid != owner.uid }
      return reference.controller == true
    }
  }

  /// True when nothing has to be changed.
  func isUpToDate(_ claim: PersistentVolumeClaim) -> Bool {
    // What belongs to an earlier set or pod of the name is for the garbage collector.
    if isOfAnother(claim, set) || isOfAnother(claim, pod) { return true }
    let owners = claim.metadata.ownerReferences
    let (bySet, byPod) = (owners.has(set), owners.has(pod))
    if isForeign(claim) { return !bySet && !byPod }
    if owners.contains(where: { ($0.uid == set.uid || $0.uid == pod.uid) && $0.controller != true })
    {
      return false
    }
    return bySet == (wanted == set) && byPod == (wanted == pod)
  }

  /// The claim with the owners that it is to have.
  func corrected(_ claim: PersistentVolumeClaim) -> PersistentVolumeClaim {
    var claim = claim
    let isForeign = isForeign(claim)
    claim.metadata.ownerReferences.removeAll { $0.names(set) || $0.names(pod) }
    if !isForeign, let wanted { claim.metadata.ownerReferences.append(wanted) }
    return claim
  }

  /// True when the claim names an owner of the same kind and name that is not this one.
  private func isOfAnother(_ claim: PersistentVolumeClaim, _ owner: OwnerReference) -> Bool {
    let reference = claim.metadata.ownerReferences.first { $0.names(owner) }
    return reference.map { $0.uid != owner.uid } ?? false
  }
}

extension OwnerReference {
  /// Whether both name an object of the same kind and name, be it the same or another one.
  fileprivate func names(_ other: OwnerReference) -> Bool {
    kind == other.kind && name == other.name && apiVersion == other.apiVersion
  }
}

extension [OwnerReference] {
  fileprivate func has(_ owner: OwnerReference) -> Bool { contains { $0.uid == owner.uid } }
}

extension StatefulSetController.Sync {
  /// The stored claims of a number, those that are missing left out.
  private func storedClaims(_ ordinal: Int) -> [StatefulSetController.StoredClaim] {
    set.spec.volumeClaimTemplates.compactMap { claims[set.claimName($0, ordinal)] }
  }

  /// True when a claim of the number waits to be collected with an earlier pod.
  func hasStaleClaim(_ pod: Pod, _ ordinal: Int) -> Bool {
    let ownership = ClaimOwnership(set, pod, ordinal: ordinal)
    return storedClaims(ordinal).contains { ownership.isStale($0.claim) }
  }

  func hasRightOwners(_ pod: Pod, _ ordinal: Int) -> Bool {
    let ownership = ClaimOwnership(set, pod, ordinal: ordinal)
    return storedClaims(ordinal).allSatisfy { ownership.isUpToDate($0.claim) }
  }

  /// Makes the claims of a number that are missing; nothing when all are there. A failure is told
  /// as one of the pod, if a verb is given.
  func creatingClaims(_ ordinal: Int, verb: PodVerb? = nil) -> [Errand] {
    let pod = set.podName(ordinal)
    var missing: [PersistentVolumeClaim] = []
    var leaving: [String] = []
    for template in set.spec.volumeClaimTemplates {
      let stored = claims[set.claimName(template, ordinal)]
      if stored == nil { missing.append(set.claim(template, ordinal)) }
      if let stored, stored.claim.isBeingDeleted { leaving.append(stored.claim.metadata.name) }
    }
    if missing.isEmpty, leaving.isEmpty { return [] }
    let writes = missing.map {
      Write(.create($0), because: "storage: the pod's claim is missing", "\($0.metadata.name)")
    }
    return [
      Errand(writes) { [missing, leaving] results in
        var verdict = Errand.Verdict()
        var errors = leaving.map { "pvc \($0) is being deleted" }
        for (claim, result) in zip(missing, results) {
          let name = claim.metadata.name
          guard let error = result.error else {
            let text = "Create Claim \(name) Pod \(pod) in StatefulSet \(owner.name) success"
            verdict.events.append(event(.normal, "SuccessfulCreate", text))
            continue
          }
          errors.append("failed to create PVC \(name): \(error.message)")
          if error.reason == .alreadyExists { continue }
          let text =
            "Create Claim \(name) for Pod \(pod) in StatefulSet \(owner.name) failed error: "
            + error.message
          verdict.events.append(event(.warning, "FailedCreate", text))
        }
        verdict.error = errors.count > 1 ? "[\(errors.joined(separator: ", "))]" : errors.first
        if let error = verdict.error, let verb {
          verdict.events.append(event(verb, pod, error: error))
        }
        return verdict
      }
    ]
  }

  /// Gives the claims of a pod the owners that the retention policy wants. A failure is told as one
  /// of the pod, if a verb is given.
  func correctingOwners(_ pod: Pod, _ ordinal: Int, verb: PodVerb? = nil) -> [Errand] {
    let ownership = ClaimOwnership(set, pod, ordinal: ordinal)
    let stored = storedClaims(ordinal)
    let wrong = stored.filter { !ownership.isUpToDate($0.claim) }
    let conflicts = stored.filter { ownership.isForeign($0.claim) }.map { stored in
      event(
        .warning, "ConflictingController",
        "PersistentVolumeClaim \(stored.claim.metadata.name) has a conflicting OwnerReference that "
          + "acts as a manging controller, the retention policy is ignored for this claim")
    }
    if wrong.isEmpty, conflicts.isEmpty { return [] }
    let writes = wrong.map {
      Write(
        .update($0.key, ownership.corrected($0.claim)),
        because: "storage: the claim's owners are not those of the retention policy",
        "\($0.claim.metadata.name)")
    }
    let name = pod.metadata.name
    return [
      Errand(writes) { results in
        var verdict = Errand.Verdict(events: conflicts)
        for (stored, result) in zip(wrong, results) {
          guard let error = result.error else { continue }
          let text =
            "could not update claim \(stored.claim.metadata.name) for delete policy ownerRefs: "
            + error.message
          verdict.error = verdict.error ?? text
        }
        if let error = verdict.error, let verb {
          verdict.events.append(event(verb, name, error: error))
        }
        return verdict
      }
    ]
  }
}
