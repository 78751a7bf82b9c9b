// Reads the everyday part of the POSIX shell's language.
//
// Follows   POSIX.1-2024, Shell Command Language
// Left out  arrays, process substitution, select, coprocesses, aliases; of bash's own there are
//           [[ ]], (( )) and {1..5}.

/// A reader of scripts.
struct ShellParser {
  var text: [Character]
  var index = 0
  /// Documents (`<<EOF`) whose text begins with the next line: how they end, and what they hold.
  var waiting: [(end: String, isLiteral: Bool, place: Int, stripsTabs: Bool)] = []
  var documents: [ShellWord] = []
  var depth = 0

  init(_ text: String) { self.text = Array(text) }

  /// Reads a whole script.
  static func parse(_ text: String) throws(ShellSyntaxError) -> ShellCommand {
    var parser = ShellParser(text)
    let command = try parser.list(until: [])
    if let rest = parser.peek() { throw parser.unexpected(String(rest)) }
    return parser.filled(command)
  }

  func unexpected(_ token: String) -> ShellSyntaxError {
    let shown = token == "\n" ? "newline" : token
    return ShellSyntaxError(text: "syntax error: unexpected \"\(shown)\"")
  }

  // MARK: Characters

  func peek(_ ahead: Int = 0) -> Character? {
    index + ahead < text.count ? text[index + ahead] : nil
  }

  mutating func accept(_ token: String) -> Bool {
    let wanted = Array(token)
    guard index + wanted.count <= text.count,
      text[index..<index + wanted.count].elementsEqual(wanted)
    else { return false }
    index += wanted.count
    return true
  }

  mutating func skipBlanks() {
    while let next = peek() {
      if next == " " || next == "\t" {
        index += 1
      } else if next == "\\" && peek(1) == "\n" {
        index += 2
      } else if next == "#" {
        while let other = peek(), other != "\n" { _ = other; index += 1 }
      } else {
        return
      }
    }
  }

  mutating func skipLines() {
    skipBlanks()
    while peek() == "\n" || peek() == "\r\n" {
      newLine()
      skipBlanks()
    }
  }

  private mutating func newLine() {
    index += 1
    for document in waiting {
      var body = ""
      while index < text.count {
        var line = ""
        while let next = peek(), next != "\n" { line.append(next); index += 1 }
        index += 1
        if document.stripsTabs { line = String(line.drop { $0 == "\t" }) }
        if line == document.end { break }
        body += line + "\n"
      }
      index = min(index, text.count)
      documents[document.place] =
        document.isLiteral ? ShellWord(exactly: body) : ShellParser.quotedWord(body)
    }
    waiting = []
  }

  /// A reserved word at this place, without taking it.
  private func reserved() -> String? {
    var end = index
    while end < text.count, text[end].isLetter || "!{}[".contains(text[end]) { end += 1 }
    if end < text.count, !" \t\n;&|()<>".contains(text[end]) { return nil }
    return end > index ? String(text[index..<end]) : nil
  }

  private mutating func expect(_ word: String) throws(ShellSyntaxError) {
    skipLines()
    guard reserved() == word else { throw unexpected(peek().map(String.init) ?? "end of file") }
    index += word.count
  }

  private mutating func take(_ word: String) -> Bool {
    skipLines()
    guard reserved() == word else { return false }
    index += word.count
    return true
  }

  // MARK: Lists

  /// Commands up to one of these reserved words, a closing parenthesis, `;;` or the end.
  mutating func list(until ends: [String]) throws(ShellSyntaxError) -> ShellCommand {
    try descend()
    defer { depth -= 1 }
    var items: [ShellItem] = []
    while true {
      skipLines()
      guard let next = peek(), next != ")" else { break }
      if next == ";" && peek(1) == ";" { break }
      if let word = reserved(), ends.contains(word) { break }
      var item = ShellItem(command: try andOr(), isBackground: false)
      skipBlanks()
      if peek() == "&" && peek(1) != "&" {
        index += 1
        item.isBackground = true
      } else if peek() == ";" && peek(1) != ";" {
        index += 1
      } else if peek() != "\n", let other = peek(), other != ")", other != ";" {
        throw unexpected(String(other))
      }
      items.append(item)
    }
    if items.count == 1, !items[0].isBackground { return items[0].command }
    return .list(items)
  }

  private mutating func andOr() throws(ShellSyntaxError) -> ShellCommand {
    var left = try pipeline()
    for _ in 0..<500 {
      skipBlanks()
      if accept("&&") {
        skipLines()
        left = .and(left, try pipeline())
      } else if accept("||") {
        skipLines()
        left = .or(left, try pipeline())
      } else {
        return left
      }
    }
    throw Self.tooDeep
  }

  private static let tooDeep = ShellSyntaxError(text: "syntax error: nested too deeply")

  private mutating func descend() throws(ShellSyntaxError) {
    depth += 1
    if depth > 40 { throw Self.tooDeep }
  }

  private mutating func pipeline() throws(ShellSyntaxError) -> ShellCommand {
    skipBlanks()
    var isNegated = false
    while reserved() == "!" {
      index += 1
      isNegated.toggle()
      skipBlanks()
    }
    var stages = [try command()]
    skipBlanks()
    while peek() == "|" && peek(1) != "|" {
      index += 1
      _ = accept("&")
      skipLines()
      stages.append(try command())
      skipBlanks()
    }
    return stages.count == 1 && !isNegated ? stages[0] : .pipeline(stages, isNegated: isNegated)
  }

