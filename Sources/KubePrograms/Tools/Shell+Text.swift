import KubeModel

// Tools that read text and write text.
extension Shell {
  mutating func textTool(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32? {
    switch name {
    case "grep", "egrep", "fgrep": return grep(arguments, &machine)
    case "head", "tail": return ends(name, arguments, &machine)
    case "wc": return count(arguments, &machine)
    case "sort", "uniq", "base64", "tr", "cut", "sed", "awk":
      return filter(name, arguments, &machine)
    case "tee":
      let text = io.input
      io.input = ""
      let appends = arguments.first == "-a"
      for file in arguments where !file.hasPrefix("-") {
        try? machine.files.write(text, to: path(file), append: appends)
      }
      write(text, &machine)
      return 0
    default: return nil
    }
  }

  /// The lines of files, or of the input; nil, with a message, when one cannot be read.
  private mutating func lines(
    _ tool: String, _ names: [String], _ machine: inout Machine
  ) -> [String]? {
    var text = ""
    for name in names.isEmpty ? ["-"] : names {
      do throws(FileError) {
        text += try content(name, machine)
      } catch {
        complain("\(tool): \(name): \(error)", &machine)
        return nil
      }
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private mutating func grep(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var flags = ""
    var names: [String] = []
    var pattern: String?
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-e" {
        pattern = rest.popFirst()
      } else if word.hasPrefix("-"), word.count > 1 {
        flags += word
      } else {
        names.append(word)
      }
    }
    if pattern == nil { pattern = names.isEmpty ? nil : names.removeFirst() }
    guard let pattern, let lines = lines("grep", names, &machine) else { return 2 }
    let ignoresCase = flags.contains("i")
    let wanted = TextPattern(ignoresCase ? pattern.lowercased() : pattern)
    let found = lines.filter { line in
      wanted.matches(ignoresCase ? line.lowercased() : line) != flags.contains("v")
    }
    if flags.contains("c") {
      write("\(found.count)\n", &machine)
    } else if !flags.contains("q") {
      for line in found { write(line + "\n", &machine) }
    }
    return found.isEmpty ? 1 : 0
  }

  private mutating func ends(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    var count = 10
    var names: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-n" {
        count = min(Int((Int32(rest.popFirst() ?? "") ?? 10).magnitude), 1_000_000)
      } else if word.hasPrefix("-"), word.count > 1 {
        count = max(0, Int(word.drop { "-nc".contains($0) }) ?? count)
      } else {
        names.append(word)
      }
    }
    guard let lines = lines(name, names, &machine) else { return 1 }
    for line in name == "head" ? lines.prefix(count) : lines.suffix(count) {
      write(line + "\n", &machine)
    }
    return 0
  }

  private mutating func count(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    let names = arguments.filter { !$0.hasPrefix("-") }
    guard let lines = lines("wc", names, &machine) else { return 1 }
    let words = lines.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
    let bytes = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    let figure =
      switch arguments.first {
      case "-l": "\(lines.count)"
      case "-w": "\(words)"
      case "-c", "-m": "\(bytes)"
      default: "\(lines.count) \(words) \(bytes)"
      }
    return say(names.isEmpty ? figure : "\(figure) \(names.joined(separator: " "))", &machine)
  }

  private mutating func filter(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    var words: [String] = []
    var flags: StringMap<String> = [:]
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word.count > 1 else {
        words.append(word)
        continue
      }
      let letter = String(word.dropFirst().prefix(1))
      let takesValue =
        name == "cut" || name == "awk" && letter == "F" || letter == "k" || letter == "e"
      let value = String(word.dropFirst(2))
      flags[letter] = takesValue && value.isEmpty ? rest.popFirst() ?? "" : value
    }
    let script =
      name == "sed" && flags["e"] != nil
      ? flags["e"] : ["sed", "awk"].contains(name) && !words.isEmpty ? words.removeFirst() : nil
    let names = name == "tr" ? [] : words
    guard let lines = lines(name, names, &machine) else { return 1 }
    switch name {
    case "sort":
      var sorted =
        flags["n"] != nil
        ? lines.enumerated().sorted {
          let (one, other) = (Int($0.element) ?? 0, Int($1.element) ?? 0)
          return (one, $0.offset) < (other, $1.offset)
        }.map(\.element) : lines.sorted()
      if flags["r"] != nil { sorted.reverse() }
      if flags["u"] != nil { sorted = Self.unique(sorted) }
      show(sorted, &machine)
    case "uniq": show(Self.unique(lines), &machine)
    case "tr": translate(words, flags, lines, &machine)
    case "cut": show(lines.map { Self.cut($0, flags) }, &machine)
    case "base64":
      let text = lines.joined(separator: "\n")
      let result =
        flags["d"] != nil ? Base64.decodedText(text) ?? "" : Base64.encoded(text + "\n") + "\n"
      write(result, &machine)
    case "sed":
      guard let result = TextEdit.sed(script ?? "", lines, isQuiet: flags["n"] != nil) else {
        return refuse("sed: unsupported command: \(script ?? "")", &machine)
      }
      if flags["i"] != nil, let file = words.first {
        let text = result.joined(separator: "\n") + "\n"
        try? machine.files.write(text, to: path(file))
      } else {
        show(result, &machine)
      }
    default:
      guard let result = TextEdit.awk(script ?? "", lines, separator: flags["F"]) else {
        return refuse("awk: unsupported program: \(script ?? "")", &machine, 2)
      }
      show(result, &machine)
    }
    return 0
  }

  private mutating func show(_ lines: [String], _ machine: inout Machine) {
    for line in lines { write(line + "\n", &machine) }
  }

  private static func unique(_ lines: [String]) -> [String] {
    var result: [String] = []
    for line in lines where result.last != line { result.append(line) }
    return result
  }

  private static func cut(_ line: String, _ flags: StringMap<String>) -> String {
    let list = flags["f"] ?? flags["c"] ?? "1"
    let separator = flags["d"].flatMap(\.first) ?? "\t"
    let parts =
      flags["c"] != nil
      ? line.map(String.init)
      : line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    if flags["f"] != nil && parts.count == 1 { return line }
    var chosen: [String] = []
    for (index, part) in parts.enumerated() {
      let isChosen = list.split(separator: ",").contains { range in
        let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        let first = ends.first.flatMap { $0 } ?? 1
        let last = ends.count == 1 ? first : ends.last.flatMap { $0 } ?? .max
        return first <= index + 1 && index + 1 <= last
      }
      if isChosen { chosen.append(part) }
    }
    return chosen.joined(separator: flags["c"] != nil ? "" : String(separator))
  }

  private mutating func translate(
    _ words: [String], _ flags: StringMap<String>, _ lines: [String], _ machine: inout Machine
  ) {
    let from = TextEdit.characters(words.first ?? "")
    let to = TextEdit.characters(words[safe: 1] ?? "")
    var text = lines.joined(separator: "\n")
    if !lines.isEmpty { text += "\n" }
    let result: [Character] = text.compactMap { character in
      guard let place = from.firstIndex(of: character) else { return character }
      if flags["d"] != nil { return nil }
      return to.isEmpty ? character : to[min(place, to.count - 1)]
    }
    write(String(result), &machine)
  }
}
