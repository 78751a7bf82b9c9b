// Keeps as many pods as a ReplicationController asks for.
//
// Follows   pkg/controller/replication (v1.36), which runs the ReplicaSet controller on it

import KubeModel
import KubeReconcile
import SimulationKernel

/// Does for a ReplicationController what `ReplicaSetController` does for a ReplicaSet.
public struct ReplicationManager: Reconciler {
  public static let name = "replication-controller"
  public static let watches: [Watch] = [
    .primary(ReplicationController.self), ReplicationController.podWatch,
  ]

  public var latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    ReplicaSync<ReplicationController>.reconcile(key, in: snapshot, as: Self.name)
  }
}

extension ReplicationController: ReplicaKeeper {
  static let reportsTerminating = false

  var wantedReplicas: Int32 { spec.replicas ?? 1 }

  var wanted: ReplicaWish {
    ReplicaWish(
      replicas: wantedReplicas, minReadySeconds: spec.minReadySeconds,
      template: spec.template ?? PodTemplateSpec())
  }

  var report: ReplicaSetStatus {
    get {
      var report = ReplicaSetStatus()
      report.replicas = status.replicas
      report.fullyLabeledReplicas = status.fullyLabeledReplicas
      report.readyReplicas = status.readyReplicas
      report.availableReplicas = status.availableReplicas
      report.observedGeneration = status.observedGeneration
      report.conditions = status.conditions.map { condition in
        var copy = ReplicaSetCondition()
        copy.type = ReplicaSetConditionType(rawValue: condition.type.rawValue)
        copy.status = condition.status
        copy.lastTransitionTime = condition.lastTransitionTime
        copy.reason = condition.reason
        copy.message = condition.message
        return copy
      }
      return report
    }
    set {
      status.replicas = newValue.replicas
      status.fullyLabeledReplicas = newValue.fullyLabeledReplicas
      status.readyReplicas = newValue.readyReplicas
      status.availableReplicas = newValue.availableReplicas
      status.observedGeneration = newValue.observedGeneration
      status.conditions = newValue.conditions.map { condition in
        var copy = ReplicationControllerCondition()
        copy.type = ReplicationControllerConditionType(rawValue: condition.type.rawValue)
        copy.status = condition.status
        copy.lastTransitionTime = condition.lastTransitionTime
        copy.reason = condition.reason
        copy.message = condition.message
        return copy
      }
    }
  }
}
