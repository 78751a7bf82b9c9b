import KubeModel
import SimulationKernel

// Runs one simple command: a function, what only a shell can do, or a tool.
extension Shell {
  mutating func runSimple(_ simple: ShellSimple, _ machine: inout Machine) {
    chance.feed(1)
    variables["RANDOM"] = String(mix(chance.value) % 32_768)
    let words = simple.words.flatMap { expand($0, &machine) }
    for assignment in simple.assignments where words.isEmpty { assign(assignment, &machine) }
    var assignments: [(name: String, value: String)] = []
    for assignment in simple.assignments where !words.isEmpty {
      assignments.append((assignment.name, expandText(assignment.value, &machine)))
    }
    let outer = io
    if isAborted {
      isAborted = false
      exit(2)
      return
    }
    if words.isEmpty && !simple.assignments.contains(where: { $0.value.hasSubstitution }) {
      status = 0
    }
    guard apply(simple.redirects, &machine) else {
      restore(outer)
      followErrorOption()
      return
    }
    guard let first = words.first else {
      restore(outer)
      followErrorOption()
      return
    }
    if options["x"] == true { complain("+ " + words.joined(separator: " "), &machine) }
    let hasRedirects = !simple.redirects.isEmpty
    if first == "exec" && words.count == 1 { return }  // Its redirects stay.
    if !assignments.isEmpty && !Self.specialCommands.contains(first) {
      frames.append(.leaveSubshell(scope))
      for (name, _) in assignments { exported[name] = true }
    }
    for (name, value) in assignments { variables[name] = value }
    if hasRedirects { frames.append(.restore(outer)) }
    dispatch(words, &machine)
  }

  /// Runs a command given by its words.
  mutating func dispatch(_ words: [String], _ machine: inout Machine) {
    guard let first = words.first else { return }
    let arguments = Array(words.dropFirst())
    if let body = functions[first] {
      frames.append(.leaveFunction(positional, locals))
      positional = [positional.first ?? name] + arguments
      locals = [:]
      frames.append(.run(body))
      return
    }
    if Self.specialCommands.contains(first) {
      special(first, arguments, &machine)
    } else {
      external(words, &machine)
    }
    followErrorOption()
  }

  /// Ends the shell after a failure when `set -e` holds and nobody looks at the status.
  mutating func followErrorOption() {
    guard options["e"] == true, status != 0, wait == nil else { return }
    for frame in frames {
      switch frame {
      case .and, .or, .negate, .clause, .loopTest: return
      default: break
      }
    }
    exit(status)
  }

  static let specialCommands: Set<String> = [
    ":", ".", "source", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return",
    "set", "shift", "trap", "unset", "cd", "read", "wait", "local", "declare", "typeset", "kill",
    "jobs", "command", "builtin", "type", "umask", "ulimit", "let", "getopts", "alias", "shopt",
  ]

  private mutating func special(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) {
    let lastStatus = status
    status = 0
    switch name {
    case ".", "source": source(arguments, &machine)
    case "break", "continue":
      leaveLoops(Int(arguments.first ?? "1") ?? 1, goesOn: name == "continue")
    case "eval": push(script: arguments.joined(separator: " "), machine: &machine)
    case "exec": replace(arguments, &machine)
    case "exit": exit(arguments.first.flatMap { Int32($0) }.map { $0 & 255 } ?? lastStatus)
    case "return": leaveFunction(arguments.first.flatMap { Int32($0) } ?? lastStatus)
    case "export" where arguments.allSatisfy({ $0.hasPrefix("-") }):
      for (name, value) in environment { write("export \(name)='\(value)'\n", &machine) }
    case "set" where arguments.isEmpty:
      for (name, value) in variables { write("\(name)='\(value)'\n", &machine) }
    case "export", "readonly", "declare", "typeset":
      for argument in arguments where !argument.hasPrefix("-") {
        let variable = assign(argument)
        if name == "export" { exported[variable] = true }
      }
    case "local":
      for argument in arguments where !argument.hasPrefix("-") {
        let variable = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
        if locals[variable] == nil { locals[variable] = .some(variables[variable]) }
        if argument.contains("=") { _ = assign(argument) } else { variables[variable] = "" }
      }
    case "set": setOptions(arguments)
    case "shift":
      let count = min(Int(arguments.first ?? "1") ?? 1, max(0, positional.count - 1))
      if count > 0 { positional.removeSubrange(1...count) }
    case "trap": setTrap(arguments)
    case "unset":
      for argument in arguments where !argument.hasPrefix("-") {
        variables[argument] = nil
        arrays[argument] = nil
        exported[argument] = nil
        functions[argument] = nil
      }
    case "cd":
      let target = path(arguments.first ?? variables["HOME"] ?? "/root")
      if machine.files.isDirectory(target) {
        directory = target
      } else {
        complain(
          "\(self.name): cd: can't cd to \(arguments.first ?? target): No such file or directory",
          &machine)
        status = 1
      }
    case "read": read(arguments)
    case "wait": waitForJobs(arguments)
    case "kill": kill(arguments, &machine)
    case "command", "builtin", "type": look(arguments, name, &machine)
    case "let": status = (evaluate(arguments.joined(separator: " "), &machine) ?? 0) == 0 ? 1 : 0
    default: break  // What has nothing to do here: umask, ulimit, jobs and the like.
    }
  }

