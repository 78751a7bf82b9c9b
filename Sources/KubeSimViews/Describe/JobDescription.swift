import KubeModel

// Follows   kubectl/pkg/describe, describeJob (v1.36)

extension Job: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "Selector:", (try? Selector(spec.selector))?.canonical ?? "")
    text.labelsAndAnnotations(self)
    text.controller(of: self)
    if let parallelism = spec.parallelism { text.line(0, "Parallelism:", "\(parallelism)") }
    text.line(0, "Completions:", spec.completions.orUnset)
    if let mode = spec.completionMode { text.line(0, "Completion Mode:", mode.rawValue) }
    if let suspend = spec.suspend { text.line(0, "Suspend:", "\(suspend)") }
    if let limit = spec.backoffLimit { text.line(0, "Backoff Limit:", "\(limit)") }
    if let seconds = spec.ttlSecondsAfterFinished {
      text.line(0, "TTL Seconds After Finished:", "\(seconds)")
    }
    describeTimes(&text)
    let ready = status.ready.map { " (\($0) Ready)" } ?? ""
    text.line(
      0, "Pods Statuses:",
      "\(status.active) Active\(ready) / \(status.succeeded) Succeeded / \(status.failed) Failed")
    if spec.completionMode == "Indexed" {
      text.line(0, "Completed Indexes:", Self.shortened(status.completedIndexes))
    }
    text.template(spec.template)
  }

  private func describeTimes(_ text: inout Description) {
    if let start = status.startTime { text.line(0, "Start Time:", start.longText) }
    if let end = status.completionTime { text.line(0, "Completed At:", end.longText) }
    if let start = status.startTime, let end = status.completionTime {
      text.line(0, "Duration:", HumanDuration.text(end - start))
    }
    if let seconds = spec.activeDeadlineSeconds {
      text.line(0, "Active Deadline Seconds:", "\(seconds)s")
    }
  }

  /// The list up to the first comma after 50 characters.
  private static func shortened(_ indexes: String) -> String {
    guard let comma = indexes.dropFirst(50).firstIndex(of: ",") else { return indexes.orNone }
    return indexes[...comma] + "..."
  }
}
