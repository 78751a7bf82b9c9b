/// A command of the shell, read.
indirect enum ShellCommand: Sendable {
  case simple(ShellSimple)
  case pipeline([ShellCommand], isNegated: Bool)
  case and(ShellCommand, ShellCommand)
  case or(ShellCommand, ShellCommand)
  case list([ShellItem])
  case group(ShellCommand, [ShellRedirect])
  case subshell(ShellCommand, [ShellRedirect])
  case choice([(condition: ShellCommand, body: ShellCommand)], otherwise: ShellCommand?)
  case loop(isUntil: Bool, condition: ShellCommand, body: ShellCommand)
  case each(variable: String, words: [ShellWord]?, body: ShellCommand)
  case cases(ShellWord, [(patterns: [ShellWord], body: ShellCommand)])
  case counting(start: ShellWord, test: ShellWord, step: ShellWord, body: ShellCommand)
  case function(String, ShellCommand)
  case arithmetic(ShellWord)
}

/// One command of a list.
struct ShellItem: Sendable {
  var command: ShellCommand
  var isBackground: Bool
}

/// Assignments, words and redirects.
struct ShellSimple: Sendable {
  var assignments: [ShellAssignment] = []
  var words: [ShellWord] = []
  var redirects: [ShellRedirect] = []
}

/// `name=value`, `name+=value`, `name[2]=value` or `name=(a b c)`.
struct ShellAssignment: Sendable {
  var name: String
  /// Which element of an array.
  var index: ShellWord?
  /// True for `+=`.
  var adds = false
  var value = ShellWord()
  /// The elements of a new array.
  var elements: [ShellWord]?
}

/// `2> file`, `>> file`, `< file`, `2>&1`, or a text that follows.
struct ShellRedirect: Sendable {
  enum Mode: Sendable { case read, write, append, duplicate, document }
  var descriptor: Int
  var mode: Mode
  var target: ShellWord
}

/// A word before its expansion.
struct ShellWord: Sendable {
  var parts: [Part] = []

  enum Part: Sendable {
    case literal(String, isQuoted: Bool)
    case parameter(ShellParameter, isQuoted: Bool)
    case substitution(ShellCommand, isQuoted: Bool)
    case arithmetic(ShellWord, isQuoted: Bool)
  }

  /// The text, when nothing in it is quoted or expanded.
  var bareText: String? {
    guard parts.count == 1, case .literal(let text, false) = parts[0] else { return nil }
    return text
  }

  init(_ parts: [Part] = []) { self.parts = parts }

  /// A word that stands for itself.
  init(exactly text: String) { parts = [.literal(text, isQuoted: true)] }
}

/// `$name`, `${name:-word}`, `${#name}`, `${name[1]}` and the like.
struct ShellParameter: Sendable {
  var name: String
  /// Which element of an array: an expression, `@` or `*`.
  var index: ShellWord?
  /// `:-`, `-`, `:=`, `=`, `:+`, `+`, `:?`, `?`, `%`, `%%`, `#`, `##`, `:`, `/`, `//`, `^`, `^^`, `,`,
  /// `,,`, `length`, `indirect` or nothing.
  var operation = ""
  var word = ShellWord()
  /// What takes the place of what `/` finds.
  var replacement = ShellWord()

  /// True when it stands for all elements, each a word of its own between quotes.
  var isList: Bool { operation.isEmpty && (name == "@" || index?.bareText == "@") }
}

/// Why a script could not be read.
struct ShellSyntaxError: Error {
  let text: String
}
