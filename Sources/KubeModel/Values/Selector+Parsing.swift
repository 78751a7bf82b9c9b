extension Selector {
  /// Reads a selector in the syntax of `kubectl get --selector`.
  ///
  /// Requirements are joined by commas, and blanks do not count:
  ///
  /// | Text | Holds if the label |
  /// |---|---|
  /// | `app`, `!app` | is there, is missing |
  /// | `app=web`, `app==web` | has the value |
  /// | `app!=web` | is missing or has another value |
  /// | `app in (web,db)` | has one of the values |
  /// | `app notin (web,db)` | is missing or has none of the values |
  /// | `rank>5`, `rank<5` | is an integer above, below |
  ///
  /// A missing value is the empty one: `app=`, `app in ()` and `app in (,web)` allow it. An empty
  /// text selects everything.
  ///
  /// - Throws: ``SelectorError``, with upstream's text.
  /// - Upstream: `labels.Parse`.
  public init(parsing text: String) throws(SelectorError) {
    var parser = SelectorParser(text)
    self.init(requirements: try parser.requirements())
  }
}

extension Selector.Requirement {
  /// Makes a requirement after checking its key, the number of its values and their syntax.
  ///
  /// - Throws: ``SelectorError`` with everything that is wrong.
  /// - Upstream: `labels.NewRequirement`.
  init(_ key: String, _ operator: Selector.Operator, _ values: [String]) throws(SelectorError) {
    let errors = Self.errors(key, `operator`, values)
    if let first = errors.first {
      let list = "[" + errors.joined(separator: ", ") + "]"
      throw SelectorError(message: errors.count == 1 ? first : list)
    }
    self.init(unchecked: key, `operator`, values.count < 2 ? values : values.sorted())
  }

  /// Everything that is wrong with a requirement, each field named with the path in front.
  static func errors(
    _ key: String, _ operator: Selector.Operator, _ values: [String], at path: String = ""
  ) -> [String] {
    var errors: [String] = []
    func note(_ field: String, _ bad: String, _ detail: String) {
      let message = "\(path)\(field): Invalid value: \(bad): \(detail)"
      if !errors.contains(message) { errors.append(message) }
    }
    let keyErrors = LabelSyntax.keyErrors(key)
    if !keyErrors.isEmpty { note("key", GoText.quoted(key), keyErrors.joined(separator: "; ")) }

    if let detail = Self.countError(`operator`, values.count) {
      note("values", GoText.json(values), detail)
    }
    if `operator` == .greaterThan || `operator` == .lessThan {
      for (index, value) in values.enumerated() where (try? GoText.int64(value.utf8)) == nil {
        note(
          "values[\(index)]", GoText.quoted(value),
          "for 'Gt', 'Lt' operators, the value must be an integer")
      }
    }
    for (index, value) in values.enumerated() {
      let valueErrors = LabelSyntax.valueErrors(value)
      guard !valueErrors.isEmpty else { continue }
      note("values[\(index)][\(key)]", GoText.quoted(value), valueErrors.joined(separator: "; "))
    }
    return errors
  }

  /// What is wrong with the number of values, if anything.
  private static func countError(_ operator: Selector.Operator, _ count: Int) -> String? {
    switch `operator` {
    case .in, .notIn:
      count == 0 ? "for 'in', 'notin' operators, values set can't be empty" : nil
    case .equals, .doubleEquals, .notEquals:
      count != 1 ? "exact-match compatibility requires one single value" : nil
    case .exists, .doesNotExist:
      count != 0 ? "values set must be empty for exists and does not exist" : nil
    case .greaterThan, .lessThan:
      count != 1 ? "for 'Gt', 'Lt' operators, exactly one value is required" : nil
    }
  }
}

/// A token of a selector's text.
private struct SelectorToken {
  enum Kind: Equatable {
    case end
    /// A key or value.
    case word
    /// `in` and `notin`, which are also good as values.
    case keyword
    /// One of `= == != ! < > ( ) ,`.
    case symbol
  }
  var kind: Kind
  var text: String

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
  /// Whether the token is a key or value where an operator cannot stand.
  var isWord: Bool { kind == .word || kind == .keyword }
  /// Whether a requirement can begin with the token.
  var beginsRequirement: Bool { isWord || isSymbol("!") }
  /// Whether a requirement ends before the token.
  var endsRequirement: Bool { kind == .end || isSymbol(",") }
}

/// Cuts a selector's text into tokens.
private struct SelectorLexer {
  var rest: Substring.UTF8View

