/// Runs one pod on each node that fits.
///
/// Follows `apps/v1 DaemonSet`.
public struct DaemonSet: APIObject {
  public static let resource = APIResource("apps/v1", "DaemonSet", "daemonsets", short: ["ds"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = DaemonSetSpec()
  /// What the controller last saw.
  @Indirect public var status = DaemonSetStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a DaemonSet should run, and how it replaces its pods.
///
/// Follows `apps/v1 DaemonSetSpec`.
public struct DaemonSetSpec: APIValue {
  /// Selects the pods of the set; fixed once created, and must match the template's labels.
  public var selector: LabelSelector?
  /// The pod that each node gets; its node selector and affinity say which nodes fit.
  public var template = PodTemplateSpec()
  /// How pods are replaced when the template changes.
  public var updateStrategy = DaemonSetUpdateStrategy()
  /// Seconds that a pod must be ready before it counts as available; 0 by default.
  public var minReadySeconds: Int32 = 0
  /// How many old revisions are kept for a rollback; 10 by default.
  public var revisionHistoryLimit: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("selector", &selector, .always)
    fields.field("template", &template, .always)
    fields.field("updateStrategy", &updateStrategy, .always)
    fields.field("minReadySeconds", &minReadySeconds)
    fields.field("revisionHistoryLimit", &revisionHistoryLimit)
  }
}

/// How a DaemonSet replaces its pods.
///
/// Follows `apps/v1 DaemonSetUpdateStrategy`.
public struct DaemonSetUpdateStrategy: APIValue {
  /// `RollingUpdate` by default.
  public var type = DaemonSetUpdateStrategyType(rawValue: "")
  /// The limits of a rolling update; only with that type.
  public var rollingUpdate: RollingUpdateDaemonSet?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type)
    fields.field("rollingUpdate", &rollingUpdate)
  }
}

/// The ways in which a DaemonSet replaces its pods.
public struct DaemonSetUpdateStrategyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Node by node, within limits.
  public static let rollingUpdate = Self(rawValue: "RollingUpdate")
  /// Only when somebody deletes them.
  public static let onDelete = Self(rawValue: "OnDelete")
}

/// On how many nodes a rolling update may work at once.
///
/// Follows `apps/v1 RollingUpdateDaemonSet`.
public struct RollingUpdateDaemonSet: APIValue {
  /// How many nodes may be without an available pod, as a number or a percentage of the nodes
  /// rounded up; 1 by default.
  public var maxUnavailable: IntOrString?
  /// On how many nodes a new pod may stand beside the old one, as a number or a percentage of the
  /// nodes rounded up; 0 by default.
  public var maxSurge: IntOrString?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("maxUnavailable", &maxUnavailable)
    fields.field("maxSurge", &maxSurge)
  }
}

/// What the controller last saw of a DaemonSet; all numbers are of nodes.
///
/// Follows `apps/v1 DaemonSetStatus`.
public struct DaemonSetStatus: APIValue {
  /// Nodes that should have a pod and have one.
  public var currentNumberScheduled: Int32 = 0
  /// Nodes that have a pod and should not.
  public var numberMisscheduled: Int32 = 0
  /// Nodes that should have a pod.
  public var desiredNumberScheduled: Int32 = 0
  /// Nodes that should have a pod and have a ready one.
  public var numberReady: Int32 = 0
  /// The generation of the spec that this status answers to.
  public var observedGeneration: Int64 = 0
  /// Nodes with a pod of the present template.
  public var updatedNumberScheduled: Int32 = 0
  /// Nodes with a pod that has been ready for `minReadySeconds`.
  public var numberAvailable: Int32 = 0
  /// Nodes that should have an available pod and have none.
  public var numberUnavailable: Int32 = 0
  /// How often the name of a new revision was taken by another template.
  public var collisionCount: Int32?
  /// No controller of v1.36 writes any.
  public var conditions: [DaemonSetCondition] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("currentNumberScheduled", &currentNumberScheduled, .always)
    fields.field("numberMisscheduled", &numberMisscheduled, .always)
    fields.field("desiredNumberScheduled", &desiredNumberScheduled, .always)
    fields.field("numberReady", &numberReady, .always)
    fields.field("observedGeneration", &observedGeneration)
    fields.field("updatedNumberScheduled", &updatedNumberScheduled)
    fields.field("numberAvailable", &numberAvailable)
    fields.field("numberUnavailable", &numberUnavailable)
    fields.field("collisionCount", &collisionCount)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

/// One aspect of a DaemonSet's state.
///
/// Follows `apps/v1 DaemonSetCondition`.
public struct DaemonSetCondition: APIValue {
  public var type = ""
  public var status = ConditionStatus(rawValue: "")
  /// When the status last changed.
  public var lastTransitionTime: Timestamp?
  /// Why, in one word.
  public var reason = ""
  /// Why, in a sentence.
  public var message = ""

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}
