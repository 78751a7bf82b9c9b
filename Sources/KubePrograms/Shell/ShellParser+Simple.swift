// Simple commands: assignments, words and redirects.
extension ShellParser {
  mutating func simple() throws(ShellSyntaxError) -> ShellSimple {
    var simple = ShellSimple()
    while true {
      skipBlanks()
      if let redirect = try redirect() {
        simple.redirects.append(redirect)
        continue
      }
      if simple.words.isEmpty, let assignment = try assignment() {
        simple.assignments.append(assignment)
        continue
      }
      guard let word = try word() else { break }
      simple.words.append(word)
      if word.bareText == "[[" { try test(&simple.words) }
    }
    if simple.words.isEmpty && simple.assignments.isEmpty && simple.redirects.isEmpty {
      throw unexpected(peek().map(String.init) ?? "end of file")
    }
    return simple
  }

  /// The words of `[[ … ]]`, in which `&&`, `<` and the like are words.
  mutating func test(_ words: inout [ShellWord]) throws(ShellSyntaxError) {
    while true {
      skipLines()
      if words.last?.bareText == "=~" {
        words.append(try expression())
        continue
      }
      if let operation = ["&&", "||", "<", ">", "(", ")"].first(where: { accept($0) }) {
        words.append(ShellWord(exactly: operation))
        continue
      }
      guard let word = try word() else { throw unexpected("end of file") }
      words.append(word)
      if word.bareText == "]]" { return }
    }
  }

  /// A regular expression up to a blank outside its parentheses and brackets.
  mutating func expression() throws(ShellSyntaxError) -> ShellWord {
    var inner = ""
    var depth = 0
    while let next = peek(), depth > 0 || !next.isWhitespace {
      if next == "(" || next == "[" { depth += 1 }
      if next == ")" || next == "]" { depth -= 1 }
      index += 1
      if next == "\"" || next == "'" { continue }
      inner.append(next)
      if next == "\\", let other = peek() {
        inner.append(other)
        index += 1
      }
    }
    if inner.isEmpty { throw unexpected("end of file") }
    return Self.quotedWord(inner, depth: self.depth)
  }

  mutating func assignment() throws(ShellSyntaxError) -> ShellAssignment? {
    let start = index
    var assignment = ShellAssignment(name: identifier())
    guard let first = assignment.name.first, !first.isNumber, let place = subscripted() else {
      index = start
      return nil
    }
    assignment.index = place
    assignment.adds = accept("+")
    guard accept("=") else {
      index = start
      return nil
    }
    guard place == nil, accept("(") else {
      assignment.value = try word() ?? ShellWord()
      return assignment
    }
    var elements: [ShellWord] = []
    skipLines()
    while !accept(")") {
      guard let word = try word() else {
        throw unexpected(peek().map(String.init) ?? "end of file")
      }
      elements.append(word)
      skipLines()
    }
    assignment.elements = elements
    return assignment
  }

  /// `[expression]` after a name; none is nil, one without its end is nothing at all.
  mutating func subscripted() -> ShellWord?? {
    guard accept("[") else { return .some(nil) }
    var inner = ""
    while let next = peek(), next != "]", next != "\n" {
      inner.append(next)
      index += 1
    }
    guard accept("]") else { return .none }
    if inner == "@" || inner == "*" { return ShellWord([.literal(inner, isQuoted: false)]) }
    return Self.quotedWord(inner, depth: depth)
  }
}
