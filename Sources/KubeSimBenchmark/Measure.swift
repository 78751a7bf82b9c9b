import Foundation
import KubeSim

/// Wall time, and what it was spent on.
struct Measurement {
  var seconds: Double
  var changes: UInt64
  var pods: Int
  var reconciles: Int

  /// Prints the figures, a line each, under a title.
  func report(_ title: String) {
    print(title)
    line("wall time", "\(rounded(seconds, 3)) s")
    line("changes", "\(changes), \(perSecond(Double(changes))) a second")
    line("pods", "\(pods), \(perSecond(Double(pods))) a second")
    line("reconciles", "\(reconciles)")
    if pods > 0 { line("per pod", "\(rounded(seconds / Double(pods) * 1e6, 2)) µs") }
  }

  private func perSecond(_ count: Double) -> String {
    seconds > 0 ? String(Int(count / seconds)) : "–"
  }
}

/// Prints a name and a figure.
func line(_ name: String, _ value: String) {
  print("  " + name.padding(toLength: 14, withPad: " ", startingAt: 0) + value)
}

/// A number with this many digits after the point.
func rounded(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// The seconds that a body takes.
func time(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try body()
  return (clock.now - start).inSeconds
}

/// The most memory that the process has had, in MiB.
func peakMemory() -> Double {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss) / 1_048_576
  #endif
}
