import KubeModel
import SimulationKernel

/// Lengths of time in the words of kubectl: `45s`, `3m20s`, `30h`, `3d4h`, `2y130d`.
///
/// Follows `apimachinery/pkg/util/duration` (v1.36).
public enum HumanDuration {
  /// A length of time, floored to the units that matter at its size.
  ///
  /// 3,725 s are 62 min: below 3 h only minutes are shown, `62m`. 30 h are `30h`, 51 h `2d3h`.
  public static func text(_ duration: Duration) -> String {
    let nanoseconds = duration.nanoseconds
    let seconds = nanoseconds / 1_000_000_000
    if seconds < -1 { return "<invalid>" }
    if nanoseconds < 0 { return "0s" }
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    switch seconds {
    case ..<120: return "\(seconds)s"
    case ..<600: return pair(minutes, "m", seconds % 60, "s")
    case ..<(3 * hour): return "\(minutes)m"
    case ..<(8 * hour): return pair(hours, "h", minutes % 60, "m")
    case ..<(48 * hour): return "\(hours)h"
    case ..<(8 * day): return pair(hours / 24, "d", hours % 24, "h")
    case ..<(2 * year): return "\(hours / 24)d"
    case ..<(8 * year): return pair(hours / 24 / 365, "y", hours / 24 % 365, "d")
    default: return "\(hours / 24 / 365)y"
    }
  }

  /// The time since something happened; `<unknown>` when it never did.
  public static func since(_ time: Timestamp?, at now: MicroTime) -> String {
    since(time.map { MicroTime(unixMicroseconds: $0.unixSeconds * 1_000_000) }, at: now)
  }

  /// The time since something happened; `<unknown>` when it never did.
  public static func since(_ time: MicroTime?, at now: MicroTime) -> String {
    guard let time else { return "<unknown>" }
    return text(.microseconds(now.unixMicroseconds - time.unixMicroseconds))
  }

  private static let hour: Int64 = 3600
  private static let day: Int64 = 24 * hour
  private static let year: Int64 = 365 * day

  private static func pair(
    _ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String
  ) -> String {
    small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
  }
}
