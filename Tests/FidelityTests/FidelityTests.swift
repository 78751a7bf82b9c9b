import Foundation
import KubeModel
import KubeSimManifests
import TestFixtures
import Testing

/// Plays the recorded scenarios and holds each run against what a real cluster did.
@Suite("Fidelity") struct FidelityTests {
  @Test("a scenario does not fall below its floor", arguments: Recordings.names)
  func scenario(_ name: String) throws {
    let comparison = try Recordings.compare(name)
    print("FIDELITY \(name) \(comparison.passed)/\(comparison.total)")
    let floor = try Recordings.floors()[name] ?? Recordings.floor
    let share = Double(comparison.passed) / Double(max(comparison.total, 1))
    #expect(
      share >= floor,
      """
      \(comparison.passed) of \(comparison.total) checks hold:
      \(comparison.failures.joined(separator: "\n"))
      """)
  }

  @Test("a recording agrees with itself in everything", arguments: Recordings.names)
  func itself(_ name: String) throws {
    let recorded = try Recordings.recording(name)
    let comparison = Comparison(recorded: recorded, simulated: recorded)
    #expect(comparison.failures == [])
    #expect(comparison.total > 10)
  }

  @Test("a run that does nothing fails most checks") func nothing() throws {
    let recorded = try Recordings.recording("pod-crashloop")
    let comparison = Comparison(recorded: recorded, simulated: [])
    #expect(comparison.passed == 0)
    #expect(comparison.total > 10)
  }
}
