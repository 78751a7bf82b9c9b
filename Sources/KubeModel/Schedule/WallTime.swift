// What a wall clock shows, and how a schedule moves its hands.
//
// Follows   SpecSchedule.Next of robfig/cron v3 and time.Date of Go's standard library

/// A second with what the wall clock of a zone shows in it.
struct WallTime: Sendable {
  let zone: IANAZone
  /// Seconds since 1970.
  private(set) var unixSeconds: Int64
  private(set) var year: Int64 = 0
  private(set) var month: Int64 = 0
  private(set) var day: Int64 = 0
  private(set) var secondOfDay: Int64 = 0
  private var dayNumber: Int64 = 0

  init(_ unixSeconds: Int64, _ zone: IANAZone) {
    self.zone = zone
    self.unixSeconds = unixSeconds
    read()
  }

  var hour: Int64 { secondOfDay / 3600 }
  var minute: Int64 { secondOfDay / 60 % 60 }
  var second: Int64 { secondOfDay % 60 }
  /// 0 is Sunday.
  var weekday: Int64 { Self.weekday(ofDay: dayNumber) }

  /// The weekday of a day counted from 1970-01-01, which was a Thursday; 0 is Sunday.
  static func weekday(ofDay number: Int64) -> Int64 { (((number + 4) % 7) + 7) % 7 }

  /// The clock some seconds later.
  mutating func add(_ seconds: Int64) {
    unixSeconds += seconds
    read()
  }

  private mutating func read() {
    let wall = unixSeconds + zone.offset(at: unixSeconds)
    dayNumber = MicroTime.day(of: wall)
    (year, month, day) = MicroTime.date(dayNumber)
    secondOfDay = wall - dayNumber * 86400
  }

  /// Sets the clock to a wall time. Of a time that is shown twice the one is taken that the offset of
  /// that same moment in UTC leads to; a time that is skipped leads an hour further or back, likewise.
  mutating func set(dayNumber: Int64, secondOfDay: Int64) {
    let wall = dayNumber * 86400 + secondOfDay
    let first = zone.span(at: wall)
    var time = wall - first.offset
    if first.offset != 0, time < first.start || time >= first.end {
      time = wall - zone.offset(at: time)
    }
    unixSeconds = time
    read()
  }

  private mutating func startMonth(_ month: Int64, of year: Int64) {
    set(dayNumber: MicroTime.days(year, month, 1), secondOfDay: 0)
  }

  /// This second or the first one after it that fits; nil when none of five years does.
  ///
  /// The hands are moved from the slowest to the fastest. The first one that moves sets the faster
  /// ones to zero; one that comes round to its start makes the slower ones be looked at again.
  func firstFit(of fields: CronSchedule.Fields) -> WallTime? {
    var time = self
    var hasMoved = false
    let lastYear = year + 5
    while time.year <= lastYear {
      if time.moveMonth(fields, &hasMoved), time.moveDay(fields, &hasMoved),
        time.moveHour(fields, &hasMoved), time.moveMinute(fields, &hasMoved)
      {
        return time
      }
    }
    return nil
  }

  private mutating func moveMonth(_ fields: CronSchedule.Fields, _ hasMoved: inout Bool) -> Bool {
    while !fields.month.contains(month) {
      if !hasMoved { startMonth(month, of: year) }
      hasMoved = true
      let isLast = month == 12
      // The hours stay as they are, which are not zero where midnight was skipped.
      let second = secondOfDay
      set(
        dayNumber: MicroTime.days(isLast ? year + 1 : year, isLast ? 1 : month + 1, day),
        secondOfDay: second)
      if month == 1 { return false }
    }
    return true
  }

  private mutating func moveDay(_ fields: CronSchedule.Fields, _ hasMoved: inout Bool) -> Bool {
    while !fields.fitsDay(day, weekday: weekday) {
      if !hasMoved { set(dayNumber: dayNumber, secondOfDay: 0) }
      hasMoved = true
      set(dayNumber: dayNumber + 1, secondOfDay: secondOfDay)
      // The clock was changed at midnight: 23 is an hour too early, 1 an hour too late.
      if hour != 0 { add((hour > 12 ? 24 - hour : -hour) * 3600) }
      if day == 1 { return false }
    }
    return true
  }

  private mutating func moveHour(_ fields: CronSchedule.Fields, _ hasMoved: inout Bool) -> Bool {
    while !fields.hour.contains(hour) {
      if !hasMoved { set(dayNumber: dayNumber, secondOfDay: hour * 3600) }
      hasMoved = true
      add(3600)
      if hour == 0 { return false }
    }
    return true
  }

  private mutating func moveMinute(_ fields: CronSchedule.Fields, _ hasMoved: inout Bool) -> Bool {
    while !fields.minute.contains(minute) {
      if !hasMoved { add(-second) }
      hasMoved = true
      add(60)
      if minute == 0 { return false }
    }
    if second == 0 { return true }
    hasMoved = true
    add(60 - second)
    return false
  }
}
