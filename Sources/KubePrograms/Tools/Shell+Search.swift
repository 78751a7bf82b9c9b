import KubeModel

// `grep`, `sed` and `expr`: what works with regular expressions.
extension Shell {
  mutating func grep(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var flags = ""
    var names: [String] = []
    var patterns: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-e" {
        if let pattern = rest.popFirst() { patterns.append(pattern) }
      } else if ["-A", "-B", "-C", "-m"].contains(word) {
        _ = rest.popFirst()
      } else if word.hasPrefix("-"), word.count > 1, !word.hasPrefix("--") {
        flags += word
      } else if !word.hasPrefix("--") {
        names.append(word)
      }
    }
    if patterns.isEmpty && !names.isEmpty { patterns = [names.removeFirst()] }
    var wanted: [TextPattern] = []
    for text in patterns {
      let whole = flags.contains("F") ? Self.literally(text) : text
      guard
        let pattern = TextPattern(
          flags.contains("x") ? "^\(whole)$" : whole,
          isExtended: flags.contains("E"), ignoresCase: flags.contains("i"))
      else { return refuse("grep: bad regex '\(text)'", &machine, 2) }
      wanted.append(pattern)
    }
    guard !wanted.isEmpty, let lines = lines("grep", names, &machine) else { return 2 }
    var count = 0
    var text = ""
    for (number, line) in lines.enumerated() {
      let isFound = wanted.contains { $0.matches(line) }
      guard isFound != flags.contains("v") else { continue }
      count += 1
      let head = flags.contains("n") ? "\(number + 1):" : ""
      if flags.contains("o") {
        let characters = Array(line)
        var index = 0
        while let match = wanted[0].first(in: characters, from: index) {
          if !match.range.isEmpty { text += head + match.text(0, in: characters) + "\n" }
          index = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
      } else {
        text += head + line + "\n"
      }
    }
    if flags.contains("c") {
      write("\(count)\n", &machine)
    } else if flags.contains("l") {
      if count > 0 { write((names.first ?? "(standard input)") + "\n", &machine) }
    } else if !flags.contains("q") {
      write(text, &machine)
    }
    return count == 0 ? 1 : 0
  }

  /// A text as a basic expression that matches only itself.
  private static func literally(_ text: String) -> String {
    String(text.flatMap { ".[]*^$\\".contains($0) ? ["\\", $0] : [$0] })
  }

  mutating func sed(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var scripts: [String] = []
    var names: [String] = []
    var flags = ""
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-e" || word == "--expression" {
        if let script = rest.popFirst() { scripts.append(script) }
      } else if word.hasPrefix("-i") {
        flags += "i"
      } else if word.hasPrefix("-"), word.count > 1 {
        flags += word
        if word.hasSuffix("e"), let script = rest.popFirst() { scripts.append(script) }
      } else {
        names.append(word)
      }
    }
    if scripts.isEmpty && !names.isEmpty { scripts = [names.removeFirst()] }
    let text = scripts.joined(separator: "\n")
    guard
      let script = SedScript(
        text, isExtended: flags.contains("E") || flags.contains("r"),
        isQuiet: flags.contains("n"))
    else { return refuse("sed: unsupported command: \(text)", &machine) }
    guard flags.contains("i") else {
      guard let lines = lines("sed", names, &machine) else { return 1 }
      show(script.applied(to: lines), &machine)
      return 0
    }
    for name in names {
      guard let lines = lines("sed", [name], &machine) else { return 1 }
      let result = script.applied(to: lines).map { $0 + "\n" }.joined()
      do throws(FileError) {
        try machine.files.write(result, to: path(name))
      } catch {
        return refuse("sed: \(name): \(error)", &machine)
      }
    }
    return 0
  }

  /// `expr`: numbers, comparisons, `length`, `substr`, and `text : expression`.
  mutating func expression(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    func result(_ text: String, _ shell: inout Shell) -> Int32 {
      shell.say(text, &machine, text.isEmpty || text == "0" ? 1 : 0)
    }
    if arguments.count == 2, arguments[0] == "length" {
      return result(String(arguments[1].count), &self)
    }
    if arguments.count == 4, arguments[0] == "substr", let start = Int(arguments[2]),
      let count = Int(arguments[3])
    {
      let part = start < 1 || count < 1 ? "" : arguments[1].dropFirst(start - 1).prefix(count)
      return result(String(part), &self)
    }
    if arguments.count == 3 {
      let (left, right) = (arguments[0], arguments[2])
      if arguments[1] == ":" || arguments[1] == "match" {
        guard let pattern = TextPattern("^" + right) else {
          return refuse("expr: invalid expression", &machine, 2)
        }
        let characters = Array(left)
        let match = pattern.first(in: characters, from: 0)
        if pattern.groupCount > 0 { return result(match?.text(1, in: characters) ?? "", &self) }
        return result(String(match?.range.count ?? 0), &self)
      }
      if Int64(left) == nil || Int64(right) == nil {
        let comparisons: [String: Bool] = [
          "=": left == right, "==": left == right, "!=": left != right, "<": left < right,
          "<=": left <= right, ">": left > right, ">=": left >= right,
        ]
        if let value = comparisons[arguments[1]] { return result(value ? "1" : "0", &self) }
      }
    }
    if arguments.count == 1 { return result(arguments[0], &self) }
    let words = arguments.map { $0 == "=" ? "==" : $0 == "|" ? "||" : $0 == "&" ? "&&" : $0 }
    let isPlain = words.allSatisfy { word in
      Int64(word) != nil || "+-*/%()<>=!|&".contains(word.first ?? "x")
    }
    guard isPlain, let value = evaluate(words.joined(separator: " "), &machine) else {
      return refuse("expr: syntax error", &machine, 2)
    }
    return result(String(value), &self)
  }

  /// `seq [-s separator] [-w] [first [step]] last`, in whole numbers.
  mutating func sequence(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var separator = "\n"
    var isPadded = false
    var words: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-s" {
        separator = rest.popFirst() ?? separator
      } else if word.hasPrefix("-s") {
        separator = String(word.dropFirst(2))
      } else if word == "-w" {
        isPadded = true
      } else {
        words.append(word)
      }
    }
    let numbers = words.compactMap { Int($0) }.filter { $0.magnitude < 1_000_000_000 }
    guard let last = numbers.last, numbers.count <= 3, numbers.count == words.count else {
      return refuse("seq: invalid argument", &machine)
    }
    let first = numbers.count > 1 ? numbers[0] : 1
    let step = numbers.count > 2 ? numbers[1] : 1
    guard step != 0, (last - first) / step < 1_000_000 else { return 1 }
    let width = isPadded ? max(String(first).count, String(last).count) : 0
    let texts = stride(from: first, through: last, by: step).map {
      Self.formatted("d", width > 0 ? "0\(width)" : "", String($0))
    }
    if !texts.isEmpty { write(texts.joined(separator: separator) + "\n", &machine) }
    return 0
  }
}
