import KubeModel

/// What runs in a container, as a value: it is told of its start, of the time it asked for and of
/// signals, it answers requests, and it is copied with the cluster.
///
/// A program has no clock, no randomness and no side effects. Whatever it wants (print, sleep, listen,
/// write a file, exit) it asks of the ``Machine`` it is handed; what it must remember, it keeps in
/// itself. The same calls must lead to the same requests, or a run is no longer repeatable.
///
/// ```swift
/// struct Worker: Program {
///   var rounds = 0
///   mutating func start(on machine: inout Machine) { machine.sleep(.seconds(5)) }
///   mutating func wake(on machine: inout Machine) {
///     rounds += 1
///     machine.print("round \(rounds)")
///     if rounds == 3 { machine.exit(0) } else { machine.sleep(.seconds(5)) }
///   }
/// }
/// ```
///
/// A program costs steps only at the instants that it asked for.
public protocol Program: Sendable {
  /// Its process starts. A program that asks for nothing here runs until it is stopped.
  mutating func start(on machine: inout Machine)

  /// The instant it asked for with ``Machine/sleep(_:)`` has come.
  mutating func wake(on machine: inout Machine)

  /// A signal that can be caught has come. By default what the kernel does: the process ends with 128
  /// and the signal's number, unless it is the first of its container, which ignores it.
  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine)

  /// Somebody asks: a probe, a hook, or another pod. What is asked changes nothing in the program
  /// itself. By default the machine answers for it, see ``Machine/answer(_:)``.
  ///
  /// An answer says how long it holds, and a probe is not run again before that.
  func answer(_ request: Request, on machine: inout Machine) -> Answer
}

extension Program {
  public mutating func wake(on machine: inout Machine) {}

  public mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    machine.act(on: signal)
  }

  public func answer(_ request: Request, on machine: inout Machine) -> Answer {
    machine.answer(request)
  }
}

/// A signal to a process, by its number on Linux.
public enum ProcessSignal: Int32, Sendable, CaseIterable {
  case hangUp = 1
  case interrupt = 2
  case quit = 3
  case kill = 9
  case user1 = 10
  case user2 = 12
  case terminate = 15
  case windowChange = 28

  /// The signal of a name (`TERM`, `SIGTERM`) or number; nil for one that is not modelled.
  public init?(named name: String) {
    if let number = Int32(name) {
      self.init(rawValue: number)
      return
    }
    let word = name.uppercased()
    let bare = word.hasPrefix("SIG") ? String(word.dropFirst(3)) : word
    guard let signal = Self.allCases.first(where: { $0.name == bare }) else { return nil }
    self = signal
  }

  /// Its name without SIG.
  public var name: String {
    switch self {
    case .hangUp: "HUP"
    case .interrupt: "INT"
    case .quit: "QUIT"
    case .kill: "KILL"
    case .user1: "USR1"
    case .user2: "USR2"
    case .terminate: "TERM"
    case .windowChange: "WINCH"
    }
  }
}
