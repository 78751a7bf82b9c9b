import KubeModel

/// A field of objects by which `kubectl get --sort-by` sorts: `.metadata.creationTimestamp`.
///
/// Objects without the field come first. Objects with the same value stay in their order, where
/// kubectl's sort may mix them.
///
/// Left out: list positions and filters of JSONPath; a path with them finds nothing.
struct SortKey {
  private let members: [String]

  /// Reads `.a.b`, `a.b` or `{.a.b}`.
  init(_ text: String) {
    let path = text.drop { $0 == "{" }.prefix { $0 != "}" }
    members = path.split(separator: ".").map(String.init)
  }

  /// The objects, those with the smallest value first.
  func sorted(_ objects: [any APIObject]) -> [any APIObject] {
    objects.map { (object: $0, value: value(in: $0.manifest)) }.enumerated().sorted { one, other in
      if Self.precedes(one.element.value, other.element.value) { return true }
      if Self.precedes(other.element.value, one.element.value) { return false }
      return one.offset < other.offset
    }.map(\.element.object)
  }

  private func value(in manifest: JSONValue) -> JSONValue {
    members.reduce(manifest) { value, member in value[member] ?? .null }
  }

  private static func precedes(_ one: JSONValue, _ other: JSONValue) -> Bool {
    switch (one, other) {
    case (.null, .null): false
    case (.null, _): true
    case (_, .null): false
    case (.string(let one), .string(let other)): precedes(one, other)
    case (.bool(let one), .bool(let other)): !one && other
    default: (one.doubleValue ?? 0) < (other.doubleValue ?? 0)
    }
  }

  /// Compares texts with the numbers in them as numbers: `web-9` comes before `web-10`.
  private static func precedes(_ one: String, _ other: String) -> Bool {
    var (left, right) = (Substring(one), Substring(other))
    while let first = left.first, let second = right.first {
      if first.isASCII, first.isNumber, second.isASCII, second.isNumber {
        let digits = (left.prefix { $0.isNumber }, right.prefix { $0.isNumber })
        let numbers = (digits.0.drop { $0 == "0" }, digits.1.drop { $0 == "0" })
        if numbers.0 != numbers.1 {
          return (numbers.0.count, numbers.0) < (numbers.1.count, numbers.1)
        }
        left.removeFirst(digits.0.count)
        right.removeFirst(digits.1.count)
      } else {
        if first != second { return first < second }
        left.removeFirst()
        right.removeFirst()
      }
    }
    return left.isEmpty && !right.isEmpty
  }
}
