import KubeModel

/// The grammar of a schedule: five fields, or a word that begins with `@`.
enum ScheduleSyntax {
  private struct Problem: Error { let text: String }

  private struct Bounds {
    let low: UInt
    let high: UInt
    var names: [String] = []
  }

  private static let bounds = [
    Bounds(low: 0, high: 59), Bounds(low: 0, high: 23), Bounds(low: 1, high: 31),
    Bounds(
      low: 1, high: 12,
      names: [
        "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
      ]),
    Bounds(low: 0, high: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  ]

  /// What is wrong with a schedule; nil when it can be read.
  static func problem(in schedule: String) -> String? {
    var text = schedule
    if text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ=") {
      guard let blank = text.firstIndex(of: " "), let sign = text.firstIndex(of: "=") else {
        return nil
      }
      let zone = String(text[text.index(after: sign)..<blank])
      if !ScheduleValidation.timeZone(zone, at: FieldPath("")).isEmpty, !zone.isEmpty,
        zone != "Local"
      {
        return "provided bad location \(zone): unknown time zone \(zone)"
      }
      text = String(text[blank...].drop { $0 == " " })
    }
    do {
      if text.hasPrefix("@") { try descriptor(text) } else { try fields(text) }
      return nil
    } catch let problem as Problem {
      return problem.text
    } catch {
      return nil
    }
  }

  private static func descriptor(_ text: String) throws {
    let known = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]
    if known.contains(text) { return }
    let every = "@every "
    guard text.hasPrefix(every) else { throw Problem(text: "unrecognized descriptor: \(text)") }
    if let problem = GoDurationSyntax.problem(in: String(text.dropFirst(every.count))) {
      throw Problem(text: "failed to parse duration \(text): \(problem)")
    }
  }

  private static func fields(_ text: String) throws {
    let fields = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }.map(String.init)
    guard fields.count == 5 else {
      throw Problem(
        text: "expected exactly 5 fields, found \(fields.count): [\(fields.joined(separator: " "))]"
      )
    }
    for (field, bounds) in zip(fields, bounds) {
      for part in field.split(separator: ",") { try range(String(part), bounds) }
    }
  }

  /// `*`, `?`, `3`, `3-5`, `3-5/2`, `*/15`, `jan-mar`.
  private static func range(_ text: String, _ bounds: Bounds) throws {
    let stepParts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let ends = stepParts[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    var (start, end) = (bounds.low, bounds.high)
    let isSingle = ends.count == 1
    if ends[0] != "*", ends[0] != "?" {
      start = try number(ends[0], bounds)
      switch ends.count {
      case 1: end = start
      case 2: end = try number(ends[1], bounds)
      default: throw Problem(text: "too many hyphens: \(text)")
      }
    }
    var step: UInt = 1
    switch stepParts.count {
    case 1: break
    case 2:
      step = try integer(stepParts[1])
      if isSingle { end = bounds.high }
    default: throw Problem(text: "too many slashes: \(text)")
    }
    if start < bounds.low {
      throw Problem(text: "beginning of range (\(start)) below minimum (\(bounds.low)): \(text)")
    }
    if end > bounds.high {
      throw Problem(text: "end of range (\(end)) above maximum (\(bounds.high)): \(text)")
    }
    if start > end {
      throw Problem(
        text: "beginning of range (\(start)) beyond end of range (\(end)): \(text)")
    }
    if step == 0 { throw Problem(text: "step of range should be a positive number: \(text)") }
  }

  private static func number(_ text: String, _ bounds: Bounds) throws -> UInt {
    let name = text.lowercased()
    if !name.isEmpty, let index = bounds.names.firstIndex(of: name) { return UInt(index) }
    return try integer(text)
  }

  private static func integer(_ text: String) throws -> UInt {
    guard let number = Int(text) else {
      throw Problem(
        text: "failed to parse int from \(text): strconv.Atoi: parsing \(GoText.quoted(text)): "
          + "invalid syntax")
    }
    guard let whole = UInt(exactly: number) else {
      throw Problem(text: "negative number (\(number)) not allowed: \(text)")
    }
    return whole
  }
}

/// The grammar of Go's durations: `1h15m30s`.
enum GoDurationSyntax {
  private static let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"]

  /// What is wrong with a duration; nil when it can be read.
  static func problem(in text: String) -> String? {
    let quoted = GoText.quoted(text)
    var rest = text[...]
    if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
    if rest == "0" { return nil }
    if rest.isEmpty { return "time: invalid duration \(quoted)" }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      guard number.contains(where: { $0.isNumber }), number.count(where: { $0 == "." }) < 2 else {
        return "time: invalid duration \(quoted)"
      }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
      if unit.isEmpty { return "time: missing unit in duration \(quoted)" }
      guard units.contains(String(unit)) else {
        return "time: unknown unit \(GoText.quoted(String(unit))) in duration \(quoted)"
      }
      rest = rest.dropFirst(unit.count)
    }
    return nil
  }
}
