// Moves the ReplicaSets of a Deployment step by step towards its template and its size.
//
// Follows   pkg/controller/deployment (v1.36)
// Left out  conflicts of several writes in one look, the limit of 15 retries
//
// The controller sees ReplicaSets, not pods: how far a rollout is, it reads from their status. One
// look scales in one direction at most; the change of a ReplicaSet's status brings the next look.

import KubeModel
import KubeReconcile
import SimulationKernel

/// Rolls a Deployment's template out, scales its ReplicaSets, and reports how far it is.
public struct DeploymentController: Reconciler {
  public static let name = "deployment-controller"
  public static let watches: [Watch] = [
    .primary(Deployment.self), .claimed(ReplicaSet.self, by: Deployment.self), lastPodGone,
  ]

  public var latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let deployment = snapshot[Deployment.self, key] else { return .nothing }  // read
    if deployment.spec.selector == LabelSelector() { return Self.refusal(key, deployment) }
    guard let selector = try? Selector(deployment.spec.selector) else { return .nothing }
    let claims = snapshot.claim(ReplicaSet.self, for: deployment, by: selector)  // select
    let sync = Sync(key, deployment, claims.objects, selector, in: snapshot)
    return claims.then(sync) { sync in sync.run() }  // act, report, wait
  }

  /// With a selector that matches everything nothing is done, and that is said.
  private static func refusal(_ key: ObjectKey, _ deployment: Deployment) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .warning, "SelectingAll",
        "This deployment is selecting all pods. A non-empty selector is required.",
        regarding: ObjectReference(to: deployment), component: name))
    if deployment.status.observedGeneration < deployment.metadata.generation {
      var observed = deployment
      observed.status.observedGeneration = deployment.metadata.generation
      plan.updateStatus(key, observed, because: "status: the spec was seen, and refused")
    }
    return plan
  }

  /// With strategy Recreate the last old pod that goes lets the new ones come.
  private static let lastPodGone = Watch.changes(of: Pod.self) { change, snapshot, keys in
    guard change.type == .deleted, let reference = change.latest.metadata.controllerRef,
      let setKey = snapshot.key(of: ReplicaSet.self, reference),
      let set = snapshot[ReplicaSet.self, setKey], let owner = set.metadata.controllerRef,
      let key = snapshot.key(of: Deployment.self, owner),
      let deployment = snapshot[Deployment.self, key],
      deployment.spec.strategy.type == .recreate,
      let selector = try? Selector(deployment.spec.selector)
    else { return }
    var hasPods = false
    snapshot.store[ReplicaSet.self].forEach(ownedBy: owner.uid) { _, set in
      if set.metadata.isControlled(by: owner.uid), selector.matches(set.metadata.labels) {
        hasPods = hasPods || snapshot.hasPod(of: set, selector) { _ in true }
      }
    }
    if !hasPods { keys.append(key) }
  }
}

extension Snapshot {
  /// True when a ReplicaSet has a pod that a Deployment's selector matches and that passes a test.
  func hasPod(of set: ReplicaSet, _ selector: Selector, where passes: (Pod) -> Bool) -> Bool {
    var found = false
    store[Pod.self].forEach(ownedBy: set.metadata.uid) { _, pod in
      found =
        found
        || pod.metadata.isControlled(by: set.metadata.uid)
          && selector.matches(pod.metadata.labels) && passes(pod)
    }
    return found
  }
}
