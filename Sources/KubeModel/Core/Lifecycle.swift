/// What is done around a container's life.
///
/// Follows `core/v1 Lifecycle`.
public struct Lifecycle: APIValue {
  /// Done right after the start; when it fails, the container is killed.
  public var postStart: LifecycleHandler?
  /// Done before the stop signal, within the grace period.
  public var preStop: LifecycleHandler?
  /// The signal that stops the container; the image's own unless set.
  public var stopSignal: Signal?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("postStart", &postStart)
    fields.field("preStop", &preStop)
    fields.field("stopSignal", &stopSignal)
  }
}

/// A hook of a container's life; one of the four is set.
///
/// Follows `core/v1 LifecycleHandler`.
public struct LifecycleHandler: APIValue {
  /// Runs a command.
  public var exec: ExecAction?
  /// Asks for a page.
  public var httpGet: HTTPGetAction?
  /// Kept for old objects; always fails.
  public var tcpSocket: TCPSocketAction?
  /// Waits.
  public var sleep: SleepAction?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("exec", &exec)
    fields.field("httpGet", &httpGet)
    fields.field("tcpSocket", &tcpSocket)
    fields.field("sleep", &sleep)
  }
}

/// A pause.
///
/// Follows `core/v1 SleepAction`.
public struct SleepAction: APIValue {
  /// How long.
  public var seconds: Int64 = 0

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("seconds", &seconds, .always)
  }
}

/// A signal of Linux by name, as `SIGTERM`.
///
/// Follows `core/v1 Signal`.
public struct Signal: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let term = Self(rawValue: "SIGTERM")
  public static let kill = Self(rawValue: "SIGKILL")

  /// All signals that a pod for Linux may name; one for Windows only the two above.
  public static let all: [Signal] = [
    "SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL",
    "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT",
    "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN",
    "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ",
    "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6",
    "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12",
    "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMAX-14", "SIGRTMAX-13", "SIGRTMAX-12",
    "SIGRTMAX-11", "SIGRTMAX-10", "SIGRTMAX-9", "SIGRTMAX-8", "SIGRTMAX-7", "SIGRTMAX-6",
    "SIGRTMAX-5", "SIGRTMAX-4", "SIGRTMAX-3", "SIGRTMAX-2", "SIGRTMAX-1", "SIGRTMAX",
  ]
}
