/// How evenly pods spread over the values of a node label.
///
/// Follows `core/v1 TopologySpreadConstraint`.
public struct TopologySpreadConstraint: APIValue {
  /// How many more pods a place may have than the emptiest one; at least 1.
  public var maxSkew: Int32 = 0
  /// The node label; nodes with the same value are one place.
  public var topologyKey = ""
  /// Whether the constraint must hold or is a wish.
  public var whenUnsatisfiable: UnsatisfiableConstraintAction = ""
  /// The pods that are counted.
  public var labelSelector: LabelSelector?
  /// While there are fewer places than this, the emptiest counts as 0; nil is 1.
  public var minDomains: Int32?
  /// Whether nodes that the pod's selectors rule out count; `Honor` unless set.
  public var nodeAffinityPolicy: NodeInclusionPolicy?
  /// Whether nodes whose taints the pod does not bear count; `Ignore` unless set.
  public var nodeTaintsPolicy: NodeInclusionPolicy?
  /// Labels of the incoming pod that counted pods must have with the same value.
  public var matchLabelKeys: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("maxSkew", &maxSkew, .always)
    fields.field("topologyKey", &topologyKey, .always)
    fields.field("whenUnsatisfiable", &whenUnsatisfiable, .always)
    fields.field("labelSelector", &labelSelector)
    fields.field("minDomains", &minDomains)
    fields.field("nodeAffinityPolicy", &nodeAffinityPolicy)
    fields.field("nodeTaintsPolicy", &nodeTaintsPolicy)
    fields.field("matchLabelKeys", &matchLabelKeys)
  }
}

/// What becomes of a pod whose constraint cannot be met.
///
/// Follows `core/v1 UnsatisfiableConstraintAction`.
public struct UnsatisfiableConstraintAction: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let doNotSchedule = Self(rawValue: "DoNotSchedule")
  public static let scheduleAnyway = Self(rawValue: "ScheduleAnyway")
}

/// Whether a property of nodes rules them out of the count.
///
/// Follows `core/v1 NodeInclusionPolicy`.
public struct NodeInclusionPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let honor = Self(rawValue: "Honor")
  public static let ignore = Self(rawValue: "Ignore")
}
