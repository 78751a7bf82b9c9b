import KubeModel
import SimulationKernel

/// A shell that runs a script or one command, step by step: it stops where the script sleeps and goes
/// on when the time has come. What it has left to do is a stack of frames, so that it can be copied
/// in the middle of anything.
struct Shell: Program {
  /// What is left to do, last first.
  enum Frame: Sendable {
    case run(ShellCommand)
    case items([ShellItem], Int)
    case and(ShellCommand)
    case or(ShellCommand)
    case negate
    case clause([(condition: ShellCommand, body: ShellCommand)], Int, ShellCommand?)
    case loopTest(isUntil: Bool, ShellCommand, ShellCommand)
    case loopBody(isUntil: Bool, ShellCommand, ShellCommand)
    case each(String, [String], Int, ShellCommand)
    case counting(test: ShellWord, step: ShellWord, ShellCommand, isFirst: Bool)
    case stage([ShellCommand], Int, IO, failed: Int32)
    case restore(IO)
    case leaveSubshell(Scope)
    case leaveFunction([String], StringMap<String?>)
    case afterTrap(Int32)
    case settle(Int32)
    case follow(Follow)
  }

  /// Where input comes from and output goes.
  struct IO: Sendable {
    enum Sink: Sendable, Equatable {
      case console, null, buffer
      case file(String)
    }

    var input = ""
    var out = Sink.console
    var error = Sink.console
    /// What was written into the buffer.
    var buffer = ""
  }

  /// What a subshell cannot change.
  struct Scope: Sendable {
    var variables: StringMap<String>
    var arrays: StringMap<[String]>
    var exported: StringMap<Bool>
    var directory: String
    var traps: StringMap<String>
    var options: StringMap<Bool>
    var positional: [String]
  }

  /// A file that is read as it grows, and the stages of a pipe that get what is new.
  struct Follow: Sendable {
    var path: String
    var position: Int
    var stages: [ShellCommand] = []
  }

  /// What the shell waits for.
  enum Wait: Sendable, Equatable {
    case until(Duration)
    case forever
    case growth(since: Int)
    case jobs([Int32])
  }

  /// A command that runs in the background.
  struct Job: Sendable {
    var id: Int32
    var shell: Shell
  }

  /// Its name, in messages.
  var name = "sh"
  var frames: [Frame] = []
  var variables: StringMap<String> = [:]
  var arrays: StringMap<[String]> = [:]
  var exported: StringMap<Bool> = [:]
  var functions: StringMap<ShellCommand> = [:]
  /// `$0` and what follows.
  var positional: [String] = []
  var traps: StringMap<String> = [:]
  var options: StringMap<Bool> = [:]
  var locals: StringMap<String?> = [:]
  var status: Int32 = 0
  var io = IO()
  var directory = "/"
  var wait: Wait?
  /// Time that commands run at once took, to be slept off.
  var lag = Duration.zero
  var jobs: [Job] = []
  var lastJob: Int32 = 0
  var processID: Int32 = 1
  var pendingTraps: [String] = []
  /// The code it ended with.
  var ended: Int32?
  var isEnding = false
  /// True when an expansion has ended the command that it was for.
  var isAborted = false
  /// Where `$RANDOM` comes from: the pod and the start of the process.
  var chance = RunningHash()
  /// How many shells it is below the first one.
  var level = 0
  /// True in a script given as one argument, where the last command takes the shell's place.
  var yieldsToLast = false
  private let arguments: [String]?
  private let command: [String]?

  /// A shell with its command line: `sh -c script`, `sh file`, `sh`.
  init(arguments: [String]) {
    self.arguments = arguments
    command = nil
  }

  /// A shell that runs one command and gives its exit code, as if there were no shell.
  init(running command: [String]) {
    arguments = nil
    self.command = command
  }

  // MARK: Program

  mutating func start(on machine: inout Machine) {
    directory = machine.directory
    processID = machine.isFirstProcess ? 1 : 27
    chance.feed(machine.hostname)
    chance.feed(UInt64(bitPattern: machine.started.unixMicroseconds))
    for (key, value) in machine.environment {
      variables[key] = value
      exported[key] = true
    }
    if let command {
      positional = [command.first ?? "sh"]
      yieldsToLast = true
      name = "sh"
      var simple = ShellSimple()
      simple.words = command.map { ShellWord(exactly: $0) }
      frames = [.run(.simple(simple))]
    } else {
      load(machine)
    }
    advance(&machine)
  }

