/// A label selector that has been read and checked, ready to match labels.
///
/// ```swift
/// let selector = try Selector(parsing: "app=web, tier notin (test,dev)")
/// selector.matches(["app": "web"])                  // true
/// selector.matches(["app": "web", "tier": "test"])  // false
/// selector.canonical                                // "app=web,tier notin (dev,test)"
/// ```
///
/// Labels match when all requirements hold. ``everything`` has no requirement; ``nothing``
/// matches no labels at all.
///
/// - Upstream: `apimachinery/pkg/labels/selector.go`, v1.36. Requirements of one key keep the
///   order in which they were given.
public struct Selector: Hashable, Sendable {
  /// What is asked of one label.
  public struct Requirement: Hashable, Sendable {
    /// The label.
    public let key: String
    /// How the label is compared with the values.
    public let `operator`: Operator
    /// The values, sorted.
    public let values: [String]

    init(unchecked key: String, _ operator: Operator, _ values: [String]) {
      self.key = key
      self.operator = `operator`
      self.values = values
    }
  }

  /// How a label is compared with the values of a requirement.
  public enum Operator: String, CaseIterable, Hashable, Sendable {
    /// The label has the value.
    case equals = "="
    /// The same, written `==`.
    case doubleEquals = "=="
    /// The label has one of the values.
    case `in`
    /// The label is missing or has another value.
    case notEquals = "!="
    /// The label is missing or has none of the values.
    case notIn = "notin"
    /// The label is there.
    case exists
    /// The label is missing.
    case doesNotExist = "!"
    /// The label is an integer above the value.
    case greaterThan = "gt"
    /// The label is an integer below the value.
    case lessThan = "lt"
  }

  /// The requirements, sorted by key.
  public let requirements: [Requirement]
  /// Whether the selector is ``nothing``.
  public let selectsNothing: Bool

  /// The selector that matches all labels.
  public static let everything = Selector(requirements: [])
  /// The selector that matches no labels.
  public static let nothing = Selector(requirements: [], selectsNothing: true)

  init(requirements: [Requirement], selectsNothing: Bool = false) {
    self.selectsNothing = selectsNothing
    // Most selectors ask for one label, and are made anew wherever they are needed.
    if requirements.count < 2 {
      self.requirements = requirements
      return
    }
    let sorted = requirements.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }
    self.requirements = sorted.map(\.element)
  }

  /// Makes the selector of labels that have all these values, without checking their syntax; an
  /// empty set selects everything.
  ///
  /// - Upstream: `labels.SelectorFromSet`.
  public init(matching labels: StringMap<String>) {
    self.init(requirements: labels.map { Requirement(unchecked: $0.key, .equals, [$0.value]) })
  }

  /// Checks the selector of an API object; a missing one selects nothing, an empty one everything.
  ///
  /// - Throws: ``SelectorError`` if an operator is not known, or a key, value or number of values
  ///   is not valid.
  /// - Upstream: `metav1.LabelSelectorAsSelector`.
  public init(_ labelSelector: LabelSelector?) throws(SelectorError) {
    guard let labelSelector else {
      self = .nothing
      return
    }
    var requirements: [Requirement] = []
    for (key, value) in labelSelector.matchLabels {
      requirements.append(try Requirement(key, .equals, [value]))
    }
    for expression in labelSelector.matchExpressions {
      guard let named = Operator(named: expression.operator) else {
        throw SelectorError(
          message: GoText.quoted(expression.operator) + " is not a valid label selector operator")
      }
      requirements.append(try Requirement(expression.key, named, expression.values))
    }
    self.init(requirements: requirements)
  }

  /// Whether the selector matches all labels for want of a requirement.
  public var isEmpty: Bool { requirements.isEmpty && !selectsNothing }

  /// Whether the labels meet all requirements.
  ///
  /// - Complexity: one look-up for each requirement; allocates nothing.
  public func matches(_ labels: StringMap<String>) -> Bool {
    if selectsNothing { return false }
    for index in requirements.indices
    where !requirements[index].matches(labels[requirements[index].key]) {
      return false
    }
    return true
  }

  /// The value that a label must have exactly, if the selector's first word on it says so.
  ///
  /// - Upstream: `Selector.RequiresExactMatch`.
  public func requiredValue(of key: String) -> String? {
    guard let requirement = requirements.first(where: { $0.key == key }) else { return nil }
    switch requirement.operator {
    case .equals, .doubleEquals, .in:
      return requirement.values.count == 1 ? requirement.values.first : nil
    case .notEquals, .notIn, .exists, .doesNotExist, .greaterThan, .lessThan:
      return nil
    }
  }

  /// The selector in one line, requirements sorted by key; empty for ``everything`` and
  /// ``nothing``.
  public var canonical: String {
    requirements.map(\.description).joined(separator: ",")
  }
}

extension Selector.Requirement {
  /// Whether a label with this value, or without one if it is missing, meets the requirement.
  func matches(_ label: String?) -> Bool {
    switch self.operator {
    case .exists: return label != nil
    case .doesNotExist: return label == nil
    case .equals, .doubleEquals, .in:
      guard let label else { return false }
      return values.contains(label)
    case .notEquals, .notIn:
      guard let label else { return true }
      return !values.contains(label)
    case .greaterThan, .lessThan:
      guard let label = label.flatMap(Self.integer), let bound = values.first.flatMap(Self.integer)
      else { return false }
      return self.operator == .greaterThan ? label > bound : label < bound
    }
  }

  private static func integer(_ text: String) -> Int64? {
    try? GoText.int64(text.utf8)
  }
}

extension Selector.Requirement: CustomStringConvertible {
  /// The requirement as it is written in a selector, such as `tier in (a,b)`.
  public var description: String {
    let list = values.joined(separator: ",")
    return switch self.operator {
    case .exists: key
    case .doesNotExist: "!\(key)"
    case .equals, .doubleEquals, .notEquals: key + self.operator.rawValue + list
    case .greaterThan: "\(key)>\(list)"
    case .lessThan: "\(key)<\(list)"
    case .in, .notIn: "\(key) \(self.operator.rawValue) (\(list))"
    }
  }
}

extension Selector.Operator {
  /// The operator of an API object's selector.
  fileprivate init?(named name: String) {
    switch name {
    case "In": self = .in
    case "NotIn": self = .notIn
    case "Exists": self = .exists
    case "DoesNotExist": self = .doesNotExist
    default: return nil
    }
  }
}

/// Why a label selector or field selector is not valid.
public struct SelectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message, as Kubernetes words it.
  public let message: String

  /// The message.
  public var description: String { message }
}
