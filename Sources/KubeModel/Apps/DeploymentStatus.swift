/// What the controller last saw of a Deployment.
///
/// Follows `apps/v1 DeploymentStatus`.
public struct DeploymentStatus: APIValue {
  /// The generation of the spec that this status answers to.
  public var observedGeneration: Int64 = 0
  /// Pods of all templates that are not being deleted.
  public var replicas: Int32 = 0
  /// Those of them that have the present template.
  public var updatedReplicas: Int32 = 0
  /// Those of them that are ready.
  public var readyReplicas: Int32 = 0
  /// Those of them that have been ready for `minReadySeconds`.
  public var availableReplicas: Int32 = 0
  /// How many available pods are missing.
  public var unavailableReplicas: Int32 = 0
  /// Pods that are being deleted and are not gone yet.
  public var terminatingReplicas: Int32?
  /// `Available`, `Progressing`, `ReplicaFailure`.
  public var conditions: [DeploymentCondition] = []
  /// How often the name of a new ReplicaSet was taken by another template.
  public var collisionCount: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("observedGeneration", &observedGeneration)
    fields.field("replicas", &replicas)
    fields.field("updatedReplicas", &updatedReplicas)
    fields.field("readyReplicas", &readyReplicas)
    fields.field("availableReplicas", &availableReplicas)
    fields.field("unavailableReplicas", &unavailableReplicas)
    fields.field("terminatingReplicas", &terminatingReplicas)
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("collisionCount", &collisionCount)
  }
}

/// One aspect of a Deployment's state.
///
/// Follows `apps/v1 DeploymentCondition`.
public struct DeploymentCondition: APIValue {
  public var type = DeploymentConditionType(rawValue: "")
  public var status = ConditionStatus(rawValue: "")
  /// When the condition was last written, even with the same status.
  public var lastUpdateTime: Timestamp?
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
    fields.field("lastUpdateTime", &lastUpdateTime, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// The aspects of a Deployment's state.
public struct DeploymentConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Enough pods are available.
  public static let available = Self(rawValue: "Available")
  /// The rollout moves on, or is complete.
  public static let progressing = Self(rawValue: "Progressing")
  /// A pod could not be created or deleted.
  public static let replicaFailure = Self(rawValue: "ReplicaFailure")
}
