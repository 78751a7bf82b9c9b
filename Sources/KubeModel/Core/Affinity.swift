/// Which nodes and neighbours a pod wants or avoids.
///
/// Follows `core/v1 Affinity`.
public struct Affinity: APIValue {
  /// About the node.
  public var nodeAffinity: NodeAffinity?
  /// About pods to be near.
  public var podAffinity: PodAffinity?
  /// About pods to be away from.
  public var podAntiAffinity: PodAntiAffinity?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("nodeAffinity", &nodeAffinity)
    fields.field("podAffinity", &podAffinity)
    fields.field("podAntiAffinity", &podAntiAffinity)
  }
}

/// Which nodes a pod needs and which it likes.
///
/// Follows `core/v1 NodeAffinity`.
public struct NodeAffinity: APIValue {
  /// What the node must fulfil.
  public var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
  /// What counts for a node, and how much.
  public var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field(
      "requiredDuringSchedulingIgnoredDuringExecution",
      &requiredDuringSchedulingIgnoredDuringExecution)
    fields.field(
      "preferredDuringSchedulingIgnoredDuringExecution",
      &preferredDuringSchedulingIgnoredDuringExecution)
  }
}

/// Which pods a pod needs to be near and which it likes to be near.
///
/// Follows `core/v1 PodAffinity`.
public struct PodAffinity: APIValue {
  /// All must hold.
  public var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] = []
  /// What counts for a node, and how much.
  public var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field(
      "requiredDuringSchedulingIgnoredDuringExecution",
      &requiredDuringSchedulingIgnoredDuringExecution)
    fields.field(
      "preferredDuringSchedulingIgnoredDuringExecution",
      &preferredDuringSchedulingIgnoredDuringExecution)
  }
}

/// Which pods a pod must be away from and which it likes to be away from.
///
/// Follows `core/v1 PodAntiAffinity`.
public struct PodAntiAffinity: APIValue {
  /// None may hold.
  public var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] = []
  /// What counts against a node, and how much.
  public var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field(
      "requiredDuringSchedulingIgnoredDuringExecution",
      &requiredDuringSchedulingIgnoredDuringExecution)
    fields.field(
      "preferredDuringSchedulingIgnoredDuringExecution",
      &preferredDuringSchedulingIgnoredDuringExecution)
  }
}

/// Pods, and what "near" means: on nodes with the same value of a label.
///
/// Follows `core/v1 PodAffinityTerm`.
public struct PodAffinityTerm: APIValue {
  /// The pods; nil for none.
  public var labelSelector: LabelSelector?
  /// Namespaces of these pods, with those of `namespaceSelector`.
  public var namespaces: [String] = []
  /// The node label whose value must be the same.
  public var topologyKey = ""
  /// Namespaces by their labels; empty for all, nil for none.
  public var namespaceSelector: LabelSelector?
  /// Labels of the incoming pod that the others must have with the same value.
  public var matchLabelKeys: [String] = []
  /// Labels of the incoming pod that the others must have with another value.
  public var mismatchLabelKeys: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("labelSelector", &labelSelector)
    fields.field("namespaces", &namespaces)
    fields.field("topologyKey", &topologyKey, .always)
    fields.field("namespaceSelector", &namespaceSelector)
    fields.field("matchLabelKeys", &matchLabelKeys)
    fields.field("mismatchLabelKeys", &mismatchLabelKeys)
  }
}

/// A wish about neighbours and its weight.
///
/// Follows `core/v1 WeightedPodAffinityTerm`.
public struct WeightedPodAffinityTerm: APIValue {
  /// From 1 to 100.
  public var weight: Int32 = 0
  /// The wish.
  public var podAffinityTerm = PodAffinityTerm()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("weight", &weight, .always)
    fields.field("podAffinityTerm", &podAffinityTerm, .always)
  }
}

/// A wish about nodes and its weight.
///
/// Follows `core/v1 PreferredSchedulingTerm`.
public struct PreferredSchedulingTerm: APIValue {
  /// From 1 to 100.
  public var weight: Int32 = 0
  /// The wish; an empty one fits no node.
  public var preference = NodeSelectorTerm()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("weight", &weight, .always)
    fields.field("preference", &preference, .always)
  }
}
