import KubeModel

// The tools that are done at once. Their texts are those of busybox.
//
// Left out  most options; what a script of an ordinary container uses is here.
extension Shell {
  /// Runs a tool and returns its exit code; nil for one that there is not.
  mutating func tool(_ name: String, _ arguments: [String], _ machine: inout Machine) -> Int32? {
    switch name {
    case "true", "sync", "clear", "stty", "mount", "sysctl", "ln", "mkfifo", "chown", "chgrp":
      return 0
    case "false": return 1
    case "echo": return echo(arguments, &machine)
    case "printf": return printFormatted(arguments, &machine)
    case "test", "[", "[[": return test(name, arguments, machine)
    case "pwd": return say(directory, &machine)
    case "hostname":
      if arguments.first == "-i" {
        return say(
          machine.network?.addresses(of: machine.hostname).first ?? "127.0.0.1", &machine)
      }
      if arguments.first == "-f" { return say(fullHostname(machine), &machine) }
      return say(machine.hostname, &machine)
    case "whoami":
      return machine.user == 0
        ? say("root", &machine)
        : refuse("whoami: unknown uid \(machine.user)", &machine)
    case "id": return identify(arguments, &machine)
    case "uname":
      let all = "Linux \(machine.hostname) 6.1.0 #1 SMP x86_64 GNU/Linux"
      let short = ["-n": machine.hostname, "-r": "6.1.0", "-m": "x86_64", "-a": all]
      return say(arguments.first.flatMap { short[$0] } ?? "Linux", &machine)
    case "nproc": return say("1", &machine)
    case "tty": return say("not a tty", &machine, 1)
    case "ps", "df", "free", "uptime", "ip": return 0
    case "date": return date(arguments, &machine)
    case "seq": return sequence(arguments, &machine)
    case "expr": return expression(arguments, &machine)
    case "printenv": return printEnvironment(arguments, &machine)
    case "which": return which(arguments, &machine)
    case "basename":
      var base = Toolbox.baseName(arguments.first ?? "")
      if let suffix = arguments[safe: 1], base.hasSuffix(suffix), base != suffix {
        base.removeLast(suffix.count)
      }
      return say(base, &machine)
    case "dirname":
      let parts = (arguments.first ?? "").split(separator: "/").dropLast().joined(separator: "/")
      let isAbsolute = arguments.first?.hasPrefix("/") == true
      return say(isAbsolute ? "/" + parts : parts.isEmpty ? "." : parts, &machine)
    case "realpath", "readlink":
      return say(path(arguments.last { !$0.hasPrefix("-") } ?? "."), &machine)
    case "mktemp": return makeTemporary(arguments, &machine)
    case "perl": return perl(arguments, &machine)
    case "stress": return stress(arguments, &machine)
    default:
      return fileTool(name, arguments, &machine) ?? textTool(name, arguments, &machine)
        ?? networkTool(name, arguments, &machine) ?? processTool(name, arguments, &machine)
        ?? ServerClients.run(name, arguments, &self, &machine)
    }
  }

  mutating func say(_ line: String, _ machine: inout Machine, _ code: Int32 = 0) -> Int32 {
    write(line + "\n", &machine)
    return code
  }

  mutating func refuse(_ line: String, _ machine: inout Machine, _ code: Int32 = 1) -> Int32 {
    complain(line, &machine)
    return code
  }

  private mutating func echo(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var rest = arguments[...]
    var ends = "\n"
    var escapes = false
    while let flag = rest.first, flag.count > 1, flag.first == "-",
      flag.dropFirst().allSatisfy({ "neE".contains($0) })
    {
      rest.removeFirst()
      if flag.contains("n") { ends = "" }
      if flag.contains("e") { escapes = true }
    }
    let text = rest.joined(separator: " ")
    write((escapes ? Self.unescaped(text) : text) + ends, &machine)
    return 0
  }

