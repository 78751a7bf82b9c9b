/// The rules of Go's `strconv` and `encoding/json` that show in Kubernetes error messages.
public enum GoText {
  /// Why a text is not a 64-bit integer.
  enum IntegerFailure: Error {
    /// The text has a character that is no digit, or no digit at all.
    case syntax
    /// The text is a number outside the range of `Int64`.
    case range

    /// The words at the end of Go's message.
    var words: String {
      switch self {
      case .syntax: "invalid syntax"
      case .range: "value out of range"
      }
    }
  }

  /// Reads a decimal integer: an optional sign, then digits only.
  ///
  /// A number too large for 64 unsigned bits fails before a bad character after it is seen.
  static func int64(_ text: some Collection<UInt8>) throws(IntegerFailure) -> Int64 {
    var digits = text[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty else { throw .syntax }

    var magnitude: UInt64 = 0
    for byte in digits {
      guard let digit = digitValue(byte) else { throw .syntax }
      let (tens, overflowOfTens) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overflowOfSum) = tens.addingReportingOverflow(UInt64(digit))
      guard !overflowOfTens, !overflowOfSum else { throw .range }
      magnitude = sum
    }
    let wide = isNegative ? -Int128(magnitude) : Int128(magnitude)
    guard let value = Int64(exactly: wide) else { throw .range }
    return value
  }

  /// The value of an ASCII digit, or nil for any other byte.
  static func digitValue(_ byte: UInt8) -> UInt8? {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : nil
  }

  /// The text in double quotes, as the `%q` verb prints it: `a"b` becomes `"a\"b"`.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
      case _ where scalar.isASCII: result += "\\x" + hex(scalar, width: 2)
      case _ where scalar.value <= 0xFFFF: result += "\\u" + hex(scalar, width: 4)
      default: result += "\\U" + hex(scalar, width: 8)
      }
    }
    return result + "\""
  }

  /// The list as Go writes it in JSON; an empty list stands for a nil slice and becomes `null`.
  static func json(_ values: [String]) -> String {
    guard !values.isEmpty else { return "null" }
    return "[" + values.map(json).joined(separator: ",") + "]"
  }

  private static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // Go also escapes what is special in HTML and the two line separators of JavaScript.
      case "<", ">", "&", "\u{2028}", "\u{2029}": result += "\\u" + hex(scalar, width: 4)
      case _ where scalar.value < 0x20: result += "\\u" + hex(scalar, width: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Letters, marks, numbers, punctuation, symbols and the ASCII space.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark,
      .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation,
      .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      true
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate,
      .privateUse, .unassigned:
      scalar == " "
    @unknown default:
      false
    }
  }

  private static func hex(_ scalar: Unicode.Scalar, width: Int) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
