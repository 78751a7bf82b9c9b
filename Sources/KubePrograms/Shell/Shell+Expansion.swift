import KubeModel

// From words to the arguments of a command: parameters, substitutions, arithmetic, splitting, names
// of files.
extension Shell {
  private struct Field {
    var text = ""
    /// The same with what was quoted escaped.
    var pattern = ""
    var isWord = false

    mutating func add(_ more: String, isQuoted: Bool) {
      text += more
      pattern += isQuoted ? ShellPattern.escaped(more) : more
      if isQuoted || !more.isEmpty { isWord = true }
    }
  }

  /// The fields that a word becomes.
  mutating func expand(_ word: ShellWord, _ machine: inout Machine) -> [String] {
    var fields = [Field()]
    for part in Self.braced(word).parts {
      switch part {
      case .literal(let text, let isQuoted):
        fields[fields.count - 1].add(tilde(text, isQuoted, fields), isQuoted: isQuoted)
      case .parameter(let parameter, true) where parameter.name == "@":
        let arguments = Array(positional.dropFirst())
        for (index, argument) in arguments.enumerated() {
          if index > 0 { fields.append(Field()) }
          fields[fields.count - 1].add(argument, isQuoted: true)
        }
      case .parameter(_, let isQuoted), .substitution(_, let isQuoted),
        .arithmetic(_, let isQuoted):
        let text = value(of: part, &machine)
        if isQuoted {
          fields[fields.count - 1].add(text, isQuoted: true)
        } else {
          split(text, into: &fields)
        }
      }
    }
    return fields.filter(\.isWord).flatMap { field in
      guard ShellPattern.isPattern(field.pattern) else { return [field.text] }
      let found = names(matching: field.pattern, machine.files)
      return found.isEmpty ? [field.text] : found
    }
  }

  /// The one text that a word becomes where nothing is split.
  mutating func expandText(_ word: ShellWord, _ machine: inout Machine) -> String {
    var text = ""
    for part in word.parts { text += value(of: part, &machine) }
    return text
  }

  /// The pattern that a word becomes; what is quoted stands for itself.
  mutating func expandPattern(_ word: ShellWord, _ machine: inout Machine) -> String {
    var pattern = ""
    for part in word.parts {
      let text = value(of: part, &machine)
      switch part {
      case .literal(_, true), .parameter(_, true), .substitution(_, true), .arithmetic(_, true):
        pattern += ShellPattern.escaped(text)
      default: pattern += text
      }
    }
    return pattern
  }

  private mutating func value(of part: ShellWord.Part, _ machine: inout Machine) -> String {
    switch part {
    case .literal(let text, _): text
    case .parameter(let parameter, _): value(of: parameter, &machine)
    case .substitution(let command, _): capture(command, &machine)
    case .arithmetic(let word, _):
      evaluate(expandText(word, &machine), &machine).map(String.init) ?? ""
    }
  }

  private func tilde(_ text: String, _ isQuoted: Bool, _ fields: [Field]) -> String {
    guard !isQuoted, text == "~" || text.hasPrefix("~/"), fields.count == 1,
      fields[0].text.isEmpty
    else { return text }
    return (variables["HOME"] ?? "/root") + text.dropFirst()
  }

  /// Blanks between, before and after what an expansion yields part fields.
  private func split(_ text: String, into fields: inout [Field]) {
    let separators = variables["IFS"] ?? " \t\n"
    var isOpen = true
    for character in text {
      if separators.contains(character) {
        if isOpen && fields[fields.count - 1].isWord { fields.append(Field()) }
        isOpen = false
      } else {
        fields[fields.count - 1].add(String(character), isQuoted: false)
        isOpen = true
      }
    }
  }

