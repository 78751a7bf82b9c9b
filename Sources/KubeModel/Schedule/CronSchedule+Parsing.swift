// The grammar of a schedule.
//
// Follows   parser.go and spec.go of robfig/cron v3

extension CronSchedule {
  /// What is wrong with a schedule; nil when it can be read.
  public static func problem(in text: String) -> String? {
    do throws(ParseError) {
      _ = try Self(text)
      return nil
    } catch {
      return error.description
    }
  }

  /// Takes `TZ=Zone ` or `CRON_TZ=Zone ` off the front.
  static func takeZone(_ text: inout Substring) throws(ParseError) -> IANAZone? {
    guard text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ="), let sign = text.firstIndex(of: "=")
    else { return nil }
    guard let blank = text.firstIndex(of: " ") else {
      // The parser breaks on it, and its caller says how.
      throw ParseError(
        "invalid schedule format: runtime error: slice bounds out of range [:-1]")
    }
    let name = String(text[text.index(after: sign)..<blank])
    text = text[blank...].drop { $0.isWhitespace }
    if ["", "UTC", "Local"].contains(name) { return .utc }
    if let problem = IANAZone.problem(with: name) {
      throw ParseError("provided bad location \(name): \(problem)")
    }
    return IANAZone(name)
  }

  static func form(_ text: Substring) throws(ParseError) -> Form {
    if text.hasPrefix("@") { return try descriptor(text) }
    let words = text.split { $0.isWhitespace }
    guard words.count == 5 else {
      if text.isEmpty { throw ParseError("empty spec string") }
      throw ParseError(
        "expected exactly 5 fields, found \(words.count): [\(words.joined(separator: " "))]")
    }
    var fields = Fields()
    fields.minute = try field(words[0], .minute)
    fields.hour = try field(words[1], .hour)
    fields.day = try field(words[2], .day)
    fields.month = try field(words[3], .month)
    fields.weekday = try field(words[4], .weekday)
    return .fields(fields)
  }

  private static func descriptor(_ text: Substring) throws(ParseError) -> Form {
    switch text {
    case "@yearly", "@annually": return try form("0 0 1 1 *")
    case "@monthly": return try form("0 0 1 * *")
    case "@weekly": return try form("0 0 * * 0")
    case "@daily", "@midnight": return try form("0 0 * * *")
    case "@hourly": return try form("0 * * * *")
    default: break
    }
    let every = "@every "
    guard text.hasPrefix(every) else { throw ParseError("unrecognized descriptor: \(text)") }
    let period = String(text.dropFirst(every.count))
    if let problem = GoDuration.problem(in: period) {
      throw ParseError("failed to parse duration \(text): \(problem)")
    }
    // What is shorter than a second is a second, and fractions are cut off.
    return .every(max(1, GoDuration.parse(period)?.components.seconds ?? 1))
  }

  // MARK: One field

  private struct Bounds {
    let low: UInt
    let high: UInt
    var names: [String] = []

    static let minute = Bounds(low: 0, high: 59)
    static let hour = Bounds(low: 0, high: 23)
    static let day = Bounds(low: 1, high: 31)
    static let month = Bounds(
      low: 1, high: 12,
      names: [
        "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
      ])
    static let weekday = Bounds(
      low: 0, high: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])
  }

  private static func field(_ text: Substring, _ bounds: Bounds) throws(ParseError) -> Field {
    var field = Field()
    for part in text.split(separator: ",") { try add(String(part), bounds, to: &field) }
    return field
  }

  /// Adds `*`, `?`, `3`, `3-5`, `3-5/2`, `*/15`, `jan-mar`.
  private static func add(
    _ text: String, _ bounds: Bounds, to field: inout Field
  ) throws(ParseError) {
    let stepParts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let ends = stepParts[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    var (start, end) = (bounds.low, bounds.high)
    var isOpen = ends[0] == "*" || ends[0] == "?"
    if !isOpen {
      start = try number(ends[0], bounds)
      switch ends.count {
      case 1: end = start
      case 2: end = try number(ends[1], bounds)
      default: throw ParseError("too many hyphens: \(text)")
      }
    }
    var step: UInt = 1
    switch stepParts.count {
    case 1: break
    case 2:
      step = try integer(stepParts[1])
      if ends.count == 1 { end = bounds.high }
      if step > 1 { isOpen = false }
    default: throw ParseError("too many slashes: \(text)")
    }
    if start < bounds.low {
      throw ParseError("beginning of range (\(start)) below minimum (\(bounds.low)): \(text)")
    }
    if end > bounds.high {
      throw ParseError("end of range (\(end)) above maximum (\(bounds.high)): \(text)")
    }
    if start > end {
      throw ParseError("beginning of range (\(start)) beyond end of range (\(end)): \(text)")
    }
    if step == 0 { throw ParseError("step of range should be a positive number: \(text)") }
    for value in Swift.stride(from: start, through: end, by: Int(clamping: step)) {
      field.bits |= 1 << UInt64(value)
    }
    field.isOpen = field.isOpen || isOpen
  }

  private static func number(_ text: String, _ bounds: Bounds) throws(ParseError) -> UInt {
    let name = text.lowercased()
    if !name.isEmpty, let index = bounds.names.firstIndex(of: name) { return UInt(index) }
    return try integer(text)
  }

  private static func integer(_ text: String) throws(ParseError) -> UInt {
    guard let number = Int(text) else {
      throw ParseError(
        "failed to parse int from \(text): strconv.Atoi: parsing \(GoText.quoted(text)): "
          + "invalid syntax")
    }
    guard let whole = UInt(exactly: number) else {
      throw ParseError("negative number (\(number)) not allowed: \(text)")
    }
    return whole
  }
}

extension IANAZone {
  /// Why there is no zone of this name; nil when there is one.
  public static func problem(with name: String) -> String? {
    if name.contains("..") || name.hasPrefix("/") || name.hasPrefix("\\") {
      return "time: invalid location name"
    }
    return IANAZone(name) == nil ? "unknown time zone \(name)" : nil
  }
}
