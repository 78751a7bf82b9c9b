/// A transport protocol of a port.
///
/// Follows `core/v1 Protocol`, a name that Swift keeps for itself.
public struct NetworkProtocol: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let tcp = Self(rawValue: "TCP")
  public static let udp = Self(rawValue: "UDP")
  public static let sctp = Self(rawValue: "SCTP")
}
