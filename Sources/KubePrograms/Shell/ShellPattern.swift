/// Patterns of file names and of `case`: `*`, `?`, `[a-z]`, `\x`.
enum ShellPattern {
  /// A text in which nothing is special.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "*?[]\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// A pattern without the escapes.
  static func plain(_ pattern: String) -> String {
    var result = ""
    var isEscaped = false
    for character in pattern {
      if character == "\\" && !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }

  /// True when something in it is special.
  static func isPattern(_ text: String) -> Bool {
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if "*?[".contains(character) {
        return true
      }
    }
    return false
  }

  /// True when the whole text is of the pattern's form.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Array(pattern), Array(text))
  }

  private enum Element {
    case any, one, exactly(Character), oneOf([ClosedRange<Character>], isNot: Bool)

    func accepts(_ character: Character) -> Bool {
      switch self {
      case .any, .one: true
      case .exactly(let wanted): character == wanted
      case .oneOf(let ranges, let isNot): ranges.contains { $0.contains(character) } != isNot
      }
    }

    var isAny: Bool { if case .any = self { true } else { false } }
  }

  private static func elements(_ pattern: [Character]) -> [Element] {
    var elements: [Element] = []
    var index = 0
    while index < pattern.count {
      let character = pattern[index]
      index += 1
      switch character {
      case "*": elements.append(.any)
      case "?": elements.append(.one)
      case "\\" where index < pattern.count:
        elements.append(.exactly(pattern[index]))
        index += 1
      case "[":
        guard let end = pattern[index...].dropFirst().firstIndex(of: "]") else {
          elements.append(.exactly("["))
          continue
        }
        var inner = Array(pattern[index..<end])
        index = end + 1
        let isNot = inner.first == "!" || inner.first == "^"
        if isNot { inner.removeFirst() }
        var ranges: [ClosedRange<Character>] = []
        var place = 0
        while place < inner.count {
          if place + 2 < inner.count, inner[place + 1] == "-", inner[place] <= inner[place + 2] {
            ranges.append(inner[place]...inner[place + 2])
            place += 3
          } else {
            ranges.append(inner[place]...inner[place])
            place += 1
          }
        }
        elements.append(.oneOf(ranges, isNot: isNot))
      default: elements.append(.exactly(character))
      }
    }
    return elements
  }

  /// Walks both; at a mismatch the last `*` takes one character more.
  private static func matches(_ pattern: [Character], _ text: [Character]) -> Bool {
    let elements = elements(pattern)
    var element = 0
    var place = 0
    var retry: (element: Int, place: Int)?
    while place < text.count {
      if element < elements.count, elements[element].isAny {
        retry = (element, place)
        element += 1
      } else if element < elements.count, elements[element].accepts(text[place]) {
        element += 1
        place += 1
      } else if let last = retry {
        element = last.element + 1
        place = last.place + 1
        retry = (last.element, place)
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy(\.isAny)
  }

  /// A text with the first or every occurrence replaced, the longest at each place.
  ///
  /// Cost: cubic in the length of the text for a pattern, so a long text is left as it is.
  static func replaced(_ text: String, _ pattern: String, _ new: String, all: Bool) -> String {
    if pattern.isEmpty { return text }
    if !isPattern(pattern) {
      return text.replacing(plain(pattern), with: new, maxReplacements: all ? .max : 1)
    }
    let characters = Array(text)
    if characters.count > 500 { return text }
    let wanted = Array(pattern)
    var result = ""
    var index = 0
    while index < characters.count {
      let length = stride(from: characters.count - index, through: 1, by: -1).first {
        matches(wanted, Array(characters[index..<index + $0]))
      }
      guard let length else {
        result.append(characters[index])
        index += 1
        continue
      }
      result += new
      index += length
      if !all { break }
    }
    return result + String(characters[index...])
  }

  /// A text without the shortest or longest beginning (`#`, `##`) or end (`%`, `%%`) that matches.
  static func trimmed(_ text: String, _ pattern: String, _ operation: String) -> String {
    let count = text.count
    let lengths = Array(0...count)
    switch operation {
    case "#", "##":
      for length in operation == "#" ? lengths : lengths.reversed()
      where matches(pattern, String(text.prefix(length))) {
        return String(text.dropFirst(length))
      }
    default:
      for length in operation == "%" ? lengths : lengths.reversed()
      where matches(pattern, String(text.suffix(length))) {
        return String(text.dropLast(length))
      }
    }
    return text
  }
}
