import KubeModel

/// A script of `sed`: `s`, `d`, `p`, `q`, `=`, `y`, `a`, `i` and `c`, each with an address.
///
/// Left out  blocks, labels, the hold space, `n` and `N`, `w`.
struct SedScript {
  private enum Address {
    case line(Int), last, pattern(TextPattern)
  }

  private struct Command {
    var from: Address?
    var to: Address?
    var isNot = false
    var letter: Character
    var pattern: TextPattern?
    var text = ""
    var all = false
    var prints = false
    var number = 1
    /// True within a range of lines.
    var isInside = false
  }

  private var commands: [Command] = []
  private let isQuiet: Bool

  /// Reads a script; nil for what it does not know.
  init?(_ text: String, isExtended: Bool, isQuiet: Bool) {
    self.isQuiet = isQuiet
    var reader = Reader(text: Array(text), isExtended: isExtended)
    while reader.skipToCommand() {
      guard let command = Self.command(&reader) else { return nil }
      commands.append(command)
    }
  }

  /// The lines that it makes of others.
  func applied(to lines: [String]) -> [String] {
    var script = self
    var result: [String] = []
    for (index, line) in lines.enumerated() {
      if !script.apply(to: line, number: index + 1, isLast: index + 1 == lines.count, &result) {
        break
      }
    }
    return result
  }

  /// False when the script ends here.
  private mutating func apply(
    to line: String, number: Int, isLast: Bool, _ result: inout [String]
  ) -> Bool {
    var line = line
    var after: [String] = []
    var goesOn = true
    for index in commands.indices {
      guard applies(index, line, number, isLast) else { continue }
      let command = commands[index]
      switch command.letter {
      case "d": return true
      case "c":
        result.append(command.text)
        return true
      case "p": result.append(line)
      case "=": result.append(String(number))
      case "i": result.append(command.text)
      case "a": after.append(command.text)
      case "q": goesOn = false
      case "y":
        let halves = command.text.split(separator: "\0", omittingEmptySubsequences: false)
        let (from, to) = (Array(halves[0]), Array(halves[safe: 1] ?? ""))
        line = String(line.map { from.firstIndex(of: $0).flatMap { to[safe: $0] } ?? $0 })
      default:
        guard
          let changed = command.pattern?.replaced(
            in: line, by: command.text, all: command.all, from: command.number)
        else { break }
        line = changed
        if command.prints { result.append(line) }
      }
      if !goesOn { break }
    }
    if !isQuiet { result.append(line) }
    result += after
    return goesOn
  }

  private mutating func applies(
    _ index: Int, _ line: String, _ number: Int, _ isLast: Bool
  ) -> Bool {
    func holds(_ address: Address) -> Bool {
      switch address {
      case .line(let wanted): wanted == number
      case .last: isLast
      case .pattern(let pattern): pattern.matches(line)
      }
    }
    let command = commands[index]
    guard let from = command.from else { return true }
    var isChosen: Bool
    if let to = command.to {
      if command.isInside {
        isChosen = true
        if holds(to) { commands[index].isInside = false }
      } else {
        isChosen = holds(from)
        var isOver = false
        if case .line(let end) = to { isOver = end <= number }
        if isChosen && !isOver { commands[index].isInside = true }
      }
    } else {
      isChosen = holds(from)
    }
    return isChosen != command.isNot
  }

  // MARK: Reading

  private struct Reader {
    let text: [Character]
    let isExtended: Bool
    var index = 0

    var next: Character? { text[safe: index] }

    mutating func skipBlanks() {
      while let next, next == " " || next == "\t" { index += 1 }
    }

    /// False at the end.
    mutating func skipToCommand() -> Bool {
      while let next, next.isWhitespace || next == ";" { index += 1 }
      return index < text.count
    }

    /// Up to a mark; a backslash before the mark stands for the mark itself.
    mutating func part(until mark: Character) -> String? {
      var part = ""
      while let character = next {
        index += 1
        if character == mark { return part }
        if character == "\\", let other = next {
          index += 1
          if other != mark { part.append("\\") }
          part.append(other)
        } else {
          part.append(character)
        }
      }
      return nil
    }

    mutating func number() -> Int? {
      var digits = ""
      while let character = next, character.isASCII, character.isNumber {
        digits.append(character)
        index += 1
      }
      return Int(digits)
    }
  }

  private static func address(_ reader: inout Reader) -> Address?? {
    switch reader.next {
    case "$":
      reader.index += 1
      return .some(.last)
    case "/":
      reader.index += 1
      guard let text = reader.part(until: "/"),
        let pattern = TextPattern(text, isExtended: reader.isExtended)
      else { return .none }
      return .some(.pattern(pattern))
    case let digit? where digit.isASCII && digit.isNumber:
      return reader.number().map { .some(.line($0)) } ?? .none
    default: return .some(nil)
    }
  }

  private static func command(_ reader: inout Reader) -> Command? {
    guard let from = address(&reader) else { return nil }
    var to: Address?
    reader.skipBlanks()
    if from != nil, reader.next == "," {
      reader.index += 1
      reader.skipBlanks()
      guard let end = address(&reader), let end else { return nil }
      to = end
    }
    reader.skipBlanks()
    var isNot = false
    if reader.next == "!" {
      isNot = true
      reader.index += 1
      reader.skipBlanks()
    }
    guard let letter = reader.next else { return nil }
    reader.index += 1
    var command = Command(from: from, to: to, isNot: isNot, letter: letter)
    switch letter {
    case "d", "p", "q", "=": return command
    case "a", "i", "c":
      reader.skipBlanks()
      if reader.next == "\\" { reader.index += 1 }
      while let character = reader.next, character == "\n" || character == " " {
        reader.index += 1
      }
      while let character = reader.next, character != "\n" {
        command.text.append(character)
        reader.index += 1
      }
      return command
    case "s", "y":
      guard let mark = reader.next else { return nil }
      reader.index += 1
      guard let wanted = reader.part(until: mark), let text = reader.part(until: mark) else {
        return nil
      }
      if letter == "y" {
        command.text = wanted + "\0" + text
        return command
      }
      command.text = text
      var ignoresCase = false
      while let flag = reader.next, !flag.isWhitespace, flag != ";", flag != "}" {
        switch flag {
        case "g": command.all = true
        case "p": command.prints = true
        case "i", "I": ignoresCase = true
        case "1"..."9":
          command.number = reader.number() ?? 1
          continue
        default: return nil
        }
        reader.index += 1
      }
      command.pattern = TextPattern(
        wanted, isExtended: reader.isExtended, ignoresCase: ignoresCase)
      return command.pattern == nil ? nil : command
    default: return nil
    }
  }
}
