import KubeModel

/// What the server does to a Namespace.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/namespace/strategy.go` and
/// `pkg/apis/core/validation` (v1.36).
public struct NamespaceRules: KindRules {
  public init() {}

  private static let nameLabel = "kubernetes.io/metadata.name"

  public func setDefaults(_ object: inout Namespace) {
    if !object.metadata.name.isEmpty,
      object.metadata.labels[Self.nameLabel] != object.metadata.name
    {
      object.metadata.labels[Self.nameLabel] = object.metadata.name
    }
    if object.status.phase.isEmpty { object.status.phase = .active }
  }

  public func prepareForCreate(_ object: inout Namespace) {
    if object.metadata.labels[Self.nameLabel] != object.metadata.name {
      object.metadata.labels[Self.nameLabel] = object.metadata.name
    }
    object.status = NamespaceStatus()
    object.status.phase = .active
    if !object.spec.finalizers.contains("kubernetes") {
      object.spec.finalizers.append("kubernetes")
    }
  }

  /// What holds a namespace back is taken away only once it is being deleted, and nothing is added.
  /// Upstream has a subresource of its own for it, `finalize`.
  public func prepareForUpdate(_ new: inout Namespace, from old: Namespace) {
    let kept = new.spec.finalizers
    new.spec.finalizers = old.spec.finalizers
    if old.isBeingDeleted { new.spec.finalizers.removeAll { !kept.contains($0) } }
    new.keepStatus(of: old)
  }

  public func validate(_ object: Namespace) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validate(object.metadata, isNamespaced: false, name: .label))
    let place = FieldPath("spec").child("finalizers")
    for finalizer in object.spec.finalizers {
      errors.invalid(place, finalizer, NameFormat.qualifiedName(finalizer))
    }
    return errors.all
  }

  public func validateStatusUpdate(_ new: Namespace, from old: Namespace) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    let place = FieldPath("status").child("Phase")
    if new.isBeingDeleted, new.status.phase != .terminating {
      errors.invalid(
        place, new.status.phase,
        "may only be 'Terminating' if `deletionTimestamp` is not empty")
    } else if !new.isBeingDeleted, new.status.phase != .active {
      errors.invalid(
        place, new.status.phase, "may only be 'Active' if `deletionTimestamp` is empty")
    }
    return errors.all
  }
}
