import Foundation
import Testing

@testable import KubeModel

@Suite struct IANAZoneTests {
  /// The compiled data base of the system, if it is of the version that is built in.
  private var system: URL? {
    let folder = URL(filePath: "/usr/share/zoneinfo")
    let source = try? String(contentsOf: folder.appending(path: "tzdata.zi"), encoding: .utf8)
    return source?.hasPrefix("# version \(IANAZone.version)\n") == true ? folder : nil
  }

  @Test func everyZoneAgreesWithTheDataBaseOfTheSystem() throws {
    guard let folder = system else { return }
    var zones = 0
    for name in IANAZone.names {
      let zone = try #require(IANAZone(name))
      let changes = try transitions(folder.appending(path: name))
      zones += 1
      for (index, change) in changes.enumerated() where change.time > 946_684_800 {
        #expect(zone.offset(at: change.time) == change.offset, "\(name) at \(change.time)")
        let before = index > 0 ? changes[index - 1].offset : change.offset
        #expect(zone.offset(at: change.time - 1) == before, "\(name) before \(change.time)")
      }
    }
    #expect(zones == 598)
  }

  /// Reads the 64-bit part of a compiled zone.
  private func transitions(_ file: URL) throws -> [(time: Int64, offset: Int64)] {
    let bytes = [UInt8](try Data(contentsOf: file))
    func number(_ at: Int, _ size: Int) -> Int64 {
      let first: Int64 = bytes[at] >= 128 ? -1 : 0
      return bytes[at..<at + size].reduce(first) { $0 << 8 | Int64($1) }
    }
    func counts(_ at: Int) -> [Int] { (0..<6).map { Int(number(at + 20 + $0 * 4, 4)) } }
    let old = counts(0)
    var at = 44 + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0]
    let new = counts(at)
    at += 44
    let types = at + new[3] * 9
    return (0..<new[3]).map { index in
      let type = Int(bytes[at + new[3] * 8 + index])
      return (number(at + index * 8, 8), number(types + type * 6, 4))
    }
  }

  @Test func aZoneWithSummerTimeGoesOnByItsRuleForEver() throws {
    let berlin = try #require(IANAZone("Europe/Berlin"))
    let july2100 = try #require(Timestamp("2100-07-01T00:00:00Z"))
    let january2100 = try #require(Timestamp("2100-01-01T00:00:00Z"))
    #expect(berlin.offset(at: july2100.unixSeconds) == 7200)
    #expect(berlin.offset(at: january2100.unixSeconds) == 3600)
  }

  @Test func theSouthHasSummerOverTheTurnOfTheYear() throws {
    let sydney = try #require(IANAZone("Australia/Sydney"))
    let january = try #require(Timestamp("2026-01-01T00:00:00Z"))
    let july = try #require(Timestamp("2026-07-01T00:00:00Z"))
    #expect(sydney.offset(at: january.unixSeconds) == 11 * 3600)
    #expect(sydney.offset(at: july.unixSeconds) == 10 * 3600)
  }

  @Test(arguments: ["", "Mars/X", "europe/berlin", "Local", "Europe", "Europe/Berlin "])
  func aNameThatIsNotInTheDataBaseHasNoZone(name: String) {
    #expect(IANAZone(name) == nil)
  }

  @Test func anOffsetNeedNotBeAWholeHour() throws {
    let kathmandu = try #require(IANAZone("Asia/Kathmandu"))
    #expect(kathmandu.offset(at: 1_767_225_600) == 5 * 3600 + 45 * 60)
  }
}
