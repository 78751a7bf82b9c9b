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
    let about = self.involvedObject
    let kind = about.kind.lowercased()
    let object = about.name.isEmpty ? kind : kind + "/" + about.name
    return [
      .text(lastSeen(at: now)), .text(self.type.rawValue), .text(self.reason), .text(object),
      .text(about.fieldPath), .text(sourceText), .text(self.message.trimmed),
      .text(firstSeen(at: now)), .number(self.series?.count ?? max(1, self.count)), nameCell,
    ]
  }

  /// When it was last seen: that of the series, the last time, the first time, the event's time.
  private func lastSeen(at now: MicroTime) -> String {
    if let series = self.series { return HumanDuration.since(series.lastObservedTime, at: now) }
    if let lastTimestamp = self.lastTimestamp { return HumanDuration.since(lastTimestamp, at: now) }
    return firstSeen(at: now)
  }

  private func firstSeen(at now: MicroTime) -> String {
    self.firstTimestamp.map { HumanDuration.since($0, at: now) }
      ?? HumanDuration.since(self.eventTime, at: now)
  }

  private var sourceText: String {
    let source = self.source
    let component = source.component.isEmpty ? self.reportingComponent : source.component
    let host = source.host.isEmpty ? self.reportingInstance : source.host
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
