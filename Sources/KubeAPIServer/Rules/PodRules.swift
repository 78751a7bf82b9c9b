import KubeModel

/// What the server does to a pod.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/pod/strategy.go` and
/// `pkg/apis/core/validation` (v1.36). What depends on the spec alone is done once for a spec and
/// taken over by the siblings that share its storage; see `PassedSpecs`.
public struct PodRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout Pod) {
    let filled = PodDefaults.filled(object.spec, with: PodDefaults.setPod)
    if filled != object.spec { object.spec = filled }
    dropOldAnnotations(&object)
  }

  public func setDefaults(_ new: inout Pod, over old: Pod) {
    if new.$spec.sharesStorage(with: old.$spec) {
      dropOldAnnotations(&new)
    } else {
      setDefaults(&new)
    }
  }

  private func dropOldAnnotations(_ object: inout Pod) {
    var annotations = object.metadata.annotations
    PodDefaults.dropInitContainerAnnotations(&annotations)
    if annotations.count != object.metadata.annotations.count {
      object.metadata.annotations = annotations
    }
  }

  /// A new pod is pending; its quality of service is settled for good.
  public func prepareForCreate(_ object: inout Pod) {
    if object.spec.serviceAccount != object.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec)
    }
    object.metadata.generation = 1
    var status = PodStatus()
    status.phase = .pending
    status.qosClass = object.spec.qosClass
    if !object.spec.schedulingGates.isEmpty {
      var condition = PodCondition()
      condition.type = .podScheduled
      condition.status = .false
      condition.reason = "SchedulingGated"
      condition.message = "Scheduling is blocked due to non-empty scheduling gates"
      status.conditions = [condition]
    }
    object.status = status
    addMatchLabels(to: &object)
  }

  public func prepareForUpdate(_ new: inout Pod, from old: Pod) {
    new.$status = old.$status
    if new.spec.serviceAccount != new.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec)
    }
    let isSame = new.$spec.sharesStorage(with: old.$spec) || new.spec == old.spec
    new.countGeneration(from: old, changed: !isSame)
    if new.spec.terminationGracePeriodSeconds ?? 0 < 0, !isSame {
      new.spec.terminationGracePeriodSeconds = 1
    }
  }

  /// Only the status is new; who owns the pod and when it goes is not the kubelet's to say.
  public func prepareForStatusUpdate(_ new: inout Pod, from old: Pod) {
    new.$spec = old.$spec
    if new.status.qosClass.isEmpty { new.status.qosClass = old.status.qosClass }
    let given = new.metadata
    new.metadata = old.metadata
    // Shared storage is how the rest of the update knows that nothing changed.
    if given.sharesStorage(with: old.metadata) { return }
    if given.labels != old.metadata.labels {
      new.metadata.labels = given.labels
    }
    if given.annotations != old.metadata.annotations {
      new.metadata.annotations = given.annotations
    }
    if given.finalizers != old.metadata.finalizers {
      new.metadata.finalizers = given.finalizers
    }
  }

  public func validate(_ object: Pod) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(PodValidation.metadataAndSpec(object))
    let path = FieldPath("spec")
    if !object.spec.ephemeralContainers.isEmpty {
      errors.forbidden(path.child("ephemeralContainers"), "cannot be set on create")
    }
    if !object.spec.nodeName.isEmpty, !object.spec.schedulingGates.isEmpty {
      errors.forbidden(
        path.child("nodeName"), "cannot be set until all schedulingGates have been cleared")
    }
    return errors.all
  }

  public func validateUpdate(_ new: Pod, from old: Pod) -> [FieldError] {
    // What shares the stored spec's storage has not changed it, and it was checked when stored.
    if new.$spec.sharesStorage(with: old.$spec) {
      let annotations = new.metadata.annotations
      var errors = FieldErrors()
      errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
      errors.add(
        PodValidation.annotations(
          annotations, nodeName: new.spec.nodeName, at: PodValidation.annotationsPath))
      errors.add(PodValidation.annotationUpdate(annotations, from: old.metadata.annotations))
      return errors.all
    }
    return PodUpdateValidation.validate(new, from: old)
  }

  public func validateStatusUpdate(_ new: Pod, from old: Pod) -> [FieldError] {
    PodUpdateValidation.validateStatus(new, from: old)
  }

  /// `matchLabelKeys` of a pod's own labels become expressions of the selector beside them.
  private func addMatchLabels(to object: inout Pod) {
    for index in object.spec.topologySpreadConstraints.indices {
      let constraint = object.spec.topologySpreadConstraints[index]
      guard var selector = constraint.labelSelector else { continue }
      for key in constraint.matchLabelKeys {
        guard let value = object.metadata.labels[key] else { continue }
        selector.matchExpressions.append(.init(key: key, operator: "In", values: [value]))
      }
      if selector != constraint.labelSelector {
        object.spec.topologySpreadConstraints[index].labelSelector = selector
      }
    }
    guard var affinity = object.spec.affinity else { return }
    let labels = object.metadata.labels
    if var pods = affinity.podAffinity {
      pods.requiredDuringSchedulingIgnoredDuringExecution.addMatchLabels(labels)
      pods.preferredDuringSchedulingIgnoredDuringExecution.addMatchLabels(labels)
      affinity.podAffinity = pods
    }
    if var pods = affinity.podAntiAffinity {
      pods.requiredDuringSchedulingIgnoredDuringExecution.addMatchLabels(labels)
      pods.preferredDuringSchedulingIgnoredDuringExecution.addMatchLabels(labels)
      affinity.podAntiAffinity = pods
    }
    if affinity != object.spec.affinity { object.spec.affinity = affinity }
  }
}

extension PodAffinityTerm {
  fileprivate mutating func addMatchLabels(_ labels: StringMap<String>) {
    guard var selector = labelSelector else { return }
    for (keys, word) in [(matchLabelKeys, "In"), (mismatchLabelKeys, "NotIn")] {
      for key in keys {
        guard let value = labels[key] else { continue }
        selector.matchExpressions.append(.init(key: key, operator: word, values: [value]))
      }
    }
    labelSelector = selector
  }
}

extension [PodAffinityTerm] {
  fileprivate mutating func addMatchLabels(_ labels: StringMap<String>) {
    for index in indices { self[index].addMatchLabels(labels) }
  }
}

extension [WeightedPodAffinityTerm] {
  fileprivate mutating func addMatchLabels(_ labels: StringMap<String>) {
    for index in indices { self[index].podAffinityTerm.addMatchLabels(labels) }
  }
}
