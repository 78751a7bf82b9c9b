/// A field selector that has been read: fields that must, or must not, have a value.
///
/// ```swift
/// let selector = try FieldSelector(parsing: "status.phase=Running,spec.nodeName!=node-1")
/// selector.matches { ["status.phase": "Running"][$0] }  // true
/// selector.canonical  // "spec.nodeName!=node-1,status.phase=Running"
/// ```
///
/// Which fields a kind knows is for its rules to say; any name can be read here.
///
/// - Upstream: `apimachinery/pkg/fields/selector.go`, v1.36.
public struct FieldSelector: Hashable, Sendable {
  /// What is asked of one field.
  public struct Requirement: Hashable, Sendable {
    /// The field, such as `status.phase`.
    public var field: String
    /// Whether the field must have the value, rather than another one.
    public var isEqual: Bool
    /// The value, without escapes.
    public var value: String

    /// Makes a requirement.
    public init(field: String, isEqual: Bool = true, value: String) {
      self.field = field
      self.isEqual = isEqual
      self.value = value
    }
  }

  /// The requirements, all of which must hold.
  public var requirements: [Requirement]

  /// The selector that matches everything.
  public static let everything = FieldSelector(requirements: [])

  /// Makes a selector of requirements.
  public init(requirements: [Requirement]) {
    self.requirements = requirements
  }

  /// Reads a selector: terms `field=value`, `field==value` or `field!=value`, joined by commas.
  ///
  /// In a value, `\,`, `\=` and `\\` stand for a comma, an equals sign and a backslash. Empty terms
  /// are skipped, and terms are sorted.
  ///
  /// - Throws: ``SelectorError``, with upstream's text, if a term has no operator or a value has a
  ///   bare or wrongly escaped character.
  public init(parsing text: String) throws(SelectorError) {
    requirements = []
    let terms = Self.terms(of: text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for term in terms where !term.isEmpty {
      guard let parsed = Self.split(term) else {
        throw SelectorError(message: "invalid selector: '\(text)'; can't understand '\(term)'")
      }
      requirements.append(
        Requirement(
          field: parsed.field, isEqual: parsed.isEqual, value: try Self.unescape(parsed.value)))
    }
  }

  /// Whether the selector matches everything for want of a requirement.
  public var isEmpty: Bool { requirements.isEmpty }

  /// Whether all requirements hold; a field without a value counts as empty.
  ///
  /// - Parameter value: Gives the value of a field.
  public func matches(_ value: (String) -> String?) -> Bool {
    requirements.allSatisfy { (value($0.field) ?? "") == $0.value ? $0.isEqual : !$0.isEqual }
  }

  /// The value that a field must have, if the selector asks for one.
  ///
  /// - Upstream: `Selector.RequiresExactMatch`.
  public func requiredValue(of field: String) -> String? {
    requirements.first { $0.field == field && $0.isEqual }?.value
  }

  /// The selector in one line, with escapes; empty for ``everything``.
  public var canonical: String {
    requirements.map { requirement in
      let escaped = requirement.value.unicodeScalars.reduce(into: "") { text, scalar in
        if scalar == "\\" || scalar == "," || scalar == "=" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
      return requirement.field + (requirement.isEqual ? "=" : "!=") + escaped
    }.joined(separator: ",")
  }

  /// Cuts the text at the commas that have no backslash before them.
  private static func terms(of text: String) -> [String] {
    var terms: [String] = []
    var term = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == ",", !isEscaped {
        terms.append(term)
        term = ""
      } else {
        term.unicodeScalars.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return terms + [term]
  }

  /// Cuts a term at its first operator: `a!=b`, `a==b` or `a=b`.
  private static func split(
    _ term: String
  ) -> (field: String, isEqual: Bool, value: Substring.UnicodeScalarView)? {
    let scalars = Substring(term).unicodeScalars
    guard let sign = scalars.firstIndex(of: "=") else { return nil }
    let field = scalars[..<sign]
    let value = scalars[scalars.index(after: sign)...]
    if field.last == "!" { return (String(field.dropLast()), false, value) }
    return (String(field), true, value.first == "=" ? value.dropFirst() : value)
  }

  private static func unescape(
    _ text: Substring.UnicodeScalarView
  ) throws(SelectorError) -> String {
    var value = ""
    var isEscaped = false
    for scalar in text {
      let isSpecial = scalar == "\\" || scalar == "," || scalar == "="
      if isEscaped, !isSpecial { throw Self.invalidEscape("\\\(scalar)") }
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      if !isEscaped, isSpecial {
        // Upstream prints the number of the character: 61 for an equals sign.
        throw SelectorError(
          message: "invalid field selector: unescaped character in value: \(scalar.value)")
      }
      value.unicodeScalars.append(scalar)
      isEscaped = false
    }
    if isEscaped { throw Self.invalidEscape("\\") }
    return value
  }

  private static func invalidEscape(_ sequence: String) -> SelectorError {
    SelectorError(message: "invalid field selector: invalid escape sequence: \(sequence)")
  }
}
