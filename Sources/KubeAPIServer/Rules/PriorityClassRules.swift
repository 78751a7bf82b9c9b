import KubeModel

/// What the server does to a PriorityClass.
///
/// Follows `pkg/apis/scheduling/v1/defaults.go`,
/// `pkg/registry/scheduling/priorityclass/strategy.go` and `pkg/apis/scheduling/validation`
/// (v1.36).
public struct PriorityClassRules: KindRules {
  public init() {}

  private static let highestOfUsers: Int32 = 1_000_000_000
  private static let system: [(name: String, value: Int32)] = [
    ("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000),
  ]

  public func setDefaults(_ object: inout PriorityClass) {
    if object.preemptionPolicy == nil { object.preemptionPolicy = .preemptLowerPriority }
  }

  public func prepareForCreate(_ object: inout PriorityClass) { object.metadata.generation = 1 }

  public func validate(_ object: PriorityClass) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: false, name: .subdomain))
    if object.metadata.name.hasPrefix("system-") {
      if let reason = systemError(object) {
        errors.forbidden(
          FieldPath("metadata").child("name"),
          "priority class names with 'system-' prefix are reserved for system use only. error: "
            + reason)
      }
    } else if object.value > Self.highestOfUsers {
      errors.forbidden(
        FieldPath("value"),
        "maximum allowed value of a user defined priority is \(Self.highestOfUsers)")
    }
    if let policy = object.preemptionPolicy {
      let known = ["PreemptLowerPriority", "Never"]
      if policy.isEmpty {
        errors.required(FieldPath("preemptionPolicy"))
      } else if !known.contains(policy.rawValue) {
        errors.notSupported(FieldPath("preemptionPolicy"), policy, known)
      }
    }
    return errors.all
  }

  private func systemError(_ object: PriorityClass) -> String? {
    let name = object.metadata.name
    guard let known = Self.system.first(where: { $0.name == name }) else {
      return "\(name) is not a known system priority class"
    }
    if object.value != known.value {
      return "value of \(name) PriorityClass must be \(known.value)"
    }
    if object.globalDefault { return "globalDefault of \(name) PriorityClass must be false" }
    return nil
  }

  public func validateUpdate(_ new: PriorityClass, from old: PriorityClass) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    if new.value != old.value {
      errors.forbidden(FieldPath("value"), "may not be changed in an update.")
    }
    errors.add(
      TemplateValidation.immutable(
        new.preemptionPolicy, old.preemptionPolicy, at: FieldPath("preemptionPolicy")))
    return errors.all
  }
}
