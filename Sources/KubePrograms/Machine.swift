import KubeModel

/// What a program has around it, and what it asks of it: its arguments and environment, the files
/// of its container, the network, its output, its timer.
public struct Machine: Sendable {
  /// The command line, the program's own name first.
  public var arguments: [String]
  /// The environment.
  public var environment: StringMap<String>
  /// The name of the host, which is the pod's.
  public var hostname: String
  /// The folder that relative paths begin in.
  public var directory: String
  /// The number of the user that it runs as.
  public var user: Int64 = 0
  /// The number of that user's first group.
  public var group: Int64 = 0
  /// The numbers of its other groups.
  public var groups: [Int64] = []
  /// The files of the container, with its volumes.
  public var files: Files
  /// The pods and Services of the cluster; nil where there is none.
  public var network: (any Network)?
  /// True when the program is the first process of its container, or of its pod where the pod's
  /// containers share their processes: it is not ended by a signal that it does not catch.
  public var isFirstProcess: Bool
  /// True when somebody could type: a shell without a script waits instead of ending.
  public var readsInput = false
  /// The time since the start of the container's process.
  public internal(set) var time: Duration = .zero
  /// What the cluster's clock showed at the start of the process.
  public var started: MicroTime

  /// What the program listens on, by port.
  public internal(set) var sockets: [Int32: Socket] = [:]  // Looked up, never walked.
  /// What was printed.
  public internal(set) var output = Output()
  /// How much memory the program takes, in bytes.
  public internal(set) var memory: UInt64 = 0
  /// The instant that the program asked to be woken at, counted from its start.
  public internal(set) var wakeTime: Duration?
  /// The code that the program exited with.
  public internal(set) var exitCode: Int32?
  /// Another program that takes the process over.
  var successor: (any Program)?
  /// Signals that a command sent to the first process.
  var sentSignals: [ProcessSignal] = []
  /// How many steps programs here may still make at this instant.
  var fuel = Machine.stepsPerInstant
  /// How many commands run within each other.
  var depth = 0
  /// True while a program waits for a file to grow.
  var followsFiles = false
  /// True once the program looked at what changes without an event: the clock, or another pod.
  var lookedOutside = false

  /// How many steps a shell makes at one instant before it pauses for a second.
  static let stepsPerInstant = 10_000
  /// How deep commands may run within each other: command substitution, `timeout`, exec.
  static let deepest = 8

  /// A machine without files.
  public init(
    arguments: [String], environment: StringMap<String> = [:], hostname: String = "localhost",
    directory: String = "/", files: Files = Files(), isFirstProcess: Bool = true,
    started: MicroTime = MicroTime(unixMicroseconds: 0)
  ) {
    self.arguments = arguments
    self.environment = environment
    self.hostname = hostname
    self.directory = directory
    self.files = files
    self.isFirstProcess = isFirstProcess
    self.started = started
  }

  /// What answers on a port.
  public enum Socket: Hashable, Sendable {
    /// Takes every connection, and answers 200 with a text.
    case text(String)
    /// Serves the files below a folder; 404 for what is not there.
    case files(String)
  }

  // MARK: What a program asks for

  /// Prints a line to the container's log.
  public mutating func print(_ line: String) { output.write(line + "\n", at: time) }

  /// Wants to be woken so long after now; at least a millisecond. A later wish replaces an earlier.
  public mutating func sleep(_ duration: Duration) {
    wakeTime = time + max(duration, .milliseconds(1))
  }

  /// Ends the process; what the program asks for afterwards has no effect.
  public mutating func exit(_ code: Int32) {
    if exitCode == nil { exitCode = code & 255 }
  }

  /// Listens on a port.
  public mutating func listen(on port: Int32, _ socket: Socket = .text("")) {
    sockets[port] = socket
  }

  /// Takes so many bytes of memory in all. More than the container's limit is too much: the kernel
  /// ends the process at once, with 137 and the reason `OOMKilled`.
  public mutating func use(memory bytes: UInt64) { memory = bytes }

  /// Listens on a port no more.
  public mutating func close(_ port: Int32) { sockets[port] = nil }

  // MARK: What the machine does where a program does not

  /// Ends the process by a signal that it does not catch, unless it is the first one.
  public mutating func act(on signal: ProcessSignal) {
    switch signal {
    case .windowChange: break
    case .kill: exit(137)
    default: if !isFirstProcess { exit(128 + signal.rawValue) }
    }
  }

  /// Answers from what the program listens on; runs a command with the container's tools.
  public mutating func answer(_ request: Request) -> Answer {
    switch request {
    case .exec(let command): return run(command)
    case .connect(let port), .health(let port, _):
      return Answer(sockets[port] == nil ? .refused : .status(200))
    case .http(let port, let path):
      switch sockets[port] {
      case nil: return Answer(.refused)
      case .text(let text): return Answer(.status(200), text)
      case .files(let root): return serve(path, below: root)
      }
    }
  }

  /// Runs a command to its end beside the program, as an exec probe does. What it does to files
  /// stays; the time it took is in the answer.
  public mutating func run(_ command: [String], limit: Duration = .seconds(3600)) -> Answer {
    if depth >= Self.deepest { return Answer(.exit(126), "too many levels of commands\n") }
    var machine = self
    machine.depth += 1
    machine.output = Output()
    machine.isFirstProcess = false
    machine.arguments = command
    machine.exitCode = nil
    machine.wakeTime = nil
    machine.lookedOutside = false
    let end = time + limit
    var instance = Instance(Toolbox.program(for: command), on: machine, isNested: true)
    instance.start()
    while instance.exit == nil, let next = instance.nextWake, next <= end,
      instance.machine.fuel > 0
    {
      instance.run(to: next)
    }
    fuel = instance.machine.fuel
    let taken = instance.exit.map { $0.time - time } ?? limit
    let changed = instance.machine.files.changes != files.changes
    files = instance.machine.files
    sentSignals += instance.machine.sentSignals
    let repeats =
      !changed && !instance.machine.lookedOutside && instance.machine.sentSignals.isEmpty
    return Answer(
      .exit(instance.exit?.code ?? 137), instance.machine.output.text, after: taken,
      validity: repeats ? .untilNextEvent : .once)
  }

  private func serve(_ path: String, below root: String) -> Answer {
    let bare = path.split(separator: "?", maxSplits: 1)[safe: 0].map(String.init) ?? "/"
    var place = root + (bare.hasPrefix("/") ? bare : "/" + bare)
    if files.isDirectory(place) { place += "/index.html" }
    guard let text = try? files.read(place) else {
      return Answer(.status(404), "<h1>404 Not Found</h1>\n")
    }
    return Answer(.status(200), text)
  }
}

extension Collection {
  /// The element at an index; nil beyond the ends.
  subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}
