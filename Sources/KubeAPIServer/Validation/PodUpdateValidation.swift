import KubeModel

/// What may not change in a pod.
///
/// Follows `ValidatePodUpdate` and `ValidatePodStatusUpdate` of
/// `pkg/apis/core/validation/validation.go` (v1.36).
enum PodUpdateValidation {
  private static let path = FieldPath("spec")
  private static let status = FieldPath("status")

  static func validate(_ new: Pod, from old: Pod) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(PodValidation.metadataAndSpec(new))
    errors.add(
      PodValidation.annotationUpdate(new.metadata.annotations, from: old.metadata.annotations))
    for (field, one, two) in [
      ("containers", new.spec.containers, old.spec.containers),
      ("initContainers", new.spec.initContainers, old.spec.initContainers),
    ] {
      guard one.count == two.count else {
        errors.forbidden(path.child(field), "pod updates may not add or remove containers")
        return errors.all
      }
      errors.add(images(one, at: path.child(field)))
    }
    guard checkDeadline(new.spec, old.spec, &errors) else { return errors.all }
    errors.add(tolerations(new.spec.tolerations, old.spec.tolerations))
    errors.add(gates(new.spec.schedulingGates, old.spec.schedulingGates))
    if new.spec == old.spec { return errors.all }
    var fixed = withoutChangeable(new.spec, old.spec)
    if !old.spec.schedulingGates.isEmpty { checkGated(&fixed, old.spec, &errors) }
    if fixed != old.spec {
      errors.forbidden(
        path,
        "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` "
          + "(only additions to existing tolerations),`spec.terminationGracePeriodSeconds` "
          + "(allow it to be set to 1 if it was previously negative)\n"
          + GoDump.difference(from: old.spec, to: fixed))
    }
    return errors.all
  }

  private static func images(_ containers: [Container], at list: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for (index, container) in containers.enumerated() {
      let place = list.index(index).child("image")
      if container.image.isEmpty { errors.required(place) }
      if container.image.first?.isWhitespace == true || container.image.last?.isWhitespace == true {
        errors.invalid(place, container.image, "must not have leading or trailing whitespace")
      }
    }
    return errors.all
  }

  /// A deadline may be set and brought nearer. False when the rest need not be looked at.
  private static func checkDeadline(
    _ new: PodSpec, _ old: PodSpec, _ errors: inout FieldErrors
  ) -> Bool {
    let place = path.child("activeDeadlineSeconds")
    guard let seconds = new.activeDeadlineSeconds else {
      if old.activeDeadlineSeconds != nil {
        errors.invalid(
          place, JSONValue.null, "must not update from a positive integer to nil value")
      }
      return true
    }
    for message in NameFormat.range(Int(seconds), 0, Int(Int32.max)) {
      errors.invalid(place, seconds, message)
      return false
    }
    if let before = old.activeDeadlineSeconds, before < seconds {
      errors.invalid(place, seconds, "must be less than or equal to previous value")
      return false
    }
    return true
  }

  private static func tolerations(_ new: [Toleration], _ old: [Toleration]) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("tolerations")
    for toleration in old {
      let isKept = new.contains { candidate in
        var same = toleration
        same.tolerationSeconds = candidate.tolerationSeconds
        return same == candidate
      }
      guard isKept else {
        errors.forbidden(
          place, "existing toleration can not be modified except its tolerationSeconds")
        return errors.all
      }
    }
    errors.add(TolerationValidation.validate(new, at: place))
    return errors.all
  }

  private static func gates(_ new: [PodSchedulingGate], _ old: [PodSchedulingGate]) -> [FieldError]
  {
    var errors = FieldErrors()
    for (index, gate) in new.enumerated() where !old.contains(where: { $0.name == gate.name }) {
      errors.forbidden(
        path.child("schedulingGates").index(index).child("name"),
        "only deletion is allowed, but found new scheduling gate '\(gate.name)'")
    }
    return errors.all
  }

  /// The new spec with everything put back that may change.
  private static func withoutChangeable(_ new: PodSpec, _ old: PodSpec) -> PodSpec {
    var fixed = new
    for index in fixed.containers.indices {
      fixed.containers[index].image = old.containers[index].image
    }
    for index in fixed.initContainers.indices {
      fixed.initContainers[index].image = old.initContainers[index].image
    }
    fixed.activeDeadlineSeconds = old.activeDeadlineSeconds
    fixed.schedulingGates = old.schedulingGates
    fixed.tolerations = old.tolerations
    if old.terminationGracePeriodSeconds ?? 0 < 0, fixed.terminationGracePeriodSeconds == 1 {
      fixed.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds
    }
    return fixed
  }

  // MARK: - Gated pods

  /// While gates hold a pod back, where it may go can be narrowed.
  private static func checkGated(
    _ fixed: inout PodSpec, _ old: PodSpec, _ errors: inout FieldErrors
  ) {
    for (key, value) in old.nodeSelector where fixed.nodeSelector[key] != value {
      errors.invalid(
        path.child("nodeSelector"), fixed.nodeSelector,
        "only additions to spec.nodeSelector are allowed (no mutations or deletions)")
      break
    }
    fixed.nodeSelector = old.nodeSelector
    let affinity = (new: fixed.affinity?.nodeAffinity, old: old.affinity?.nodeAffinity)
    guard affinity.new != affinity.old else { return }
    errors.add(nodeAffinity(affinity.new, affinity.old))
    var restored = fixed.affinity ?? Affinity()
    restored.nodeAffinity = affinity.old
    fixed.affinity = restored == Affinity() && old.affinity == nil ? nil : restored
  }

  private static func nodeAffinity(_ new: NodeAffinity?, _ old: NodeAffinity?) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("affinity", "nodeAffinity")
      .child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    let before =
      old?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
    // With no terms before, every term narrows.
    guard !before.isEmpty else { return [] }
    let after = new?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
    guard before.count == after.count else {
      errors.invalid(
        place, after.map(\.json),
        "no additions/deletions to non-empty NodeSelectorTerms list are allowed")
      return errors.all
    }
    for (index, (one, two)) in zip(before, after).enumerated() {
      let isKept =
        two.matchExpressions.starts(with: one.matchExpressions)
        && two.matchFields.starts(with: one.matchFields)
        && (one != NodeSelectorTerm() || two == one)
      if !isKept {
        errors.invalid(
          place.index(index), GoDump(two), "only additions are allowed (no mutations or deletions)")
      }
    }
    return errors.all
  }

  // MARK: - Ephemeral containers

  /// Ephemeral containers are only ever added.
  ///
  /// Follows `ValidatePodEphemeralContainersUpdate`.
  static func validateEphemeralContainers(_ new: Pod, from old: Pod) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(PodValidation.metadataAndSpec(new))
    let place = path.child("ephemeralContainers")
    if old.metadata.annotations["kubernetes.io/config.mirror"] != nil {
      errors.forbidden(FieldPath(""), "static pods do not support ephemeral containers")
    }
    for container in old.spec.ephemeralContainers {
      let name = GoText.quoted(container.name)
      guard let kept = new.spec.ephemeralContainers.first(where: { $0.name == container.name })
      else {
        errors.forbidden(place, "existing ephemeral containers \(name) may not be removed\n")
        continue
      }
      if kept != container {
        errors.forbidden(place, "existing ephemeral containers \(name) may not be changed\n")
      }
    }
    return errors.all
  }

  // MARK: - Status

  static func validateStatus(_ new: Pod, from old: Pod) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(
      PodValidation.annotationUpdate(new.metadata.annotations, from: old.metadata.annotations))
    errors.add(conditions(new.status.conditions, old.status.conditions))
    let nominated = new.status.nominatedNodeName
    if nominated != old.status.nominatedNodeName, !nominated.isEmpty {
      errors.invalid(
        status.child("nominatedNodeName"), nominated, NameFormat.subdomain(nominated))
    }
    errors.add(
      TemplateValidation.immutable(
        new.status.qosClass, old.status.qosClass, at: status.child("qosClass")))
    errors.add(transitions(new, old))
    return errors.all
  }

  /// The types of conditions that were not there before are names.
  private static func conditions(_ new: [PodCondition], _ old: [PodCondition]) -> [FieldError] {
    var errors = FieldErrors()
    for index in new.indices {
      // Conditions mostly stay where they are.
      if index < old.count, old[index].type == new[index].type { continue }
      let type = new[index].type
      if old.contains(where: { $0.type == type }) { continue }
      errors.invalid(
        FieldPath("metadata").child("conditions").index(index).child("Type"), type.rawValue,
        NameFormat.qualifiedName(type.rawValue))
    }
    return errors.all
  }

  /// A container that is over for good does not come back.
  private static func transitions(_ new: Pod, _ old: Pod) -> [FieldError] {
    var errors = FieldErrors()
    func check(
      _ field: String, _ after: [ContainerStatus], _ before: [ContainerStatus],
      mayRestart: (ContainerStatus) -> Bool
    ) {
      // Whether it may is asked only of what does.
      for index in before.indices
      where comesBack(before[index], in: after) && !mayRestart(before[index]) {
        errors.forbidden(
          status.child(field).index(index).child("state"),
          "may not be transitioned to non-terminated state")
      }
    }
    check("containerStatuses", new.status.containerStatuses, old.status.containerStatuses) {
      mayRestart($0, of: old.spec.containers, old)
    }
    check(
      "initContainerStatuses", new.status.initContainerStatuses, old.status.initContainerStatuses
    ) { mayRestart($0, of: old.spec.initContainers, old) }
    check(
      "ephemeralContainerStatuses", new.status.ephemeralContainerStatuses,
      old.status.ephemeralContainerStatuses
    ) { _ in false }
    return errors.all
  }

  private static func comesBack(_ status: ContainerStatus, in after: [ContainerStatus]) -> Bool {
    !status.state.$terminated.isNil
      && after.contains { $0.name == status.name && $0.state.$terminated.isNil }
  }

  private static func mayRestart(
    _ status: ContainerStatus, of containers: [Container], _ pod: Pod
  ) -> Bool {
    if pod.spec.restartPolicy == .always { return true }
    let container = containers.first { $0.name == status.name }
    if container?.restartPolicyRules.isEmpty == false { return true }
    // Where one container can have all start anew, none is over for good.
    func restartsAll(_ container: Container) -> Bool {
      container.restartPolicyRules.contains { $0.action == .restartAllContainers }
    }
    if pod.spec.containers.contains(where: restartsAll)
      || pod.spec.initContainers.contains(where: restartsAll)
    {
      return true
    }
    let failed = status.state.terminated?.exitCode != 0
    switch container?.restartPolicy?.rawValue ?? pod.spec.restartPolicy.rawValue {
    case "Always": return true
    case "OnFailure": return failed
    default: return pod.spec.restartPolicy == .onFailure && failed
    }
  }
}
