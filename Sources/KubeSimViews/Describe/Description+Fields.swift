import KubeModel

extension Description {
  /// Shows an object of a kind that has no description of its own, field by field.
  mutating func fields(of object: any APIObject) {
    let resource = type(of: object).resource
    line(0, "Name:", object.metadata.name)
    line(0, "Namespace:", object.metadata.namespace)
    labels(0, "Labels", object.metadata.labels)
    annotations(0, object.metadata.annotations)
    line(0, "API Version:", resource.apiVersion)
    line(0, "Kind:", resource.kind)
    guard var members = object.manifest.objectValue else { return }
    for key in ["apiVersion", "kind"] { members.removeValue(forKey: key) }
    if var metadata = members["metadata"]?.objectValue {
      for key in ["name", "namespace", "labels", "annotations"] {
        metadata.removeValue(forKey: key)
      }
      members["metadata"] = .object(metadata)
    }
    fields(0, members)
  }

  private mutating func fields(_ level: Int, _ members: JSONObject) {
    for key in members.keys.sorted() {
      let title = Self.title(key) + ":"
      switch members[key] ?? .null {
      case .object(let inner):
        line(level, title)
        fields(level + 1, inner)
      case .array(let elements):
        line(level, title)
        for element in elements {
          if case .object(let inner) = element {
            fields(level + 1, inner)
          } else {
            line(level + 1, Self.text(element))
          }
        }
      case let value: line(level, title, Self.text(value))
      }
    }
  }

  private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.text() }

  /// `creationTimestamp` as `Creation Timestamp`; what is no word of letters stays as it is.
  private static func title(_ key: String) -> String {
    guard key.allSatisfy({ $0.isLetter && $0.isASCII }) else { return key }
    var title = ""
    for character in key {
      let endsWord = title.last?.isLowercase == true && character.isUppercase
      title += (endsWord ? " " : "") + (title.isEmpty ? character.uppercased() : String(character))
    }
    return title
  }
}