  static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.popFirst() else {
        result.append(character)
        continue
      }
      switch next {
      case "n": result += "\n"
      case "t": result += "\t"
      case "r": result += "\r"
      case "\\": result += "\\"
      case "0": result += "\0"
      case "a", "b", "f", "v": break
      default: result += "\\" + String(next)
      }
    }
    return result
  }

  /// The name that the own line of `/etc/hosts` begins with.
  private func fullHostname(_ machine: Machine) -> String {
    let lines = ((try? machine.files.read("/etc/hosts")) ?? "").split(separator: "\n")
    for line in lines {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count > 1, words.last.map(String.init) == machine.hostname {
        return String(words[1])
      }
    }
    return machine.hostname
  }

  private mutating func printFormatted(
    _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    guard let format = arguments.first else { return refuse("printf: missing operand", &machine) }
    var values = arguments.dropFirst()
    var text = ""
    repeat {
      let before = values.count
      var rest = Self.unescaped(format)[...]
      while let character = rest.popFirst() {
        guard character == "%" else {
          text.append(character)
          continue
        }
        if rest.first == "%" { text.append("%"); rest.removeFirst(); continue }
        var flags = ""
        while let flag = rest.first, "-+ 0#.123456789".contains(flag) {
          flags.append(flag)
          rest.removeFirst()
        }
        guard let kind = rest.popFirst() else { break }
        text += Self.formatted(kind, flags, values.popFirst() ?? "")
      }
      if values.count == before { break }
    } while !values.isEmpty
    write(text, &machine)
    return 0
  }

  static func formatted(_ kind: Character, _ flags: String, _ value: String) -> String {
    var text: String
    switch kind {
    case "d", "i", "u": text = String(Int64(value) ?? 0)
    case "x": text = String(Int64(value) ?? 0, radix: 16)
    case "o": text = String(Int64(value) ?? 0, radix: 8)
    case "c": text = String(value.prefix(1))
    case "b": text = unescaped(value)
    default: text = value
    }
    let parts = flags.drop { "-+ #".contains($0) }.split(
      separator: ".", omittingEmptySubsequences: false)
    if kind == "s", parts.count == 2, let most = Int(parts[1]) { text = String(text.prefix(most)) }
    let isZero = parts.first?.hasPrefix("0") == true && kind != "s"
    let width = parts.first.flatMap { Int($0) } ?? 0
    guard text.count < width, width < 10_000 else { return text }
    let fill = String(repeating: isZero ? "0" : " ", count: width - text.count)
    return flags.contains("-") ? text + fill : fill + text
  }

  private mutating func date(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    machine.lookedOutside = true
    let now = MicroTime(
      unixMicroseconds: machine.started.unixMicroseconds + machine.time.nanoseconds / 1000)
    let format = arguments.first { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
    if let form = arguments.first(where: { $0.hasPrefix("-I") }) {
      let hours = form == "-Is" || form == "-Iseconds"
      return say(DateText.text(now, hours ? "%Y-%m-%dT%H:%M:%S+00:00" : "%Y-%m-%d"), &machine)
    }
    return say(DateText.text(now, format ?? "%a %b %e %H:%M:%S UTC %Y"), &machine)
  }

  private mutating func printEnvironment(
    _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    let all = environment
    if arguments.isEmpty {
      for (name, value) in all { write("\(name)=\(value)\n", &machine) }
      return 0
    }
    var code: Int32 = 0
    for name in arguments {
      if let value = all[name] { write(value + "\n", &machine) } else { code = 1 }
    }
    return code
  }

  private mutating func which(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var code: Int32 = 0
    for word in arguments {
      if Toolbox.knows(word, machine.files, directory) {
        write(word.hasPrefix("/") ? word + "\n" : "/usr/bin/\(word)\n", &machine)
      } else {
        code = 1
      }
    }
    return code
  }

  private mutating func makeTemporary(
    _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    var number = 0
    while machine.files.exists("/tmp/tmp.\(number)") { number += 1 }
    let name = "/tmp/tmp.\(number)"
    if arguments.contains("-d") {
      try? machine.files.makeDirectory(name, parents: true)
    } else {
      try? machine.files.write("", to: name)
    }
    return say(name, &machine)
  }

  /// `perl -Mbignum=bpi -wle 'print bpi(2000)'`, the one program in Perl that everybody runs.
  private mutating func perl(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    let script = arguments.last ?? ""
    guard let start = script.range(of: "bpi("),
      let digits = Int(script[start.upper...].prefix { $0.isNumber }), digits <= 10_000
    else { return refuse("perl: this script is not modelled", &machine, 255) }
    lag += .seconds(5)
    return say(Pi.digits(max(1, digits)), &machine)
  }
}
