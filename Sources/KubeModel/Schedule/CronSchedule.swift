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
  }

  /// The five fields.
  struct Fields: Hashable, Sendable {
    var minute = Field()
    var hour = Field()
    var day = Field()
    var month = Field()
    var weekday = Field()

    /// When both days are asked for, either will do; an open one leaves it to the other.
    func fitsDay(_ time: WallTime) -> Bool {
      let (isDay, isWeekday) = (day.contains(time.day), weekday.contains(time.weekday))
      return day.isOpen || weekday.isOpen ? isDay && isWeekday : isDay || isWeekday
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
      return WallTime(time.unixSeconds + 1, zone).firstFit(of: fields).map {
        Timestamp(unixSeconds: $0.unixSeconds)
      }
    }
  }
}