  mutating func wake(on machine: inout Machine) { advance(&machine) }

  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    guard let action = traps[signal.name] else { return machine.act(on: signal) }
    if action.isEmpty { return }
    pendingTraps.append(action)
    if case .jobs = wait {
      wait = nil
      status = 128 + signal.rawValue
    }
    advance(&machine)
  }

  /// Reads the command line.
  mutating func load(_ machine: Machine) {
    let arguments = arguments ?? ["sh"]
    name = arguments.first.map { String($0.split(separator: "/").last ?? "sh") } ?? "sh"
    var rest = Array(arguments.dropFirst())
    var isCommand = false
    while let flag = rest.first, flag.hasPrefix("-") || flag.hasPrefix("+"), flag.count > 1 {
      rest.removeFirst()
      if flag == "--" { break }
      if flag.hasPrefix("--") { continue }
      for letter in flag.dropFirst() {
        if letter == "c" { isCommand = true } else { options[String(letter)] = flag.first == "-" }
      }
      if flag.dropFirst().last == "o", let option = rest.first {
        rest.removeFirst()
        options[option == "errexit" ? "e" : option] = true
      }
    }
    guard let first = rest.first else {
      if isCommand { return fail("-c requires an argument", 2, machine) }
      if machine.readsInput { frames = [.settle(0)]; wait = .forever }
      return
    }
    let script: String
    if isCommand {
      script = first
      yieldsToLast = true
      positional = rest.count > 1 ? Array(rest.dropFirst()) : [name]
    } else {
      guard let text = try? machine.files.read(Files.normal(first, in: directory)) else {
        return fail("can't open '\(first)': No such file or directory", 2, machine)
      }
      script = text
      positional = rest
    }
    do throws(ShellSyntaxError) {
      frames = [.run(try ShellParser.parse(script))]
    } catch {
      fail(error.text, 2, machine)
    }
  }

  private mutating func fail(_ text: String, _ code: Int32, _ machine: Machine) {
    var simple = ShellSimple()
    simple.words = ["echo", "\(name): \(text)"].map { ShellWord(exactly: $0) }
    simple.redirects = [
      ShellRedirect(descriptor: 1, mode: .duplicate, target: ShellWord(exactly: "2"))
    ]
    frames = [.settle(code), .run(.simple(simple))]
  }

  // MARK: Going on

  /// Does all that is due, of its own and in the background, and asks for the next wake-up.
  mutating func advance(_ machine: inout Machine) {
    proceed(&machine)
    machine.followsFiles = follows
    if let ended {
      machine.exit(ended)
    } else if let next = nextWake(machine) {
      machine.sleep(next - machine.time)
    }
  }

  /// When it or a job of its can go on by itself.
  private func nextWake(_ machine: Machine) -> Duration? {
    var next: Duration?
    if case .until(let time) = wait { next = time }
    if case .growth(let changes) = wait, changes != machine.files.changes { next = machine.time }
    for job in jobs where job.shell.ended == nil {
      if let time = job.shell.nextWake(machine) { next = min(next ?? time, time) }
    }
    return next
  }

  /// True while it or a job of its waits for a file to grow.
  private var follows: Bool {
    if case .growth = wait { return true }
    return jobs.contains { $0.shell.ended == nil && $0.shell.follows }
  }

  private mutating func proceed(_ machine: inout Machine) {
    for index in jobs.indices where jobs[index].shell.ended == nil {
      jobs[index].shell.proceed(&machine)
    }
    switch wait {
    case .until(let time) where time > machine.time: return
    case .forever: return
    case .jobs(let ids):
      let left = jobs.filter { ids.contains($0.id) && $0.shell.ended == nil }
      if !left.isEmpty { return }
      if let last = ids.last, let job = jobs.first(where: { $0.id == last }) {
        status = job.shell.ended ?? 0
      }
    default: break
    }
    wait = nil
    runFrames(&machine)
  }

  /// Takes frame after frame until it waits or is done.
  mutating func runFrames(_ machine: inout Machine) {
    while wait == nil && ended == nil && machine.successor == nil {
      if !pendingTraps.isEmpty {
        let action = pendingTraps.removeFirst()
        frames.append(.afterTrap(status))
        push(script: action, machine: &machine)
      }
      guard let frame = frames.popLast() else {
        end(&machine)
        continue
      }
      step(frame, &machine)
      if lag > .zero {
        wait = .until(machine.time + lag)
        lag = .zero
      }
      machine.fuel -= 1
      if frames.count > 10_000 {
        complain("\(name): maximum function nesting level exceeded", &machine)
        frames = []
        status = 2
      }
      // A script that never sleeps is slow, not endless.
      if machine.fuel <= 0 && wait == nil && ended == nil {
        wait = .until(machine.time + .seconds(1))
      }
    }
  }

  /// Ends, after what is trapped at the end.
  private mutating func end(_ machine: inout Machine) {
    if !isEnding, let action = traps["EXIT"], !action.isEmpty {
      isEnding = true
      frames.append(.afterTrap(status))
      push(script: action, machine: &machine)
    } else {
      ended = status
    }
  }

  /// Leaves everything up to the innermost subshell.
  mutating func exit(_ code: Int32) {
    status = code
    while let frame = frames.last {
      if case .leaveSubshell = frame { return }
      if case .stage = frame { return }
      drop(frame)
    }
  }

  /// Takes the last frame away undone; redirects that it would have ended end now.
  mutating func drop(_ frame: Frame) {
    frames.removeLast()
    if case .restore(let outer) = frame { restore(outer) }
  }

  mutating func push(script: String, machine: inout Machine) {
    do throws(ShellSyntaxError) {
      frames.append(.run(try ShellParser.parse(script)))
    } catch {
      complain("\(name): \(error.text)", &machine)
      status = 2
    }
  }

  // MARK: Output

  mutating func write(_ text: String, _ machine: inout Machine) {
    write(text, io.out, &machine)
  }

  mutating func complain(_ line: String, _ machine: inout Machine) {
    write(line + "\n", io.error, &machine)
  }

  private mutating func write(_ text: String, _ sink: IO.Sink, _ machine: inout Machine) {
    // Long texts take longer than short ones.
    machine.fuel -= text.utf8.count >> 10
    switch sink {
    case .console: machine.output.write(text, at: machine.time)
    case .null: break
    case .buffer:
      // A pipe holds no more than this.
      if io.buffer.utf8.count < Self.longestText { io.buffer += text }
    case .file(let path): try? machine.files.write(text, to: path, append: true)
    }
  }

  /// How long a variable or what a pipe holds may grow, in bytes.
  static let longestText = 1 << 20

  /// A path as a file's name from the root.
  func path(_ text: String) -> String { Files.normal(text, in: directory) }

  /// What is exported, as a child's environment.
  var environment: StringMap<String> { variables.filter { exported[$0.key] == true } }
}
