// One look at a StatefulSet: first its pods in order, then those too many, then the rollout.
//
// Follows   updateStatefulSet of pkg/controller/statefulset/stateful_set_control.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension StatefulSetController {
  /// A pod of the set, there or yet to be made.
  struct Member: Sendable {
    let ordinal: Int
    let pod: Pod
    /// Nil for a pod that is yet to be made.
    let key: ObjectKey?
  }

  /// A claim of one of the pods.
  struct StoredClaim: Sendable {
    let key: ObjectKey
    let claim: PersistentVolumeClaim
  }

  /// One look at a set. Everything is decided by what was there when the look began.
  struct Sync: Sendable {
    let key: ObjectKey
    let set: StatefulSet
    let owner: ObjectReference
    let revisions: Revisions
    /// The pods that are wanted, by number; those that are missing as they are to be made.
    let replicas: [Member]
    /// The pods that are too many, the highest number first.
    let condemned: [Member]
    /// All pods of the set.
    let pods: [Pod]
    /// The claims of the pods by name. Looked up, never walked.
    let claims: [String: StoredClaim]
    let obeysMaxUnavailable: Bool
    let now: Instant
    let clock: Clock

    init(
      _ key: ObjectKey, _ set: StatefulSet, _ owned: [(key: ObjectKey, object: Pod)],
      _ revisions: Revisions, obeysMaxUnavailable: Bool, in snapshot: Snapshot
    ) {
      self.key = key
      self.set = set
      self.revisions = revisions
      self.obeysMaxUnavailable = obeysMaxUnavailable
      owner = ObjectReference(to: set)
      now = snapshot.now
      clock = snapshot.clock
      pods = owned.map(\.object)
      let range = set.ordinals
      var present: [Int: Member] = [:]  // Looked up, never walked.
      var condemned: [Member] = []
      for (key, pod) in owned {
        guard let ordinal = pod.metadata.statefulName?.ordinal else { continue }
        let member = Member(ordinal: ordinal, pod: pod, key: key)
        if range.contains(ordinal) { present[ordinal] = member } else { condemned.append(member) }
      }
      replicas = range.map { present[$0] ?? Self.missing($0, set, revisions) }
      self.condemned = condemned.sorted { $0.ordinal > $1.ordinal }
      var claims: [String: StoredClaim] = [:]
      for member in set.spec.volumeClaimTemplates.isEmpty ? [] : replicas + condemned {
        for template in set.spec.volumeClaimTemplates {
          let name = set.claimName(template, member.ordinal)
          let table = snapshot.store[PersistentVolumeClaim.self]
          guard let key = table.key(set.metadata.namespace, name), let claim = table[key] else {
            continue
          }
          claims[name] = StoredClaim(key: key, claim: claim)
        }
      }
      self.claims = claims
    }

    /// The pod that a number is to get: of the old revision below the partition.
    private static func missing(
      _ ordinal: Int, _ set: StatefulSet, _ revisions: Revisions
    ) -> Member {
      let strategy = set.spec.updateStrategy
      let isOld =
        strategy.rollingUpdate != nil
        ? ordinal < set.firstOrdinal + set.partition
        : strategy.type == .rollingUpdate
          && ordinal < set.firstOrdinal + Int(set.status.currentReplicas)
      let revision = isOld ? revisions.current : revisions.update
      let old = isOld ? RevisionHistory.template(of: revision) : nil
      let pod = set.pod(
        ordinal, template: old ?? set.spec.template, revision: revision.metadata.name)
      return Member(ordinal: ordinal, pod: pod, key: nil)
    }
  }
}

extension StatefulSetController.Sync {
  func plan() -> Plan {
    if set.isBeingDeleted { return finish(counted(pods)) }
    let counts = counted(replicas.map(\.pod) + condemned.map(\.pod))
    let (chains, isBlocked) = chains(of: replicas, deciding: replica)
    return run(chains) { error in
      if let error { return finish(counts, error) }
      if isBlocked { return finish(counts) }
      return run(condemned.map { correctOwners(of: $0) }) { error in
        error == nil ? scaleDown(counts) : finish(counts, error)
      }
    }
  }

