// Decides which of several controller managers acts.
//
// Follows   staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go (v1.36), with the
//           defaults of kube-controller-manager
// Same      15 s of lease, a try every 2 s, no release at the end, the Event of a new leader
// Left out  the factor by which a candidate's tries are spread; a leader that lives and cannot renew

import KubeModel
import KubeReconcile
import SimulationKernel

/// Renews the leader's Lease and gives it to another manager when it has run out.
///
/// A candidate trusts its own clock alone: it counts the 15 s from when it saw the last renewal.
public struct LeaderElector: Reconciler {
  public static let name = "kube-controller-manager"
  public static let watches: [Watch] = [.changes(of: Lease.self) { _, _, _ in }]

  /// How long a renewal holds.
  public static let leaseDuration = Duration.seconds(15)
  /// From one try to the next.
  public static let retryPeriod = Duration.seconds(2)

  /// One controller manager.
  struct Candidate: Sendable {
    let identity: String
    var isAlive = true
    /// The renewal that it last saw, and when it saw it.
    var seen: MicroTime?
    var seenAt = Instant.zero
  }

  public let latency = Duration.zero
  private(set) var candidates: [Candidate]
  /// The manager that acts.
  public private(set) var leader: String?

  /// An election among these managers, of which all live.
  public init(_ identities: [String]) {
    candidates = identities.map { Candidate(identity: $0) }
  }

  /// Starts or stops a manager; false when there is none of this identity. One that stops while it
  /// leads keeps its Lease, as the real one does.
  public mutating func setAlive(_ isAlive: Bool, _ identity: String) -> Bool {
    guard let index = candidates.firstIndex(where: { $0.identity == identity }) else {
      return false
    }
    candidates[index].isAlive = isAlive
    candidates[index].seen = nil
    if !isAlive && leader == identity { leader = nil }
    return true
  }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    var plan = Plan()
    let table = snapshot.store.key(Lease.self, "kube-system", Self.name)
    for index in candidates.indices where candidates[index].isAlive {
      let identity = candidates[index].identity
      guard let key = table, var lease = snapshot[Lease.self, key] else {
        lead(identity, Lease(leader: identity, at: snapshot.microTime), nil, &plan, snapshot)
        break
      }
      if lease.spec.holderIdentity == identity, leader == identity {
        lease.spec.renewTime = snapshot.microTime
        plan.update(key, lease, because: "renew the lease", identity)
        continue
      }
      if candidates[index].seen != lease.spec.renewTime {
        candidates[index].seen = lease.spec.renewTime
        candidates[index].seenAt = snapshot.now
      }
      let isOwn = lease.spec.holderIdentity == identity
      let runsOut = candidates[index].seenAt + Self.leaseDuration
      if leader != nil || !isOwn && snapshot.now < runsOut { continue }
      if !isOwn {
        lease.spec.leaseTransitions = (lease.spec.leaseTransitions ?? 0) + 1
        lease.spec.acquireTime = snapshot.microTime
      }
      lease.spec.holderIdentity = identity
      lease.spec.renewTime = snapshot.microTime
      lead(identity, lease, key, &plan, snapshot)
    }
    if candidates.contains(where: \.isAlive) {
      plan.wake(key, at: snapshot.now + Self.retryPeriod)
    }
    return plan
  }

  private mutating func lead(
    _ identity: String, _ lease: Lease, _ key: ObjectKey?, _ plan: inout Plan,
    _ snapshot: Snapshot
  ) {
    leader = identity
    if let key {
      plan.update(key, lease, because: "take the lease: it has run out", identity)
    } else {
      plan.create(lease, because: "take the lease: there is none", identity)
    }
    plan.event(
      EventDraft(
        .normal, "LeaderElection", "\(identity) became leader",
        regarding: ObjectReference(to: lease), component: Self.name))
  }
}

extension Lease {
  fileprivate init(leader: String, at time: MicroTime) {
    self.init()
    metadata.name = LeaderElector.name
    metadata.namespace = "kube-system"
    spec.holderIdentity = leader
    spec.leaseDurationSeconds = Int32(LeaderElector.leaseDuration.components.seconds)
    spec.acquireTime = time
    spec.renewTime = time
    spec.leaseTransitions = 0
  }
}
