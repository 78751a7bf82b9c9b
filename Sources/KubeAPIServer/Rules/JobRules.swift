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
    setDefaults(&spec)
    if spec != object.spec { object.spec = spec }
    adoptLabels(&object)
  }

  public func setDefaults(_ new: inout Job, over old: Job) {
    if new.$spec.sharesStorage(with: old.$spec) { adoptLabels(&new) } else { setDefaults(&new) }
  }

  private func setDefaults(_ spec: inout JobSpec) {
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
  }

  /// A job without labels takes over its template's.
  func adoptLabels(_ object: inout Job) {
    guard object.metadata.labels.isEmpty, !object.spec.template.metadata.labels.isEmpty else {
      return
    }
    object.metadata.labels = object.spec.template.metadata.labels
    // It shares one map with its template upstream, so the labels that are generated for the
    // template become the job's own as well.
    if !object.metadata.uid.isEmpty, object.spec.manualSelector != true {
      let (name, uid) = (object.metadata.name, object.metadata.uid)
      object.metadata.labels.label(ofJob: name, uid.description)
    }
  }

  public func prepareForCreate(_ object: inout Job) {
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
    object.start()
    guard object.spec.manualSelector != true else { return }
    object.spec.selectPods(ofJob: object.metadata.name, object.metadata.uid.description)
  }

  public func prepareForUpdate(_ new: inout Job, from old: Job) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.$status = old.$status
    new.countGeneration(from: old, changed: new.$spec != old.$spec)
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
    var expected = StringMap<String>()
    expected.label(ofJob: object.metadata.name, object.metadata.uid.description)
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
    // What shares the stored spec's storage has not changed it, and it was checked when stored.
    if new.$spec.sharesStorage(with: old.$spec) {
      return MetadataValidation.validate(new.metadata, isNamespaced: true, name: .subdomain)
        + MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
    }
    return validate(new) + MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + JobValidation.update(new, from: old)
  }

  public func prepareForStatusUpdate(_ new: inout Job, from old: Job) {
    new.$spec = old.$spec
  }

  public func validateStatusUpdate(_ new: Job, from old: Job) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(JobStatusValidation.update(new, from: old))
    return errors.all
  }
}

extension StringMap<String> {
  /// The labels by which a job knows its pods, in their names of old and of today.
  fileprivate mutating func label(ofJob name: String, _ uid: String) {
    reserveCapacity(count + 4)
    self["batch.kubernetes.io/controller-uid"] = uid
    self["batch.kubernetes.io/job-name"] = name
    self["controller-uid"] = uid
    self["job-name"] = name
  }
}

extension JobSpec {
  /// Labels the pods by their job, and selects them by its uid.
  fileprivate mutating func selectPods(ofJob name: String, _ uid: String) {
    template.metadata.labels.label(ofJob: name, uid)
    var wanted = selector ?? LabelSelector()
    let key = "batch.kubernetes.io/controller-uid"
    if wanted.matchLabels[key] == nil { wanted.matchLabels[key] = uid }
    selector = wanted
  }
}
