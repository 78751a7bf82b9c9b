extension JSONValue: CustomStringConvertible {
  /// The JSON text on one line.
  public var description: String { text() }

  /// The JSON text, on one line without blanks, or indented by this many spaces a level.
  ///
  /// - Complexity: O(length of the text).
  public func text(indent: Int? = nil) -> String {
    var output = ""
    write(to: &output, indent: indent, level: 0)
    return output
  }

  private func write(to output: inout String, indent: Int?, level: Int) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .int(let value): output += String(value)
    case .double(let value): output += Self.text(of: value)
    case .string(let value): Self.quote(value, into: &output)
    case .array(let elements):
      Self.writeList(elements, "[", "]", to: &output, indent: indent, level: level) {
        $0.write(to: &$1, indent: indent, level: level + 1)
      }
    case .object(let members):
      Self.writeList(Array(members), "{", "}", to: &output, indent: indent, level: level) {
        Self.quote($0.key, into: &$1)
        $1 += indent == nil ? ":" : ": "
        $0.value.write(to: &$1, indent: indent, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to output: inout String,
    indent: Int?, level: Int, _ write: (Element, inout String) -> Void
  ) {
    output += open
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      if let indent { output += "\n" + String(repeating: " ", count: indent * (level + 1)) }
      write(element, &output)
    }
    if let indent, !elements.isEmpty {
      output += "\n" + String(repeating: " ", count: indent * level)
    }
    output += close
  }

  private static func text(of value: Double) -> String {
    if let whole = Int64(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return value.isFinite ? "\(value)" : "null"  // JSON has no word for infinity.
  }

  private static func quote(_ text: String, into output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