  mutating func next() -> SelectorToken {
    rest = rest.drop { " \t\r\n".utf8.contains($0) }
    // Upstream takes a NUL byte for the end of the text.
    guard let first = rest.first, first != 0 else { return SelectorToken(kind: .end, text: "") }
    if Self.isSymbol(first) {
      let pair = String(decoding: rest.prefix(2), as: UTF8.self)
      let length = pair == "==" || pair == "!=" ? 2 : 1
      return SelectorToken(kind: .symbol, text: take(length))
    }
    let text = take(rest.prefix { !Self.isSymbol($0) && !" \t\r\n\0".utf8.contains($0) }.count)
    return SelectorToken(kind: text == "in" || text == "notin" ? .keyword : .word, text: text)
  }

  private mutating func take(_ length: Int) -> String {
    defer { rest = rest.dropFirst(length) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  private static func isSymbol(_ byte: UInt8) -> Bool { "=!(),><".utf8.contains(byte) }
}

/// Reads requirements from tokens, one token ahead.
private struct SelectorParser {
  private var lexer: SelectorLexer
  private var current: SelectorToken

  init(_ text: String) {
    lexer = SelectorLexer(rest: Substring(text).utf8)
    current = lexer.next()
  }

  private mutating func advance() -> SelectorToken {
    defer { current = current.kind == .end ? current : lexer.next() }
    return current
  }

  private static func failure(_ token: SelectorToken, _ rest: String) -> SelectorError {
    SelectorError(message: "found '\(token.text)'\(rest)")
  }

  mutating func requirements() throws(SelectorError) -> [Selector.Requirement] {
    var result: [Selector.Requirement] = []
    if current.kind == .end { return result }
    guard current.beginsRequirement else {
      throw Self.failure(current, ", expected: !, identifier, or 'end of string'")
    }
    while true {
      do {
        result.append(try requirement())
      } catch {
        throw SelectorError(message: "unable to parse requirement: " + error.message)
      }
      let separator = advance()
      if separator.kind == .end { return result }
      guard separator.isSymbol(",") else {
        throw Self.failure(separator, ", expected: ',' or 'end of string'")
      }
      guard current.beginsRequirement else {
        throw Self.failure(current, ", expected: identifier after ','")
      }
    }
  }

  private mutating func requirement() throws(SelectorError) -> Selector.Requirement {
    let isNegated = current.isSymbol("!")
    if isNegated { _ = advance() }
    let key = advance()
    guard key.isWord else { throw Self.failure(key, ", expected: identifier") }
    let errors = LabelSyntax.keyErrors(key.text)
    guard errors.isEmpty else {
      let detail = errors.joined(separator: "; ")
      throw SelectorError(message: "<nil>: Invalid value: \(GoText.quoted(key.text)): \(detail)")
    }
    if isNegated { return try Selector.Requirement(key.text, .doesNotExist, []) }
    if current.endsRequirement { return try Selector.Requirement(key.text, .exists, []) }

    let token = advance()
    guard let known = Self.comparison(token) else {
      throw Self.failure(token, ", expected: in, notin, =, ==, !=, gt, lt")
    }
    let values = known == .in || known == .notIn ? try valueList().sorted() : [try singleValue()]
    return try Selector.Requirement(key.text, known, values)
  }

  private static func comparison(_ token: SelectorToken) -> Selector.Operator? {
    switch (token.kind, token.text) {
    case (.keyword, "in"): .in
    case (.keyword, "notin"): .notIn
    case (.symbol, "="): .equals
    case (.symbol, "=="): .doubleEquals
    case (.symbol, "!="): .notEquals
    case (.symbol, ">"): .greaterThan
    case (.symbol, "<"): .lessThan
    default: nil
    }
  }

  private mutating func singleValue() throws(SelectorError) -> String {
    if current.endsRequirement { return "" }
    let value = advance()
    guard value.isWord else { throw Self.failure(value, ", expected: identifier") }
    return value.text
  }

  /// Reads `(a,b)`. Where a comma or parenthesis follows directly on another, the value is empty.
  private mutating func valueList() throws(SelectorError) -> [String] {
    let opening = advance()
    guard opening.isSymbol("(") else { throw Self.failure(opening, " expected: '('") }
    guard current.isWord || current.isSymbol(",") || current.isSymbol(")") else {
      throw Self.failure(current, ", expected: ',', ')' or identifier")
    }
    var values: [String] = []
    while true {
      let value = current.isWord ? advance().text : ""
      if !values.contains(value) { values.append(value) }
      let wasEmpty = value.isEmpty
      let separator = current
      guard separator.isSymbol(",") || separator.isSymbol(")") else {
        throw Self.failure(
          separator, wasEmpty ? ", expected: ',', or identifier" : ", expected: ',' or ')'")
      }
      _ = advance()
      if separator.isSymbol(")") { return values }
    }
  }
}
