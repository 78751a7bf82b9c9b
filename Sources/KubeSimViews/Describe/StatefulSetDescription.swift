import KubeModel

// Follows   kubectl/pkg/describe, describeStatefulSet (v1.36)

extension StatefulSet: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "CreationTimestamp:", metadata.creationTimestamp.longText)
    text.line(0, "Selector:", (try? Selector(spec.selector))?.canonical ?? "")
    text.labelsAndAnnotations(self)
    text.line(0, "Service Name:", spec.serviceName)
    text.line(0, "Pod Management Policy:", spec.podManagementPolicy.rawValue)
    text.line(0, "Replicas:", "\(spec.replicas ?? 0) desired | \(status.replicas) total")
    text.line(0, "Update Strategy:", spec.updateStrategy.type.rawValue)
    if let rolling = spec.updateStrategy.rollingUpdate, let partition = rolling.partition {
      text.line(1, "Partition:", "\(partition)")
      if let most = rolling.maxUnavailable { text.line(1, "MaxUnavailable:", "\(most)") }
    }
    if let policy = spec.persistentVolumeClaimRetentionPolicy {
      text.line(0, "Persistent Volume Claim Retention Policy:")
      text.line(1, "WhenDeleted:", policy.whenDeleted.rawValue)
      text.line(1, "WhenScaled:", policy.whenScaled.rawValue)
    }
    text.line(0, "Pods Status:", views.podCounts(of: self))
    text.template(spec.template)
    describeClaims(&text)
  }

  private func describeClaims(_ text: inout Description) {
    guard !spec.volumeClaimTemplates.isEmpty else {
      return text.line(0, "Volume Claims:", "<none>")
    }
    text.line(0, "Volume Claims:")
    for claim in spec.volumeClaimTemplates {
      text.line(1, "Name:", claim.metadata.name)
      text.line(1, "StorageClass:", claim.storageClass)
      text.labels(1, "Labels", claim.metadata.labels)
      text.labels(1, "Annotations", claim.metadata.annotations)
      text.line(
        1, "Capacity:", claim.spec.resources.requests["storage"]?.description ?? "<default>")
      let modes = claim.spec.accessModes.map(\.rawValue).joined(separator: " ")
      text.line(1, "Access Modes:", "[\(modes)]")
    }
  }
}
