/// When a CronJob runs: five fields (`*/5 8-18 * * 1-5`), a word (`@daily`) or a period
/// (`@every 90m`), read in a time zone.
///
/// ```swift
/// let schedule = try CronSchedule("30 2 * * *", in: IANAZone("Europe/Berlin"))
/// schedule.next(after: Timestamp("2026-03-28T12:00:00Z")!)
/// // 2026-03-30T00:30:00Z: on the 29th the clock jumps from two to three
/// ```
///
/// Follows `ParseStandard` of robfig/cron v3.
public struct CronSchedule: Hashable, Sendable {
  /// The values of one field that fit, a bit each.
  struct Field: Hashable, Sendable {
    var bits: UInt64 = 0
    /// True for `*` and `?`: every value fits, and nothing was asked for.
    var isOpen = false

    func contains(_ value: Int64) -> Bool { bits & (1 << UInt64(value)) != 0 }

    /// The first value from one on that fits.
    func first(from value: Int64) -> Int64? {
      let rest = bits >> UInt64(value)
      return rest == 0 ? nil : value + Int64(rest.trailingZeroBitCount)
    }
  }

  /// The five fields.
  struct Fields: Hashable, Sendable {
    var minute = Field()
    var hour = Field()
    var day = Field()
    var month = Field()
    var weekday = Field()

    /// When both days are asked for, either will do; an open one leaves it to the other.
    func fitsDay(_ day: Int64, weekday: Int64) -> Bool {
      let (isDay, isWeekday) = (self.day.contains(day), self.weekday.contains(weekday))
      return self.day.isOpen || self.weekday.isOpen ? isDay && isWeekday : isDay || isWeekday
    }

    /// The first time from a second on that fits, if the hour on the clock has one and the clock is
    /// not changed before it; found without moving the hands.
    func fitInHour(from second: Int64, _ span: IANAZone.Span) -> Timestamp? {
      let wall = second + span.offset
      let dayNumber = MicroTime.day(of: wall)
      let secondOfDay = wall - dayNumber * 86400
      let (nextMinute, hourOfDay) = ((secondOfDay + 59) / 60, secondOfDay / 3600)
      guard nextMinute / 60 == hourOfDay, hour.contains(hourOfDay),
        let minute = minute.first(from: nextMinute % 60)
      else { return nil }
      let date = MicroTime.date(dayNumber)
      guard month.contains(date.month),
        fitsDay(date.day, weekday: WallTime.weekday(ofDay: dayNumber))
      else { return nil }
      let time = second - secondOfDay + hourOfDay * 3600 + minute * 60
      return time < span.end ? Timestamp(unixSeconds: time) : nil
    }
  }

  /// The two ways to say when.
  enum Form: Hashable, Sendable {
    case fields(Fields)
    /// A number of seconds after the last time.
    case every(Int64)
  }

  let form: Form
  /// Where the wall clock hangs.
  public let zone: IANAZone

  /// Why a text is no schedule, in the words of the parser.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As `expected exactly 5 fields, found 3: [* * *]`.
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// Reads a schedule. A zone in the text itself (`TZ=Asia/Tokyo 0 9 * * *`) goes before `zone`.
  public init(_ text: String, in zone: IANAZone = .utc) throws(ParseError) {
    var rest = text[...]
    self.zone = try Self.takeZone(&rest) ?? zone
    form = try Self.form(rest)
  }

  /// The first time after a given one; nil when there is none within five years.
  ///
  /// - Complexity: O(days to the next time) for five fields, O(1) for a period.
  public func next(after time: Timestamp) -> Timestamp? {
    switch form {
    case .every(let seconds): return Timestamp(unixSeconds: time.unixSeconds + seconds)
    case .fields(let fields):
      let second = time.unixSeconds + 1
      if let soon = fields.fitInHour(from: second, zone.span(at: second)) { return soon }
      return WallTime(second, zone).firstFit(of: fields).map {
        Timestamp(unixSeconds: $0.unixSeconds)
      }
    }
  }
}