  // MARK: Commands

  private mutating func command() throws(ShellSyntaxError) -> ShellCommand {
    try descend()
    defer { depth -= 1 }
    skipBlanks()
    if peek() == "(" {
      if peek(1) == "(" { return try arithmeticCommand() }
      index += 1
      let body = try list(until: [])
      guard accept(")") else { throw unexpected("end of file") }
      return .subshell(body, try redirects())
    }
    switch reserved() {
    case "{":
      index += 1
      let body = try list(until: ["}"])
      try expect("}")
      return .group(body, try redirects())
    case "if": return try wrapped(try choice())
    case "while", "until": return try wrapped(try loop())
    case "for": return try wrapped(try each())
    case "case": return try wrapped(try cases())
    case "function":
      index += "function".count
      skipBlanks()
      let name = identifier()
      skipBlanks()
      _ = accept("(") && accept(")")
      skipLines()
      return .function(name, try command())
    case let word? where ["then", "do", "done", "fi", "else", "elif", "esac", "}"].contains(word):
      throw unexpected(word)
    default: break
    }
    if let name = functionName() {
      skipLines()
      return .function(name, try command())
    }
    return .simple(try simple())
  }

  private mutating func wrapped(_ command: ShellCommand) throws(ShellSyntaxError) -> ShellCommand {
    let redirects = try redirects()
    return redirects.isEmpty ? command : .group(command, redirects)
  }

  private mutating func arithmeticCommand() throws(ShellSyntaxError) -> ShellCommand {
    index += 2
    return .arithmetic(try arithmeticBody())
  }

  private mutating func choice() throws(ShellSyntaxError) -> ShellCommand {
    index += 2
    var clauses: [(condition: ShellCommand, body: ShellCommand)] = []
    var otherwise: ShellCommand?
    repeat {
      let condition = try list(until: ["then"])
      try expect("then")
      clauses.append((condition, try list(until: ["elif", "else", "fi"])))
    } while take("elif")
    if take("else") { otherwise = try list(until: ["fi"]) }
    try expect("fi")
    return .choice(clauses, otherwise: otherwise)
  }

  private mutating func loop() throws(ShellSyntaxError) -> ShellCommand {
    let isUntil = reserved() == "until"
    index += 5
    let condition = try list(until: ["do"])
    return .loop(isUntil: isUntil, condition: condition, body: try body())
  }

  private mutating func body() throws(ShellSyntaxError) -> ShellCommand {
    try expect("do")
    let body = try list(until: ["done"])
    try expect("done")
    return body
  }

  private mutating func each() throws(ShellSyntaxError) -> ShellCommand {
    index += 3
    skipBlanks()
    if accept("((") { return try counting() }
    let name = identifier()
    skipLines()
    var words: [ShellWord]?
    if take("in") {
      var found: [ShellWord] = []
      skipBlanks()
      while let next = peek(), !";\n&|".contains(next) {
        guard let word = try word() else { throw unexpected(String(next)) }
        found.append(word)
        skipBlanks()
      }
      words = found
    }
    skipBlanks()
    _ = accept(";")
    return .each(variable: name, words: words, body: try body())
  }

  /// `for ((start; test; step))`, after its parentheses.
  private mutating func counting() throws(ShellSyntaxError) -> ShellCommand {
    let parts = try arithmeticText().split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw ShellSyntaxError(text: "syntax error: bad for loop variable")
    }
    let words = parts.map { Self.quotedWord(String($0), depth: depth) }
    skipBlanks()
    _ = accept(";")
    return .counting(start: words[0], test: words[1], step: words[2], body: try body())
  }

  private mutating func cases() throws(ShellSyntaxError) -> ShellCommand {
    index += 4
    skipBlanks()
    guard let subject = try word() else { throw unexpected("newline") }
    try expect("in")
    var branches: [(patterns: [ShellWord], body: ShellCommand)] = []
    while !take("esac") {
      _ = accept("(")
      var patterns: [ShellWord] = []
      repeat {
        skipBlanks()
        guard let pattern = try word() else {
          throw unexpected(peek().map(String.init) ?? "end of file")
        }
        patterns.append(pattern)
        skipBlanks()
      } while accept("|")
      guard accept(")") else { throw unexpected(peek().map(String.init) ?? "end of file") }
      branches.append((patterns, try list(until: ["esac"])))
      skipLines()
      _ = accept(";;")
    }
    return .cases(subject, branches)
  }

  mutating func identifier() -> String {
    var name = ""
    while let next = peek(), next == "_" || next.isLetter || next.isNumber {
      name.append(next)
      index += 1
    }
    return name
  }

  private mutating func functionName() -> String? {
    let start = index
    let name = identifier()
    skipBlanks()
    if !name.isEmpty && accept("(") {
      skipBlanks()
      if accept(")") { return name }
    }
    index = start
    return nil
  }

  private mutating func simple() throws(ShellSyntaxError) -> ShellSimple {
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
  private mutating func test(_ words: inout [ShellWord]) throws(ShellSyntaxError) {
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
  private mutating func expression() throws(ShellSyntaxError) -> ShellWord {
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

  private mutating func assignment() throws(ShellSyntaxError) -> ShellAssignment? {
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

  mutating func redirects() throws(ShellSyntaxError) -> [ShellRedirect] {
    var all: [ShellRedirect] = []
    skipBlanks()
    while let redirect = try redirect() {
      all.append(redirect)
      skipBlanks()
    }
    return all
  }
}
