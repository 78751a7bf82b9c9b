import KubeModel

extension JSONValue {
  /// The value at a path of members, `status.phase`; nil where there is none, or null.
  func at(_ path: String) -> JSONValue? {
    var value = self
    for member in path.split(separator: ".") {
      guard let next = value[String(member)], !next.isNull else { return nil }
      value = next
    }
    return value
  }

  /// The text at a path; empty where there is none.
  func text(at path: String) -> String { at(path)?.stringValue ?? "" }

  /// The elements of the list at a path.
  func list(at path: String) -> [JSONValue] { at(path)?.arrayValue ?? [] }

  /// True when the value at a path is `true`.
  func flag(at path: String) -> Bool { at(path)?.boolValue ?? false }

  /// An annotation or label, whose key has dots in it.
  func annotation(_ key: String) -> String? {
    at("metadata.annotations")?[key]?.stringValue
  }
}
