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
    case "sed": return sed(arguments, &machine)
    case "sort", "uniq", "base64", "tr", "cut", "awk", "rev", "tac", "nl", "paste":
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
  mutating func lines(
    _ tool: String, _ names: [String], _ machine: inout Machine
  ) -> [String]? {
    var text = ""
    for name in names.isEmpty ? ["-"] : names {
      do throws(FileError) {
        text += try content(name, &machine)
      } catch {
        complain("\(tool): \(name): \(error)", &machine)
        return nil
      }
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private mutating func ends(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32 {
    var count = 10
    var bytes: Int?
    var names: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-c", let number = rest.popFirst().flatMap({ Int($0) }) {
        bytes = number
      } else if word == "-n" {
        count = min(Int((Int32(rest.popFirst() ?? "") ?? 10).magnitude), 1_000_000)
      } else if word.hasPrefix("-"), word.count > 1 {
        count = max(0, Int(word.drop { "-nc".contains($0) }) ?? count)
      } else {
        names.append(word)
      }
    }
    guard let lines = lines(name, names, &machine) else { return 1 }
    if let bytes, bytes >= 0 {
      let text = lines.map { $0 + "\n" }.joined().utf8
      let part = name == "head" ? text.prefix(bytes) : text.suffix(bytes)
      write(String(decoding: part, as: UTF8.self), &machine)
      return 0
    }
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
        name == "cut" || name == "paste" && letter == "d" || name == "awk" && letter == "F"
        || name == "sort" && letter == "k"
      let value = String(word.dropFirst(2))
      flags[letter] = takesValue && value.isEmpty ? rest.popFirst() ?? "" : value
    }
    let script = name == "awk" && !words.isEmpty ? words.removeFirst() : nil
    let names = name == "tr" ? [] : words
    guard let lines = lines(name, names, &machine) else { return 1 }
    switch name {
    case "sort":
      var sorted = Self.sorted(lines, flags)
      if flags["r"] != nil { sorted.reverse() }
      if flags["u"] != nil { sorted = Self.unique(sorted) }
      show(sorted, &machine)
    case "uniq" where flags["c"] != nil: show(Self.counted(lines), &machine)
    case "uniq": show(Self.unique(lines), &machine)
    case "tr": translate(words, flags, lines, &machine)
    case "cut": show(lines.map { Self.cut($0, flags) }, &machine)
    case "base64":
      let text = lines.joined(separator: "\n")
      let result =
        flags["d"] != nil ? Base64.decodedText(text) ?? "" : Base64.encoded(text + "\n") + "\n"
      write(result, &machine)
    case "rev": show(lines.map { String($0.reversed()) }, &machine)
    case "tac": show(lines.reversed(), &machine)
    case "nl": show(Self.numbered(lines), &machine)
    case "paste":
      let mark = flags["d"] ?? "\t"
      // A cluster of flags as in `-sd,`.
      let joined = flags["s"].map { $0.hasPrefix("d") ? String($0.dropFirst()) : mark }
      if let joined {
        show([lines.joined(separator: joined)], &machine)
      } else {
        show(lines, &machine)
      }
    default:
      guard let result = TextEdit.awk(script ?? "", lines, separator: flags["F"]) else {
        return refuse("awk: unsupported program: \(script ?? "")", &machine, 2)
      }
      show(result, &machine)
    }
    return 0
  }

  mutating func show(_ lines: [String], _ machine: inout Machine) {
    for line in lines { write(line + "\n", &machine) }
  }

  /// By the whole line or by a column (`-k2`), as text or as numbers (`-n`).
  private static func sorted(_ lines: [String], _ flags: StringMap<String>) -> [String] {
    let key = flags["k"] ?? ""
    let column = Int(key.prefix { $0.isNumber }) ?? 0
    func part(_ line: String) -> String {
      if column < 1 { return line }
      return line.split(whereSeparator: \.isWhitespace)[safe: column - 1].map(String.init) ?? ""
    }
    if flags["n"] == nil && !key.hasSuffix("n") {
      return lines.sorted { (part($0), $0) < (part($1), $1) }
    }
    return lines.enumerated().sorted {
      let (one, other) = (Int(part($0.element)) ?? 0, Int(part($1.element)) ?? 0)
      return (one, $0.offset) < (other, $1.offset)
    }.map(\.element)
  }

  private static func unique(_ lines: [String]) -> [String] {
    var result: [String] = []
    for line in lines where result.last != line { result.append(line) }
    return result
  }

  /// Lines with their numbers, as `cat -n` shows them.
  static func numbered(_ lines: [String]) -> [String] {
    lines.enumerated().map { formatted("d", "6", String($0.offset + 1)) + "\t" + $0.element }
  }

  /// Each line of several equal ones once, with their number.
  private static func counted(_ lines: [String]) -> [String] {
    var runs: [(count: Int, line: String)] = []
    for line in lines {
      if runs.last?.line == line {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((1, line))
      }
    }
    return runs.map { formatted("d", "7", String($0.count)) + " " + $0.line }
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
    var result: [Character] = []
    for character in text {
      guard let place = from.firstIndex(of: character) else {
        result.append(character)
        continue
      }
      if flags["d"] != nil { continue }
      let new = to.isEmpty ? character : to[min(place, to.count - 1)]
      if flags["s"] == nil || result.last != new { result.append(new) }
    }
    write(String(result), &machine)
  }
}
