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
  func reserved() -> String? {
    var end = index
    while end < text.count, text[end].isLetter || "!{}[".contains(text[end]) { end += 1 }
    if end < text.count, !" \t\n;&|()<>".contains(text[end]) { return nil }
    return end > index ? String(text[index..<end]) : nil
  }

  mutating func expect(_ word: String) throws(ShellSyntaxError) {
    skipLines()
    guard reserved() == word else { throw unexpected(peek().map(String.init) ?? "end of file") }
    index += word.count
  }

  mutating func take(_ word: String) -> Bool {
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
