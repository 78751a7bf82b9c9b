import KubeModel

/// What a resize of a pod may change.
///
/// Follows `ValidatePodResize` of `pkg/apis/core/validation/validation.go` and the resize strategy of
/// `pkg/registry/core/pod/strategy.go` (v1.36). Left out: resources of the pod as a whole.
enum PodResizeValidation {
  private static let path = FieldPath("spec")

  /// Takes over the resources and resize policies of containers of the same place and name.
  static func take(_ asked: PodSpec, into spec: inout PodSpec) {
    func take(_ asked: [Container], into containers: inout [Container]) {
      for index in containers.indices
      where index < asked.count && asked[index].name == containers[index].name {
        containers[index].resources = asked[index].resources
        containers[index].resizePolicy = asked[index].resizePolicy
      }
    }
    take(asked.initContainers, into: &spec.initContainers)
    take(asked.containers, into: &spec.containers)
  }

  /// - Parameters:
  ///   - asked: The spec in the request.
  ///   - new: The pod as it would be.
  static func validate(_ asked: PodSpec, giving new: Pod, from old: Pod) -> [FieldError] {
    var errors = FieldErrors()
    if old.metadata.annotations["kubernetes.io/config.mirror"] != nil {
      errors.forbidden(FieldPath(""), "static pods cannot be resized")
      return errors.all
    }
    if old.spec.os?.name.rawValue == "windows" {
      errors.forbidden(FieldPath(""), "windows pods cannot be resized")
      return errors.all
    }
    errors.add(PodValidation.metadataAndSpec(new))
    if new.spec.qosClass != old.status.qosClass {
      errors.invalid(
        path, old.status.qosClass.rawValue,
        "Pod QOS Class may not change as a result of resizing")
    }
    checkOrder(asked.containers, old.spec.containers, "containers", &errors)
    checkOrder(asked.initContainers, old.spec.initContainers, "initContainers", &errors)
    if !errors.isEmpty { return errors.all }
    check(new.spec.initContainers, old.spec.initContainers, "initContainers", &errors)
    check(new.spec.containers, old.spec.containers, "containers", &errors)
    return errors.all
  }

  private static func checkOrder(
    _ new: [Container], _ old: [Container], _ field: String, _ errors: inout FieldErrors
  ) {
    let list = path.child(field)
    guard new.count == old.count else {
      errors.forbidden(list, "\(field) may not be added or removed on resize")
      return
    }
    for index in old.indices where new[index].name != old[index].name {
      errors.forbidden(
        list.index(index).child("name"), "\(field) may not be renamed or reordered on resize")
    }
  }

  private static func check(
    _ new: [Container], _ old: [Container], _ field: String, _ errors: inout FieldErrors
  ) {
    for index in old.indices {
      let place = path.child(field).index(index)
      let (after, before) = (new[index].resources, old[index].resources)
      for (name, one, two) in [
        ("requests", after.requests, before.requests), ("limits", after.limits, before.limits),
      ] where two.contains(where: { one[$0.key] == nil }) {
        errors.forbidden(
          place.child("resources").child(name), "resource \(name) cannot be removed")
      }
      let isInit = field == "initContainers"
      if others(after) != others(before) {
        errors.forbidden(
          isInit ? place : path,
          isInit
            ? "only cpu and memory resources for init or sidecar containers are mutable"
            : "only cpu and memory resources are mutable")
      }
      if isInit, after != before, !old[index].isSidecar,
        old[index].resizePolicy.contains(where: { $0.restartPolicy == .restartContainer })
      {
        errors.forbidden(
          place,
          "non-sidecar init containers with a resize policy of RestartContainer cannot be resized")
      }
    }
  }

  /// What must stay: all but cpu and memory.
  private static func others(_ resources: ResourceRequirements) -> ResourceRequirements {
    var rest = resources
    for name in [ResourceName.cpu, ResourceName.memory] {
      rest.requests[name] = nil
      rest.limits[name] = nil
    }
    return rest
  }
}
