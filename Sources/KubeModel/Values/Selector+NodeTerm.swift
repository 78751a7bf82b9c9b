/// A term of a node selector that has been read and checked, ready to match nodes.
///
/// Its expressions are about labels, its fields about the node's name; all must hold.
///
/// - Upstream: `component-helpers/scheduling/corev1/nodeaffinity` `nodeSelectorTerm`, v1.36.
public struct NodeTermSelector: Hashable, Sendable {
  private let labels: Selector
  private let fields: [FieldRequirement]

  private struct FieldRequirement: Hashable, Sendable {
    let key: String
    let value: String
    let isEqual: Bool
  }

  /// What is wrong with the term; a term with errors fits no node.
  public let errors: [String]

  /// True for a term that asks for nothing, which fits no node.
  public let isEmpty: Bool

  /// Reads a term that stands at a path, as `nodeSelectorTerms[0]`.
  public init(_ term: NodeSelectorTerm, at path: String = "") {
    var errors: [String] = []
    isEmpty = term.matchExpressions.isEmpty && term.matchFields.isEmpty
    labels = Self.labels(term.matchExpressions, "\(path).matchExpressions", &errors)
    fields = Self.fields(term.matchFields, "\(path).matchFields", &errors)
    self.errors = errors
  }

  /// The one name that a node must have by the term's fields, if they say so.
  public var nodeNames: [String]? {
    let names = fields.filter { $0.key == "metadata.name" && $0.isEqual }.map(\.value)
    return names.isEmpty ? nil : names
  }

  /// Whether a node fits; one that has no name is not asked for its fields.
  public func matches(_ node: Node) -> Bool {
    guard !isEmpty, errors.isEmpty, labels.matches(node.metadata.labels) else { return false }
    let name = node.metadata.name
    return name.isEmpty
      || fields.allSatisfy { (($0.key == "metadata.name" ? name : "") == $0.value) == $0.isEqual }
  }

  private static func labels(
    _ expressions: [NodeSelectorRequirement], _ path: String, _ errors: inout [String]
  ) -> Selector {
    var requirements: [Selector.Requirement] = []
    for (index, expression) in expressions.enumerated() {
      let path = "\(path)[\(index)]."
      guard let known = operators.first(where: { $0.name == expression.operator.rawValue }) else {
        errors.append(unsupported(path, expression, operators.map(\.name)))
        continue
      }
      let wrong = Selector.Requirement.errors(
        expression.key, known.meaning, expression.values, at: path)
      errors += wrong
      requirements.append(
        Selector.Requirement(unchecked: expression.key, known.meaning, expression.values.sorted()))
    }
    return Selector(requirements: requirements)
  }

  private static func fields(
    _ expressions: [NodeSelectorRequirement], _ path: String, _ errors: inout [String]
  ) -> [FieldRequirement] {
    var requirements: [FieldRequirement] = []
    for (index, expression) in expressions.enumerated() {
      let path = "\(path)[\(index)]."
      guard expression.operator == .in || expression.operator == .notIn else {
        errors.append(unsupported(path, expression, ["In", "NotIn"]))
        continue
      }
      guard expression.values.count == 1 else {
        let values = GoText.json(expression.values)
        errors.append("\(path)values: Invalid value: \(values): must have one element")
        continue
      }
      requirements.append(
        FieldRequirement(
          key: expression.key, value: expression.values[0], isEqual: expression.operator == .in))
    }
    return requirements
  }

  private static let operators: [(name: String, meaning: Selector.Operator)] = [
    ("In", .in), ("NotIn", .notIn), ("Exists", .exists), ("DoesNotExist", .doesNotExist),
    ("Gt", .greaterThan), ("Lt", .lessThan),
  ]

  private static func unsupported(
    _ path: String, _ expression: NodeSelectorRequirement, _ supported: [String]
  ) -> String {
    let list = supported.map(GoText.quoted).joined(separator: ", ")
    let bad = GoText.quoted(expression.operator.rawValue)
    return "\(path)operator: Unsupported value: \(bad): supported values: \(list)"
  }
}
