import KubeModel

/// A program on its machine: one process of a container, driven from event to event.
package struct Instance: Sendable {
  /// The program.
  package private(set) var program: any Program
  /// What it has around it.
  package var machine: Machine
  /// When it ended, counted from its start, and how.
  package private(set) var exit: (time: Duration, code: Int32)?

  /// True for a command that runs within another program, whose steps count as that one's.
  private let isNested: Bool

  /// A program that was not started yet.
  package init(_ program: any Program, on machine: Machine, isNested: Bool = false) {
    self.program = program
    self.machine = machine
    self.isNested = isNested
  }

  /// When it wants to be woken next; nil for never.
  package var nextWake: Duration? { exit == nil ? machine.wakeTime : nil }

  /// True while it waits for a file to grow.
  package var followsFiles: Bool { exit == nil && machine.followsFiles }

  /// Wakes it just after a time at which a file was written.
  package mutating func nudge(at time: Duration) {
    let soon = max(machine.time, time) + .milliseconds(1)
    machine.wakeTime = min(machine.wakeTime ?? soon, soon)
  }

  /// Starts it.
  package mutating func start() {
    refuel()
    program.start(on: &machine)
    follow()
  }

  /// Wakes it as often as it asked for, up to and including a time.
  package mutating func run(to time: Duration) {
    while let wake = nextWake, wake <= time {
      machine.time = max(machine.time, wake)
      machine.wakeTime = nil
      refuel()
      program.wake(on: &machine)
      follow()
    }
    if exit == nil { machine.time = max(machine.time, time) }
  }

  /// Sends it a signal at a time.
  package mutating func signal(_ signal: ProcessSignal, at time: Duration) {
    run(to: time)
    guard exit == nil else { return }
    refuel()
    deliver(signal)
    follow()
  }

  private mutating func deliver(_ signal: ProcessSignal) {
    if signal == .kill {
      machine.exit(137)
    } else {
      program.receive(signal, on: &machine)
    }
  }

  private mutating func refuel() {
    if !isNested { machine.fuel = Machine.stepsPerInstant }
  }

  /// Asks it at a time.
  package mutating func ask(_ request: Request, at time: Duration) -> Answer {
    run(to: time)
    if exit != nil { return Answer(.refused) }
    refuel()
    var answer = program.answer(request, on: &machine)
    if machine.lookedOutside { answer.validity = .once }
    machine.lookedOutside = false
    follow()
    return answer
  }

  /// Takes in what the last call asked for.
  private mutating func follow() {
    // A process that goes on sending itself signals is heard a few times at one instant.
    var signals = machine.isFirstProcess ? machine.sentSignals.prefix(8) : []
    if machine.isFirstProcess { machine.sentSignals = [] }
    while machine.exitCode == nil, let signal = signals.popFirst() { deliver(signal) }
    if machine.isFirstProcess { machine.sentSignals = [] }
    while let next = machine.successor, machine.exitCode == nil {
      machine.successor = nil
      machine.wakeTime = nil
      program = next
      program.start(on: &machine)
    }
    if exit == nil, let code = machine.exitCode {
      exit = (machine.time, code)
      return
    }
    if let wake = machine.wakeTime, wake <= machine.time {
      // A process cannot be busy for ever at one instant.
      machine.wakeTime = machine.time + .milliseconds(1)
    }
  }
}
