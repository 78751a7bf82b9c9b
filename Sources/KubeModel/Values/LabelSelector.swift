/// The selector of an API object: labels that must match and expressions that must hold, all of
/// them.
///
/// ```swift
/// let web = LabelSelector(
///   matchLabels: ["app": "web"],
///   matchExpressions: [.init(key: "tier", operator: "NotIn", values: ["test"])])
/// LabelSelector.format(web)  // "app=web,tier notin (test)"
/// ```
///
/// An empty selector selects everything; a missing one, as an optional, nothing. Make a
/// ``Selector`` of it to match labels.
public struct LabelSelector: Hashable, Sendable {
  /// Labels that must be there with these values.
  public var matchLabels: StringMap<String>
  /// Further conditions.
  public var matchExpressions: [LabelSelectorRequirement]

  /// Makes the empty selector, which selects everything.
  public init() {
    self.init(matchLabels: [:])
  }

  /// Makes a selector of labels and expressions.
  public init(
    matchLabels: StringMap<String> = [:], matchExpressions: [LabelSelectorRequirement] = []
  ) {
    self.matchLabels = matchLabels
    self.matchExpressions = matchExpressions
  }

  /// The selector as kubectl prints it: `<none>` for one that is missing or empty, `<error>` for
  /// one that is not valid.
  ///
  /// - Upstream: `metav1.FormatLabelSelector`.
  public static func format(_ selector: LabelSelector?) -> String {
    guard let parsed = try? Selector(selector) else { return "<error>" }
    let text = parsed.canonical
    return text.isEmpty ? "<none>" : text
  }
}

/// One condition of a ``LabelSelector``.
public struct LabelSelectorRequirement: Hashable, Sendable {
  /// The label that the condition is about.
  public var key: String
  /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
  public var `operator`: String
  /// The values for `In` and `NotIn`; none for the others.
  public var values: [String]

  /// Makes an empty condition, which is not valid.
  public init() {
    self.init(key: "")
  }

  /// Makes a condition.
  public init(key: String = "", operator: String = "", values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }
}
