/// Reads a regular expression.
struct TextPatternReader {
  typealias Node = TextPattern.Node

  let text: [Character]
  let isExtended: Bool
  var index = 0
  var groupCount = 0
  private var depth = 0

  init(text: [Character], isExtended: Bool) {
    self.text = text
    self.isExtended = isExtended
  }

  /// True when an operator is next, which a basic expression writes with a backslash.
  private func sees(_ operation: Character) -> Bool {
    if isExtended { return text[safe: index] == operation }
    return text[safe: index] == "\\" && text[safe: index + 1] == operation
  }

  private mutating func accept(_ operation: Character) -> Bool {
    guard sees(operation) else { return false }
    index += isExtended ? 1 : 2
    return true
  }

  /// Alternatives; nil for what is no expression.
  mutating func choice() -> Node? {
    depth += 1
    defer { depth -= 1 }
    if depth > 20 { return nil }
    var all: [Node] = []
    repeat {
      guard let next = sequence() else { return nil }
      all.append(next)
    } while accept("|")
    return all.count == 1 ? all[0] : .choice(all)
  }

  private mutating func sequence() -> Node? {
    var nodes: [Node] = []
    while index < text.count, !sees("|"), !sees(")") {
      guard let atom = atom(isFirst: nodes.isEmpty), let node = quantified(atom) else {
        return nil
      }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func quantified(_ atom: Node) -> Node? {
    var node = atom
    for _ in 0..<4 {
      if text[safe: index] == "*" {
        index += 1
        node = .times(node, 0, .max)
      } else if accept("+") {
        node = .times(node, 1, .max)
      } else if accept("?") {
        node = .times(node, 0, 1)
      } else if accept("{") {
        let least = number()
        var most = least
        if text[safe: index] == "," {
          index += 1
          most = number()
          guard accept("}") else { return nil }
          node = .times(node, least ?? 0, most ?? .max)
        } else {
          guard let least, accept("}") else { return nil }
          node = .times(node, least, most ?? least)
        }
      } else {
        return node
      }
    }
    return nil
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next = text[safe: index], next.isASCII, next.isNumber, digits.count < 5 {
      digits.append(next)
      index += 1
    }
    return Int(digits).map { min($0, 1_000) }
  }

  private mutating func atom(isFirst: Bool) -> Node? {
    if accept("(") {
      let number = groupCount
      groupCount += 1
      guard let inner = choice(), accept(")") else { return nil }
      return .group(number, inner)
    }
    guard let character = text[safe: index] else { return nil }
    index += 1
    switch character {
    case ".": return .one(TextPattern.Set(isNot: true))
    case "^" where isExtended || isFirst: return .start
    case "$" where isExtended || index == text.count || sees("|") || sees(")"): return .end
    case "[": return bracket()
    case "*" where !isFirst: return nil
    case "+" where isExtended, "?" where isExtended: return isFirst ? Self.exactly(character) : nil
    case "\\":
      guard let next = text[safe: index] else { return nil }
      index += 1
      switch next {
      case "n": return Self.exactly("\n")
      case "t": return Self.exactly("\t")
      case "w", "W":
        return .one(TextPattern.Set(ranges: Self.named("alnum") + ["_"..."_"], isNot: next == "W"))
      case "s", "S": return .one(TextPattern.Set(ranges: Self.named("space"), isNot: next == "S"))
      case "d" where isExtended: return .one(TextPattern.Set(ranges: Self.named("digit")))
      case "b", "<", ">": return .edge
      case "1"..."9": return .reference(next.wholeNumberValue ?? 1)
      default: return Self.exactly(next)
      }
    default: return Self.exactly(character)
    }
  }

  private static func exactly(_ character: Character) -> Node {
    .one(TextPattern.Set(ranges: [character...character]))
  }

  /// `[^a-z[:digit:]_]`, after its opening bracket.
  private mutating func bracket() -> Node? {
    var set = TextPattern.Set()
    if text[safe: index] == "^" {
      set.isNot = true
      index += 1
    }
    var isFirst = true
    while let character = text[safe: index], character != "]" || isFirst {
      isFirst = false
      index += 1
      if character == "[", text[safe: index] == ":" {
        var name = ""
        index += 1
        while let letter = text[safe: index], letter != ":" { name.append(letter); index += 1 }
        guard text[safe: index + 1] == "]" else { return nil }
        index += 2
        set.ranges += Self.named(name)
      } else if text[safe: index] == "-", let last = text[safe: index + 1], last != "]",
        character <= last
      {
        set.ranges.append(character...last)
        index += 2
      } else {
        set.ranges.append(character...character)
      }
    }
    guard text[safe: index] == "]" else { return nil }
    index += 1
    return .one(set)
  }

  /// The characters of `[:name:]`.
  static func named(_ name: String) -> [ClosedRange<Character>] {
    switch name {
    case "digit": ["0"..."9"]
    case "lower": ["a"..."z"]
    case "upper": ["A"..."Z"]
    case "alpha": ["a"..."z", "A"..."Z"]
    case "alnum": ["a"..."z", "A"..."Z", "0"..."9"]
    case "xdigit": ["0"..."9", "a"..."f", "A"..."F"]
    case "space", "blank": [" "..." ", "\t"..."\t", "\n"..."\n", "\r"..."\r"]
    case "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"]
    default: []
    }
  }
}
