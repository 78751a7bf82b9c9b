import KubeModel

/// Checks of what is asked of a persistent volume.
///
/// Follows `ValidatePersistentVolumeClaimSpec` of `pkg/apis/core/validation/validation.go` (v1.36).
enum ClaimValidation {
  static let accessModes = [
    "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod",
  ]

  static func spec(_ spec: PersistentVolumeClaimSpec, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if spec.accessModes.isEmpty {
      errors.required(place.child("accessModes"), "at least 1 access mode is required")
    }
    errors.add(LabelValidation.selector(spec.selector, at: place.child("selector")))
    errors.add(modes(spec.accessModes, at: place.child("accessModes")))
    let storage = place.child("resources").key("storage")
    if let size = spec.resources.requests["storage"] {
      if size.sign <= 0 {
        errors.invalid(storage, size.description, "must be greater than zero")
      } else {
        errors.add(ResourceNames.amountErrors("storage", size, at: storage))
      }
    } else {
      errors.required(storage)
    }
    if let name = spec.storageClassName, !name.isEmpty {
      errors.invalid(place.child("storageClassName"), name, NameFormat.subdomain(name))
    }
    if let mode = spec.volumeMode, !["Block", "Filesystem"].contains(mode.rawValue) {
      errors.notSupported(place.child("volumeMode"), mode, ["Block", "Filesystem"])
    }
    errors.add(sources(spec, at: place))
    if let name = spec.volumeAttributesClassName, !name.isEmpty {
      errors.invalid(place.child("volumeAttributesClassName"), name, NameFormat.subdomain(name))
    }
    return errors.all
  }

  private static func modes(
    _ modes: [PersistentVolumeAccessMode], at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    for mode in modes where !accessModes.contains(mode.rawValue) {
      errors.notSupported(place, mode, accessModes)
    }
    let known = modes.filter { accessModes.contains($0.rawValue) }
    if known.contains("ReadWriteOncePod"), known.contains(where: { $0 != "ReadWriteOncePod" }) {
      errors.forbidden(place, "may not use ReadWriteOncePod with other access modes")
    }
    return errors.all
  }

  private static func sources(
    _ spec: PersistentVolumeClaimSpec, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    func check(_ field: String, _ name: String, _ kind: String, _ group: String?) {
      let place = place.child(field)
      if name.isEmpty { errors.required(place.child("name")) }
      if kind.isEmpty { errors.required(place.child("kind")) }
      let group = group ?? ""
      if group.isEmpty, kind != "PersistentVolumeClaim" {
        errors.invalid(
          place, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")
      }
      if !group.isEmpty {
        errors.invalid(place.child("apiGroup"), group, NameFormat.subdomain(group))
      }
    }
    if let source = spec.dataSource {
      check("dataSource", source.name, source.kind, source.apiGroup)
    }
    guard let reference = spec.dataSourceRef else { return errors.all }
    check("dataSourceRef", reference.name, reference.kind, reference.apiGroup)
    guard let source = spec.dataSource else { return errors.all }
    // Upstream shows the path here, which has no visible parts.
    let nothing = JSONValue.object(JSONObject())
    if reference.namespace?.isEmpty == false {
      errors.invalid(
        place, nothing, "may not be specified when dataSourceRef.namespace is specified")
    } else if (source.apiGroup, source.kind, source.name)
      != (reference.apiGroup, reference.kind, reference.name)
    {
      errors.invalid(place, nothing, "must match dataSourceRef")
    }
    return errors.all
  }
}
