// `if`, `while`, `until`, `for`, `case` and `(( ))`.
extension ShellParser {
  mutating func wrapped(_ command: ShellCommand) throws(ShellSyntaxError) -> ShellCommand {
    let redirects = try redirects()
    return redirects.isEmpty ? command : .group(command, redirects)
  }

  mutating func arithmeticCommand() throws(ShellSyntaxError) -> ShellCommand {
    index += 2
    return .arithmetic(try arithmeticBody())
  }

  mutating func choice() throws(ShellSyntaxError) -> ShellCommand {
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

  mutating func loop() throws(ShellSyntaxError) -> ShellCommand {
    let isUntil = reserved() == "until"
    index += 5
    let condition = try list(until: ["do"])
    return .loop(isUntil: isUntil, condition: condition, body: try body())
  }

  mutating func body() throws(ShellSyntaxError) -> ShellCommand {
    try expect("do")
    let body = try list(until: ["done"])
    try expect("done")
    return body
  }

  mutating func each() throws(ShellSyntaxError) -> ShellCommand {
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
  mutating func counting() throws(ShellSyntaxError) -> ShellCommand {
    let parts = try arithmeticText().split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw ShellSyntaxError(text: "syntax error: bad for loop variable")
    }
    let words = parts.map { Self.quotedWord(String($0), depth: depth) }
    skipBlanks()
    _ = accept(";")
    return .counting(start: words[0], test: words[1], step: words[2], body: try body())
  }

  mutating func cases() throws(ShellSyntaxError) -> ShellCommand {
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
}
