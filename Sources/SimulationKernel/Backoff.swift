/// A delay that doubles with each failure up to a cap.
///
/// With a base of 5 ms and a cap of 1000 s the delays are 5, 10, 20, 40 ms … 1000 s.
public struct Backoff: Hashable, Sendable {
  /// The delay after the first failure.
  public let base: Duration
  /// The longest delay.
  public let cap: Duration

  /// A back-off.
  public init(base: Duration, cap: Duration) {
    self.base = base
    self.cap = cap
  }

  /// The delay after this many failures in a row; zero when there were none.
  public func delay(failures: Int) -> Duration {
    guard failures > 0 else { return .zero }
    // Above 2^40 every base that is not zero is over the cap.
    let factor = Int64(1) << min(failures - 1, 40)
    let (product, overflow) = base.nanoseconds.multipliedReportingOverflow(by: factor)
    return overflow ? cap : min(cap, .nanoseconds(product))
  }
}
