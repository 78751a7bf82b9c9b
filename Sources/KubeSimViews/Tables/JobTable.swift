import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printJob (v1.36)

extension Job: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Status", "Completions", "Duration", "Age"] + PodTemplateSpec.containerColumns
      + [.wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .text(statusText), .text(completionText), .text(durationText(at: now)),
      age(at: now),
    ] + spec.template.containerCells + [.text(LabelSelector.format(spec.selector))]
  }

  private var statusText: String {
    func has(_ type: JobConditionType) -> Bool {
      status.conditions.contains { $0.type == type && $0.status == .true }
    }
    if has("Complete") { return "Complete" }
    if has("Failed") { return "Failed" }
    if isBeingDeleted { return "Terminating" }
    for type in ["Suspended", "FailureTarget", "SuccessCriteriaMet"]
    where has(JobConditionType(rawValue: type)) {
      return type
    }
    return "Running"
  }

  private var completionText: String {
    if let completions = spec.completions { return "\(status.succeeded)/\(completions)" }
    if let parallelism = spec.parallelism, parallelism > 1 {
      return "\(status.succeeded)/1 of \(parallelism)"
    }
    return "\(status.succeeded)/1"
  }

  /// A failed Job has no completion time, so its duration goes on growing.
  private func durationText(at now: MicroTime) -> String {
    guard let start = status.startTime else { return "" }
    guard let end = status.completionTime else { return HumanDuration.since(start, at: now) }
    return HumanDuration.text(end - start)
  }
}
