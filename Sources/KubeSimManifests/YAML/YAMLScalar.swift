import Foundation
import KubeSim

/// What a plain YAML text means.
///
/// Follows sigs.k8s.io/yaml `goyaml.v2/resolve.go`: YAML 1.1 without base-60 numbers; `yes`, `no`,
/// `on` and `off` are truth values, `0777` is octal. Times stay strings.
enum YAMLScalar {
  /// The value of a plain text without a tag.
  static func resolve(_ text: String) -> JSONValue {
    if let word = words[text] { return word }
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return number(text) ?? .string(text)
    default: return .string(text)
    }
  }

  private static let words: StringMap<JSONValue> = {
    var words: StringMap<JSONValue> = [:]
    func add(_ value: JSONValue, _ texts: [String]) { for text in texts { words[text] = value } }
    add(true, ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
    add(false, ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"])
    add(nil, ["", "~", "null", "Null", "NULL"])
    return words
  }()

  private static func number(_ text: String) -> JSONValue? {
    let plain = text.replacing("_", with: "")
    if let whole = whole(plain) { return .int(whole) }
    let float = /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/
    guard plain.wholeMatch(of: float) != nil else { return nil }
    return Double(plain).map { .double($0) }
  }

  /// A whole number with an optional sign and base, as Go reads it: `0x1F`, `0o17`, `017`, `0b11`.
  private static func whole(_ text: String) -> Int64? {
    var digits = Substring(text)
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = String(first)
      digits = digits.dropFirst()
    }
    guard let lead = digits.first, lead.isASCII, lead.isNumber else { return nil }
    var radix = 10
    if lead == "0", digits.count > 1 {
      switch digits.dropFirst().first {
      case "x", "X": (radix, digits) = (16, digits.dropFirst(2))
      case "o", "O": (radix, digits) = (8, digits.dropFirst(2))
      case "b", "B": (radix, digits) = (2, digits.dropFirst(2))
      default: (radix, digits) = (8, digits.dropFirst(1))
      }
    }
    // A second sign would pass Swift's reader.
    guard let next = digits.first, next != "-", next != "+" else { return nil }
    return Int64(sign + digits, radix: radix)
  }
}
