import KubeModel

// Follows   kubectl/pkg/describe, describeCronJob (v1.36)

extension CronJob: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "Schedule:", spec.schedule)
    text.line(0, "Concurrency Policy:", spec.concurrencyPolicy.rawValue)
    text.line(0, "Suspend:", spec.suspend.map { $0 ? "True" : "False" } ?? "<unset>")
    text.line(0, "Time Zone:", spec.timeZone.orUnset)
    text.line(0, "Successful Job History Limit:", spec.successfulJobsHistoryLimit.orUnset)
    text.line(0, "Failed Job History Limit:", spec.failedJobsHistoryLimit.orUnset)
    text.line(
      0, "Starting Deadline Seconds:", spec.startingDeadlineSeconds.map { "\($0)s" } ?? "<unset>")
    let jobs = spec.jobTemplate.spec
    let selector = jobs.selector.flatMap { try? Selector($0) }?.canonical
    text.line(0, "Selector:", selector.orUnset)
    text.line(0, "Parallelism:", jobs.parallelism.orUnset)
    text.line(0, "Completions:", jobs.completions.orUnset)
    if let seconds = jobs.activeDeadlineSeconds {
      text.line(0, "Active Deadline Seconds:", "\(seconds)s")
    }
    text.template(jobs.template)
    text.line(0, "Last Schedule Time:", status.lastScheduleTime?.longText ?? "<unset>")
    text.line(0, "Active Jobs:", status.active.map(\.name).joined(separator: ", ").orNone)
  }
}
