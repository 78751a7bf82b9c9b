import Foundation

/// Takes out of a text what chance put in: generated names, uids, addresses, times.
struct CanonicalNames {
  private var names: [String: String] = [:]

  /// Patterns with what stands in their place, in the order in which they apply.
  private static let patterns: [(NSRegularExpression, String)] = [
    (#"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#, "<uid>"),
    (#"\b\d+\.\d+\.\d+\.\d+\b"#, "<ip>"),
    (
      #"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d{4}|[+-]\d\d:\d\d))?( UTC)?"#,
      "<time>"
    ),
    (#" in [0-9.]+(ms|s|m|µs|us)[0-9.ms]* \([^)]*including waiting\)"#, " in <time>"),
    (#"^(Successfully assigned \S+ to) .*$"#, "$1 <node>"),
    (#"^(Failed to pull image "[^"]*"):.*$"#, "$1"),
    (
      #"(pods) "([a-z0-9.-]+)-[bcdfghjklmnpqrstvwxz2456789]{5}" is forbidden"#,
      #"$1 "$2-<random>" is forbidden"#
    ),
  ].compactMap { pattern, template in
    (try? NSRegularExpression(pattern: pattern)).map { ($0, template) }
  }

  init(_ objects: [RecordedObject]) {
    for object in objects where object.isRandom {
      names[object.name] = "<\(object.kind == "Pod" ? object.group : object.canonicalName)>"
    }
  }

  /// The text without what differs from run to run.
  func text(_ text: String) -> String {
    var text = withoutNames(text)
    for (pattern, template) in Self.patterns {
      let range = NSRange(text.startIndex..., in: text)
      text = pattern.stringByReplacingMatches(in: text, range: range, withTemplate: template)
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A name begins a word of letters, digits, dots and dashes, and ends at its end or at a dot.
  private func withoutNames(_ text: String) -> String {
    if names.isEmpty { return text }
    var result = ""
    var word = ""
    func flush() {
      result += name(beginning: word)
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || "-.".contains(character) {
        word.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  private func name(beginning word: String) -> String {
    if word.isEmpty { return word }
    var end = word.endIndex
    while true {
      if let name = names[String(word[..<end])] { return name + word[end...] }
      guard let dot = word[..<end].lastIndex(of: ".") else { return word }
      end = dot
    }
  }
}
