import SimulationKernel

/// Draws a timeline line by line.
struct TimelinePainter {
  private let timeline: Timeline
  private let scale: TimelineScale
  private let colour: Bool
  private let lanesPerSection: Int
  private let labelWidth: Int

  init(_ timeline: Timeline, scale: TimelineScale, colour: Bool, lanesPerSection: Int) {
    self.timeline = timeline
    self.scale = scale
    self.colour = colour
    self.lanesPerSection = lanesPerSection
    let names = timeline.sections.flatMap { section in
      section.lanes.prefix(lanesPerSection).map { Self.label(of: $0, section).count + 4 }
    }
    labelWidth = (names + timeline.gauges.map(\.title.count) + [4]).max() ?? 4
  }

  var text: String {
    guard !timeline.sections.isEmpty || !timeline.marks.isEmpty || !timeline.gauges.isEmpty else {
      return "Nothing happened.\n"
    }
    return (axis + lanes + numbers + [""] + legend + steps).map { $0 + "\n" }.joined()
  }

  // MARK: - The top

  /// The columns at which the user did something, each with its number.
  private var stops: [(column: Int, marks: [Timeline.Mark])] {
    var stops: [(column: Int, marks: [Timeline.Mark])] = []
    for mark in timeline.marks {
      let column = scale.column(of: mark.time)
      if stops.last?.column == column {
        stops[stops.count - 1].marks.append(mark)
      } else {
        stops.append((column, [mark]))
      }
    }
    return stops
  }

  private var axis: [String] {
    var lines: [String] = []
    if !timeline.marks.isEmpty {
      let labels = stops.enumerated().map { ($0.element.column, String($0.offset + 1)) }
      lines += rows(of: labels).enumerated().map { line($0.offset == 0 ? "you" : "", $0.element) }
    }
    let ticks = stride(from: 0, to: scale.columns, by: 10)
    let times = ticks.map { ($0, scale.start(of: $0).shortText) }
    lines.append(line("time", rows(of: times)[0]))
    let ruler = (0..<scale.columns).map { $0 % 10 == 0 ? "|" : "-" }.joined()
    return lines + [line("", ruler)]
  }

  /// Puts labels at their columns, in as few rows as let none touch another.
  private func rows(of labels: [(column: Int, text: String)]) -> [String] {
    var rows = [""]
    for label in labels {
      let free = rows.firstIndex { $0.isEmpty || $0.count < label.column }
      if free == nil { rows.append("") }
      let row = free ?? rows.count - 1
      rows[row] += String(repeating: " ", count: label.column - rows[row].count) + label.text
    }
    return rows
  }

  // MARK: - The lanes

  private var lanes: [String] {
    var lines: [String] = []
    var groups: [String] = []
    for section in timeline.sections where !groups.contains(section.group) {
      groups.append(section.group)
    }
    for group in groups {
      lines += ["", bold(group)]
      for section in timeline.sections where section.group == group { lines += lanes(of: section) }
    }
    return lines
  }

  private func lanes(of section: Timeline.Section) -> [String] {
    var lines: [String] = []
    if !section.title.isEmpty || !section.owner.isEmpty {
      let words = [section.title, section.owner].filter { !$0.isEmpty }
      lines.append("  " + words.joined(separator: ", "))
    }
    for lane in section.lanes.prefix(lanesPerSection) {
      lines.append(
        line("    " + Self.label(of: lane, section), states(of: lane).map(paint).joined()))
    }
    let rest = section.lanes.count - lanesPerSection
    if rest > 0 { lines.append("    and \(rest) more") }
    return lines
  }

  /// `x2x7k  node-1`: the header says what the name begins with.
  private static func label(of lane: Timeline.Lane, _ section: Timeline.Section) -> String {
    let owner = (section.owner.isEmpty ? section.group : section.owner).split(separator: " ")
    let prefix = owner.count > 1 ? owner[1] + "-" : ""
    let name = lane.name.hasPrefix(prefix) ? String(lane.name.dropFirst(prefix.count)) : lane.name
    return lane.node.isEmpty ? name : name + "  " + lane.node
  }

  /// What a pod was doing in each column; nil before there was the pod.
  private func states(of lane: Timeline.Lane) -> [LaneState?] {
    var current: LaneState?
    return inColumns(lane.states).map { states in
      let before = current
      current = states.last ?? current
      // An error is shown in the column in which it began, however short it was.
      if let error = states.last(where: { $0 == .failing || $0 == .failed }) { return error }
      // A pod that went is still seen in the column in which it went.
      return current == .gone ? states.last { $0 != .gone } ?? before : current
    }
  }

  /// The values that came up in each column.
  private func inColumns<Value>(_ changes: [Timeline.Change<Value>]) -> [[Value]] {
    var columns = [[Value]](repeating: [], count: scale.columns)
    for change in changes { columns[scale.column(of: change.time)].append(change.value) }
    return columns
  }

  // MARK: - The numbers

  private var numbers: [String] {
    let shown = timeline.gauges.filter { gauge in gauge.counts.contains { $0.value > 0 } }
    return shown.isEmpty ? [] : [""] + shown.map { line($0.title, cells(of: $0)) }
  }

  private func cells(of gauge: Timeline.Gauge) -> String {
    var current: Int?
    let least = inColumns(gauge.counts).map { counts in
      defer { current = counts.last ?? current }
      return (counts + (current.map { [$0] } ?? [])).min()
    }
    if least.allSatisfy({ ($0 ?? 0) < 10 }) {
      return least.map { $0.map(String.init) ?? " " }.joined()
    }
    // Numbers of several digits stand where they change, as far as there is room.
    var cells = ""
    var written: Int?
    for (column, number) in least.enumerated() where column >= cells.count {
      cells += number.map { $0 == written ? "-" : "\($0)-" } ?? " "
      written = number
    }
    return cells
  }

  // MARK: - The bottom

  private var legend: [String] {
    let drawn = timeline.sections.flatMap { section in
      section.lanes.prefix(lanesPerSection).flatMap(states)
    }
    let unit = (Instant.zero + scale.unit).shortText
    var lines = ["A line is a pod, time runs to the right, a column is \(unit)."]
    if timeline.end > timeline.shownEnd {
      lines[0] += " Nothing more changes until \(timeline.end.shortText)."
    }
    for state in LaneState.allCases where drawn.contains(state) {
      lines.append("  \(paint(state))  \(state.meaning)")
    }
    if !numbers.isEmpty { lines.append("  0  numbers are the least within a column") }
    return lines
  }

  private var steps: [String] {
    guard !timeline.marks.isEmpty else { return [] }
    var lines = ["", "What you did"]
    for (number, stop) in stops.enumerated() {
      for (index, mark) in stop.marks.enumerated() {
        let label = index == 0 ? String(number + 1) : ""
        lines.append(
          "  " + label.padded(to: 4) + mark.time.shortText.padded(to: 8) + mark.text)
      }
    }
    return lines
  }

  // MARK: - Words

  /// A line with something on the left of the columns.
  private func line(_ label: String, _ cells: String) -> String {
    label.padded(to: labelWidth) + "  " + cells
  }

  private func paint(_ state: LaneState?) -> String {
    guard let state else { return " " }
    return colour ? "\u{1b}[\(state.colour)m\(state.symbol)\u{1b}[0m" : String(state.symbol)
  }

  private func bold(_ text: String) -> String { colour ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
}
