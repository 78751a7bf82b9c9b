import KubeModel

/// What a pod demands of its node: its `nodeSelector` and its required node affinity, read once.
///
/// - Upstream: `component-helpers/scheduling/corev1/nodeaffinity` `RequiredNodeAffinity`, v1.36.
public struct RequiredNodeAffinity: Hashable, Sendable {
  private let nodeSelector: Selector
  /// The terms of which one must hold; nil when the pod has no required affinity.
  public let terms: [NodeTermSelector]?

  /// Reads a pod's demands.
  public init(_ spec: PodSpec) {
    nodeSelector = Selector(matching: spec.nodeSelector)
    let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    terms = required.map { selector in
      selector.nodeSelectorTerms.enumerated().map { index, term in
        NodeTermSelector(term, at: "nodeSelectorTerms[\(index)]")
      }
    }
  }

  /// True when any node will do.
  public var isEmpty: Bool { nodeSelector.isEmpty && terms == nil }

  /// Whether a node fits: it has all labels of the selector, and fits at least one term.
  public func matches(_ node: Node) -> Bool {
    nodeSelector.matches(node.metadata.labels) && (terms?.contains { $0.matches(node) } ?? true)
  }

  /// What is wrong with the terms; upstream says so only about a node that fits none of the others.
  public func error(on node: Node) -> String? {
    guard nodeSelector.matches(node.metadata.labels), let terms, !matches(node) else { return nil }
    return errorText(terms.flatMap(\.errors))
  }

  /// The names of the only nodes that can fit, if each term names one by its fields.
  ///
  /// - Upstream: `plugins/nodeaffinity` `PreFilter`.
  public var nodeNames: [String]? {
    guard let terms, !terms.isEmpty else { return nil }
    var names: [String] = []
    for term in terms {
      guard let wanted = term.nodeNames else { return nil }
      // Two different names in one term are met by no node.
      if let first = wanted.first, wanted.allSatisfy({ $0 == first }), !names.contains(first) {
        names.append(first)
      }
    }
    return names
  }
}

/// The nodes that a pod would rather have, with their weights, read once.
///
/// - Upstream: `PreferredSchedulingTerms` of the same package.
public struct PreferredNodeAffinity: Hashable, Sendable {
  private struct Term: Hashable, Sendable {
    let selector: NodeTermSelector
    let weight: Int64
  }

  private let terms: [Term]

  /// What is wrong with the terms, if anything.
  public let error: String?

  /// Reads a pod's preferences; terms that are empty or weigh nothing are left out.
  public init(_ spec: PodSpec) {
    let preferred =
      spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    isEmpty = preferred.isEmpty
    terms = preferred.enumerated().compactMap { index, term in
      let selector = NodeTermSelector(term.preference, at: "[\(index)]")
      let counts = term.weight != 0 && !selector.isEmpty
      return counts ? Term(selector: selector, weight: Int64(term.weight)) : nil
    }
    error = errorText(terms.flatMap(\.selector.errors))
  }

  /// True when the pod names no preferences at all.
  public let isEmpty: Bool

  /// The sum of the weights of the terms that hold.
  public func score(_ node: Node) -> Int64 {
    terms.reduce(0) { $0 + ($1.selector.matches(node) ? $1.weight : 0) }
  }
}

/// Several messages as one: itself when there is one, otherwise a list in brackets.
private func errorText(_ errors: [String]) -> String? {
  var distinct: [String] = []
  for error in errors where !distinct.contains(error) { distinct.append(error) }
  guard let first = distinct.first else { return nil }
  return distinct.count == 1 ? first : "[" + distinct.joined(separator: ", ") + "]"
}
