/// A port on which a container listens.
///
/// Follows `core/v1 ContainerPort`.
public struct ContainerPort: APIValue {
  /// By what Services and probes refer to the port.
  public var name = ""
  /// The node's port that leads here; 0 for none.
  public var hostPort: Int32 = 0
  /// The port, from 1 to 65535.
  public var containerPort: Int32 = 0
  /// `TCP` unless set.
  public var `protocol`: NetworkProtocol = ""
  /// The node's address to which the host port is bound; empty for all.
  public var hostIP = ""

  /// Nothing set.
  public init() {}

  /// A port, without a name unless one is given.
  public init(containerPort: Int32, name: String = "", `protocol`: NetworkProtocol = .tcp) {
    self.containerPort = containerPort
    self.name = name
    self.`protocol` = `protocol`
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("hostPort", &hostPort)
    fields.field("containerPort", &containerPort, .always)
    fields.field("protocol", &`protocol`)
    fields.field("hostIP", &hostIP)
  }
}
