import KubeModel

/// What the server does to a Job.
///
/// Follows `pkg/apis/batch/v1/defaults.go`, `pkg/registry/batch/job/strategy.go` and
/// `pkg/apis/batch/validation` (v1.36).
public struct JobRules: KindRules {
  public init() {}

  public var defaultPropagation: DeletionPropagation { .orphan }

  public func setDefaults(_ object: inout Job) {
    var spec = object.spec
    PodDefaults.setTemplate(&spec.template)
    if spec.completions == nil, spec.parallelism == nil {
      spec.completions = 1
      spec.parallelism = 1
    }
    if spec.parallelism == nil { spec.parallelism = 1 }
    if spec.backoffLimit == nil {
      spec.backoffLimit = spec.backoffLimitPerIndex == nil ? 6 : Int32.max
    }
    if spec.completionMode == nil { spec.completionMode = .nonIndexed }
    if spec.suspend == nil { spec.suspend = false }
    if spec.manualSelector == nil { spec.manualSelector = false }
    for rule in spec.podFailurePolicy?.rules.indices ?? 0..<0 {
      for pattern in spec.podFailurePolicy?.rules[rule].onPodConditions.indices ?? 0..<0
      where spec.podFailurePolicy?.rules[rule].onPodConditions[pattern].status.isEmpty == true {
        spec.podFailurePolicy?.rules[rule].onPodConditions[pattern].status = .true
      }
    }
    if spec.podReplacementPolicy == nil {
      spec.podReplacementPolicy = spec.podFailurePolicy == nil ? .terminatingOrFailed : .failed
    }
    if object.metadata.labels.isEmpty, !spec.template.metadata.labels.isEmpty {
      object.metadata.labels = spec.template.metadata.labels
      // A job that takes over its template's labels shares one map with it upstream, so the labels
      // that are generated for the template become the job's own as well.
      if !object.metadata.uid.isEmpty, spec.manualSelector != true {
        object.metadata.labels.merge(Self.labels(of: object.metadata))
      }
    }
    if spec != object.spec { object.spec = spec }
  }

  /// The labels by which a job knows its pods, in their names of old and of today.
  private static func labels(of metadata: ObjectMeta) -> StringMap<String> {
    let uid = metadata.uid.description
    return [
      "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": metadata.name,
      "controller-uid": uid, "job-name": metadata.name,
    ]
  }

  public func prepareForCreate(_ object: inout Job) {
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
    object.start()
    guard object.spec.manualSelector != true else { return }
    object.spec.template.metadata.labels.merge(Self.labels(of: object.metadata))
    var selector = object.spec.selector ?? LabelSelector()
    let key = "batch.kubernetes.io/controller-uid"
    if selector.matchLabels[key] == nil {
      selector.matchLabels[key] = object.metadata.uid.description
    }
    object.spec.selector = selector
  }

  public func prepareForUpdate(_ new: inout Job, from old: Job) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.keepStatus(of: old)
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  public func validate(_ object: Job) -> [FieldError] {
    var errors = FieldErrors()
    let metadata = FieldPath("metadata")
    errors.add(MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    errors.add(generatedSelector(object))
    errors.add(JobValidation.wholeSpec(object.spec, at: FieldPath("spec")))
    if object.spec.completionMode == .indexed, let completions = object.spec.completions,
      completions > 0
    {
      let host = "\(object.metadata.name)-\(completions - 1)"
      for message in NameFormat.label(host) {
        errors.invalid(
          metadata.child("name"), object.metadata.name,
          "will not able to create pod with invalid DNS label \(GoText.quoted(host)): \(message)")
      }
    }
    return errors.all
  }

  private func generatedSelector(_ object: Job) -> [FieldError] {
    var errors = FieldErrors()
    guard object.spec.manualSelector != true, object.spec.selector != nil else { return [] }
    let expected = Self.labels(of: object.metadata)
    let place = FieldPath("spec").child("template", "metadata").child("labels")
    let labels = object.spec.template.metadata.labels
    for key in [
      "controller-uid", "job-name", "batch.kubernetes.io/controller-uid",
      "batch.kubernetes.io/job-name",
    ] {
      guard let value = expected[key] else { continue }
      if labels[key] == nil {
        errors.required(place.key(key), "must be '\(value)'")
      } else if labels[key] != value {
        errors.invalid(place.key(key), labels, "must be '\(value)'")
      }
    }
    if let selector = try? Selector(object.spec.selector), !selector.matches(expected) {
      errors.invalid(
        FieldPath("spec").child("selector"), object.spec.selector, "`selector` not auto-generated")
    }
    return errors.all
  }

  public func validateUpdate(_ new: Job, from old: Job) -> [FieldError] {
    validate(new) + MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + JobValidation.update(new, from: old)
  }

  public func prepareForStatusUpdate(_ new: inout Job, from old: Job) {
    new.spec = old.spec
  }

  public func validateStatusUpdate(_ new: Job, from old: Job) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + JobStatusValidation.update(new, from: old)
  }
}
