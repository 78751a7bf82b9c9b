import Testing

@testable import KubeModel

@Suite struct CronScheduleTests {
  /// The next times of a schedule, as the zone's clock shows them.
  private func next(
    _ count: Int, _ schedule: String, after time: String, in zone: String = "UTC"
  ) throws -> [String] {
    let zone = try #require(IANAZone(zone))
    let schedule = try CronSchedule(schedule, in: zone)
    var time = try #require(Timestamp(time))
    var times: [String] = []
    while times.count < count, let next = schedule.next(after: time) {
      times.append(next.text(in: zone))
      time = next
    }
    return times
  }

  @Test func fieldsAreListsRangesAndSteps() throws {
    #expect(
      try next(4, "5,35 8-9 * * *", after: "2026-01-01T08:10:00Z") == [
        "2026-01-01T08:35:00Z", "2026-01-01T09:05:00Z", "2026-01-01T09:35:00Z",
        "2026-01-02T08:05:00Z",
      ])
    #expect(
      try next(2, "0 20/2 * * *", after: "2026-01-01T00:00:00Z") == [
        "2026-01-01T20:00:00Z", "2026-01-01T22:00:00Z",
      ])
    #expect(
      try next(2, "0 0 1 JAN-feb ?", after: "2026-01-01T00:00:00Z") == [
        "2026-02-01T00:00:00Z", "2027-01-01T00:00:00Z",
      ])
  }

  @Test func theNextTimeIsStrictlyLater() throws {
    #expect(
      try next(1, "* * * * *", after: "2026-01-01T00:00:00Z") == ["2026-01-01T00:01:00Z"])
    #expect(
      try next(1, "* * * * *", after: "2026-01-01T00:00:59Z") == ["2026-01-01T00:01:00Z"])
  }

  @Test func ofTwoDaysThatAreAskedForEitherWillDo() throws {
    // 2026-01-02 is a Friday.
    #expect(
      try next(3, "0 0 13 * 5", after: "2026-01-08T00:00:00Z") == [
        "2026-01-09T00:00:00Z", "2026-01-13T00:00:00Z", "2026-01-16T00:00:00Z",
      ])
  }

  @Test(arguments: ["*", "?", "*/1"]) func withOneDayOpenBothMustFit(open: String) throws {
    #expect(
      try next(2, "0 0 13 * \(open)", after: "2026-01-08T00:00:00Z") == [
        "2026-01-13T00:00:00Z", "2026-02-13T00:00:00Z",
      ])
  }

  @Test func aStepOverAllDaysCountsAsAskedFor() throws {
    // Every tenth day of the month, or a Friday.
    #expect(
      try next(3, "0 0 */10 * 5", after: "2026-01-01T12:00:00Z") == [
        "2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z", "2026-01-11T00:00:00Z",
      ])
  }

  @Test(arguments: [
    ("@yearly", "2027-01-01T00:00:00Z"), ("@annually", "2027-01-01T00:00:00Z"),
    ("@monthly", "2026-07-01T00:00:00Z"), ("@weekly", "2026-06-14T00:00:00Z"),
    ("@daily", "2026-06-11T00:00:00Z"), ("@midnight", "2026-06-11T00:00:00Z"),
    ("@hourly", "2026-06-10T13:00:00Z"),
  ]) func wordsStandForFields(word: String, time: String) throws {
    #expect(try next(1, word, after: "2026-06-10T12:34:56Z") == [time])
  }

  @Test func aPeriodCountsFromTheLastTime() throws {
    #expect(
      try next(2, "@every 1h30m", after: "2026-01-01T00:00:07Z") == [
        "2026-01-01T01:30:07Z", "2026-01-01T03:00:07Z",
      ])
    #expect(
      try next(1, "@every 100ms", after: "2026-01-01T00:00:07Z") == ["2026-01-01T00:00:08Z"])
    #expect(
      try next(1, "@every 2.9s", after: "2026-01-01T00:00:07Z") == ["2026-01-01T00:00:09Z"])
  }

  @Test func aZoneInTheTextGoesBeforeTheField() throws {
    let schedule = try CronSchedule(
      "TZ=Asia/Tokyo 0 9 * * *", in: try #require(IANAZone("Europe/Berlin")))
    #expect(schedule.zone.name == "Asia/Tokyo")
    let time = try #require(Timestamp("2026-01-01T01:00:00Z"))
    #expect(schedule.next(after: time)?.description == "2026-01-02T00:00:00Z")
  }

  @Test func aDayThatNeverComesIsGivenUpAfterFiveYears() throws {
    #expect(try next(1, "59 23 31 2 *", after: "2026-01-01T00:00:00Z").isEmpty)
    #expect(
      try next(1, "0 0 29 2 *", after: "2026-01-01T00:00:00Z") == ["2028-02-29T00:00:00Z"])
  }

  @Test(arguments: [
    ("* * *", "expected exactly 5 fields, found 3: [* * *]"),
    ("60 * * * *", "end of range (60) above maximum (59): 60"),
    ("* * * * 7", "end of range (7) above maximum (6): 7"),
    ("* * * * fri-mon", "beginning of range (5) beyond end of range (1): fri-mon"),
    ("*/0 * * * *", "step of range should be a positive number: */0"),
    ("@noon", "unrecognized descriptor: @noon"),
    ("TZ=Mars/X * * * * *", "provided bad location Mars/X: unknown time zone Mars/X"),
    (
      "TZ=UTC", "invalid schedule format: runtime error: slice bounds out of range [:-1]"
    ),
  ]) func whatIsNoScheduleIsRefusedInTheParsersWords(text: String, problem: String) {
    #expect(CronSchedule.problem(in: text) == problem)
  }

  // MARK: Daylight saving

  @Test func aTimeInTheSkippedHourIsLeftOutOnThatDay() throws {
    #expect(
      try next(3, "30 2 * * *", after: "2026-03-27T12:00:00Z", in: "Europe/Berlin") == [
        "2026-03-28T02:30:00+01:00", "2026-03-30T02:30:00+02:00", "2026-03-31T02:30:00+02:00",
      ])
    #expect(
      try next(2, "30 2 * * *", after: "2026-03-07T12:00:00Z", in: "America/New_York") == [
        "2026-03-09T02:30:00-04:00", "2026-03-10T02:30:00-04:00",
      ])
  }

  @Test func aTimeInTheRepeatedHourComesTwice() throws {
    #expect(
      try next(3, "30 2 * * *", after: "2026-10-24T12:00:00Z", in: "Europe/Berlin") == [
        "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00",
      ])
    #expect(
      try next(3, "30 1 * * *", after: "2026-10-31T12:00:00Z", in: "America/New_York") == [
        "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00", "2026-11-02T01:30:00-05:00",
      ])
  }

  @Test func aHalfHourIsSkippedAndRepeatedOnLordHowe() throws {
    // On 2026-10-04 the clock goes from 02:00 to 02:30, on 2026-04-05 from 02:00 back to 01:30.
    #expect(
      try next(2, "15 2 * * *", after: "2026-10-02T12:00:00Z", in: "Australia/Lord_Howe") == [
        "2026-10-03T02:15:00+10:30", "2026-10-05T02:15:00+11:00",
      ])
    #expect(
      try next(3, "45 1 * * *", after: "2026-04-04T00:00:00Z", in: "Australia/Lord_Howe") == [
        "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30", "2026-04-06T01:45:00+10:30",
      ])
  }

  @Test func aDayWithoutAMidnightIsFoundAllTheSame() throws {
    // In Santiago the clock goes from 2026-09-05 24:00 to 2026-09-06 01:00.
    #expect(
      try next(2, "0 12 6 9 *", after: "2026-01-01T00:00:00Z", in: "America/Santiago") == [
        "2026-09-06T12:00:00-03:00", "2027-09-06T12:00:00-03:00",
      ])
  }

  /// The hour on the clock is searched without moving its hands; moved, they show the same.
  @Test(arguments: [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana",
    "Asia/Kolkata",
  ])
  func theQuickWayThroughTheHourLeadsWhereTheHandsLead(zone: String) throws {
    let zone = try #require(IANAZone(zone))
    for text in ["* * * * *", "*/7 1-3 * * *", "0,59 2 28-30 3,10 0", "30 * * 11 *"] {
      let schedule = try CronSchedule(text, in: zone)
      guard case .fields(let fields) = schedule.form else { continue }
      for day in ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-11-01"] {
        let midnight = try #require(Timestamp("\(day)T00:00:00Z"))
        for second in stride(from: Int64(-7200), to: 57600, by: 197) {
          let time = Timestamp(unixSeconds: midnight.unixSeconds + second)
          let moved = WallTime(time.unixSeconds + 1, zone).firstFit(of: fields)?.unixSeconds
          #expect(schedule.next(after: time)?.unixSeconds == moved)
        }
      }
    }
  }
}
