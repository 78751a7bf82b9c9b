import KubeModel

/// What the containers of a pod do, by container name; a container without an entry does what an
/// empty ``ContainerBehavior`` says.
public typealias PodBehavior = StringMap<ContainerBehavior>

/// The scripted life of a container.
///
/// An empty one starts at once, runs until it is stopped, passes every probe, does its hooks in no
/// time and exits 0 at SIGTERM.
///
/// ```swift
/// var flaky = ContainerBehavior()
/// flaky.runs = [.init(for: .seconds(5), exit: 1), .init()]  // fails once, then runs on
/// ```
public struct ContainerBehavior: Hashable, Sendable {
  /// How the image comes to the node.
  public var pull = Pull()
  /// One entry for each start of the container in its pod; the last one repeats.
  public var runs: [Run] = []
  /// Its answer to SIGTERM.
  public var stop = Stop()
  /// What its readiness probe finds; success for ever when empty.
  public var readiness: [ProbeSpan] = []
  /// What its liveness probe finds.
  public var liveness: [ProbeSpan] = []
  /// What its startup probe finds.
  public var startup: [ProbeSpan] = []
  /// The hook after its start.
  public var postStart = Hook()
  /// The hook before its stop.
  public var preStop = Hook()

  /// The behaviour of a container about which nothing is said.
  public init() {}

  /// The pull of an image.
  public struct Pull: Hashable, Sendable {
    /// How long the pull takes.
    public var duration: Duration
    /// True when the registry answers with an error.
    public var fails: Bool

    /// A pull that takes this long.
    public init(for duration: Duration = .zero, fails: Bool = false) {
      self.duration = duration
      self.fails = fails
    }
  }

  /// One run of the container's process.
  public struct Run: Hashable, Sendable {
    /// How long it lasts; nil until it is stopped.
    public var duration: Duration?
    /// With which code it ends by itself.
    public var exitCode: Int32

    /// A run of this length; until it is stopped when none is given.
    public init(for duration: Duration? = nil, exit exitCode: Int32 = 0) {
      self.duration = duration
      self.exitCode = exitCode
    }
  }

  /// An answer to SIGTERM.
  public struct Stop: Hashable, Sendable {
    /// The time from the signal to the exit.
    public var delay: Duration
    /// With which code it exits.
    public var exitCode: Int32
    /// True when only SIGKILL stops it.
    public var isIgnored: Bool

    /// An answer.
    public init(
      after delay: Duration = .zero, exit exitCode: Int32 = 0, ignored isIgnored: Bool = false
    ) {
      self.delay = delay
      self.exitCode = exitCode
      self.isIgnored = isIgnored
    }
  }

  /// A stretch of a container's life in which a probe finds the same.
  public struct ProbeSpan: Hashable, Sendable {
    /// How long it lasts; the first one begins with the container. Nil, or the last one: for ever.
    public var duration: Duration?
    /// What the probe finds.
    public var succeeds: Bool
    /// Why it finds nothing at all, since it cannot be carried out; nil when it can.
    public var error: String?

    /// A stretch of success or failure.
    public init(for duration: Duration? = nil, succeeds: Bool) {
      self.duration = duration
      self.succeeds = succeeds
    }

    /// A stretch in which the probe cannot be carried out: what was found before goes on to hold.
    public init(for duration: Duration? = nil, error: String) {
      self.duration = duration
      succeeds = false
      self.error = error
    }
  }

  /// A hook.
  public struct Hook: Hashable, Sendable {
    /// How long it takes.
    public var duration: Duration
    /// With which code it ends; another than 0 is a failure.
    public var exitCode: Int32

    /// A hook.
    public init(for duration: Duration = .zero, exit exitCode: Int32 = 0) {
      self.duration = duration
      self.exitCode = exitCode
    }
  }
}
