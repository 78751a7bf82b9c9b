import KubeModel

/// What the server does to a CronJob.
///
/// Follows `pkg/apis/batch/v1/defaults.go`, `pkg/registry/batch/cronjob/strategy.go` and
/// `pkg/apis/batch/validation` (v1.36).
public struct CronJobRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout CronJob) {
    var spec = object.spec
    PodDefaults.setTemplate(&spec.jobTemplate.spec.template)
    if spec.concurrencyPolicy.isEmpty { spec.concurrencyPolicy = .allow }
    if spec.suspend == nil { spec.suspend = false }
    if spec.successfulJobsHistoryLimit == nil { spec.successfulJobsHistoryLimit = 3 }
    if spec.failedJobsHistoryLimit == nil { spec.failedJobsHistoryLimit = 1 }
    if spec != object.spec { object.spec = spec }
  }

  public func prepareForCreate(_ object: inout CronJob) {
    object.start()
    if object.spec.jobTemplate.spec.template.spec.serviceAccount
      != object.spec.jobTemplate.spec.template.spec.serviceAccountName
    {
      PodDefaults.agreeOnServiceAccount(&object.spec.jobTemplate.spec.template)
    }
  }

  public func prepareForUpdate(_ new: inout CronJob, from old: CronJob) {
    if new.spec.jobTemplate.spec.template.spec.serviceAccount
      != new.spec.jobTemplate.spec.template.spec.serviceAccountName
    {
      PodDefaults.agreeOnServiceAccount(&new.spec.jobTemplate.spec.template)
    }
    new.$status = old.$status
    new.countGeneration(from: old, changed: new.$spec != old.$spec)
  }

  public func validate(_ object: CronJob) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    errors.add(validate(object.spec, from: nil))
    // Eleven characters are kept for the names of its jobs.
    if object.metadata.name.utf8.count > 52 {
      errors.invalid(
        FieldPath("metadata").child("name"), object.metadata.name,
        "must be no more than 52 characters")
    }
    return errors.all
  }

  public func validateUpdate(_ new: CronJob, from old: CronJob) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
      + validate(new.spec, from: old.spec)
  }

  public func prepareForStatusUpdate(_ new: inout CronJob, from old: CronJob) {
    new.$spec = old.$spec
  }

  public func validateStatusUpdate(_ new: CronJob, from old: CronJob) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
  }

  /// What an old object has already may stay: a zone in the schedule, a zone that is not known.
  private func validate(_ spec: CronJobSpec, from old: CronJobSpec?) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    if spec.schedule.isEmpty {
      errors.required(path.child("schedule"))
    } else {
      errors.add(
        ScheduleValidation.schedule(
          spec.schedule, mayNameZone: old?.schedule.contains("TZ") == true,
          timeZone: spec.timeZone, at: path.child("schedule")))
    }
    errors.negative(path.child("startingDeadlineSeconds"), spec.startingDeadlineSeconds ?? 0)
    if old == nil || old?.timeZone != spec.timeZone {
      errors.add(ScheduleValidation.timeZone(spec.timeZone, at: path.child("timeZone")))
    }
    let policies = ["Allow", "Forbid", "Replace"]
    let place = path.child("concurrencyPolicy")
    if spec.concurrencyPolicy.isEmpty {
      errors.required(place)
    } else if !policies.contains(spec.concurrencyPolicy.rawValue) {
      errors.notSupported(place, spec.concurrencyPolicy, policies)
    }
    errors.add(validate(spec.jobTemplate.spec, at: path.child("jobTemplate", "spec")))
    errors.negative(
      path.child("successfulJobsHistoryLimit"), spec.successfulJobsHistoryLimit ?? 0)
    errors.negative(path.child("failedJobsHistoryLimit"), spec.failedJobsHistoryLimit ?? 0)
    return errors.all
  }

  private func validate(_ job: JobSpec, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(JobValidation.spec(job, at: path))
    if let selector = job.selector {
      errors.invalid(path.child("selector"), selector, "`selector` will be auto-generated")
    }
    if let manual = job.manualSelector, manual {
      errors.notSupported(path.child("manualSelector"), manual, ["nil", "false"])
    }
    return errors.all
  }
}
