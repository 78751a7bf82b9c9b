import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printEvent (v1.36)

extension Event: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Last Seen", "Type", "Reason", "Object", .wide("Subobject"), .wide("Source"), "Message",
      .wide("First Seen"), .wide("Count"), .wide("Name"),
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let kind = involvedObject.kind.lowercased()
    let object = involvedObject.name.isEmpty ? kind : kind + "/" + involvedObject.name
    return [
      .text(lastSeen(at: now)), .text(type.rawValue), .text(reason), .text(object),
      .text(involvedObject.fieldPath), .text(sourceText), .text(message.trimmed),
      .text(firstSeen(at: now)), .number(series?.count ?? max(1, count)), nameCell,
    ]
  }

  /// When it was last seen: that of the series, the last time, the first time, the event's time.
  private func lastSeen(at now: MicroTime) -> String {
    if let series { return HumanDuration.since(series.lastObservedTime, at: now) }
    if let lastTimestamp { return HumanDuration.since(lastTimestamp, at: now) }
    return firstSeen(at: now)
  }

  private func firstSeen(at now: MicroTime) -> String {
    firstTimestamp.map { HumanDuration.since($0, at: now) }
      ?? HumanDuration.since(eventTime, at: now)
  }

  private var sourceText: String {
    let component = source.component.isEmpty ? reportingComponent : source.component
    let host = source.host.isEmpty ? reportingInstance : source.host
    return host.isEmpty ? component : "\(component), \(host)"
  }
}

extension String {
  /// The text without white space around it.
  var trimmed: String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
