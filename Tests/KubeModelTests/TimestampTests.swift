import KubeModel
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-01-02T03:04:05Z", 1_767_323_045),
    ("2024-02-29T23:59:59Z", 1_709_251_199), ("2000-03-01T00:00:00Z", 951_868_800),
    ("1969-12-31T23:59:59Z", -1), ("1900-01-01T00:00:00Z", -2_208_988_800),
    ("9999-12-31T23:59:59Z", 253_402_300_799), ("0001-01-01T00:00:00Z", -62_135_596_800),
  ])
  func `texts and seconds`(text: String, seconds: Int64) {
    #expect(Timestamp(text)?.unixSeconds == seconds)
    #expect(Timestamp(unixSeconds: seconds).description == text)
  }

  @Test func `every day of four centuries is written and read back`() {
    for day in stride(from: Int64(-140_000), to: 10_000, by: 1) {
      let time = Timestamp(unixSeconds: day * 86400 + 12345)
      guard Timestamp(time.description) == time else {
        Issue.record("\(time)")
        return
      }
    }
  }

  @Test(arguments: [
    ("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"),
    ("2026-01-02T03:04:05-00:30", "2026-01-02T03:34:05Z"),
    ("2026-01-02t03:04:05z", "2026-01-02T03:04:05Z"),
    ("2026-01-02T03:04:05.999Z", "2026-01-02T03:04:05Z"),
  ])
  func `other forms become UTC with whole seconds`(text: String, expected: String) {
    #expect(Timestamp(text)?.description == expected)
  }

  @Test(arguments: [
    "", "2026", "2026-01-02", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z",
    "2026-01-32T03:04:05Z", "2026-01-02T24:04:05Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:60Z",
    "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05+0200", "2026-01-02T03:04:05Zx",
    "2026-02-30T03:04:05Z",
  ])
  func `what is no time is refused`(text: String) {
    #expect(Timestamp(text) == nil)
    #expect(MicroTime(text) == nil)
  }

  @Test func `a bad time is reported in Go's words`() throws {
    #expect { try Timestamp(json: "soon") } throws: {
      "\($0)"
        == #"parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006""#
    }
    #expect { try Timestamp(json: 5) } throws: {
      "\($0)" == "json: cannot unmarshal number into Go value of type v1.Time"
    }
  }

  @Test func `micro times have six digits`() {
    let time = MicroTime("2026-01-02T03:04:05.6Z")
    #expect(time?.unixMicroseconds == 1_767_323_045_600_000)
    #expect(time?.description == "2026-01-02T03:04:05.600000Z")
    #expect(time?.wholeSeconds.description == "2026-01-02T03:04:05Z")
    #expect(
      MicroTime("2026-01-02T03:04:05.123456789Z")?.description == "2026-01-02T03:04:05.123456Z")
    let late = "9999-12-31T23:59:59.999999Z"
    #expect(MicroTime(late)?.description == late)
    let early = MicroTime(unixMicroseconds: -1)
    #expect(early.wholeSeconds.unixSeconds == -1)
    #expect(early.description == "1969-12-31T23:59:59.999999Z")
  }

  @Test func `arithmetic`() throws {
    let start = Timestamp(unixSeconds: 100)
    #expect(start + .milliseconds(1999) == Timestamp(unixSeconds: 101))
    #expect(start + .seconds(-1) == Timestamp(unixSeconds: 99))
    #expect(Timestamp(unixSeconds: 160) - start == .seconds(60))
    #expect(start < start + .seconds(1))
  }
}