  private mutating func source(_ arguments: [String], _ machine: inout Machine) {
    let file = arguments.first ?? ""
    guard let text = try? machine.files.read(path(file)) else {
      complain("\(name): can't open '\(file)': No such file or directory", &machine)
      return exit(2)
    }
    push(script: text, machine: &machine)
  }

  private static let mostElements = 10_000

  /// What an assignment alone on its line does.
  private mutating func assign(_ assignment: ShellAssignment, _ machine: inout Machine) {
    let name = assignment.name
    if let elements = assignment.elements {
      let values = elements.flatMap { expand($0, &machine) }
      let old = assignment.adds ? arrays[name] ?? variables[name].map { [$0] } ?? [] : []
      guard old.count + values.count <= Self.mostElements else {
        complain("\(self.name): out of memory", &machine)
        isAborted = true
        return
      }
      variables[name] = nil
      arrays[name] = old + values
      return
    }
    var value = expandText(assignment.value, &machine)
    guard let place = assignment.index else {
      if assignment.adds { value = (lookUp(name, machine) ?? "") + value }
      if value.utf8.count > Self.longestText {
        complain("\(self.name): out of memory", &machine)
        isAborted = true
      } else if arrays[name] != nil {
        set(value, at: 0, of: name)
      } else {
        variables[name] = value
      }
      return
    }
    guard let number = evaluate(expandText(place, &machine), &machine) else { return }
    guard (0..<Int64(Self.mostElements)).contains(number) else {
      complain("\(self.name): \(name): bad array subscript", &machine)
      isAborted = true
      return
    }
    if assignment.adds { value = (arrays[name]?[safe: Int(number)] ?? "") + value }
    set(value, at: Int(number), of: name)
  }

  private mutating func set(_ value: String, at place: Int, of name: String) {
    var elements = arrays[name] ?? variables[name].map { [$0] } ?? []
    variables[name] = nil
    while elements.count <= place { elements.append("") }
    elements[place] = value
    arrays[name] = elements
  }

  private mutating func assign(_ argument: String) -> String {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let variable = String(parts[0])
    if parts.count == 2 { variables[variable] = String(parts[1]) }
    return variable
  }

  // MARK: Control

  private mutating func leaveLoops(_ count: Int, goesOn: Bool) {
    var left = max(1, count)
    while let frame = frames.last {
      switch frame {
      case .leaveSubshell, .stage, .leaveFunction: return
      case .loopBody, .each, .loopTest, .counting:
        left -= 1
        if left == 0 {
          if !goesOn { frames.removeLast() }
          return
        }
        frames.removeLast()
      default: drop(frame)
      }
    }
  }

  private mutating func leaveFunction(_ code: Int32) {
    status = code
    while let frame = frames.last {
      if case .leaveSubshell = frame { return }
      if case .leaveFunction = frame { return }
      drop(frame)
    }
  }

  private mutating func setOptions(_ arguments: [String]) {
    var rest = arguments[...]
    while let flag = rest.first {
      if flag == "--" {
        positional = [positional.first ?? name] + rest.dropFirst()
        return
      }
      guard flag.hasPrefix("-") || flag.hasPrefix("+") else { break }
      rest.removeFirst()
      let isOn = flag.hasPrefix("-")
      for letter in flag.dropFirst() where letter != "o" { options[String(letter)] = isOn }
      if flag.last == "o", let word = rest.popFirst() {
        let letter = ["errexit": "e", "nounset": "u", "xtrace": "x"][word] ?? word
        options[letter] = isOn
      }
    }
    if !rest.isEmpty { positional = [positional.first ?? name] + rest }
  }

