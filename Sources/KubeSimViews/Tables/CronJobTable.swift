import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printCronJob (v1.36)

extension CronJob: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age"]
      + PodTemplateSpec.containerColumns + [.wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let last = status.lastScheduleTime.map { HumanDuration.since($0, at: now) } ?? "<none>"
    let jobs = spec.jobTemplate.spec
    return [
      nameCell, .text(spec.schedule), .text(spec.timeZone ?? "<none>"),
      .text(spec.suspend.map { $0 ? "True" : "False" } ?? "<unset>"),
      .number(status.active.count), .text(last), age(at: now),
    ] + jobs.template.containerCells + [.text(LabelSelector.format(jobs.selector))]
  }
}
