import KubeModel
import SimulationKernel

/// The text that `kubectl describe` prints, while it is being written: lines of cells, indented by
/// level, whose columns are aligned at the end.
public struct Description {
  private var aligned = ""
  private var pending = ""

  /// When it is described; ages count from here.
  public let now: MicroTime

  /// Nothing yet.
  public init(at now: MicroTime) { self.now = now }

  /// Adds a line of cells, two blanks deeper for each level.
  public mutating func line(_ level: Int = 0, _ cells: String...) {
    pending += String(repeating: "  ", count: level) + cells.joined(separator: "\t") + "\n"
  }

  /// Ends the block whose columns are aligned with each other.
  mutating func endBlock() {
    aligned += TabbedText.descriptions.aligned(pending)
    pending = ""
  }

  /// The text so far with its tabs, for what kubectl does not align.
  var unaligned: String { pending }

  /// The text so far.
  public var text: String { aligned + TabbedText.descriptions.aligned(pending) }
}

extension Description {
  /// `Title:` with one value a line under each other, `<none>` for none.
  mutating func list(_ level: Int = 0, _ title: String, _ values: [String]) {
    guard let first = values.first else { return line(level, title + ":", "<none>") }
    line(level, title + ":", first)
    // Nothing stands below the title, not even its indentation.
    for value in values.dropFirst() { line(0, "", value) }
  }

  /// `Title:` with `key=value` lines.
  mutating func labels(_ level: Int = 0, _ title: String, _ labels: StringMap<String>) {
    list(level, title, labels.map { "\($0.key)=\($0.value)" })
  }

  /// `Annotations:` with `key: value` lines; a long value, or one of many lines, is below its key.
  mutating func annotations(_ level: Int = 0, _ annotations: StringMap<String>) {
    let longest = 140
    var values: [String] = []
    for (key, value) in annotations where key != "kubectl.kubernetes.io/last-applied-configuration"
    {
      let value = value.hasSuffix("\n") ? String(value.dropLast()) : value
      if value.utf8.count + key.utf8.count + 2 <= longest, !value.contains("\n") {
        values.append("\(key): \(value)")
        continue
      }
      values.append(key + ":")
      for part in value.split(separator: "\n", omittingEmptySubsequences: false) {
        values.append("  " + (part.count > longest - 2 ? part.prefix(longest - 2) + "..." : part))
      }
    }
    list(level, "Annotations", values)
  }

  /// The lines with which most descriptions begin.
  mutating func nameAndNamespace(_ object: some APIObject) {
    line(0, "Name:", object.metadata.name)
    line(0, "Namespace:", object.metadata.namespace)
  }

  /// `Labels:` and `Annotations:`.
  mutating func labelsAndAnnotations(_ object: some APIObject) {
    labels(0, "Labels", object.metadata.labels)
    annotations(0, object.metadata.annotations)
  }

  /// `Controlled By:`, when a controller manages the object.
  mutating func controller(of object: some APIObject) {
    guard let owner = object.metadata.controllerRef else { return }
    line(0, "Controlled By:", "\(owner.kind)/\(owner.name)")
  }

  /// `Conditions:` with type, status and reason.
  mutating func conditions(_ conditions: [(type: String, status: String, reason: String)]) {
    guard !conditions.isEmpty else { return }
    line(0, "Conditions:")
    line(1, "Type", "Status", "Reason")
    line(1, "----", "------", "------")
    for condition in conditions {
      line(1, condition.type + " ", condition.status, condition.reason)
    }
  }

  /// `Events:`, the earliest first.
  mutating func events(_ events: [Event]) {
    guard !events.isEmpty else { return line(0, "Events:", "<none>") }
    endBlock()
    line(0, "Events:")
    line(1, "Type", "Reason", "Age", "From", "Message")
    line(1, "----", "------", "----", "----", "-------")
    for event in events {
      let path = event.involvedObject.fieldPath
      line(
        1, event.type.rawValue, event.reason, ageText(event),
        event.source.component.isEmpty ? event.reportingComponent : event.source.component,
        (path.isEmpty ? "" : path + ": ") + event.message.trimmed)
    }
  }

  /// `40s`, or for one that came again `2s (x21 over 40s)`.
  private func ageText(_ event: Event) -> String {
    let first =
      event.eventTime.map { HumanDuration.since($0, at: now) }
      ?? HumanDuration.since(event.firstTimestamp, at: now)
    if let series = event.series {
      let last = HumanDuration.since(series.lastObservedTime, at: now)
      return "\(last) (x\(series.count) over \(first))"
    }
    guard event.count > 1 else { return first }
    let last = HumanDuration.since(event.lastTimestamp, at: now)
    return "\(last) (x\(event.count) over \(first))"
  }
}

extension Timestamp {
  /// `Sat, 21 Nov 2026 10:05:11 +0000`, as Go's RFC1123Z.
  var longText: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    // 1970 began on a Thursday.
    let day = unixSeconds >= 0 ? unixSeconds / 86400 : (unixSeconds - 86399) / 86400
    let text = description
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    return "\(days[Int((day % 7 + 7) % 7)]), \(text.dropFirst(8).prefix(2)) \(months[month - 1]) "
      + "\(text.prefix(4)) \(text.dropFirst(11).prefix(8)) +0000"
  }
}

extension Optional<Timestamp> {
  /// The time in words; Go's zero time when there is none.
  var longText: String { self?.longText ?? "Mon, 01 Jan 0001 00:00:00 +0000" }
}