  /// `{1..3}`, as bash has it.
  private static func braced(_ word: ShellWord) -> ShellWord {
    guard let text = word.bareText, text.hasPrefix("{"), text.hasSuffix("}"),
      let dots = text.range(of: ".."),
      let first = Int(text[text.index(after: text.startIndex)..<dots.lower]),
      let last = Int(text[dots.upper..<text.index(before: text.endIndex)]),
      first.magnitude < 1_000_000, last.magnitude < 1_000_000
    else { return word }
    let numbers = first <= last ? Array(first...last) : (last...first).reversed()
    let list = numbers.map(String.init).joined(separator: " ")
    var parameter = ShellParameter(name: "", operation: "text")
    parameter.word = ShellWord(exactly: list)
    return ShellWord([.parameter(parameter, isQuoted: false)])
  }

  // MARK: Parameters

  /// The value of a variable or special parameter; nil when it is not set.
  func lookUp(_ name: String, _ machine: Machine) -> String? {
    switch name {
    case "?": return String(status)
    case "$": return String(processID)
    case "!": return lastJob == 0 ? nil : String(lastJob)
    case "#": return String(max(0, positional.count - 1))
    case "@", "*": return positional.dropFirst().joined(separator: " ")
    case "-": return options.filter(\.value).keys.joined()
    case "PWD": return directory
    case "SECONDS": return String(machine.time.components.seconds)
    case "HOSTNAME": return variables[name] ?? machine.hostname
    default:
      if let number = Int(name) {
        return number < positional.count ? positional[number] : number == 0 ? self.name : nil
      }
      return variables[name]
    }
  }

  private mutating func value(
    of parameter: ShellParameter, _ machine: inout Machine
  ) -> String {
    let name = parameter.name
    if parameter.operation == "text" { return expandText(parameter.word, &machine) }
    let found = lookUp(name, machine)
    let isMissing =
      found == nil || (parameter.operation.hasPrefix(":") && found?.isEmpty == true)
    switch parameter.operation {
    case "": return found ?? unset(name, &machine)
    case "length": return String((found ?? "").count)
    case ":-", "-": return isMissing ? expandText(parameter.word, &machine) : found ?? ""
    case ":+", "+": return isMissing ? "" : expandText(parameter.word, &machine)
    case ":=", "=":
      if !isMissing { return found ?? "" }
      let text = expandText(parameter.word, &machine)
      variables[name] = text
      return text
    case ":?", "?":
      if !isMissing { return found ?? "" }
      let text = expandText(parameter.word, &machine)
      complain(
        "\(self.name): \(name): \(text.isEmpty ? "parameter not set" : text)", &machine)
      isAborted = true
      return ""
    default:
      let pattern = expandPattern(parameter.word, &machine)
      return ShellPattern.trimmed(found ?? "", pattern, parameter.operation)
    }
  }

  private mutating func unset(_ name: String, _ machine: inout Machine) -> String {
    if options["u"] == true {
      complain("\(self.name): \(name): parameter not set", &machine)
      isAborted = true
    }
    return ""
  }

  // MARK: Names of files

  private func names(matching pattern: String, _ files: Files) -> [String] {
    let isAbsolute = pattern.hasPrefix("/")
    var found = [isAbsolute ? "/" : ""]
    for part in pattern.split(separator: "/").map(String.init) {
      var next: [String] = []
      for base in found {
        let start = base.isEmpty || base.hasSuffix("/") ? base : base + "/"
        guard ShellPattern.isPattern(part) else {
          let plain = start + ShellPattern.plain(part)
          if files.exists(path(plain)) { next.append(plain) }
          continue
        }
        let names = (try? files.list(path(base.isEmpty ? "." : base))) ?? []
        for name in names
        where name.hasPrefix(".") == part.hasPrefix(".") && ShellPattern.matches(part, name) {
          next.append(start + name)
        }
      }
      found = next
    }
    return found
  }
}

extension String {
  /// Where a text occurs first.
  func range(of text: String) -> (lower: Index, upper: Index)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return (start, index(start, offsetBy: text.count)) }
      start = index(after: start)
    }
    return nil
  }
}
