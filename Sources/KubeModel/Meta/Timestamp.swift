/// A time of the API: whole seconds since 1970, UTC, written as RFC 3339 (`2026-01-02T03:04:05Z`).
///
/// Follows `metav1.Time`. An absent time is a nil `Timestamp?`.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var unixSeconds: Int64

  /// The time this many seconds after 1970.
  public init(unixSeconds: Int64) { self.unixSeconds = unixSeconds }

  /// Reads RFC 3339; a fraction of a second is cut off. Nil when the text is none.
  public init?(_ text: String) {
    guard let micro = MicroTime(text) else { return nil }
    self = micro.wholeSeconds
  }

  public static func < (left: Self, right: Self) -> Bool { left.unixSeconds < right.unixSeconds }

  /// The time from the right one to the left one.
  public static func - (left: Self, right: Self) -> Duration {
    .seconds(left.unixSeconds - right.unixSeconds)
  }

  /// A later time; fractions of a second are cut off.
  public static func + (time: Self, duration: Duration) -> Self {
    Self(unixSeconds: time.unixSeconds + duration.components.seconds)
  }
}

extension Timestamp: JSONCodable, CustomStringConvertible {
  /// RFC 3339.
  public var description: String {
    MicroTime(unixMicroseconds: unixSeconds * 1_000_000).text(fraction: false)
  }
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard let text = json.stringValue else {
      context.mismatch(json, wanted: goType)
      return nil
    }
    if let time = Self(text) { return time }
    context.fail(MicroTime.parseFailure(text))
    return nil
  }
  public var json: JSONValue { .string(description) }
  public var isEmptyInGo: Bool { false }
  public static var goType: String { "v1.Time" }
}

/// A time of the API with microseconds (`2026-01-02T03:04:05.000000Z`).
///
/// Follows `metav1.MicroTime`; used by Leases and the scheduler's Events.
public struct MicroTime: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public var unixMicroseconds: Int64

  /// The time this many microseconds after 1970.
  public init(unixMicroseconds: Int64) { self.unixMicroseconds = unixMicroseconds }

  /// The same time with whole seconds, the fraction cut off.
  public var wholeSeconds: Timestamp {
    let (seconds, rest) = unixMicroseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return Timestamp(unixSeconds: rest < 0 ? seconds - 1 : seconds)
  }

  /// Reads RFC 3339 with or without a fraction and with any zone offset. Nil when the text is none.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count else { return nil }
      return bytes[range].reduce(Int64?(0)) { sum, byte in
        guard let sum, (48...57).contains(byte) else { return nil }
        return sum * 10 + Int64(byte - 48)
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      (1...12).contains(month), Self.date(Self.days(year, month, day)) == (year, month, day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var at = 19
    var micro: Int64 = 0
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      var unit: Int64 = 100_000
      let start = at
      while at < bytes.count, (48...57).contains(bytes[at]) {
        micro += Int64(bytes[at] - 48) * unit
        unit /= 10
        at += 1
      }
      if at == start { return nil }
    }
    guard let offset = Self.zone(bytes[at...]) else { return nil }
    let seconds = Self.days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset
    unixMicroseconds = seconds * 1_000_000 + micro
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.unixMicroseconds < right.unixMicroseconds
  }

  private static func zone(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let text = Array(bytes)
    if text == [UInt8(ascii: "Z")] || text == [UInt8(ascii: "z")] { return 0 }
    guard text.count == 6, text[3] == UInt8(ascii: ":"),
      let hours = Int64(String(decoding: text[1...2], as: UTF8.self)),
      let minutes = Int64(String(decoding: text[4...5], as: UTF8.self))
    else { return nil }
    switch text[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Years begin in March here, so that the leap day is the last day of its year:
  /// 2026-03-01 is day 0 of year 2026; with era 5 (2000…2399), year of era 26 it is
  /// 26 · 365 + 6 = 9496 days after 2000-03-01, which is day 11017: 20513.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day counted from 1970-01-01; the inverse of `days`.
  static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  func text(fraction: Bool) -> String {
    let seconds = wholeSeconds.unixSeconds
    let days = (seconds >= 0 ? seconds : seconds - 86399) / 86400
    let (year, month, day) = Self.date(days)
    let inDay = seconds - days * 86400
    let yearWidth = year > 99_999 ? 6 : year > 9999 ? 5 : 4
    let micro = unixMicroseconds - seconds * 1_000_000
    // Times are in every object: their digits are written where the text will stand.
    return String(unsafeUninitializedCapacity: 29) { bytes in
      var count = 0
      func write(_ number: Int64, _ width: Int, then mark: Unicode.Scalar) {
        var rest = number.magnitude
        for place in stride(from: count + width - 1, through: count, by: -1) {
          bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        bytes[count + width] = UInt8(ascii: mark)
        count += width + 1
      }
      write(year, yearWidth, then: "-")
      write(month, 2, then: "-")
      write(day, 2, then: "T")
      write(inDay / 3600, 2, then: ":")
      write(inDay / 60 % 60, 2, then: ":")
      write(inDay % 60, 2, then: fraction ? "." : "Z")
      if fraction { write(micro, 6, then: "Z") }
      return count
    }
  }

  static func parseFailure(_ text: String) -> String {
    "parsing time \"\(text)\" as \"2006-01-02T15:04:05Z07:00\": "
      + "cannot parse \"\(text)\" as \"2006\""
  }
}

extension MicroTime: JSONCodable, CustomStringConvertible {
  /// RFC 3339 with six digits of fraction.
  public var description: String { text(fraction: true) }
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard let text = json.stringValue else {
      context.mismatch(json, wanted: goType)
      return nil
    }
    if let time = Self(text) { return time }
    context.fail(parseFailure(text))
    return nil
  }
  public var json: JSONValue { .string(description) }
  public var isEmptyInGo: Bool { false }
  public static var goType: String { "v1.MicroTime" }
}
