/// Durations as Go writes and reads them: `1m30s`, `500ms`, `1.5h`, `0s`.
///
/// Follows `time.ParseDuration` and `Duration.String` of Go's standard library.
public enum GoDuration {
  /// Reads a duration; nil when the text is none.
  ///
  /// A text is one number with a unit after the other, with a sign in front or not: `1h15m30.5s`.
  /// Units are `ns`, `us`, `µs`, `ms`, `s`, `m`, `h`. Only `0` needs no unit.
  public static func parse(_ text: String) -> Duration? {
    var rest = text[...]
    var negative = false
    if let sign = rest.first, sign == "-" || sign == "+" {
      negative = sign == "-"
      rest.removeFirst()
    }
    if rest == "0" { return .zero }
    if rest.isEmpty { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = takePart(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    return .nanoseconds(negative ? -total : total)
  }

  private static func takePart(_ rest: inout Substring) -> Int64? {
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[whole.endIndex...]
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[fraction.endIndex...]
    }
    if whole.isEmpty && fraction.isEmpty { return nil }
    let unit = rest.prefix { !$0.isNumber && $0 != "." }
    rest = rest[unit.endIndex...]
    guard let scale = nanoseconds(of: unit), let units = whole.isEmpty ? 0 : Int64(whole) else {
      return nil
    }
    var (amount, overflow) = units.multipliedReportingOverflow(by: scale)
    if overflow { return nil }
    // 0.5 s is 5 tenths of 1 000 000 000 ns; digits below a nanosecond are cut off.
    var place = scale
    for digit in fraction {
      place /= 10
      amount += Int64(digit.wholeNumberValue ?? 0) * place
    }
    return amount
  }

  private static func nanoseconds(of unit: Substring) -> Int64? {
    switch unit {
    case "ns": 1
    case "us", "µs", "μs": 1000
    case "ms": 1_000_000
    case "s": 1_000_000_000
    case "m": 60_000_000_000
    case "h": 3_600_000_000_000
    default: nil
    }
  }

  /// Writes a duration: `1m20s`, `2h0m0s`, `1.5s`, `8.006s`, `300ms`, `0s`.
  public static func text(_ duration: Duration) -> String {
    let total = duration.nanoseconds
    if total == 0 { return "0s" }
    let sign = total < 0 ? "-" : ""
    let size = total.magnitude
    if size < 1000 { return "\(sign)\(size)ns" }
    if size < 1_000_000 { return sign + decimal(size, unit: 1000) + "µs" }
    if size < 1_000_000_000 { return sign + decimal(size, unit: 1_000_000) + "ms" }
    let minutes = size / 60_000_000_000
    let seconds = decimal(size % 60_000_000_000, unit: 1_000_000_000) + "s"
    if minutes == 0 { return sign + seconds }
    let hours = minutes / 60
    return sign + (hours > 0 ? "\(hours)h" : "") + "\(minutes % 60)m" + seconds
  }

  private static func decimal(_ amount: UInt64, unit: UInt64) -> String {
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    if rest == 0 { return String(whole) }
    // The unit is a power of ten, so its zeros say how many digits the fraction has.
    var digits = String(rest)
    digits = String(repeating: "0", count: String(unit).utf8.count - 1 - digits.utf8.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
