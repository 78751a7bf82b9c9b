import KubeModel

// Follows   kubectl/pkg/describe, describeDeployment (v1.36)

extension Deployment: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "CreationTimestamp:", metadata.creationTimestamp.longText)
    text.labelsAndAnnotations(self)
    text.line(0, "Selector:", (try? Selector(spec.selector))?.canonical ?? "")
    text.line(
      0, "Replicas:",
      "\(spec.replicas ?? 0) desired | \(status.updatedReplicas) updated | \(status.replicas) total"
        + " | \(status.availableReplicas) available | \(status.unavailableReplicas) unavailable")
    text.line(0, "StrategyType:", spec.strategy.type.rawValue)
    text.line(0, "MinReadySeconds:", "\(spec.minReadySeconds)")
    if let rolling = spec.strategy.rollingUpdate {
      text.line(
        0, "RollingUpdateStrategy:",
        "\(rolling.maxUnavailable ?? 0) max unavailable, \(rolling.maxSurge ?? 0) max surge")
    }
    text.template(spec.template)
    text.conditions(
      status.conditions.map { ($0.type.rawValue, $0.status.rawValue, $0.reason) })
    describeReplicaSets(in: views, &text)
  }

  private func describeReplicaSets(in views: Views, _ text: inout Description) {
    let sets = views.objects(ReplicaSet.self, metadata.namespace).filter {
      $0.metadata.controllerRef?.uid == metadata.uid
    }
    guard !sets.isEmpty else { return }
    let wanted = spec.template.withoutHash
    // Of several sets with the template the oldest is the current one.
    let current = sets.filter { $0.spec.template.withoutHash == wanted }.min {
      ($0.metadata.creationTimestamp?.unixSeconds ?? 0, $0.metadata.name)
        < ($1.metadata.creationTimestamp?.unixSeconds ?? 0, $1.metadata.name)
    }
    func list(_ sets: [ReplicaSet]) -> String {
      sets.map {
        "\($0.metadata.name) (\($0.status.replicas)/\($0.spec.replicas ?? 0) replicas created)"
      }.joined(separator: ", ").orNone
    }
    text.line(
      0, "OldReplicaSets:", list(sets.filter { $0.metadata.uid != current?.metadata.uid }))
    text.line(0, "NewReplicaSet:", list(current.map { [$0] } ?? []))
  }
}

extension PodTemplateSpec {
  /// The template without the label that the Deployment added.
  fileprivate var withoutHash: PodTemplateSpec {
    var template = self
    template.metadata.labels["pod-template-hash"] = nil
    return template
  }
}
