import KubeModel

/// Checks of the spec of a Job, of its own or in a CronJob.
///
/// Follows `pkg/apis/batch/validation/validation.go` (v1.36).
enum JobValidation {
  private static let limit: Int32 = 100_000
  private static let limitBeyond: Int32 = 10_000

  /// The spec of a Job, which has a selector.
  static func wholeSpec(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(Self.spec(spec, at: path))
    if let selector = spec.selector {
      errors.add(LabelValidation.selector(selector, at: path.child("selector")))
    } else {
      errors.required(path.child("selector"))
    }
    if let selector = try? Selector(spec.selector) {
      errors.add(TemplateValidation.match(selector, spec.template, at: path.child("template")))
    }
    return errors.all
  }

  /// What a Job and a CronJob's template must both obey.
  static func spec(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let numbers: [(String, Int64?)] = [
      ("parallelism", spec.parallelism.map(Int64.init)),
      ("completions", spec.completions.map(Int64.init)),
      ("activeDeadlineSeconds", spec.activeDeadlineSeconds),
      ("backoffLimit", spec.backoffLimit.map(Int64.init)),
      ("ttlSecondsAfterFinished", spec.ttlSecondsAfterFinished.map(Int64.init)),
      ("backoffLimitPerIndex", spec.backoffLimitPerIndex.map(Int64.init)),
      ("maxFailedIndexes", spec.maxFailedIndexes.map(Int64.init)),
    ]
    for case (let field, let number?) in numbers { errors.negative(path.child(field), number) }
    errors.add(managedBy(spec.managedBy, at: path.child("managedBy")))
    errors.add(completionMode(spec, at: path))
    if let policy = spec.podFailurePolicy {
      errors.add(JobPolicyValidation.failure(policy, spec, at: path.child("podFailurePolicy")))
    }
    if let policy = spec.successPolicy {
      let place = path.child("successPolicy")
      if spec.completionMode == .indexed {
        errors.add(JobPolicyValidation.success(policy, spec, at: place))
      } else {
        errors.invalid(place, GoDump(policy), "requires indexed completion mode")
      }
    }
    errors.add(replacement(spec, at: path.child("podReplacementPolicy")))
    errors.add(TemplateValidation.template(spec.template, at: path.child("template")))
    errors.add(restartPolicy(spec, at: path.child("template", "spec").child("restartPolicy")))
    return errors.all
  }

  private static func managedBy(_ name: String?, at place: FieldPath) -> [FieldError] {
    guard let name else { return [] }
    var errors = FieldErrors()
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count != 2 || parts[0].isEmpty || parts[1].isEmpty {
      if name.isEmpty {
        errors.required(place)
      } else {
        errors.invalid(
          place, name, "must be a domain-prefixed path (such as \"acme.io/foo\")")
      }
    } else {
      errors.invalid(place, name, NameFormat.subdomain(String(parts[0])))
    }
    if name.utf8.count > 63 { errors.tooLong(place, limit: 63) }
    return errors.all
  }

  private static func completionMode(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if let mode = spec.completionMode, mode != .indexed, mode != .nonIndexed {
      errors.notSupported(path.child("completionMode"), mode, ["Indexed", "NonIndexed"])
    }
    if spec.completionMode == .indexed {
      errors.add(indexed(spec, at: path))
    } else {
      let reason = "requires indexed completion mode"
      if let limit = spec.backoffLimitPerIndex {
        errors.invalid(path.child("backoffLimitPerIndex"), limit, reason)
      }
      if let most = spec.maxFailedIndexes {
        errors.invalid(path.child("maxFailedIndexes"), most, reason)
      }
    }
    return errors.all
  }

