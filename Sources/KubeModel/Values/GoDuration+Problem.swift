// What Go says about a text that is no duration.
//
// Follows   time.ParseDuration of Go's standard library

extension GoDuration {
  private static let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"]

  /// What is wrong with a duration; nil when it can be read.
  public static func problem(in text: String) -> String? {
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
