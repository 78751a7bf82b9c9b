import KubeModel

// What each frame does.
extension Shell {
  mutating func step(_ frame: Frame, _ machine: inout Machine) {
    switch frame {
    case .run(let command): run(command, &machine)
    case .items(let items, let index): runItem(items, index, &machine)
    case .and(let right): if status == 0 { frames.append(.run(right)) }
    case .or(let right): if status != 0 { frames.append(.run(right)) }
    case .negate: status = status == 0 ? 1 : 0
    case .clause(let clauses, let index, let otherwise):
      if status == 0 {
        frames.append(.run(clauses[index].body))
      } else if index + 1 < clauses.count {
        frames.append(.clause(clauses, index + 1, otherwise))
        frames.append(.run(clauses[index + 1].condition))
      } else {
        status = 0
        if let otherwise { frames.append(.run(otherwise)) }
      }
    case .loopTest(let isUntil, let condition, let body):
      if (status == 0) == isUntil {
        status = 0
      } else {
        frames.append(.loopBody(isUntil: isUntil, condition, body))
        frames.append(.run(body))
      }
    case .loopBody(let isUntil, let condition, let body):
      frames.append(.loopTest(isUntil: isUntil, condition, body))
      frames.append(.run(condition))
    case .each(let variable, let words, let index, let body):
      guard index < words.count else { return }
      variables[variable] = words[index]
      frames.append(.each(variable, words, index + 1, body))
      frames.append(.run(body))
    case .counting(let test, let step, let body, let isFirst):
      if !isFirst { _ = evaluate(expandText(step, &machine), &machine) }
      let text = expandText(test, &machine)
      let goesOn = text.allSatisfy(\.isWhitespace) || (evaluate(text, &machine) ?? 0) != 0
      guard goesOn, !isAborted else { return }
      frames.append(.counting(test: test, step: step, body, isFirst: false))
      frames.append(.run(body))
    case .stage(let stages, let index, let outer, let failed):
      finishStage(stages, index, outer, failed)
    case .restore(let outer): restore(outer)
    case .leaveSubshell(let scope):
      leave(scope)
      followErrorOption()
    case .leaveFunction(let arguments, let outer):
      positional = arguments
      for (name, value) in locals { variables[name] = value }
      locals = outer
    case .afterTrap(let old): status = old
    case .settle(let code): status = code
    case .follow(let follow): goOn(with: follow, &machine)
    }
  }

  private mutating func run(_ command: ShellCommand, _ machine: inout Machine) {
    switch command {
    case .simple(let simple): runSimple(simple, &machine)
    case .pipeline(let stages, let isNegated):
      if isNegated { frames.append(.negate) }
      if stages.count == 1 {
        frames.append(.run(stages[0]))
      } else {
        let outer = io
        io.out = .buffer
        io.buffer = ""
        frames.append(.stage(stages, 0, outer, failed: 0))
        frames.append(.leaveSubshell(scope))
        frames.append(.run(stages[0]))
      }
    case .and(let left, let right):
      frames.append(.and(right))
      frames.append(.run(left))
    case .or(let left, let right):
      frames.append(.or(right))
      frames.append(.run(left))
    case .list(let items): if !items.isEmpty { frames.append(.items(items, 0)) }
    case .group(let body, let redirects):
      let outer = io
      guard apply(redirects, &machine) else { return }
      if !redirects.isEmpty { frames.append(.restore(outer)) }
      frames.append(.run(body))
    case .subshell(let body, let redirects):
      let outer = io
      guard apply(redirects, &machine) else { return }
      if !redirects.isEmpty { frames.append(.restore(outer)) }
      frames.append(.leaveSubshell(scope))
      frames.append(.run(body))
    case .choice(let clauses, let otherwise):
      frames.append(.clause(clauses, 0, otherwise))
      frames.append(.run(clauses[0].condition))
    case .loop(let isUntil, let condition, let body):
      frames.append(.loopTest(isUntil: isUntil, condition, body))
      frames.append(.run(condition))
    case .each(let variable, let words, let body):
      let values =
        words.map { $0.flatMap { expand($0, &machine) } } ?? Array(positional.dropFirst())
      status = 0
      frames.append(.each(variable, values, 0, body))
    case .cases(let subject, let branches):
      let text = expandText(subject, &machine)
      status = 0
      for branch in branches
      where branch.patterns.contains(where: {
        ShellPattern.matches(expandPattern($0, &machine), text)
      }) {
        frames.append(.run(branch.body))
        return
      }
    case .counting(let start, let test, let step, let body):
      _ = evaluate(expandText(start, &machine), &machine)
      status = 0
      frames.append(.counting(test: test, step: step, body, isFirst: true))
    case .function(let name, let body):
      functions[name] = body
      status = 0
    case .arithmetic(let expression):
      status = evaluate(expandText(expression, &machine), &machine) == 0 ? 1 : 0
    }
  }

  private mutating func runItem(_ items: [ShellItem], _ index: Int, _ machine: inout Machine) {
    if index + 1 < items.count { frames.append(.items(items, index + 1)) }
    let item = items[index]
    guard item.isBackground else {
      frames.append(.run(item.command))
      return
    }
    // What has ended and was not waited for is forgotten when there are many.
    if jobs.count >= Self.mostJobs { jobs.removeAll { $0.shell.ended != nil } }
    var child = subshell()
    guard child.level <= Self.deepest, jobs.count < Self.mostJobs else {
      complain("\(name): can't fork: Resource temporarily unavailable", &machine)
      status = 2
      return
    }
    child.io.input = ""
    child.frames = [.run(item.command)]
    lastJob = max(lastJob, processID &+ 5) &+ 1
    child.processID = lastJob
    child.runFrames(&machine)
    jobs.append(Job(id: lastJob, shell: child))
    status = 0
  }

