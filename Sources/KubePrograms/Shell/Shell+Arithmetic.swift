import KubeModel

// `$(( … ))`: whole numbers with the operators of C.
extension Shell {
  /// The value of an expression; nil, with a message, for what is none.
  mutating func evaluate(_ text: String, _ machine: inout Machine) -> Int64? {
    var reader = ShellArithmetic(text: Array(text), variables: variables)
    let value = reader.expression(0)
    reader.skip()
    guard let value, reader.index == reader.text.count else {
      complain("\(name): arithmetic syntax error", &machine)
      isAborted = true
      status = 2
      return nil
    }
    variables = reader.variables
    return value
  }
}

/// A reader of arithmetic expressions that computes as it reads.
struct ShellArithmetic {
  var text: [Character]
  var index = 0
  var variables: StringMap<String>
  var depth = 0

  private static let levels: [[String]] = [
    ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"],
    ["+", "-"], ["*", "/", "%"],
  ]

  mutating func skip() {
    while index < text.count, text[index].isWhitespace { index += 1 }
  }

  private mutating func accept(_ token: String) -> Bool {
    skip()
    let wanted = Array(token)
    guard index + wanted.count <= text.count,
      text[index..<index + wanted.count].elementsEqual(wanted)
    else { return false }
    let next = index + wanted.count < text.count ? text[index + wanted.count] : " "
    // `<` is not the beginning of `<=` or `<<`, and `&` not that of `&&`.
    if wanted.count == 1, "|&<>".contains(wanted[0]), next == wanted[0] || next == "=" {
      return false
    }
    if wanted.count == 1, "+-*/%^".contains(wanted[0]), next == "=" { return false }
    index += wanted.count
    return true
  }

  mutating func expression(_ level: Int) -> Int64? {
    depth += 1
    defer { depth -= 1 }
    if depth > 60 { return nil }
    if level == 0 {
      skip()
      if index == text.count { return 0 }
      if let value = assignment() { return value }
      guard let condition = binary(0) else { return nil }
      guard accept("?") else { return condition }
      guard let yes = expression(0), accept(":"), let no = expression(0) else { return nil }
      return condition != 0 ? yes : no
    }
    return binary(level)
  }

  private mutating func assignment() -> Int64? {
    let start = index
    let name = identifier()
    skip()
    if !name.isEmpty {
      for operation in ["=", "+=", "-=", "*=", "/=", "%="] {
        let wanted = Array(operation)
        guard index + wanted.count <= text.count,
          text[index..<index + wanted.count].elementsEqual(wanted),
          operation != "=" || index + 1 >= text.count || text[index + 1] != "="
        else { continue }
        index += wanted.count
        guard let right = expression(0) else { return nil }
        let old = number(of: name)
        guard
          let value = operation == "=" ? right : apply(String(operation.first ?? "+"), old, right)
        else { return nil }
        variables[name] = String(value)
        return value
      }
    }
    index = start
    return nil
  }

  private mutating func binary(_ level: Int) -> Int64? {
    guard level < Self.levels.count else { return unary() }
    guard var left = binary(level + 1) else { return nil }
    while let operation = Self.levels[level].first(where: { accept($0) }) {
      guard let right = binary(level + 1), let value = apply(operation, left, right) else {
        return nil
      }
      left = value
    }
    return left
  }

  private func apply(_ operation: String, _ left: Int64, _ right: Int64) -> Int64? {
    switch operation {
    case "+": return left &+ right
    case "-": return left &- right
    case "*": return left &* right
    case "/": return right == 0 ? nil : left.dividedReportingOverflow(by: right).partialValue
    case "%":
      return right == 0 ? nil : left.remainderReportingOverflow(dividingBy: right).partialValue
    case "<<": return left << (right & 63)
    case ">>": return left >> (right & 63)
    case "&": return left & right
    case "|": return left | right
    case "^": return left ^ right
    case "==": return left == right ? 1 : 0
    case "!=": return left != right ? 1 : 0
    case "<": return left < right ? 1 : 0
    case ">": return left > right ? 1 : 0
    case "<=": return left <= right ? 1 : 0
    case ">=": return left >= right ? 1 : 0
    case "&&": return left != 0 && right != 0 ? 1 : 0
    case "||": return left != 0 || right != 0 ? 1 : 0
    default: return nil
    }
  }

  private mutating func unary() -> Int64? {
    depth += 1
    defer { depth -= 1 }
    if depth > 60 { return nil }
    for (step, amount) in [("++", Int64(1)), ("--", -1)] where accept(step) {
      skip()
      return change(identifier(), by: amount)
    }
    if accept("!") { return unary().map { $0 == 0 ? 1 : 0 } }
    if accept("~") { return unary().map { ~$0 } }
    if accept("-") { return unary().map { 0 &- $0 } }
    if accept("+") { return unary() }
    if accept("(") {
      guard let value = expression(0), accept(")") else { return nil }
      return value
    }
    skip()
    if index < text.count, text[index] == "$" { index += 1 }
    let word = identifier()
    guard let first = word.first else { return nil }
    if first.isNumber {
      if word.hasPrefix("0x") { return Int64(word.dropFirst(2), radix: 16) }
      if word.count > 1, first == "0" { return Int64(word, radix: 8) }
      return Int64(word)
    }
    let value = number(of: word)
    if accept("++") { _ = change(word, by: 1) } else if accept("--") { _ = change(word, by: -1) }
    return value
  }

  private mutating func change(_ name: String, by amount: Int64) -> Int64? {
    if name.isEmpty { return nil }
    let value = number(of: name) &+ amount
    variables[name] = String(value)
    return value
  }

  private mutating func identifier() -> String {
    var name = ""
    while index < text.count, text[index] == "_" || text[index].isLetter || text[index].isNumber {
      name.append(text[index])
      index += 1
    }
    return name
  }

  private func number(of name: String) -> Int64 {
    variables[name].flatMap { Int64($0.filter { !$0.isWhitespace }) } ?? 0
  }
}
