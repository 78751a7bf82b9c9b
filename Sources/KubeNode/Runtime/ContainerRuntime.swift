import KubeModel
import KubePrograms
import SimulationKernel

/// A container of a pod as the node has it: the process that runs or ran last, the one before, and
/// what the kubelet remembers about starting it.
struct ContainerRuntime: Sendable {
  /// The newest process; nil before the first start.
  var current: ContainerProcess?
  /// The one before it.
  var previous: ContainerProcess?
  /// Why it could not be started; shown as the reason for waiting.
  @Boxed var failure: StartFailure?
  /// The wait before the next restart.
  @Boxed var restartBackoff: BackoffEntry?
  /// The probes that look at it.
  var probes: ContiguousArray<ProbeWorker> = []
  /// How many processes there were before `current`.
  var restarts: Int32 = 0
  /// True when the sync that is under way has killed `current`.
  var isJustKilled = false
  /// True between the removal of its process by a restart of all and its next start.
  var isReset = false
  /// What the last reported status said.
  var isStarted = false

  /// True once it was started.
  var hasProcess: Bool { if case nil = current { false } else { true } }

  /// True while the kubelet takes it for running.
  var isRunning: Bool { current?.isNoticed == false }

  /// The end of the newest process, as long as the kubelet does not know of it.
  var unseenExit: ProcessExit? { isRunning ? current?.exit : nil }

  /// The end of the newest process, once the kubelet knows of it.
  var seenExit: ProcessExit? { current?.isNoticed == true ? current?.exit : nil }

  /// The newest process whose end was known when the sync began: the one that a wait counts from.
  var lastExited: ContainerProcess? {
    guard let current else { return nil }
    return current.isNoticed && !isJustKilled ? current : previous
  }
}

/// One process of a container. It is asked about and handed on all the time, so it is two pointers.
struct ContainerProcess: Sendable {
  /// What is known of a process.
  struct Facts: Sendable {
    /// The runtime's name for it.
    let id: String
    /// The number of processes before it in this pod.
    let attempt: Int32
    /// The image it was started from, as the spec names it.
    let image: String
    /// The digest of the image.
    let imageID: String
    let startedAt: Instant
    /// The number of the sandbox it was started in.
    let sandbox: Int
    /// When it would end by itself.
    var ownExit: ProcessExit?
    /// When it ends: by itself or by a signal that was sent.
    var exit: ProcessExit?
    /// True when its program is a server that is started when somebody asks it.
    var startsLater = false
    /// When SIGTERM reaches its program.
    var signalTime: Instant?
    /// How the hooks went that its program was asked to do.
    @Boxed var postStart: PodWorker.HookResult?
    @Boxed var preStop: PodWorker.HookResult?
    /// Its termination message.
    var lastWords: String?
    /// Why the runtime could not start it.
    var startError: String?
    /// True once the kubelet knows that it has ended.
    var isNoticed = false
    /// True once a status named it; before that no probe looks at it.
    var isReported = false
    /// How a status tells its end, once one did.
    var told = Boxed<ContainerStateTerminated>()
  }

  @Indirect private var facts: Facts
  /// The program that plays it; nil for a scripted one, and for one of which nothing is known.
  var instance: Indirect<Instance>?

  init(_ facts: Facts) { _facts = Indirect(wrappedValue: facts) }

  // Forwarded one by one: a look-up by key path would copy all facts.
  var id: String { facts.id }
  var attempt: Int32 { facts.attempt }
  var image: String { facts.image }
  var imageID: String { facts.imageID }
  var startedAt: Instant { facts.startedAt }
  var sandbox: Int { facts.sandbox }
  var ownExit: ProcessExit? {
    get { facts.ownExit }
    set { facts.ownExit = newValue }
  }
  var exit: ProcessExit? {
    get { facts.exit }
    set {
      facts.exit = newValue
      facts.told = Boxed()
    }
  }
  var startsLater: Bool {
    get { facts.startsLater }
    set { facts.startsLater = newValue }
  }
  var signalTime: Instant? {
    get { facts.signalTime }
    set { facts.signalTime = newValue }
  }
  var postStart: PodWorker.HookResult? {
    get { facts.postStart }
    set { facts.postStart = newValue }
  }
  var preStop: PodWorker.HookResult? {
    get { facts.preStop }
    set { facts.preStop = newValue }
  }
  var lastWords: String? {
    get { facts.lastWords }
    set {
      facts.lastWords = newValue
      facts.told = Boxed()
    }
  }
  var startError: String? {
    get { facts.startError }
    set {
      facts.startError = newValue
      facts.told = Boxed()
    }
  }
  var isNoticed: Bool {
    get { facts.isNoticed }
    set { facts.isNoticed = newValue }
  }
  var isReported: Bool {
    get { facts.isReported }
    set { facts.isReported = newValue }
  }