  /// How many jobs a shell has, and how many shells are below each other.
  private static let mostJobs = 100
  private static let deepest = 16

  private mutating func finishStage(
    _ stages: [ShellCommand], _ index: Int, _ outer: IO, _ failed: Int32
  ) {
    let failed = status == 0 ? failed : status
    guard index + 1 < stages.count else {
      if options["pipefail"] == true { status = failed }
      var restored = outer
      if outer.out == .buffer { restored.buffer = io.buffer }
      io = restored
      followErrorOption()
      return
    }
    let passed = io.buffer
    io = outer
    io.input = passed
    if index + 2 < stages.count {
      io.out = .buffer
      io.buffer = ""
    }
    frames.append(.stage(stages, index + 1, outer, failed: failed))
    frames.append(.leaveSubshell(scope))
    frames.append(.run(stages[index + 1]))
  }

  mutating func restore(_ outer: IO) {
    var outer = outer
    // What went into the same buffer stays there.
    if outer.out == .buffer || outer.error == .buffer { outer.buffer = io.buffer }
    io = outer
  }

  // MARK: Subshells

  var scope: Scope {
    Scope(
      variables: variables, arrays: arrays, exported: exported, directory: directory, traps: traps,
      options: options, positional: positional)
  }

  mutating func leave(_ scope: Scope) {
    variables = scope.variables
    arrays = scope.arrays
    exported = scope.exported
    directory = scope.directory
    traps = scope.traps
    options = scope.options
    positional = scope.positional
  }

  /// A copy with nothing left to do, in which traps are off.
  func subshell() -> Shell {
    var child = self
    child.level += 1
    child.frames = []
    child.traps = [:]
    child.jobs = []
    child.pendingTraps = []
    child.yieldsToLast = false
    child.wait = nil
    child.lag = .zero
    return child
  }

  /// Runs a command to its end at once and returns what it printed; the time it took is slept off
  /// afterwards.
  mutating func capture(_ command: ShellCommand, _ machine: inout Machine) -> String {
    if case .simple(let simple) = command, simple.words.isEmpty, simple.assignments.isEmpty,
      simple.redirects.count == 1, simple.redirects[0].mode == .read
    {
      return content(of: simple.redirects[0], &machine)
    }
    var child = subshell()
    child.frames = [.run(command)]
    child.io.out = .buffer
    child.io.buffer = ""
    let begin = machine.time
    machine.depth += 1
    defer { machine.depth -= 1 }
    if machine.depth > Machine.deepest {
      complain("\(name): too many levels of commands", &machine)
      isAborted = true
      return ""
    }
    while child.ended == nil {
      child.runFrames(&machine)
      if machine.fuel <= 0 { break }
      guard case .until(let time) = child.wait else { break }
      machine.time = max(machine.time, time)
      child.wait = nil
    }
    lag += machine.time - begin
    machine.time = begin
    status = child.ended ?? 1
    var text = child.io.buffer
    while text.last == "\n" { text.removeLast() }
    return text
  }

  /// `$(<file)`.
  private mutating func content(
    of redirect: ShellRedirect, _ machine: inout Machine
  ) -> String {
    let outer = io
    defer { io = outer }
    guard apply([redirect], &machine) else { return "" }
    status = 0
    var text = io.input
    while text.last == "\n" { text.removeLast() }
    return text
  }

  // MARK: Redirects

  /// Opens what a command's redirects name; false, with a message, when that fails.
  mutating func apply(_ redirects: [ShellRedirect], _ machine: inout Machine) -> Bool {
    for redirect in redirects {
      let text = expandText(redirect.target, &machine)
      switch redirect.mode {
      case .document: io.input = text
      case .read:
        if text == "/dev/null" { io.input = ""; continue }
        do throws(FileError) {
          io.input = try machine.files.read(path(text))
        } catch {
          complain("\(name): can't open \(text): no such file", &machine)
          status = 1
          return false
        }
      case .duplicate:
        if redirect.descriptor == 2 {
          io.error = text == "1" ? io.out : text == "-" ? .null : io.error
        } else if redirect.descriptor == 1 {
          io.out = text == "2" ? io.error : text == "-" ? .null : io.out
        }
      case .write, .append:
        guard let sink = open(text, append: redirect.mode == .append, &machine) else {
          status = 1
          return false
        }
        if redirect.descriptor != 2 { io.out = sink }
        if redirect.descriptor == 2 || redirect.descriptor == -1 { io.error = sink }
      }
    }
    return true
  }

  private mutating func open(
    _ name: String, append: Bool, _ machine: inout Machine
  ) -> IO.Sink? {
    switch path(name) {
    case "/dev/null": return .null
    case "/dev/stdout": return io.out
    case "/dev/stderr": return io.error
    case "/proc/1/fd/1", "/proc/1/fd/2", "/dev/console": return .console
    case let path:
      do throws(FileError) {
        if append && machine.files.exists(path) {
          try machine.files.write("", to: path, append: true)
        } else {
          try machine.files.write("", to: path)
        }
        return .file(path)
      } catch {
        let verb = error == .missing ? "nonexistent directory" : error.description
        complain("\(self.name): can't create \(name): \(verb)", &machine)
        return nil
      }
    }
  }
}
