import KubeModel

/// What the server does to a PersistentVolumeClaim.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/persistentvolumeclaim/strategy.go`
/// and `pkg/apis/core/validation` (v1.36). The older annotation for the storage class is not looked
/// at.
public struct PersistentVolumeClaimRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout PersistentVolumeClaim) {
    var spec = object.spec
    VolumeDefaults.setClaim(&spec)
    if spec != object.spec { object.spec = spec }
    if object.status.phase.isEmpty { object.status.phase = .pending }
  }

  public func prepareForCreate(_ object: inout PersistentVolumeClaim) {
    object.status = PersistentVolumeClaimStatus()
    object.status.phase = .pending
    var spec = object.spec
    // The older field takes claims and snapshots, and drops anything else in silence.
    if let source = spec.dataSource, spec.dataSourceRef == nil, !Self.isClaimOrSnapshot(source) {
      spec.dataSource = nil
    }
    // A source in the one field is written to the other as well.
    if let source = spec.dataSource, spec.dataSourceRef == nil {
      var reference = TypedObjectReference()
      (reference.apiGroup, reference.kind, reference.name) =
        (source.apiGroup, source.kind, source.name)
      spec.dataSourceRef = reference
    } else if let reference = spec.dataSourceRef, spec.dataSource == nil,
      reference.namespace?.isEmpty ?? true
    {
      var source = TypedLocalObjectReference()
      (source.apiGroup, source.kind, source.name) =
        (reference.apiGroup, reference.kind, reference.name)
      spec.dataSource = source
    }
    if spec != object.spec { object.spec = spec }
  }

  private static func isClaimOrSnapshot(_ source: TypedLocalObjectReference) -> Bool {
    switch source.apiGroup ?? "" {
    case "": return source.kind == "PersistentVolumeClaim"
    case "snapshot.storage.k8s.io": return source.kind == "VolumeSnapshot"
    default: return false
    }
  }

  public func prepareForUpdate(_ new: inout PersistentVolumeClaim, from old: PersistentVolumeClaim)
  {
    new.keepStatus(of: old)
  }

  public func validate(_ object: PersistentVolumeClaim) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain)
      + ClaimValidation.spec(object.spec, at: FieldPath("spec"))
  }

  public func validateUpdate(
    _ new: PersistentVolumeClaim, from old: PersistentVolumeClaim
  ) -> [FieldError] {
    var errors = FieldErrors()
    let path = FieldPath("spec")
    errors.add(validate(new))
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(immutable(new, old))
    let size = path.child("resources", "requests").child("storage")
    if let wanted = new.spec.resources.requests["storage"],
      wanted < old.spec.resources.requests["storage"] ?? .zero,
      wanted <= old.status.capacity["storage"] ?? .zero
    {
      errors.forbidden(size, "field can not be less than status.capacity")
    }
    errors.add(
      TemplateValidation.immutable(
        new.spec.volumeMode, old.spec.volumeMode, at: FieldPath("volumeMode")))
    if old.spec.volumeAttributesClassName != nil,
      new.spec.volumeAttributesClassName != old.spec.volumeAttributesClassName
    {
      let place = path.child("volumeAttributesClassName")
      if new.spec.volumeAttributesClassName == nil {
        errors.forbidden(place, "update from non-nil value to nil is forbidden")
      } else if new.spec.volumeAttributesClassName == "" {
        errors.forbidden(place, "update from non-nil value to an empty string is forbidden")
      }
    }
    return errors.all
  }

  /// A claim is bound once, gets its storage class once, and grows when it is bound.
  private func immutable(
    _ new: PersistentVolumeClaim, _ old: PersistentVolumeClaim
  ) -> [FieldError] {
    var fixed = new.spec
    var before = old.spec
    if before.volumeName.isEmpty { before.volumeName = fixed.volumeName }
    if before.storageClassName == nil { fixed.storageClassName = nil }
    if new.status.phase == .bound {
      if !fixed.resources.requests.isEmpty {
        fixed.resources.requests["storage"] = before.resources.requests["storage"]
      }
      if fixed.volumeAttributesClassName != nil {
        fixed.volumeAttributesClassName = before.volumeAttributesClassName
      }
    }
    guard fixed != before else { return [] }
    var errors = FieldErrors()
    errors.forbidden(
      FieldPath("spec"),
      "spec is immutable after creation except resources.requests and "
        + "volumeAttributesClassName for bound claims\n"
        + GoDump.difference(from: before, to: fixed))
    return errors.all
  }
}
