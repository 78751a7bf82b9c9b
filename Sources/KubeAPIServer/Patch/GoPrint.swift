import KubeModel

/// JSON values as Go's `%v` prints them in the errors of strategic merge patches:
/// `map[name:web ports:[80 443]]`.
enum GoPrint {
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double: value.text()
    case .string(let text): text
    case .array(let elements): "[" + elements.map(text).joined(separator: " ") + "]"
    case .object(let members):
      "map["
        + members.sorted { $0.key < $1.key }.map { "\($0.key):\(text($0.value))" }
        .joined(separator: " ") + "]"
    }
  }
}
