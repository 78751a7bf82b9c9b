/// Why a rollout cannot be done as asked, in kubectl's words.
public struct RolloutError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text.
  public let message: String

  /// An error of this text.
  public init(_ message: String) { self.message = message }

  /// The text.
  public var description: String { message }
}