  private func scaleDown(_ counts: StatefulSetStatus) -> Plan {
    let (chains, isBlocked) = chains(of: condemned, deciding: surplus)
    return run(chains) { error in
      if let error { return finish(counts, error) }
      if isBlocked || set.spec.updateStrategy.type == .onDelete { return finish(counts) }
      return rollOut(counts)
    }
  }

  /// What is to be done about each pod. In order, pods after the first that holds the others up are
  /// not looked at; in parallel none holds another up.
  private func chains(
    of members: [StatefulSetController.Member],
    deciding decide: (StatefulSetController.Member) -> (errands: [Errand], stops: Bool)
  ) -> (chains: [[Errand]], isBlocked: Bool) {
    var chains: [[Errand]] = []
    for member in members {
      let (errands, stops) = decide(member)
      chains.append(errands)
      if stops, set.isOrdered { return (chains, true) }
    }
    return (chains, false)
  }

  private func run(
    _ chains: [[Errand]], then: @escaping @Sendable (String?) -> Plan
  ) -> Plan {
    set.isOrdered
      ? .sequence(chains.flatMap { $0 }[...], then: then) : .batches(chains[...], then: then)
  }

  // MARK: one pod

  /// What a wanted pod needs, and whether those after it have to wait.
  private func replica(_ member: StatefulSetController.Member) -> (errands: [Errand], stops: Bool) {
    let (pod, ordinal) = (member.pod, member.ordinal)
    guard let key = member.key else {
      // Its claims go with the pod that had them; then both are made anew.
      if hasStaleClaim(pod, ordinal) { return ([], true) }
      let errands = creatingClaims(ordinal, verb: .create) + [creating(pod)]
      return (errands + correctingOwners(pod, ordinal, verb: .update), true)
    }
    if pod.isTerminal {
      if pod.isBeingDeleted { return ([], true) }
      let rule: StaticString = "replace: a pod that is over makes room for a new one"
      return ([deleting(key, pod.metadata.name, because: rule)], true)
    }
    var errands: [Errand] = []
    if pod.status.phase == .pending {
      errands = creatingClaims(ordinal) + correctingOwners(pod, ordinal, verb: .update)
    }
    if set.isOrdered, pod.isBeingDeleted || !isRunningAndReady(pod) || !isAvailable(pod) {
      return (errands, true)
    }
    return (errands + correcting(member, key), false)
  }

  /// Puts right the labels, the volumes and the owners of the claims.
  private func correcting(_ member: StatefulSetController.Member, _ key: ObjectKey) -> [Errand] {
    let (pod, ordinal) = (member.pod, member.ordinal)
    let hasStorage = set.hasStorage(pod, ordinal)
    let hasOwners = hasRightOwners(pod, ordinal)
    if set.hasIdentity(pod, ordinal), hasStorage, hasOwners { return [] }
    var corrected = pod
    set.identify(&corrected, ordinal)
    var errands: [Errand] = []
    if !hasStorage {
      set.store(&corrected, ordinal)
      errands += creatingClaims(ordinal, verb: .update)
    }
    if !hasOwners { errands += correctingOwners(pod, ordinal, verb: .update) }
    let write = Write(
      .update(key, corrected), because: "identity: the pod is not as its number wants it",
      pod.metadata.name)
    return errands + [reporting(write, .update, pod.metadata.name)]
  }

  /// What a pod too many needs before it goes.
  private func correctOwners(of member: StatefulSetController.Member) -> [Errand] {
    hasRightOwners(member.pod, member.ordinal)
      ? [] : correctingOwners(member.pod, member.ordinal)
  }

  /// Lets a pod go that is too many, and whether those after it have to wait.
  private func surplus(_ member: StatefulSetController.Member) -> (errands: [Errand], stops: Bool) {
    let pod = member.pod
    guard let key = member.key, !pod.isBeingDeleted else { return ([], true) }
    let isHealthy = isRunningAndReady(pod) && isAvailable(pod)
    if set.isOrdered, !isHealthy, pod.metadata.name != firstUnavailable { return ([], true) }
    let rule: StaticString = "scale down: there are more pods than wanted"
    return ([deleting(key, pod.metadata.name, because: rule)], true)
  }

  /// The first pod that is not available, or of those too many the one with the lowest number.
  private var firstUnavailable: String? {
    let all = replicas + condemned.reversed()
    return all.first { isUnavailable($0.pod) }?.pod.metadata.name
  }
}
