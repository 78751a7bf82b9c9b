/// A check that the kubelet repeats on a container. One of the four actions is set.
///
/// Follows `core/v1 Probe`.
public struct Probe: APIValue {
  /// Runs a command; exit code 0 is success.
  public var exec: ExecAction?
  /// Asks for a page; a status from 200 to 399 is success.
  public var httpGet: HTTPGetAction?
  /// Opens a connection.
  public var tcpSocket: TCPSocketAction?
  /// Asks the gRPC health service.
  public var grpc: GRPCAction?
  /// Seconds from the container's start to the first check.
  public var initialDelaySeconds: Int32 = 0
  /// Seconds after which a check has failed; 1 unless set.
  public var timeoutSeconds: Int32 = 0
  /// Seconds between checks; 10 unless set.
  public var periodSeconds: Int32 = 0
  /// Successes in a row that make a failed probe succeed; 1 unless set.
  public var successThreshold: Int32 = 0
  /// Failures in a row that make the probe fail; 3 unless set.
  public var failureThreshold: Int32 = 0
  /// Overrides the pod's grace period when this probe kills.
  public var terminationGracePeriodSeconds: Int64?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("exec", &exec)
    fields.field("httpGet", &httpGet)
    fields.field("tcpSocket", &tcpSocket)
    fields.field("grpc", &grpc)
    fields.field("initialDelaySeconds", &initialDelaySeconds)
    fields.field("timeoutSeconds", &timeoutSeconds)
    fields.field("periodSeconds", &periodSeconds)
    fields.field("successThreshold", &successThreshold)
    fields.field("failureThreshold", &failureThreshold)
    fields.field("terminationGracePeriodSeconds", &terminationGracePeriodSeconds)
  }
}

/// A command run in the container, without a shell.
///
/// Follows `core/v1 ExecAction`.
public struct ExecAction: APIValue {
  /// The program and its arguments.
  public var command: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("command", &command)
  }
}

/// A request for a page.
///
/// Follows `core/v1 HTTPGetAction`.
public struct HTTPGetAction: APIValue {
  /// The page.
  public var path = ""
  /// The port, by number or name.
  public var port: IntOrString = .int(0)
  /// The host; empty for the pod's address.
  public var host = ""
  /// `HTTP` unless set.
  public var scheme: URIScheme = ""
  /// Headers of the request.
  public var httpHeaders: [HTTPHeader] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("path", &path)
    fields.field("port", &port, .always)
    fields.field("host", &host)
    fields.field("scheme", &scheme)
    fields.field("httpHeaders", &httpHeaders)
  }
}

/// A header of a request.
///
/// Follows `core/v1 HTTPHeader`.
public struct HTTPHeader: APIValue {
  public var name = ""
  public var value = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("value", &value, .always)
  }
}

/// A connection to be opened.
///
/// Follows `core/v1 TCPSocketAction`.
public struct TCPSocketAction: APIValue {
  /// The port, by number or name.
  public var port: IntOrString = .int(0)
  /// The host; empty for the pod's address.
  public var host = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("port", &port, .always)
    fields.field("host", &host)
  }
}

/// A call to the gRPC health service.
///
/// Follows `core/v1 GRPCAction`.
public struct GRPCAction: APIValue {
  /// The port.
  public var port: Int32 = 0
  /// The service asked about; nil or empty for the server as a whole.
  public var service: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("port", &port, .always)
    fields.field("service", &service, .always)
  }
}

/// How a page is asked for.
///
/// Follows `core/v1 URIScheme`.
public struct URIScheme: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let http = Self(rawValue: "HTTP")
  public static let https = Self(rawValue: "HTTPS")
}
