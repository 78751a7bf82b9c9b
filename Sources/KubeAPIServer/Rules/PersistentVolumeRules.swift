import KubeModel

/// What the server does to a PersistentVolume.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/persistentvolume/strategy.go` and
/// `pkg/apis/core/validation` (v1.36). Of the many sources only those are looked into that a
/// simulated node mounts.
public struct PersistentVolumeRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout PersistentVolume) {
    var spec = object.spec
    if spec.persistentVolumeReclaimPolicy.isEmpty { spec.persistentVolumeReclaimPolicy = .retain }
    if spec.volumeMode == nil { spec.volumeMode = .filesystem }
    if spec.hostPath != nil, spec.hostPath?.type == nil { spec.hostPath?.type = "" }
    spec.capacity = PodDefaults.rounded(spec.capacity)
    if spec != object.spec { object.spec = spec }
    if object.status.phase.isEmpty { object.status.phase = .pending }
  }

  public func prepareForCreate(_ object: inout PersistentVolume) {
    object.status = PersistentVolumeStatus()
    object.status.phase = .pending
    object.status.lastPhaseTransitionTime = object.metadata.creationTimestamp
  }

  public func prepareForUpdate(_ new: inout PersistentVolume, from old: PersistentVolume) {
    new.keepStatus(of: old)
  }

  public func validate(_ object: PersistentVolume) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: false, name: .subdomain)
      + validate(object.spec)
  }

  public func validateUpdate(
    _ new: PersistentVolume, from old: PersistentVolume
  ) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(validate(new))
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    var (source, before) = (new.spec, old.spec)
    source.clearAllButSource()
    before.clearAllButSource()
    if source != before {
      errors.forbidden(
        FieldPath("spec").child("persistentvolumesource"),
        "spec.persistentvolumesource is immutable after creation\n"
          + GoDump.difference(from: before, to: source))
    }
    errors.add(
      TemplateValidation.immutable(
        new.spec.volumeMode, old.spec.volumeMode, at: FieldPath("volumeMode")))
    if old.spec.nodeAffinity != nil {
      errors.add(
        TemplateValidation.immutable(
          new.spec.nodeAffinity, old.spec.nodeAffinity, at: FieldPath("nodeAffinity")))
    }
    return errors.all
  }

  private func validate(_ spec: PersistentVolumeSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    if spec.accessModes.isEmpty { errors.required(path.child("accessModes")) }
    for mode in spec.accessModes where !ClaimValidation.accessModes.contains(mode.rawValue) {
      errors.notSupported(path.child("accessModes"), mode, ClaimValidation.accessModes)
    }
    let capacity = path.child("capacity")
    if spec.capacity.isEmpty { errors.required(capacity) }
    if !spec.capacity.isEmpty, spec.capacity["storage"] == nil || spec.capacity.count > 1 {
      errors.notSupported(capacity, spec.capacity, ["storage"])
    }
    for (name, amount) in spec.capacity {
      if amount.sign <= 0 {
        errors.invalid(capacity.key(name), amount.description, "must be greater than zero")
      }
    }
    let policies = ["Delete", "Recycle", "Retain"]
    if !policies.contains(spec.persistentVolumeReclaimPolicy.rawValue) {
      errors.notSupported(
        path.child("persistentVolumeReclaimPolicy"), spec.persistentVolumeReclaimPolicy, policies)
    }
    if let required = spec.nodeAffinity?.required {
      errors.add(
        NodeSelectorValidation.selector(
          required, at: path.child("nodeAffinity", "required")))
    } else if spec.nodeAffinity != nil {
      errors.required(
        path.child("nodeAffinity", "required"), "must specify required node constraints")
    }
    errors.add(source(spec, at: path))
    if !spec.storageClassName.isEmpty {
      errors.invalid(
        path.child("storageClassName"), spec.storageClassName,
        NameFormat.subdomain(spec.storageClassName))
    }
    if let mode = spec.volumeMode, !["Block", "Filesystem"].contains(mode.rawValue) {
      errors.notSupported(path.child("volumeMode"), mode, ["Block", "Filesystem"])
    }
    return errors.all
  }

  private func source(_ spec: PersistentVolumeSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if let source = spec.hostPath {
      errors.add(VolumeValidation.hostPath(source, at: path.child("hostPath")))
      if source.path == "/", spec.persistentVolumeReclaimPolicy == .recycle {
        errors.forbidden(
          path.child("persistentVolumeReclaimPolicy"),
          "may not be 'recycle' for a hostPath mount of '/'")
      }
    }
    if let source = spec.nfs { errors.add(VolumeValidation.nfs(source, at: path.child("nfs"))) }
    if let source = spec.local {
      let place = path.child("local", "path")
      if source.path.isEmpty { errors.required(place) }
      errors.add(PathValidation.noBacksteps(source.path, at: place))
      if spec.nodeAffinity == nil {
        errors.required(
          path.child("nodeAffinity"), "Local volume requires node affinity")
      }
    }
    if let source = spec.csi {
      errors.add(VolumeValidation.csiDriver(source.driver, at: path.child("csi", "driver")))
      if source.volumeHandle.isEmpty { errors.required(path.child("csi", "volumeHandle")) }
    }
    var source = spec
    source.clearAllButSource()
    if source == PersistentVolumeSpec() { errors.required(path, "must specify a volume type") }
    return errors.all
  }
}

extension PersistentVolumeSpec {
  /// Leaves the source of the volume alone.
  fileprivate mutating func clearAllButSource() {
    capacity = [:]
    accessModes = []
    claimRef = nil
    persistentVolumeReclaimPolicy = ""
    storageClassName = ""
    mountOptions = []
    volumeMode = nil
    nodeAffinity = nil
    volumeAttributesClassName = nil
  }
}
