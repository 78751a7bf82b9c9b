/// What the controller last saw of a StatefulSet.
///
/// Follows `apps/v1 StatefulSetStatus`.
public struct StatefulSetStatus: APIValue {
  /// The generation of the spec that this status answers to.
  public var observedGeneration: Int64 = 0
  /// Pods that exist.
  public var replicas: Int32 = 0
  /// Those of them that are ready.
  public var readyReplicas: Int32 = 0
  /// Those of them that have the old revision.
  public var currentReplicas: Int32 = 0
  /// Those of them that have the new revision.
  public var updatedReplicas: Int32 = 0
  /// The name of the old revision.
  public var currentRevision = ""
  /// The name of the new revision.
  public var updateRevision = ""
  /// How often the name of a new revision was taken by another template.
  public var collisionCount: Int32?
  /// No controller of v1.36 writes any.
  public var conditions: [StatefulSetCondition] = []
  /// Pods that have been ready for `minReadySeconds`.
  public var availableReplicas: Int32 = 0

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("observedGeneration", &observedGeneration)
    fields.field("replicas", &replicas, .always)
    fields.field("readyReplicas", &readyReplicas)
    fields.field("currentReplicas", &currentReplicas)
    fields.field("updatedReplicas", &updatedReplicas)
    fields.field("currentRevision", &currentRevision)
    fields.field("updateRevision", &updateRevision)
    fields.field("collisionCount", &collisionCount)
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("availableReplicas", &availableReplicas, .always)
  }
}

/// One aspect of a StatefulSet's state.
///
/// Follows `apps/v1 StatefulSetCondition`.
public struct StatefulSetCondition: APIValue {
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
