import KubeModel

// Follows   kubectl/pkg/describe, describePersistentVolumeClaim, describePersistentVolume (v1.36)
// Left out  sources other than a node's directories: shown as <unknown>

extension PersistentVolumeClaim: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "StorageClass:", storageClass)
    text.line(0, "Status:", metadata.stateText(status.phase.rawValue, at: text.now))
    text.line(0, "Volume:", spec.volumeName)
    text.labelsAndAnnotations(self)
    text.line(0, "Finalizers:", "[\(metadata.finalizers.joined(separator: " "))]")
    text.line(0, "Capacity:", boundCapacity)
    text.line(0, "Access Modes:", boundModes)
    if let mode = spec.volumeMode { text.line(0, "VolumeMode:", mode.rawValue) }
    if let source = spec.dataSource {
      text.line(0, "DataSource:")
      if let group = source.apiGroup { text.line(1, "APIGroup:", group) }
      text.line(1, "Kind:", source.kind)
      text.line(1, "Name:", source.name)
    }
    let users = views.objects(Pod.self, metadata.namespace).filter { pod in
      pod.spec.volumes.contains { $0.persistentVolumeClaim?.claimName == metadata.name }
        || metadata.ownerReferences.contains { $0.uid == pod.metadata.uid }
    }
    text.list(0, "Used By", users.map(\.metadata.name))
  }
}

extension PersistentVolume: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.line(0, "Name:", metadata.name)
    text.labelsAndAnnotations(self)
    text.line(0, "Finalizers:", "[\(metadata.finalizers.joined(separator: " "))]")
    text.line(0, "StorageClass:", metadata.annotatedStorageClass ?? spec.storageClassName)
    text.line(0, "Status:", metadata.stateText(status.phase.rawValue, at: text.now))
    text.line(0, "Claim:", spec.claimRef.map { "\($0.namespace)/\($0.name)" } ?? "")
    text.line(0, "Reclaim Policy:", spec.persistentVolumeReclaimPolicy.rawValue)
    text.line(0, "Access Modes:", spec.accessModes.shortText)
    if let mode = spec.volumeMode { text.line(0, "VolumeMode:", mode.rawValue) }
    text.line(0, "Capacity:", (spec.capacity["storage"] ?? Quantity()).description)
    describeAffinity(&text)
    text.line(0, "Message:", status.message)
    text.line(0, "Source:")
    if let path = spec.hostPath {
      for (title, value) in Description.lines(of: path) { text.line(2, title + ":", value) }
    } else if let local = spec.local {
      text.line(2, "Type:", "LocalVolume (a persistent volume backed by local storage on a node)")
      text.line(2, "Path:", local.path)
    } else {
      text.line(1, "<unknown>")
    }
  }

  private func describeAffinity(_ text: inout Description) {
    guard let required = spec.nodeAffinity?.required else {
      return text.line(0, "Node Affinity:", "<none>")
    }
    text.line(0, "Node Affinity:", "")
    text.line(1, "Required Terms:", "")
    for (index, term) in required.nodeSelectorTerms.enumerated() {
      text.list(
        2, "Term \(index)",
        term.matchExpressions.map { expression in
          let values = expression.values.joined(separator: ", ")
          let list = values.isEmpty ? "" : " [\(values)]"
          return "\(expression.key) \(expression.operator.rawValue.lowercased())\(list)"
        })
    }
  }
}

extension ObjectMeta {
  /// `Terminating (lasts 5s)` for what is being deleted, else the given state.
  fileprivate func stateText(_ state: String, at now: MicroTime) -> String {
    deletionTimestamp.map { "Terminating (lasts \(HumanDuration.since($0, at: now)))" } ?? state
  }
}
