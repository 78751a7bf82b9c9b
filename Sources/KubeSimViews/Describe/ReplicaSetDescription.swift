import KubeModel

// Follows   kubectl/pkg/describe, describeReplicaSet and describeReplicationController (v1.36)

extension ReplicaSet: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "Selector:", LabelSelector.format(spec.selector))
    text.labelsAndAnnotations(self)
    text.controller(of: self)
    text.line(0, "Replicas:", "\(status.replicas) current / \(spec.replicas ?? 0) desired")
    text.line(0, "Pods Status:", views.podCounts(of: self))
    text.template(spec.template)
    text.conditions(status.conditions.map { ($0.type.rawValue, $0.status.rawValue, $0.reason) })
  }
}

extension ReplicationController: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "Selector:", spec.selector.labelText)
    text.labelsAndAnnotations(self)
    text.line(0, "Replicas:", "\(status.replicas) current / \(spec.replicas ?? 0) desired")
    text.line(0, "Pods Status:", views.podCounts(of: self))
    text.template(spec.template)
    text.conditions(status.conditions.map { ($0.type.rawValue, $0.status.rawValue, $0.reason) })
  }
}
