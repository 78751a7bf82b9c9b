import KubeModel

/// What `sed`, `awk` and `tr` can do here: the forms that scripts of containers use.
enum TextEdit {
  /// `s/a/b/`, `s/a/b/g`, `/a/d`, `/a/p`, `3p`, joined by `;`. Nil for anything else.
  static func sed(_ script: String, _ lines: [String], isQuiet: Bool) -> [String]? {
    var result: [String] = []
    let commands = script.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
    for (number, line) in lines.enumerated() {
      var line = line
      var isDeleted = false
      for command in commands {
        guard let first = command.first else { continue }
        if first == "s", let mark = command.dropFirst().first {
          let parts = command.dropFirst(2).split(
            separator: mark, omittingEmptySubsequences: false)
          guard parts.count == 3 else { return nil }
          line = TextPattern(String(parts[0])).replaced(
            in: line, by: String(parts[1]), all: parts[2].contains("g"))
          continue
        }
        guard let action = command.last, action == "d" || action == "p" else { return nil }
        let address = command.dropLast()
        let applies: Bool
        if let wanted = Int(address) {
          applies = wanted == number + 1
        } else if address == "$" {
          applies = number == lines.count - 1
        } else if address.hasPrefix("/"), address.hasSuffix("/"), address.count > 1 {
          applies = TextPattern(String(address.dropFirst().dropLast())).matches(line)
        } else {
          return nil
        }
        if applies && action == "d" { isDeleted = true }
        if applies && action == "p" { result.append(line) }
      }
      if !isQuiet && !isDeleted { result.append(line) }
    }
    return result
  }

  /// `{print $1}` and `/a/ {print $2, $NF}`. Nil for anything else.
  static func awk(_ script: String, _ lines: [String], separator: String?) -> [String]? {
    guard let open = script.firstIndex(of: "{"), let close = script.lastIndex(of: "}") else {
      return nil
    }
    let condition = script[..<open].filter { !$0.isWhitespace }
    let body = script[script.index(after: open)..<close].drop(while: \.isWhitespace)
    guard body.hasPrefix("print") else { return nil }
    let items = body.dropFirst("print".count).split(separator: ",").map {
      $0.filter { !$0.isWhitespace }
    }
    var result: [String] = []
    for line in lines {
      if condition.count > 2, condition.hasPrefix("/"),
        !TextPattern(String(condition.dropFirst().dropLast())).matches(line)
      {
        continue
      }
      let fields =
        separator.flatMap(\.first).map {
          line.split(separator: $0, omittingEmptySubsequences: false).map(String.init)
        } ?? line.split(whereSeparator: \.isWhitespace).map(String.init)
      var parts: [String] = []
      for item in items {
        if item == "$0" {
          parts.append(line)
        } else if item == "$NF" {
          parts.append(fields.last ?? "")
        } else if item.hasPrefix("$"), let number = Int(item.dropFirst()), number > 0 {
          parts.append(fields[safe: number - 1] ?? "")
        } else if item.hasPrefix("\""), item.hasSuffix("\""), item.count > 1 {
          parts.append(String(item.dropFirst().dropLast()))
        } else {
          return nil
        }
      }
      result.append(items.isEmpty ? line : parts.joined(separator: " "))
    }
    return result
  }

  /// The characters that a set of `tr` names: `a-z`, `\n`, `[:upper:]`.
  static func characters(_ set: String) -> [Character] {
    let classes = [
      "[:upper:]": "A-Z", "[:lower:]": "a-z", "[:digit:]": "0-9", "[:space:]": " \\t\\n",
    ]
    let text = Array(Shell.unescaped(classes[set] ?? set))
    var result: [Character] = []
    var index = 0
    while index < text.count {
      if index + 2 < text.count, text[index + 1] == "-", let first = text[index].asciiValue,
        let last = text[index + 2].asciiValue, first <= last
      {
        result += (first...last).map { Character(Unicode.Scalar($0)) }
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}

/// A simple regular expression: `^`, `$`, `.`, `.*`, `[…]`, `\|` and `|` between whole patterns.
struct TextPattern {
  private let alternatives: [String]

  init(_ text: String) {
    var parts = [""]
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "|" || character == "\\" && rest.first == "|" {
        if character == "\\" { rest.removeFirst() }
        parts.append("")
      } else if character == "\\", let next = rest.popFirst() {
        parts[parts.count - 1] += ShellPattern.escaped(String(next))
      } else if character == "." {
        if rest.first == "*" || rest.first == "+" {
          let sign = rest.removeFirst()
          parts[parts.count - 1] += sign == "*" ? "*" : "?*"
        } else {
          parts[parts.count - 1] += "?"
        }
      } else if "*?".contains(character) {
        parts[parts.count - 1] += ShellPattern.escaped(String(character))
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    alternatives = parts
  }

  /// True when it occurs in a line.
  func matches(_ line: String) -> Bool {
    alternatives.contains { alternative in
      var pattern = alternative[...]
      var whole = ""
      if pattern.first == "^" { pattern.removeFirst() } else { whole = "*" }
      if pattern.last == "$" {
        whole += pattern.dropLast()
      } else {
        whole += pattern + "*"
      }
      return ShellPattern.matches(whole, line)
    }
  }

  /// A line with the first or every occurrence replaced.
  func replaced(in line: String, by text: String, all: Bool) -> String {
    guard let first = alternatives.first else { return line }
    let isAtStart = first.hasPrefix("^")
    let isAtEnd = first.hasSuffix("$")
    let pattern = String(first.dropFirst(isAtStart ? 1 : 0).dropLast(isAtEnd ? 1 : 0))
    let characters = Array(line)
    var result = ""
    var index = 0
    var isDone = false
    while index <= characters.count {
      var length: Int?
      if !isDone && (!isAtStart || index == 0) {
        // The longest occurrence that begins here.
        length = stride(from: characters.count - index, through: 1, by: -1).first {
          (!isAtEnd || index + $0 == characters.count)
            && ShellPattern.matches(pattern, String(characters[index..<index + $0]))
        }
      }
      if let length {
        result += text
        index += length
        isDone = !all
      } else {
        if index < characters.count { result.append(characters[index]) }
        index += 1
      }
    }
    return result
  }
}
