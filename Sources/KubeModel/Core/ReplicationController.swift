/// Keeps a number of equal pods alive; the forerunner of the ReplicaSet.
///
/// Follows `core/v1 ReplicationController`.
public struct ReplicationController: APIObject {
  public static let resource = APIResource(
    "v1", "ReplicationController", "replicationcontrollers", short: ["rc"])

  public var metadata = ObjectMeta()
  /// How many pods, and of which sort.
  @Indirect public var spec = ReplicationControllerSpec()
  /// How many there are.
  @Indirect public var status = ReplicationControllerStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// How many pods shall live, and of which sort.
///
/// Follows `core/v1 ReplicationControllerSpec`.
public struct ReplicationControllerSpec: APIValue {
  /// How many; 1 by default.
  public var replicas: Int32?
  /// How long a pod must be ready to count as available.
  public var minReadySeconds: Int32 = 0
  /// The labels of its pods; the template's labels by default.
  public var selector: StringMap<String> = [:]
  /// What new pods look like.
  public var template: PodTemplateSpec?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas)
    fields.field("minReadySeconds", &minReadySeconds)
    fields.field("selector", &selector)
    fields.field("template", &template)
  }
}

/// How many pods a replication controller has.
///
/// Follows `core/v1 ReplicationControllerStatus`.
public struct ReplicationControllerStatus: APIValue {
  /// All that are not being deleted.
  public var replicas: Int32 = 0
  /// Those with all labels of the template.
  public var fullyLabeledReplicas: Int32 = 0
  /// Those that are ready.
  public var readyReplicas: Int32 = 0
  /// Those that have been ready for `minReadySeconds`.
  public var availableReplicas: Int32 = 0
  /// The generation of the spec that this answers to.
  public var observedGeneration: Int64 = 0
  public var conditions: [ReplicationControllerCondition] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas, .always)
    fields.field("fullyLabeledReplicas", &fullyLabeledReplicas)
    fields.field("readyReplicas", &readyReplicas)
    fields.field("availableReplicas", &availableReplicas)
    fields.field("observedGeneration", &observedGeneration)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

/// One thing that is known of a replication controller.
///
/// Follows `core/v1 ReplicationControllerCondition`.
public struct ReplicationControllerCondition: APIValue {
  public var type: ReplicationControllerConditionType = ""
  public var status: ConditionStatus = ""
  /// When `status` last changed.
  public var lastTransitionTime: Timestamp?
  /// Why it last changed, in one word of camel case.
  public var reason = ""
  /// The same for people.
  public var message = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// What a replication controller's condition is about.
///
/// Follows `core/v1 ReplicationControllerConditionType`.
public struct ReplicationControllerConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A pod could not be created or deleted.
  public static let replicaFailure = Self(rawValue: "ReplicaFailure")
}
