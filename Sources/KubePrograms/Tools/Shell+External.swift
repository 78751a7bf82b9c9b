import KubeModel

// Runs what is not the shell's own: another shell, a command before a command, a server, a tool.
extension Shell {
  mutating func external(_ words: [String], _ machine: inout Machine) {
    let arguments = Array(words.dropFirst())
    if Toolbox.isFile(words[0], machine.files, directory) {
      return runFile(words, &machine)
    }
    guard !words[0].contains("/") || Toolbox.isSystemPath(words[0]) else {
      return notFound(words[0], &machine)
    }
    let base = Toolbox.baseName(words[0])
    if Toolbox.shells.contains(base) {
      var child = Shell(arguments: words)
      child.start(inside: self, machine)
      return enter(child)
    }
    if let server = Servers.server(of: [base] + arguments) {
      return serve(server, [base] + arguments, &machine)
    }
    switch base {
    case "sleep": sleep(arguments, &machine)
    case "env", "nohup", "time", "setsid", "tini", "dumb-init", "timeout", "xargs":
      runPrefix(base, arguments, &machine)
    case "tail" where arguments.contains(where: Self.isFollowFlag): follow(arguments, &machine)
    default:
      if let code = tool(base, arguments, &machine) {
        status = code
      } else {
        notFound(words[0], &machine)
      }
    }
  }

  private mutating func notFound(_ word: String, _ machine: inout Machine) {
    complain("\(name): \(word): not found", &machine)
    status = 127
  }

  /// Takes over what a shell of the same process's child would do: the frames of its script.
  private mutating func enter(_ child: Shell) {
    frames.append(.leaveSubshell(scope))
    frames += child.frames
    if child.wait != nil { wait = child.wait }
    variables = environment
    traps = [:]
    options = child.options
    positional = child.positional
    status = 0
  }

  /// Reads the command line of a shell that is started within another one.
  private mutating func start(inside outer: Shell, _ machine: Machine) {
    directory = outer.directory
    load(machine)
  }

  private mutating func runFile(_ words: [String], _ machine: inout Machine) {
    let file = path(words[0])
    guard machine.files.isExecutable(file) else {
      complain("\(name): \(words[0]): Permission denied", &machine)
      status = 126
      return
    }
    var child = Shell(arguments: ["sh"] + words)
    child.start(inside: self, machine)
    enter(child)
  }

  private mutating func runPrefix(
    _ base: String, _ arguments: [String], _ machine: inout Machine
  ) {
    var rest = arguments[...]
    frames.append(.leaveSubshell(scope))
    if base == "env" {
      while let word = rest.first, word.hasPrefix("-") || word.contains("=") {
        rest.removeFirst()
        if word == "-i" {
          variables = [:]
        } else if word == "-u", let name = rest.popFirst() {
          variables[name] = nil
        } else if let equals = word.firstIndex(of: "=") {
          variables[String(word[..<equals])] = String(word[word.index(after: equals)...])
          exported[String(word[..<equals])] = true
        }
      }
      if rest.isEmpty {
        status = tool("printenv", [], &machine) ?? 0
        return
      }
    }
    while let word = rest.first, word.hasPrefix("-") {
      rest.removeFirst()
      if word == "--" { break }
      if ["-s", "-k", "-n", "-I", "-t"].contains(word), base != "tini" { _ = rest.popFirst() }
    }
    if base == "timeout" {
      let limit = Self.seconds(rest.popFirst() ?? "") ?? .zero
      status = runLimited(Array(rest), limit, &machine)
      return
    }
    if base == "xargs" {
      let more = io.input.split(whereSeparator: \.isWhitespace).map(String.init)
      io.input = ""
      rest = (rest.isEmpty ? ["echo"] : rest) + more
    }
    guard !rest.isEmpty else { return }
    var simple = ShellSimple()
    simple.words = rest.map { ShellWord(exactly: $0) }
    frames.append(.run(.simple(simple)))
  }

  /// Runs a command with a limit of time; 124 when it was cut short.
  private mutating func runLimited(
    _ command: [String], _ limit: Duration, _ machine: inout Machine
  ) -> Int32 {
    var outside = machine
    outside.environment = environment
    outside.directory = directory
    let answer = outside.run(command, limit: limit)
    machine.files = outside.files
    machine.sentSignals = outside.sentSignals
    machine.lookedOutside = machine.lookedOutside || answer.validity == .once
    write(answer.body, &machine)
    lag += min(answer.delay, limit)
    guard case .exit(let code) = answer.outcome else { return 127 }
    return answer.delay >= limit ? 124 : code
  }

  /// A server in the foreground, in the background, or in the shell's place.
  private mutating func serve(
    _ server: any Program, _ words: [String], _ machine: inout Machine
  ) {
    let isLast = frames.allSatisfy { if case .restore = $0 { true } else { false } }
    let outside = (machine.arguments, machine.environment, machine.directory)
    machine.arguments = words
    machine.environment = environment
    machine.directory = directory
    if yieldsToLast && isLast && traps.isEmpty && jobs.isEmpty {
      machine.successor = server
      return
    }
    var server = server
    server.start(on: &machine)
    (machine.arguments, machine.environment, machine.directory) = outside
    if let code = machine.exitCode {
      machine.exitCode = nil
      status = code
    } else {
      machine.wakeTime = nil
      wait = .forever
    }
  }

  private mutating func sleep(_ arguments: [String], _ machine: inout Machine) {
    var total = Duration.zero
    for argument in arguments {
      if argument == "infinity" || argument == "inf" {
        wait = .forever
        return
      }
      guard let part = Self.seconds(argument) else {
        complain("sleep: invalid time interval '\(argument)'", &machine)
        status = 1
        return
      }
      total += part
    }
    guard !arguments.isEmpty else {
      complain("sleep: missing operand", &machine)
      status = 1
      return
    }
    status = 0
    if total > .zero { wait = .until(machine.time + total) }
  }

  /// `5`, `0.5`, `2m`, `1h`, `1d`.
  static func seconds(_ text: String) -> Duration? {
    var digits = text[...]
    var unit = 1.0
    if let letter = digits.last, let factor = ["s": 1.0, "m": 60, "h": 3600, "d": 86400][letter] {
      unit = factor
      digits.removeLast()
    }
    guard let number = Double(digits), number >= 0, number * unit < 1e9 else { return nil }
    return .nanoseconds(Int64((number * unit * 1e9).rounded()))
  }
}
