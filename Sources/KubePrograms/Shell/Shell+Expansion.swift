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
    Self.braced(word).flatMap { fields(of: $0, &machine) }
  }

  private mutating func fields(of word: ShellWord, _ machine: inout Machine) -> [String] {
    var fields = [Field()]
    for part in word.parts {
      switch part {
      case .literal(let text, let isQuoted):
        fields[fields.count - 1].add(tilde(text, isQuoted, fields), isQuoted: isQuoted)
      case .parameter(let parameter, true) where parameter.isList:
        let arguments =
          parameter.name == "@"
          ? Array(positional.dropFirst())
          : arrays[parameter.name] ?? variables[parameter.name].map { [$0] } ?? []
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

  /// `{1..3}` and `a{b,c}d`, as bash has them: the words that one becomes.
  private static func braced(_ word: ShellWord) -> [ShellWord] {
    guard let text = word.bareText, text.contains("{") else { return [word] }
    let words = alternatives(text, depth: 0)
    return words.count == 1 ? [word] : words.map { ShellWord([.literal($0, isQuoted: false)]) }
  }

  private static func alternatives(_ text: String, depth: Int) -> [String] {
    guard depth < 8, let (before, inner, after) = outermostBraces(text) else { return [text] }
    let choices: [String]
    if let dots = inner.range(of: ".."), let first = Int(inner[..<dots.lower]),
      let last = Int(inner[dots.upper...]), first.magnitude < 1_000_000,
      last.magnitude < 1_000_000
    {
      choices = (first <= last ? Array(first...last) : (last...first).reversed()).map(String.init)
    } else {
      let parts = split(inner)
      if parts.count < 2 { return [text] }
      choices = parts.flatMap { alternatives($0, depth: depth + 1) }
    }
    let ends = alternatives(after, depth: depth + 1)
    if choices.count * ends.count > 100_000 { return [text] }
    return choices.flatMap { choice in ends.map { before + choice + $0 } }
  }

  /// What stands before, in and after the first pair of braces.
  private static func outermostBraces(_ text: String) -> (String, String, String)? {
    guard let open = text.firstIndex(of: "{") else { return nil }
    var depth = 0
    for index in text[open...].indices {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      if depth == 0 {
        let inner = text[text.index(after: open)..<index]
        return (String(text[..<open]), String(inner), String(text[text.index(after: index)...]))
      }
    }
    return nil
  }

  /// The parts between commas outside braces.
  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if character == "," && depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
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
      return variables[name] ?? arrays[name]?.first
    }
  }

  /// The element of an array that a subscript names; all of them, joined, for `@` and `*`.
  private mutating func element(
    _ place: ShellWord, of name: String, _ machine: inout Machine
  ) -> String? {
    let elements = arrays[name] ?? variables[name].map { [$0] } ?? []
    if ["@", "*"].contains(place.bareText) {
      return elements.isEmpty ? nil : elements.joined(separator: " ")
    }
    guard let number = evaluate(expandText(place, &machine), &machine) else { return nil }
    let index = number < 0 ? Int64(elements.count) &+ number : number
    return Int(exactly: index).flatMap { elements[safe: $0] }
  }

  private mutating func value(
    of parameter: ShellParameter, _ machine: inout Machine
  ) -> String {
    let name = parameter.name
    let found =
      parameter.index.map { element($0, of: name, &machine) } ?? lookUp(name, machine)
    let isMissing =
      found == nil || (parameter.operation.hasPrefix(":") && found?.isEmpty == true)
    switch parameter.operation {
    case "": return found ?? unset(name, &machine)
    case "length":
      if let index = parameter.index, ["@", "*"].contains(index.bareText) {
        return String(arrays[name]?.count ?? (variables[name] == nil ? 0 : 1))
      }
      return String((found ?? "").count)
    case "indirect": return found.flatMap { lookUp($0, machine) } ?? ""
    case ":": return part(of: found ?? "", expandText(parameter.word, &machine), &machine)
    case "^^": return (found ?? "").uppercased()
    case ",,": return (found ?? "").lowercased()
    case "^": return (found ?? "").prefix(1).uppercased() + (found ?? "").dropFirst()
    case ",": return (found ?? "").prefix(1).lowercased() + (found ?? "").dropFirst()
    case "/", "//":
      let pattern = expandPattern(parameter.word, &machine)
      let text = expandText(parameter.replacement, &machine)
      return ShellPattern.replaced(
        found ?? "", pattern, text, all: parameter.operation == "//")
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

  /// `${name:offset:length}`.
  private mutating func part(
    of text: String, _ range: String, _ machine: inout Machine
  ) -> String {
    let parts = range.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let start = evaluate(String(first), &machine) else { return "" }
    let count = Int64(text.count)
    let from = start < 0 ? max(0, count &+ start) : min(start, count)
    var end = count
    if let second = parts[safe: 1] {
      guard let length = evaluate(String(second), &machine) else { return "" }
      let (sum, isTooFar) = (length < 0 ? count : from).addingReportingOverflow(length)
      end = isTooFar ? count : min(max(sum, from), count)
    }
    return String(text.prefix(Int(end)).dropFirst(Int(from)))
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
