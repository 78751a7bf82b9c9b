// Words, redirects and documents.
extension ShellParser {
  mutating func redirect() throws(ShellSyntaxError) -> ShellRedirect? {
    let start = index
    var descriptor: Int?
    if let digit = peek()?.wholeNumberValue, peek(1) == ">" || peek(1) == "<" {
      descriptor = digit
      index += 1
    }
    if accept("&>") {
      return ShellRedirect(descriptor: -1, mode: .write, target: try target())
    }
    if accept("<<") { return try document() }
    if accept(">&") || accept("<&") {
      return ShellRedirect(descriptor: descriptor ?? 1, mode: .duplicate, target: try target())
    }
    if accept(">>") {
      return ShellRedirect(descriptor: descriptor ?? 1, mode: .append, target: try target())
    }
    if accept(">|") || accept(">") {
      return ShellRedirect(descriptor: descriptor ?? 1, mode: .write, target: try target())
    }
    if accept("<") {
      return ShellRedirect(descriptor: descriptor ?? 0, mode: .read, target: try target())
    }
    index = start
    return nil
  }

  private mutating func target() throws(ShellSyntaxError) -> ShellWord {
    skipBlanks()
    guard let word = try word() else {
      throw unexpected(peek().map(String.init) ?? "end of file")
    }
    return word
  }

  private mutating func document() throws(ShellSyntaxError) -> ShellRedirect {
    if accept("<") {
      var word = try target()
      word.parts.append(.literal("\n", isQuoted: true))
      return ShellRedirect(descriptor: 0, mode: .document, target: word)
    }
    let stripsTabs = accept("-")
    let end = try target()
    var name = ""
    var isLiteral = false
    for case .literal(let text, let quoted) in end.parts {
      name += text
      isLiteral = isLiteral || quoted
    }
    waiting.append((name, isLiteral, documents.count, stripsTabs))
    documents.append(ShellWord())
    // The text is not read yet; the word names its place.
    return ShellRedirect(
      descriptor: documents.count - 1, mode: .document, target: ShellWord())
  }

  /// A word; nil where none begins.
  mutating func word() throws(ShellSyntaxError) -> ShellWord? {
    var word = ShellWord()
    var literal = ""
    func flushed() -> ShellWord.Part { .literal(literal, isQuoted: false) }
    var isEmpty = true
    while let next = peek() {
      switch next {
      case " ", "\t", "\n", "\r\n", ";", "&", "|", "(", ")", "<", ">":
        if isEmpty { return nil }
        if !literal.isEmpty { word.parts.append(flushed()) }
        return word
      case "$" where peek(1) == "'":
        if !literal.isEmpty { word.parts.append(flushed()) }
        literal = ""
        index += 2
        word.parts.append(.literal(try escapedQuote(), isQuoted: true))
      case "\\":
        index += 2
        if index > text.count { index = text.count }
        if text[index - 1] == "\n" { continue }
        if !literal.isEmpty { word.parts.append(flushed()) }
        literal = ""
        word.parts.append(.literal(String(text[index - 1]), isQuoted: true))
      case "'":
        if !literal.isEmpty { word.parts.append(flushed()) }
        literal = ""
        index += 1
        var quoted = ""
        while let other = peek(), other != "'" { quoted.append(other); index += 1 }
        guard accept("'") else {
          throw ShellSyntaxError(text: "syntax error: unterminated quoted string")
        }
        word.parts.append(.literal(quoted, isQuoted: true))
      case "\"":
        if !literal.isEmpty { word.parts.append(flushed()) }
        literal = ""
        index += 1
        try quoted(into: &word)
        guard accept("\"") else {
          throw ShellSyntaxError(text: "syntax error: unterminated quoted string")
        }
      case "$", "`":
        if let part = try expansion(isQuoted: false) {
          if !literal.isEmpty { word.parts.append(flushed()) }
          literal = ""
          word.parts.append(part)
        } else {
          literal.append(next)
          index += 1
        }
      default:
        literal.append(next)
        index += 1
      }
      isEmpty = false
    }
    if isEmpty { return nil }
    if !literal.isEmpty { word.parts.append(flushed()) }
    return word
  }