  private mutating func setTrap(_ arguments: [String]) {
    guard arguments.count > 1 else {
      if let only = arguments.first, let signal = ProcessSignal(named: only) {
        traps[signal.name] = nil
      }
      return
    }
    for argument in arguments.dropFirst() {
      let isEnd = argument == "0" || argument.uppercased() == "EXIT"
      guard let key = isEnd ? "EXIT" : ProcessSignal(named: argument)?.name else { continue }
      traps[key] = arguments[0] == "-" ? nil : arguments[0]
    }
  }

  private mutating func read(_ arguments: [String]) {
    var names = arguments.filter { !$0.hasPrefix("-") }
    if names.isEmpty { names = ["REPLY"] }
    guard !io.input.isEmpty else {
      status = 1
      return
    }
    let end = io.input.firstIndex(of: "\n") ?? io.input.endIndex
    var line = io.input[..<end]
    io.input = end == io.input.endIndex ? "" : String(io.input[io.input.index(after: end)...])
    let separators = variables["IFS"] ?? " \t\n"
    for (index, variable) in names.enumerated() {
      line = line.drop { separators.contains($0) }
      if index == names.count - 1 {
        while let last = line.last, separators.contains(last) { line.removeLast() }
        variables[variable] = String(line)
      } else {
        let word = line.prefix { !separators.contains($0) }
        variables[variable] = String(word)
        line = line.dropFirst(word.count + 1)
      }
    }
  }

  private mutating func waitForJobs(_ arguments: [String]) {
    let named = arguments.compactMap { Int32($0.drop { $0 == "%" }) }
    let ids = named.isEmpty ? jobs.map(\.id) : named
    let left = jobs.filter { ids.contains($0.id) && $0.shell.ended == nil }
    if left.isEmpty {
      if let last = named.last {
        status = jobs.first { $0.id == last }?.shell.ended ?? 127
      }
    } else {
      wait = .jobs(ids)
    }
  }

  private mutating func kill(_ arguments: [String], _ machine: inout Machine) {
    var signal: ProcessSignal? = .terminate
    var isTest = false
    var rest = arguments[...]
    if let flag = rest.first, flag.hasPrefix("-"), flag.count > 1 {
      rest.removeFirst()
      let word = flag == "-s" || flag == "-n" ? rest.popFirst() ?? "TERM" : String(flag.dropFirst())
      isTest = word == "0"
      signal = ProcessSignal(named: word)
    }
    for argument in rest {
      guard let id = Int32(argument) else {
        complain("\(name): kill: invalid number '\(argument)'", &machine)
        status = 1
        continue
      }
      if let index = jobs.firstIndex(where: { $0.id == id && $0.shell.ended == nil }) {
        if isTest { continue }
        if let signal { jobs[index].shell.ended = 128 + signal.rawValue }
      } else if id == 1 || id == processID {
        // The first process cannot be killed from inside.
        if !isTest, let signal, signal != .kill || id != 1 { machine.sentSignals.append(signal) }
      } else {
        complain("\(name): kill: (\(id)) - No such process", &machine)
        status = 1
      }
    }
  }

  private mutating func look(
    _ arguments: [String], _ name: String, _ machine: inout Machine
  ) {
    guard name == "type" || arguments.first == "-v" || arguments.first == "-V" else {
      return dispatch(arguments, &machine)
    }
    for word in arguments where !word.hasPrefix("-") {
      if functions[word] != nil || Self.specialCommands.contains(word) {
        write(word + "\n", &machine)
      } else if Toolbox.knows(word, machine.files, directory) {
        write(word.hasPrefix("/") ? word + "\n" : "/bin/\(word)\n", &machine)
      } else {
        status = name == "type" ? 1 : 127
      }
    }
  }

  // MARK: Other programs

  private mutating func replace(_ words: [String], _ machine: inout Machine) {
    guard Toolbox.knows(words[0], machine.files, directory) else {
      complain("\(name): exec: \(words[0]): not found", &machine)
      return exit(127)
    }
    frames = []
    traps["EXIT"] = nil
    yieldsToLast = true
    traps = [:]
    external(words, &machine)
  }
}

extension ShellWord {
  /// True when a command runs in it, which leaves a status.
  var hasSubstitution: Bool {
    parts.contains { if case .substitution = $0 { true } else { false } }
  }
}
