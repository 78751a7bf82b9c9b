import KubeModel

/// Checks of a pod beside those of its spec.
///
/// Follows `pkg/apis/core/validation/validation.go` (v1.36).
enum PodValidation {
  static let annotationsPath = FieldPath("metadata").child("annotations")
  private static let mirror = "kubernetes.io/config.mirror"
  private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"

  /// Annotations that mean something to the server.
  static func annotations(
    _ annotations: StringMap<String>, nodeName: String? = nil, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    if let value = annotations[mirror], nodeName == "" {
      errors.invalid(
        place.key(mirror), value, "must set spec.nodeName if mirror pod annotation is set")
    }
    if let cost = annotations[deletionCost], !isDeletionCost(cost) {
      errors.invalid(place.key(deletionCost), cost, "must be a 32bit integer")
    }
    return errors.all
  }

  /// No plus sign and no leading zeros.
  private static func isDeletionCost(_ text: String) -> Bool {
    guard let number = Int32(text) else { return false }
    return String(number) == text
  }

  /// What an update may not do to the annotations of a pod.
  static func annotationUpdate(
    _ new: StringMap<String>, from old: StringMap<String>
  ) -> [FieldError] {
    if new == old { return [] }
    var errors = FieldErrors()
    let place = annotationsPath
    if old[mirror] != nil, old[mirror] != new[mirror] {
      errors.forbidden(place.key(mirror), "may not remove or update mirror pod annotation")
    } else if old[mirror] == nil, new[mirror] != nil {
      errors.forbidden(place.key(mirror), "may not add mirror pod annotation")
    }
    return errors.all
  }

  /// The checks that a pod's creation and its update share.
  static func metadataAndSpec(_ pod: Pod) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(pod.metadata, isNamespaced: true, name: .subdomain))
    errors.add(
      annotations(
        pod.metadata.annotations, nodeName: pod.spec.nodeName, at: annotationsPath))
    let path = FieldPath("spec")
    var validation = PodSpecValidation(spec: pod.spec, podName: pod.metadata.name, path: path)
    validation.checkPod()
    errors.add(validation.errors.all)
    return errors.all
  }
}

extension PodSpecValidation {
  /// A spec in a pod: what only a pod must obey comes after the rest.
  mutating func checkPod() {
    errors.add(Self.validate(spec, podName: podName, at: path))
    if spec.serviceAccountName.isEmpty {
      for (index, volume) in spec.volumes.enumerated() {
        for (position, source) in (volume.projected?.sources ?? []).enumerated()
        where source.serviceAccountToken != nil {
          let place = path.child("volumes").index(index).child("projected", "sources")
          errors.forbidden(
            place.index(position).child("serviceAccountToken"),
            "must not be specified when serviceAccountName is not set")
        }
      }
    }
    for (index, container) in spec.containers.enumerated() {
      checkImageSpaces(container, at: path.child("containers").index(index))
    }
    for (index, container) in spec.initContainers.enumerated() {
      checkImageSpaces(container, at: path.child("initContainers").index(index))
    }
  }
}
