/// Keeps a number of pods of one template running.
///
/// Follows `apps/v1 ReplicaSet`.
public struct ReplicaSet: APIObject {
  public static let resource = APIResource("apps/v1", "ReplicaSet", "replicasets", short: ["rs"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = ReplicaSetSpec()
  /// What the controller last saw.
  @Indirect public var status = ReplicaSetStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// How many pods a ReplicaSet should keep, and of what template.
///
/// Follows `apps/v1 ReplicaSetSpec`.
public struct ReplicaSetSpec: APIValue {
  /// How many pods are wanted; 1 by default.
  public var replicas: Int32?
  /// Seconds that a pod must be ready before it counts as available; 0 by default.
  public var minReadySeconds: Int32 = 0
  /// Selects the pods of the set; fixed once created, and must match the template's labels.
  public var selector: LabelSelector?
  /// The pod that is made when one is missing.
  public var template = PodTemplateSpec()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas)
    fields.field("minReadySeconds", &minReadySeconds)
    fields.field("selector", &selector, .always)
    fields.field("template", &template, .always)
  }
}

/// What the controller last saw of a ReplicaSet.
///
/// Follows `apps/v1 ReplicaSetStatus`.
public struct ReplicaSetStatus: APIValue {
  /// Pods that are neither finished nor being deleted.
  public var replicas: Int32 = 0
  /// Those of them that have all labels of the template.
  public var fullyLabeledReplicas: Int32 = 0
  /// Those of them that are ready.
  public var readyReplicas: Int32 = 0
  /// Those of them that have been ready for `minReadySeconds`.
  public var availableReplicas: Int32 = 0
  /// Pods that are being deleted and are not gone yet.
  public var terminatingReplicas: Int32?
  /// The generation of the spec that this status answers to.
  public var observedGeneration: Int64 = 0
  /// `ReplicaFailure`.
  public var conditions: [ReplicaSetCondition] = []

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas, .always)
    fields.field("fullyLabeledReplicas", &fullyLabeledReplicas)
    fields.field("readyReplicas", &readyReplicas)
    fields.field("availableReplicas", &availableReplicas)
    fields.field("terminatingReplicas", &terminatingReplicas)
    fields.field("observedGeneration", &observedGeneration)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

/// One aspect of a ReplicaSet's state.
///
/// Follows `apps/v1 ReplicaSetCondition`.
public struct ReplicaSetCondition: APIValue {
  public var type = ReplicaSetConditionType(rawValue: "")
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

/// The aspects of a ReplicaSet's state.
public struct ReplicaSetConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A pod could not be created or deleted.
  public static let replicaFailure = Self(rawValue: "ReplicaFailure")
}