  private static func indexed(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let (failed, parallel) = (path.child("maxFailedIndexes"), path.child("parallelism"))
    if spec.completions == nil {
      errors.required(path.child("completions"), "when completion mode is Indexed")
    }
    if let parallelism = spec.parallelism, parallelism > limit {
      errors.invalid(
        parallel, parallelism,
        "must be less than or equal to \(limit) when completion mode is Indexed")
    }
    if let completions = spec.completions, let most = spec.maxFailedIndexes, most > completions {
      errors.invalid(failed, most, "must be less than or equal to completions")
    }
    if let most = spec.maxFailedIndexes, most > limit {
      errors.invalid(failed, most, "must be less than or equal to \(limit)")
    }
    if let completions = spec.completions, completions > limit, spec.backoffLimitPerIndex != nil {
      let reason =
        "when completions are above \(limit) and used with backoff limit per index"
      if spec.maxFailedIndexes == nil {
        errors.required(failed, "must be specified when completions is above \(limit)")
      }
      if let parallelism = spec.parallelism, parallelism > limitBeyond {
        errors.invalid(
          parallel, parallelism, "must be less than or equal to \(limitBeyond) \(reason)")
      }
      if let most = spec.maxFailedIndexes, most > limitBeyond {
        errors.invalid(failed, most, "must be less than or equal to \(limitBeyond) \(reason)")
      }
    }
    if spec.maxFailedIndexes != nil, spec.backoffLimitPerIndex == nil {
      errors.required(
        path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified")
    }
    return errors.all
  }

  private static func replacement(_ spec: JobSpec, at place: FieldPath) -> [FieldError] {
    guard let policy = spec.podReplacementPolicy else { return [] }
    var errors = FieldErrors()
    let known = spec.podFailurePolicy == nil ? ["Failed", "TerminatingOrFailed"] : ["Failed"]
    if !known.contains(policy.rawValue) { errors.notSupported(place, policy, known) }
    return errors.all
  }

  private static func restartPolicy(_ spec: JobSpec, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let policy = spec.template.spec.restartPolicy
    if policy.isEmpty || policy == .always {
      errors.required(place, "valid values: \"OnFailure\", \"Never\"")
    } else if policy != .onFailure, policy != .never {
      errors.notSupported(place, policy, ["OnFailure", "Never"])
    } else if spec.podFailurePolicy != nil, policy != .never {
      errors.invalid(
        place, policy, "only \"Never\" is supported when podFailurePolicy is specified")
    }
    return errors.all
  }

  // MARK: - Update

  /// What may not change once a job exists.
  static func update(_ new: Job, from old: Job) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    errors.add(completions(new.spec, old.spec, at: path.child("completions")))
    errors.add(
      TemplateValidation.immutable(
        new.spec.selector, old.spec.selector, at: path.child("selector")))
    errors.add(template(new.spec, old, at: path.child("template")))
    errors.add(
      TemplateValidation.immutable(
        new.spec.completionMode, old.spec.completionMode, at: path.child("completionMode")))
    errors.add(
      TemplateValidation.immutable(
        new.spec.podFailurePolicy, old.spec.podFailurePolicy, at: path.child("podFailurePolicy"),
        shown: dump(new.spec.podFailurePolicy)))
    errors.add(
      TemplateValidation.immutable(
        new.spec.backoffLimitPerIndex, old.spec.backoffLimitPerIndex,
        at: path.child("backoffLimitPerIndex"), shown: pointer(new.spec.backoffLimitPerIndex)))
    errors.add(
      TemplateValidation.immutable(
        new.spec.managedBy, old.spec.managedBy, at: path.child("managedBy"),
        shown: pointer(new.spec.managedBy)))
    errors.add(
      TemplateValidation.immutable(
        new.spec.successPolicy, old.spec.successPolicy, at: path.child("successPolicy"),
        shown: dump(new.spec.successPolicy)))
    return errors.all
  }

  private static func dump(_ value: (some APIValue)?) -> JSONValue {
    value.map { GoDump($0).json } ?? "null"
  }

  /// Go prints a nil pointer as the text "null".
  private static func pointer(_ value: (some JSONCodable)?) -> JSONValue {
    value?.json ?? "null"
  }

  /// An indexed job grows and shrinks by changing both numbers alike.
  private static func completions(
    _ new: JobSpec, _ old: JobSpec, at place: FieldPath
  ) -> [FieldError] {
    guard new.completions != old.completions else { return [] }
    var errors = FieldErrors()
    let shown = pointer(new.completions)
    if new.completionMode != .indexed {
      errors.invalid(place, shown, "field is immutable")
    } else if new.completions == nil {
      // The missing number is an error of its own.
    } else if new.completions != new.parallelism {
      errors.invalid(
        place, shown, "can only be modified in tandem with spec.parallelism")
    }
    return errors.all
  }

  /// Where a job's pods may run can change as long as it never ran, or is suspended and idle.
  private static func template(_ new: JobSpec, _ old: Job, at place: FieldPath) -> [FieldError] {
    var allowed = old.spec.template
    let isSuspended = old.status.conditions.contains {
      $0.type == "Suspended" && $0.status == .true
    }
    let neverStarted = old.status.startTime == nil
    if old.spec.suspend == true, neverStarted || (isSuspended && old.status.active == 0) {
      let wanted = new.template
      allowed.metadata.labels = wanted.metadata.labels
      allowed.metadata.annotations = wanted.metadata.annotations
      allowed.spec.nodeSelector = wanted.spec.nodeSelector
      allowed.spec.tolerations = wanted.spec.tolerations
      allowed.spec.schedulingGates = wanted.spec.schedulingGates
      var affinity = allowed.spec.affinity ?? Affinity()
      affinity.nodeAffinity = wanted.spec.affinity?.nodeAffinity
      let hasAffinity = allowed.spec.affinity != nil || affinity != Affinity()
      allowed.spec.affinity = hasAffinity ? affinity : nil
      if wanted.spec.affinity == nil, affinity == Affinity() { allowed.spec.affinity = nil }
      if wanted.spec.containers.count == allowed.spec.containers.count {
        for index in allowed.spec.containers.indices {
          allowed.spec.containers[index].resources = wanted.spec.containers[index].resources
        }
      }
    }
    return TemplateValidation.immutable(
      new.template, allowed, at: place, shown: GoDump(new.template).json)
  }
}
