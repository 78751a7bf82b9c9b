import SimulationKernel

/// How much time a column of a timeline stands for, and which instants are in which column.
struct TimelineScale {
  /// The time of one column.
  let unit: Duration
  /// How many columns there are.
  let columns: Int

  /// The smallest round unit with which the time from zero to `end` fits into so many columns.
  init(end: Instant, columns limit: Int) {
    let length = max(end.nanoseconds, 1)
    let fitting = Self.units.first {
      (length - 1) / $0.nanoseconds + 1 <= Int64(max(1, limit))
    }
    // Beyond the longest unit, whole multiples of it.
    let longest = Self.units[Self.units.count - 1].nanoseconds
    let most = longest * Int64(max(1, limit))
    unit = fitting ?? .nanoseconds(longest * ((length - 1) / most + 1))
    columns = Int((length - 1) / unit.nanoseconds) + 1
  }

  /// The column in which an instant lies; those outside lie in the first or last.
  func column(of time: Instant) -> Int {
    min(max(0, Int(max(0, time.nanoseconds) / unit.nanoseconds)), columns - 1)
  }

  /// When a column begins.
  func start(of column: Int) -> Instant {
    Instant(nanoseconds: unit.nanoseconds * Int64(column))
  }

  private static let units: [Duration] =
    [100, 200, 500].map { .milliseconds($0) }
    + [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800].map { .seconds($0) }
    + [1, 2, 3, 6, 12, 24, 48, 168].map { .hours($0) }
}

extension Instant {
  /// The time since the start in short: `20s`, `1.5s`, `2m5s`, `3h20m`, `4d2h`.
  var shortText: String {
    let length = Duration.nanoseconds(max(0, nanoseconds))
    let tenths = length.nanoseconds / 100_000_000
    let seconds = tenths / 10
    func pair(_ large: Int64, _ one: String, _ small: Int64, _ two: String) -> String {
      small == 0 ? "\(large)\(one)" : "\(large)\(one)\(small)\(two)"
    }
    switch seconds {
    case ..<60: return tenths % 10 == 0 ? "\(seconds)s" : "\(seconds).\(tenths % 10)s"
    case ..<3600: return pair(seconds / 60, "m", seconds % 60, "s")
    case ..<86400: return pair(seconds / 3600, "h", seconds / 60 % 60, "m")
    default: return pair(seconds / 86400, "d", seconds / 3600 % 24, "h")
    }
  }
}
