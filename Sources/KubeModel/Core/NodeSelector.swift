/// Nodes that fit at least one of some terms.
///
/// Follows `core/v1 NodeSelector`.
public struct NodeSelector: APIValue {
  /// The terms.
  public var nodeSelectorTerms: [NodeSelectorTerm] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("nodeSelectorTerms", &nodeSelectorTerms, .always)
  }
}

/// Requirements that must all hold; a term without any fits no node.
///
/// Follows `core/v1 NodeSelectorTerm`.
public struct NodeSelectorTerm: APIValue {
  /// About the node's labels.
  public var matchExpressions: [NodeSelectorRequirement] = []
  /// About the node's fields; only `metadata.name` can be asked for.
  public var matchFields: [NodeSelectorRequirement] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("matchExpressions", &matchExpressions)
    fields.field("matchFields", &matchFields)
  }
}

/// A key, an operator and values.
///
/// Follows `core/v1 NodeSelectorRequirement`.
public struct NodeSelectorRequirement: APIValue {
  /// The label or field.
  public var key = ""
  /// How key and values go together.
  public var `operator`: NodeSelectorOperator = ""
  /// One number for `Gt` and `Lt`, none for `Exists` and `DoesNotExist`.
  public var values: [String] = []

  /// Nothing set.
  public init() {}

  /// A requirement.
  public init(key: String, operator: NodeSelectorOperator, values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key, .always)
    fields.field("operator", &`operator`, .always)
    fields.field("values", &values)
  }
}

/// How a requirement's key and values go together.
///
/// Follows `core/v1 NodeSelectorOperator`.
public struct NodeSelectorOperator: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `in` = Self(rawValue: "In")
  public static let notIn = Self(rawValue: "NotIn")
  public static let exists = Self(rawValue: "Exists")
  public static let doesNotExist = Self(rawValue: "DoesNotExist")
  public static let gt = Self(rawValue: "Gt")
  public static let lt = Self(rawValue: "Lt")
}
