/// A point of virtual time: whole nanoseconds since the run began.
///
/// Time before the start is negative. Sums that leave the range stop at its ends.
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the run began.
  public var nanoseconds: Int64

  /// The instant this many nanoseconds after the start.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  public static let zero = Instant(nanoseconds: 0)

  /// Later than every instant that is reached.
  public static let distantFuture = Instant(nanoseconds: .max)

  /// Seconds since the run began.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant a duration later; stops at the ends of the range.
  @inlinable public static func + (instant: Instant, duration: Duration) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return Instant(nanoseconds: overflow ? (duration.nanoseconds > 0 ? .max : .min) : sum)
  }

  /// The instant a duration earlier; stops at the ends of the range.
  @inlinable public static func - (instant: Instant, duration: Duration) -> Instant {
    let (sum, overflow) = instant.nanoseconds.subtractingReportingOverflow(duration.nanoseconds)
    return Instant(nanoseconds: overflow ? (duration.nanoseconds > 0 ? .min : .max) : sum)
  }

  /// Moves the instant.
  @inlinable public static func += (instant: inout Instant, duration: Duration) {
    instant = instant + duration
  }

  /// The time from the right instant to the left one; negative when the left one is earlier.
  @inlinable public static func - (left: Instant, right: Instant) -> Duration {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
    return .nanoseconds(overflow ? (left > right ? .max : .min) : difference)
  }
}

extension Duration {
  /// Whole nanoseconds, cut towards zero; stops at the ends of the range.
  @inlinable public var nanoseconds: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000)
  }

  /// Seconds as a number with a fraction.
  public var inSeconds: Double { Double(nanoseconds) / 1e9 }

  /// This many minutes.
  public static func minutes(_ count: some BinaryInteger) -> Duration {
    .seconds(Int64(count) * 60)
  }

  /// This many hours.
  public static func hours(_ count: some BinaryInteger) -> Duration {
    .seconds(Int64(count) * 3600)
  }
}
