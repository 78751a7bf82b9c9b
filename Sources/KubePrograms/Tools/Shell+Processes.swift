import KubeModel

// Tools about processes, users and memory.
extension Shell {
  /// Of the processes of a container only the first is known by name.
  mutating func processTool(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32? {
    switch name {
    case "usleep":
      lag += .microseconds(
        arguments.first.flatMap { Int64($0) }.map { min(max(0, $0), 1 << 40) } ?? 0)
      return 0
    case "pidof", "pgrep": return say("1", &machine)
    case "killall", "pkill":
      let flag = arguments.first { $0.hasPrefix("-") && $0.count > 1 }.map { $0.dropFirst() }
      let target = arguments.last ?? ""
      // One that was told to go is as good as gone.
      if machine.sentSignals.contains(where: { $0 != .hangUp }) {
        return refuse("\(name): \(target): no process killed", &machine)
      }
      if flag == "0" { return 0 }
      if let signal = ProcessSignal(named: flag.map(String.init) ?? "TERM") {
        machine.sentSignals.append(signal)
      }
      return 0
    case "dd": return copyBlocks(arguments, &machine)
    case "du":
      return say("4.0K\t\(arguments.last { !$0.hasPrefix("-") } ?? ".")", &machine)
    default: return nil
    }
  }

  /// `id`, with the user and groups of the security context.
  mutating func identify(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    func named(_ number: Int64) -> String { number == 0 ? "0(root)" : String(number) }
    switch arguments.first {
    case "-u": return say(String(machine.user), &machine)
    case "-g": return say(String(machine.group), &machine)
    case "-un", "-nu": return tool("whoami", [], &machine) ?? 0
    default:
      var text = "uid=\(named(machine.user)) gid=\(named(machine.group))"
      if !machine.groups.isEmpty {
        var all = machine.groups.filter { $0 != machine.group } + [machine.group]
        all.sort()
        text += " groups=" + all.map(named).joined(separator: ",")
      }
      return say(text, &machine)
    }
  }

  /// `dd if=/dev/zero of=file bs=1M count=1`; no more than a mebibyte is written.
  private mutating func copyBlocks(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var options: StringMap<String> = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { options[parts[0]] = parts[1] }
    }
    let size = Self.bytes(options["bs"] ?? "512") ?? 512
    let count = options["count"].flatMap { Int64($0) } ?? 1
    let (whole, isTooMuch) = size.multipliedReportingOverflow(by: max(0, count))
    let length = Int(isTooMuch ? 1 << 20 : min(whole, 1 << 20))
    guard let target = options["of"], target != "/dev/null" else { return 0 }
    do throws(FileError) {
      var text = String(repeating: "\0", count: length)
      if let source = options["if"], source != "/dev/zero", source != "/dev/urandom" {
        text = String(try machine.files.read(path(source)).prefix(length))
      }
      try machine.files.write(text, to: path(target))
    } catch {
      return refuse("dd: can't open '\(target)': \(error)", &machine)
    }
    return 0
  }

  /// `stress --vm 1 --vm-bytes 150M`: takes memory and keeps it.
  mutating func stress(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    func option(_ names: String...) -> String? {
      arguments.firstIndex { names.contains($0) }.flatMap { arguments[safe: $0 + 1] }
    }
    let workers = option("--vm", "-m").flatMap { Int64($0) } ?? 0
    let size = option("--vm-bytes").flatMap(Self.bytes) ?? 256 << 20
    machine.use(
      memory: max(0, workers).multipliedReportingOverflow(by: size).partialValue.magnitude)
    write("stress: info: [1] dispatching hogs: 0 cpu, 0 io, \(workers) vm, 0 hdd\n", &machine)
    if let limit = option("--timeout", "-t").flatMap({ Self.seconds($0) }) {
      wait = .until(machine.time + limit)
    } else {
      wait = .forever
    }
    return 0
  }

  /// `512`, `64k`, `150M`, `1G` in bytes.
  private static func bytes(_ text: String) -> Int64? {
    let units: [Character: Int64] = [
      "b": 1, "B": 1, "k": 1 << 10, "K": 1 << 10, "m": 1 << 20, "M": 1 << 20, "g": 1 << 30,
      "G": 1 << 30,
    ]
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number < 1 << 32 else { return nil }
    let unit = text.dropFirst(digits.count).first
    return number * (unit.map { units[$0] ?? 1 } ?? 1)
  }
}
