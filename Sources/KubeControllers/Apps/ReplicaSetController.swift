// Keeps as many pods as a ReplicaSet asks for.
//
// Follows   pkg/controller/replicaset/replica_set.go (v1.36)
// Left out  expectations and consistency gates: a snapshot always shows the controller's own writes

import KubeModel
import KubeReconcile
import SimulationKernel

/// Creates the pods that a ReplicaSet lacks, deletes those it has too many, and reports the
/// numbers.
public struct ReplicaSetController: Reconciler {
  public static let name = "replicaset-controller"
  public static let watches: [Watch] = [
    .primary(ReplicaSet.self), ReplicaSet.podWatch,
  ]

  public var latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    ReplicaSync<ReplicaSet>.reconcile(key, in: snapshot, as: Self.name)
  }
}

extension ReplicaSet: ReplicaKeeper {
  static let reportsTerminating = true

  var wantedReplicas: Int32 { spec.replicas ?? 1 }

  var wanted: ReplicaWish {
    ReplicaWish(
      replicas: wantedReplicas, minReadySeconds: spec.minReadySeconds, template: spec.template)
  }

  var report: ReplicaSetStatus {
    get { status }
    set { status = newValue }
  }
}