  /// How a status tells its end; nothing before it does, and when something else is known of the end.
  var told: Boxed<ContainerStateTerminated> {
    get { facts.told }
    set { facts.told = newValue }
  }

  /// True when it lives at an instant.
  func isAlive(at now: Instant) -> Bool { facts.exit.map { $0.time > now } ?? true }
}

/// The end of a process.
struct ProcessExit: Hashable, Sendable {
  var time: Instant
  var code: Int32
  /// What made the runtime end it, when it was neither the process itself nor a signal.
  var cause = Cause.process

  enum Cause: Sendable {
    /// The process ended, by itself or by a signal.
    case process
    /// It used more memory than it may.
    case outOfMemory
    /// The machine went down under it.
    case reboot
    /// The runtime lost track of it: it may still run.
    case lost
  }

  /// What the runtime calls it.
  var reason: String {
    switch cause {
    case .process: code == 0 ? "Completed" : "Error"
    case .outOfMemory: "OOMKilled"
    case .reboot: "Unknown"
    case .lost: "ContainerStatusUnknown"
    }
  }
}

/// Why a container could not be started.
struct StartFailure: Hashable, Sendable {
  var reason: String
  var message: String
}

/// A wait that grows with each failure.
///
/// Follows `client-go/util/flowcontrol/backoff.go` (v1.36) with 10 s and 300 s: after a first
/// `extend` the wait is 10 s, then 20, 40, 80, 160, 300, 300 s.
struct BackoffEntry: Hashable, Sendable {
  static let first = Duration.seconds(10)
  static let longest = Duration.seconds(300)

  private(set) var wait: Duration
  private var updated: Instant
  /// What went wrong last.
  var message = ""

  /// Lengthens the wait, or begins it anew when what happened at `event` lies more than twice the
  /// longest wait after the last change.
  static func extend(_ entry: inout BackoffEntry?, event: Instant, now: Instant) {
    guard let old = entry, event - old.updated <= longest * 2 else {
      entry = BackoffEntry(wait: first, updated: now)
      return
    }
    entry?.wait = min(old.wait * 2, longest)
    entry?.updated = now
  }

  /// The end of the wait that counts from `event`; nil when it is over.
  func end(since event: Instant, now: Instant) -> Instant? {
    if event - updated > Self.longest * 2 { return nil }
    let end = event + wait
    return end > now ? end : nil
  }

  /// The end of the wait that counts from the last change; nil when it is over.
  func end(now: Instant) -> Instant? { end(since: updated, now: now) }

  private init(wait: Duration, updated: Instant) {
    self.wait = wait
    self.updated = updated
  }
}

/// The memory of one probe of one container.
struct ProbeWorker: Sendable {
  let kind: ProbeKind
  /// Its next tick.
  var next: Instant
  /// The process that the result is about; -1 for none.
  var attempt: Int32 = -1
  /// What holds now; nil for "unknown".
  var result: Bool?
  /// What the last tries found, and how often in a row.
  var last: Bool?
  var run = 0
  /// True from a failure that kills until there is a new process.
  var isOnHold = false

  /// The first tick at or after an instant, in the rhythm of `next`.
  func tick(from time: Instant, period: Duration) -> Instant {
    guard time > next else { return next }
    let behind = (time - next).nanoseconds
    let step = max(1, period.nanoseconds)
    return next + .nanoseconds((behind + step - 1) / step * step)
  }

  /// Begins anew with a new process.
  mutating func observe(_ process: ContainerProcess) {
    guard attempt != process.attempt else { return }
    attempt = process.attempt
    isOnHold = false
    result =
      switch kind {
      case .readiness: false
      case .liveness: true
      case .startup: nil
      }
  }

  /// Takes in what a try found; true when the result changed.
  mutating func record(_ succeeded: Bool, _ probe: Probe) -> Bool {
    run = last == succeeded ? run + 1 : 1
    last = succeeded
    let threshold = succeeded ? probe.successThreshold : probe.failureThreshold
    if run < Int(max(1, threshold)) { return false }
    let changed = result != succeeded
    result = succeeded
    if !succeeded && kind != .readiness {
      isOnHold = true
      run = 0
    }
    return changed
  }
}