  /// What stands in `$'…'`, after its beginning.
  private mutating func escapedQuote() throws(ShellSyntaxError) -> String {
    var inner = ""
    while let next = peek(), next != "'" {
      inner.append(next)
      index += 1
      if next == "\\", let other = peek() {
        inner += other == "'" ? "\\'" : String(other)
        index += 1
      }
    }
    guard accept("'") else {
      throw ShellSyntaxError(text: "syntax error: unterminated quoted string")
    }
    return Shell.unescaped(inner).replacing("\\'", with: "'")
  }

  /// What stands between double quotes, up to the closing one.
  private mutating func quoted(
    into word: inout ShellWord, endsAtQuote: Bool = true
  ) throws(ShellSyntaxError) {
    let before = word.parts.count
    var literal = ""
    while let next = peek(), next != "\"" || !endsAtQuote {
      if next == "\\", let other = peek(1) {
        index += 2
        if other == "\n" { continue }
        literal += "$`\"\\".contains(other) ? String(other) : "\\" + String(other)
      } else if next == "$" || next == "`", let part = try expansion(isQuoted: true) {
        if !literal.isEmpty { word.parts.append(.literal(literal, isQuoted: true)) }
        literal = ""
        word.parts.append(part)
      } else {
        literal.append(next)
        index += 1
      }
    }
    // Also an empty string is a word.
    if !literal.isEmpty || word.parts.count == before {
      word.parts.append(.literal(literal, isQuoted: true))
    }
  }

  /// A text in which `$` expands as between double quotes.
  static func quotedWord(_ text: String, depth: Int = 0) -> ShellWord {
    var parser = ShellParser(text)
    parser.depth = depth + 4
    var word = ShellWord()
    guard (try? parser.quoted(into: &word, endsAtQuote: false)) != nil else {
      return ShellWord(exactly: text)
    }
    return word
  }

  /// `$name`, `${…}`, `$(…)`, `$((…))` or a command between backticks; nil for a lone `$`.
  private mutating func expansion(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part? {
    if depth > 40 { throw ShellSyntaxError(text: "syntax error: nested too deeply") }
    if accept("`") {
      var inner = ""
      while let next = peek(), next != "`" {
        index += 1
        if next == "\\", let other = peek(), "`$\\".contains(other) {
          inner.append(other)
          index += 1
        } else {
          inner.append(next)
        }
      }
      guard accept("`") else { throw ShellSyntaxError(text: "syntax error: EOF in backquotes") }
      return .substitution(try Self.parse(inner), isQuoted: isQuoted)
    }
    guard let next = peek(1) else { return nil }
    if next == "(" {
      if peek(2) == "(" {
        index += 3
        return .arithmetic(try arithmeticBody(), isQuoted: isQuoted)
      }
      index += 2
      let body = try list(until: [])
      guard accept(")") else { throw unexpected("end of file") }
      return .substitution(body, isQuoted: isQuoted)
    }
    if next == "{" {
      index += 2
      return .parameter(try parameter(), isQuoted: isQuoted)
    }
    if "?$!#@*-".contains(next) || next.isNumber {
      index += 2
      return .parameter(ShellParameter(name: String(next)), isQuoted: isQuoted)
    }
    guard next == "_" || next.isLetter else { return nil }
    index += 1
    return .parameter(ShellParameter(name: identifier()), isQuoted: isQuoted)
  }

  private mutating func parameter() throws(ShellSyntaxError) -> ShellParameter {
    if peek() == "#", peek(1) != "}" {
      index += 1
      let name = identifier()
      let place = subscripted().flatMap { $0 }
      guard accept("}") else { throw ShellSyntaxError(text: "syntax error: bad substitution") }
      return ShellParameter(name: name, index: place, operation: "length")
    }
    if peek() == "!", peek(1) != "}" {
      index += 1
      let name = identifier()
      guard !name.isEmpty, accept("}") else {
        throw ShellSyntaxError(text: "syntax error: bad substitution")
      }
      return ShellParameter(name: name, operation: "indirect")
    }
    var parameter = ShellParameter(name: identifier())
    if parameter.name.isEmpty, let special = peek(), "?$!#@*-".contains(special) {
      parameter.name = String(special)
      index += 1
    }
    if !parameter.name.isEmpty { parameter.index = subscripted().flatMap { $0 } }
    if accept("}") { return parameter }
    let operations = [
      ":-", ":=", ":+", ":?", "%%", "##", "//", "^^", ",,", "-", "=", "+", "?", "%", "#", ":", "/",
      "^", ",",
    ]
    guard let operation = operations.first(where: { accept($0) }) else {
      throw ShellSyntaxError(text: "syntax error: bad substitution")
    }
    parameter.operation = operation
    var depth = 0
    var inner = ""
    while let next = peek(), next != "}" || depth > 0 {
      if next == "{" { depth += 1 }
      if next == "}" { depth -= 1 }
      inner.append(next)
      index += 1
    }
    guard accept("}") else { throw ShellSyntaxError(text: "syntax error: bad substitution") }
    if operation == "/" || operation == "//" {
      let halves = inner.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      inner = String(halves[0])
      parameter.replacement = Self.unquoted(String(halves[safe: 1] ?? ""), depth: self.depth)
    }
    parameter.word = Self.unquoted(inner, depth: self.depth)
    return parameter
  }

  /// A word in which quotes are taken off and blanks stand for themselves.
  private static func unquoted(_ text: String, depth: Int) -> ShellWord {
    if text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" {
      let inner = String(text.dropFirst().dropLast())
      return first == "'" ? ShellWord(exactly: inner) : quotedWord(inner, depth: depth)
    }
    var word = quotedWord(text, depth: depth)
    for (index, part) in word.parts.enumerated() {
      // In a pattern, what is not quoted is special.
      if case .literal(let text, _) = part { word.parts[index] = .literal(text, isQuoted: false) }
    }
    return word
  }

