// Gives each pod of a StatefulSet a lasting name, a place in an order, and claims of its own.
//
// Follows   pkg/controller/statefulset (v1.36)
// Left out  the comparison of revisions after defaulting: a stored template has its defaults, and
//           so has each revision made of it; conflicts with other writers of a pod in one look
// Differs   claims of one pod are made in the order of their templates, upstream's in any order

import KubeModel
import KubeReconcile
import SimulationKernel

/// Creates, replaces and removes the pods of a StatefulSet in the order of their numbers, makes
/// their claims, keeps the history of its templates, and reports the numbers.
public struct StatefulSetController: Reconciler {
  public static let name = "statefulset-controller"
  public static let watches: [Watch] = [
    .primary(StatefulSet.self), .claimed(Pod.self, by: StatefulSet.self),
  ]
  public static let writes = WrittenKinds.also([
    ControllerRevision.self, PersistentVolumeClaim.self,
  ])

  public var latency: Duration
  /// Whether `maxUnavailable` is obeyed: the gate MaxUnavailableStatefulSet, which is off in v1.36.
  public var obeysMaxUnavailable: Bool

  /// A controller that looks this long after a change.
  public init(
    latency: Duration = Timing.kubernetes.controller, obeysMaxUnavailable: Bool = false
  ) {
    self.latency = latency
    self.obeysMaxUnavailable = obeysMaxUnavailable
  }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let set = snapshot[StatefulSet.self, key],  // read
      let selector = try? Selector(set.spec.selector)
    else { return .nothing }
    guard let revisions = Revisions(of: set, selector, in: snapshot) else { return .nothing }
    let pods = snapshot.claim(  // select
      Pod.self, for: set, by: selector,
      where: { $0.metadata.statefulName?.parent == set.metadata.name })
    let sync = Sync(
      key, set, pods.objects, revisions, obeysMaxUnavailable: obeysMaxUnavailable, in: snapshot)
    return .sequence(revisions.adoptions[...]) { error in
      if error != nil { return .retry }
      return pods.then {
        .sequence(revisions.changes[...]) { error in
          error == nil ? sync.plan() : .retry  // act, report, wait
        }
      }
    }
  }
}
