import KubeModel

/// What a program is asked: by a probe, by a hook, or by another pod.
public enum Request: Hashable, Sendable {
  /// A TCP connection to a port.
  case connect(port: Int32)
  /// An HTTP request.
  case http(port: Int32, path: String)
  /// The gRPC health check; the service is empty for the server as a whole.
  case health(port: Int32, service: String)
  /// A command in the container, as `kubectl exec` runs it.
  case exec([String])

  /// The port; nil for a command.
  public var port: Int32? {
    switch self {
    case .connect(let port), .http(let port, _), .health(let port, _): port
    case .exec: nil
    }
  }
}

/// What a program answers.
public struct Answer: Hashable, Sendable {
  /// How an answer went.
  public enum Outcome: Hashable, Sendable {
    /// Nobody listens on the port.
    case refused
    /// An HTTP status; for a connection or a health check 200 is success.
    case status(Int)
    /// The exit code of a command.
    case exit(Int32)
  }

  /// How long an answer holds.
  public enum Validity: Hashable, Sendable {
    /// Until the next event of a program of the pod: nothing else can change it.
    case untilNextEvent
    /// Until so long after the start of the program, or an event before that.
    case until(Duration)
    /// It may be another one next time.
    case once
  }

  /// How it went.
  public var outcome: Outcome
  /// The body, or what a command printed.
  public var body: String
  /// How long it took.
  public var delay: Duration
  /// How long the same request finds the same.
  public var validity: Validity

  /// An answer.
  public init(
    _ outcome: Outcome, _ body: String = "", after delay: Duration = .zero,
    validity: Validity = .untilNextEvent
  ) {
    self.outcome = outcome
    self.body = body
    self.delay = delay
    self.validity = validity
  }

  /// True for what a probe takes for success: a status from 200 to 399, or exit code 0.
  public var isSuccess: Bool {
    switch outcome {
    case .refused: false
    case .status(let status): (200..<400).contains(status)
    case .exit(let code): code == 0
    }
  }
}

/// What a program can reach of the cluster: read only.
public protocol Network: Sendable {
  /// The addresses of a name: of a Service (`web`, `web.shop`, `web.shop.svc.cluster.local`), of the
  /// pods of a headless one, of a pod, or the address itself. Empty for what does not exist.
  func addresses(of name: String) -> [String]

  /// Asks whoever is behind a name or an address. Nil when the name does not exist.
  func send(_ request: Request, to name: String) -> Answer?
}
