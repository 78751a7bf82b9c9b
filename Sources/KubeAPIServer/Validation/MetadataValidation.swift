import KubeModel

/// Checks of what every object carries.
///
/// Follows `apimachinery/pkg/api/validation/objectmeta.go` and the additions of
/// `pkg/apis/core/validation` for finalizers (v1.36).
enum MetadataValidation {
  /// What a name must look like.
  enum NameRule: Sendable {
    case subdomain
    case label
    case pathSegment

    var check: NameFormat.Check {
      switch self {
      case .subdomain: NameFormat.subdomain
      case .label: NameFormat.label
      case .pathSegment: NameFormat.pathSegment
      }
    }
  }

  /// What is wrong with the metadata of a new object.
  ///
  /// - Complexity: Allocates only for what is wrong.
  static func validate(
    _ metadata: ObjectMeta, isNamespaced: Bool, name rule: NameRule,
    at path: FieldPath = FieldPath("metadata")
  ) -> [FieldError] {
    var errors = FieldErrors()
    let check = rule.check
    if !metadata.generateName.isEmpty {
      // As upstream, the name to which a suffix will be appended may end in a hyphen.
      let prefix = NameFormat.masked(metadata.generateName)
      errors.invalid(path.child("generateName"), metadata.generateName, check(prefix))
    }
    if metadata.name.isEmpty {
      errors.required(path.child("name"), "name or generateName is required")
    } else {
      errors.invalid(path.child("name"), metadata.name, check(metadata.name))
    }
    if isNamespaced {
      if metadata.namespace.isEmpty {
        errors.required(path.child("namespace"))
      } else {
        errors.invalid(
          path.child("namespace"), metadata.namespace, NameFormat.label(metadata.namespace))
      }
    } else if !metadata.namespace.isEmpty {
      errors.forbidden(path.child("namespace"), "not allowed on this type")
    }
    errors.add(common(metadata, path))
    errors.add(standardFinalizers(metadata, path))
    return errors.all
  }

  /// What is wrong with the metadata of a changed object.
  static func validateUpdate(
    _ new: ObjectMeta, from old: ObjectMeta, at path: FieldPath = FieldPath("metadata")
  ) -> [FieldError] {
    var errors = FieldErrors()
    if old.isBeingDeleted {
      let added = new.finalizers.filter { !old.finalizers.contains($0) }
      if !added.isEmpty {
        let list = added.sorted().map { GoText.quoted($0) }.joined(separator: ", ")
        errors.forbidden(
          path.child("finalizers"),
          "no new finalizers can be added if the object is being deleted, "
            + "found new finalizers []string{\(list)}")
      }
    }
    let immutable = "field is immutable"
    if new.name != old.name { errors.invalid(path.child("name"), new.name, immutable) }
    if new.namespace != old.namespace {
      errors.invalid(path.child("namespace"), new.namespace, immutable)
    }
    if new.uid != old.uid { errors.invalid(path.child("uid"), new.uid, immutable) }
    if new.deletionTimestamp != old.deletionTimestamp {
      errors.invalid(path.child("deletionTimestamp"), new.deletionTimestamp, immutable)
    }
    if new.deletionGracePeriodSeconds != old.deletionGracePeriodSeconds {
      errors.invalid(
        path.child("deletionGracePeriodSeconds"), new.deletionGracePeriodSeconds, immutable)
    }
    errors.add(common(new, path))
    errors.add(standardFinalizers(new, path))
    return errors.all
  }

  private static func common(_ metadata: ObjectMeta, _ path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if metadata.generation < 0 {
      errors.invalid(
        path.child("generation"), metadata.generation, "must be greater than or equal to 0")
    }
    errors.add(LabelValidation.labels(metadata.labels, at: path.child("labels")))
    if !metadata.annotations.isEmpty {
      errors.add(LabelValidation.annotations(metadata.annotations, at: path.child("annotations")))
    }
    if !metadata.ownerReferences.isEmpty {
      errors.add(owners(metadata.ownerReferences, at: path.child("ownerReferences")))
    }
    if !metadata.finalizers.isEmpty {
      errors.add(finalizers(metadata.finalizers, at: path.child("finalizers")))
    }
    return errors.all
  }

  private static func owners(_ references: [OwnerReference], at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    var controller: OwnerReference?
    for reference in references {
      let group = reference.apiVersion.split(separator: "/", omittingEmptySubsequences: false)
      if group.last?.isEmpty ?? true {
        errors.invalid(path.child("apiVersion"), reference.apiVersion, "version must not be empty")
      }
      if reference.kind.isEmpty {
        errors.invalid(path.child("kind"), reference.kind, "must not be empty")
      }
      if reference.name.isEmpty {
        errors.invalid(path.child("name"), reference.name, "must not be empty")
      }
      if reference.uid.isEmpty {
        errors.invalid(path.child("uid"), reference.uid, "must not be empty")
      }
      if reference.apiVersion == "v1", reference.kind == "Event" {
        errors.invalid(path, reference, "v1, Kind=Event is disallowed from being an owner")
      }
      guard reference.controller == true else { continue }
      if let first = controller {
        errors.invalid(
          path, references,
          "Only one reference can have Controller set to true. Found \"true\" in references for "
            + "\(first.kind)/\(first.name) and \(reference.kind)/\(reference.name)")
      } else {
        controller = reference
      }
    }
    return errors.all
  }

  private static func finalizers(_ finalizers: [String], at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for finalizer in finalizers {
      errors.invalid(path, finalizer, NameFormat.qualifiedName(finalizer))
    }
    if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
      errors.invalid(path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set")
    }
    return errors.all
  }

  /// A finalizer without a domain must be one of upstream's own.
  private static func standardFinalizers(
    _ metadata: ObjectMeta, _ path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    for (index, finalizer) in metadata.finalizers.enumerated()
    where !finalizer.utf8.contains(UInt8(ascii: "/"))
      && !["kubernetes", "orphan", "foregroundDeletion"].contains(finalizer)
    {
      errors.invalid(
        path.child("finalizers").index(index), finalizer,
        "name is neither a standard finalizer name nor is it fully qualified")
    }
    return errors.all
  }
}