  /// The text of an arithmetic expression up to `))`.
  mutating func arithmeticBody() throws(ShellSyntaxError) -> ShellWord {
    Self.quotedWord(try arithmeticText(), depth: depth)
  }

  mutating func arithmeticText() throws(ShellSyntaxError) -> String {
    var depth = 0
    var inner = ""
    while let next = peek() {
      if depth == 0 && next == ")" && peek(1) == ")" {
        index += 2
        return inner
      }
      if next == "(" { depth += 1 }
      if next == ")" { depth -= 1 }
      inner.append(next)
      index += 1
    }
    throw ShellSyntaxError(text: "syntax error: missing '))'")
  }

  /// Puts the documents, read by now, where they belong.
  func filled(_ command: ShellCommand) -> ShellCommand {
    if documents.isEmpty { return command }
    func fill(_ redirects: [ShellRedirect]) -> [ShellRedirect] {
      redirects.map { redirect in
        guard redirect.mode == .document, redirect.target.parts.isEmpty else { return redirect }
        var filled = redirect
        filled.target = documents[redirect.descriptor]
        filled.descriptor = 0
        return filled
      }
    }
    switch command {
    case .simple(var simple):
      simple.redirects = fill(simple.redirects)
      return .simple(simple)
    case .pipeline(let stages, let isNegated):
      return .pipeline(stages.map(filled), isNegated: isNegated)
    case .and(let left, let right): return .and(filled(left), filled(right))
    case .or(let left, let right): return .or(filled(left), filled(right))
    case .list(let items):
      return .list(
        items.map { ShellItem(command: filled($0.command), isBackground: $0.isBackground) })
    case .group(let body, let redirects): return .group(filled(body), fill(redirects))
    case .subshell(let body, let redirects): return .subshell(filled(body), fill(redirects))
    case .choice(let clauses, let otherwise):
      return .choice(
        clauses.map { (filled($0.condition), filled($0.body)) },
        otherwise: otherwise.map(filled))
    case .loop(let isUntil, let condition, let body):
      return .loop(isUntil: isUntil, condition: filled(condition), body: filled(body))
    case .each(let variable, let words, let body):
      return .each(variable: variable, words: words, body: filled(body))
    case .cases(let subject, let branches):
      return .cases(subject, branches.map { ($0.patterns, filled($0.body)) })
    case .counting(let start, let test, let step, let body):
      return .counting(start: start, test: test, step: step, body: filled(body))
    case .function(let name, let body): return .function(name, filled(body))
    case .arithmetic: return command
    }
  }
}
