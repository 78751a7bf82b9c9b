import KubeSim
import Yams

extension JSONValue {
  /// The value as YAML, members sorted by name, as `kubectl get -o yaml` prints it.
  public var yamlText: String {
    // Of a tree of plain nodes nothing is refused.
    (try? Yams.serialize(node: yamlNode, width: -1, allowUnicode: true)) ?? text(indent: 2)
  }

  private var yamlNode: Yams.Node {
    switch self {
    case .null: Yams.Node("null")
    case .bool(let flag): Yams.Node(flag ? "true" : "false")
    case .int, .double: Yams.Node(text())
    case .string(let text): Yams.Node(text, .implicit, Self.style(of: text))
    case .array(let elements): Yams.Node(elements.map(\.yamlNode))
    case .object(let members):
      Yams.Node(
        members.sorted { $0.key < $1.key }
          .map { (Yams.Node($0.key, .implicit, Self.style(of: $0.key)), $0.value.yamlNode) })
    }
  }

  private static func style(of text: String) -> Yams.Node.Scalar.Style {
    if text.contains("\n") { return .literal }
    // What would be read as something else stands in quotes.
    return YAMLScalar.resolve(text) == .string(text) ? .any : .doubleQuoted
  }
}
