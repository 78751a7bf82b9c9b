/// The rule of a zone for all time to come, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Central European time is an hour east of UTC; summer time begins on the last (fifth) Sunday of
/// March at two and ends on the last Sunday of October at three.
struct POSIXZoneRule: Hashable, Sendable {
  /// A time of each year: a weekday of a month, and seconds from that day's midnight.
  struct YearlyTime: Hashable, Sendable {
    var month: Int64
    /// The first, second … weekday of the month; 5 is the last.
    var week: Int64
    /// 0 is Sunday.
    var weekday: Int64
    /// May be negative, and more than a day.
    var seconds: Int64
  }

  /// The other offset of a year, and when it begins and ends.
  private struct Daylight: Hashable, Sendable {
    let offset: Int64
    let start: YearlyTime
    let end: YearlyTime
  }

  /// Seconds east of UTC.
  private let offset: Int64
  private let daylight: Daylight?

  /// One offset, always.
  init(offset: Int64) {
    self.offset = offset
    daylight = nil
  }

  /// Reads a rule; nil when the text is none.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    Self.dropName(&rest)
    guard let west = Self.takeTime(&rest) else { return nil }
    offset = -west
    if rest.isEmpty {
      daylight = nil
      return
    }
    Self.dropName(&rest)
    let summer = rest.first == "," ? 3600 - west : -(Self.takeTime(&rest) ?? west - 3600)
    let parts = rest.split(separator: ",")
    guard parts.count == 2, let start = YearlyTime(parts[0]), let end = YearlyTime(parts[1])
    else { return nil }
    daylight = Daylight(offset: summer, start: start, end: end)
  }

  /// The offset at a time, and from when to when it holds.
  func span(at time: Int64) -> IANAZone.Span {
    guard let daylight else { return IANAZone.Span(offset: offset, start: .min, end: .max) }
    let year = MicroTime.date(MicroTime.day(of: time)).year
    var changes: [(time: Int64, offset: Int64)] = []
    for year in year - 1...year + 1 {
      changes.append((daylight.start.time(in: year) - offset, daylight.offset))
      changes.append((daylight.end.time(in: year) - daylight.offset, offset))
    }
    changes.sort { $0.time < $1.time }
    // The year before and the year after are there, so there is one on either side.
    let next = changes.firstIndex { $0.time > time } ?? changes.count - 1
    let last = changes[max(0, next - 1)]
    return IANAZone.Span(offset: last.offset, start: last.time, end: changes[next].time)
  }

  /// `CET` or `<+0330>`.
  private static func dropName(_ rest: inout Substring) {
    if rest.first == "<" {
      rest = rest.drop { $0 != ">" }.dropFirst()
    } else {
      rest = rest.drop { $0.isLetter }
    }
  }

  /// `-1`, `3:30`, `-12:45`, in seconds.
  fileprivate static func takeTime(_ rest: inout Substring) -> Int64? {
    let sign: Int64 = rest.first == "-" ? -1 : 1
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    let digits = rest.prefix { $0.isNumber || $0 == ":" }
    rest = rest[digits.endIndex...]
    let parts = digits.split(separator: ":").compactMap { Int64($0) }
    guard let hours = parts.first else { return nil }
    return sign * (hours * 3600 + (parts.count > 1 ? parts[1] * 60 : 0))
  }
}

extension POSIXZoneRule.YearlyTime {
  /// Reads `M10.5.0/3`; two o'clock when no time is said.
  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let date = parts.first, date.first == "M" else { return nil }
    let numbers = date.dropFirst().split(separator: ".").compactMap { Int64($0) }
    guard numbers.count == 3 else { return nil }
    var time = parts.count > 1 ? parts[1] : "2"
    self.init(
      month: numbers[0], week: numbers[1], weekday: numbers[2],
      seconds: POSIXZoneRule.takeTime(&time) ?? 7200)
  }

  /// Seconds from 1970 to this time of a year, as the wall clock shows it.
  func time(in year: Int64) -> Int64 {
    let first = MicroTime.days(year, month, 1)
    let next = month == 12 ? MicroTime.days(year + 1, 1, 1) : MicroTime.days(year, month + 1, 1)
    // 1970-01-01 was a Thursday.
    let weekdayOfFirst = (((first + 4) % 7) + 7) % 7
    var day = first + (weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7
    while day >= next { day -= 7 }
    return day * 86400 + seconds
  }
}

extension MicroTime {
  /// The day in which a second lies; both are counted from the start of 1970.
  static func day(of seconds: Int64) -> Int64 {
    (seconds >= 0 ? seconds : seconds - 86399) / 86400
  }
}
