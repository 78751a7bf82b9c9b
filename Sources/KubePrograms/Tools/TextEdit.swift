import KubeModel

/// What `awk` and `tr` can do here: the forms that scripts of containers use.
enum TextEdit {
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
        TextPattern(String(condition.dropFirst().dropLast()), isExtended: true)?.matches(line)
          != true
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
