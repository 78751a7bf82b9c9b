import KubeModel
import SimulationKernel

/// What one pod was measured at.
public struct PodSample: Hashable, Sendable {
  /// The value in thousandths: 250 for a CPU use of `250m`.
  public var milliValue: Int64
  /// The end of the time over which it was measured.
  public var timestamp: Timestamp
  /// The length of that time.
  public var window: Duration

  /// A sample.
  public init(milliValue: Int64, timestamp: Timestamp, window: Duration) {
    self.milliValue = milliValue
    self.timestamp = timestamp
    self.window = window
  }
}

/// Why no size can be computed from a metric, in the words of the real controller.
public struct MetricError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text.
  public let message: String

  /// An error of this text.
  public init(_ message: String) { self.message = message }

  /// The text.
  public var description: String { message }

  static let noPods = Self("no pods returned by selector while calculating replica count")
  static let noSamples = Self(
    "did not receive metrics for targeted pods (pods might be unready)")
}
