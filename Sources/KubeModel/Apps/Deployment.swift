/// Keeps a number of like pods running and replaces them step by step when their template changes.
///
/// Follows `apps/v1 Deployment`.
public struct Deployment: APIObject {
  public static let resource = APIResource(
    "apps/v1", "Deployment", "deployments", short: ["deploy"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = DeploymentSpec()
  /// What the controller last saw.
  @Indirect public var status = DeploymentStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a Deployment should run, and how it moves from one template to the next.
///
/// Follows `apps/v1 DeploymentSpec`.
public struct DeploymentSpec: APIValue {
  /// How many pods are wanted; 1 by default.
  public var replicas: Int32?
  /// Selects the pods of the Deployment; fixed once created, and must match the template's labels.
  public var selector: LabelSelector?
  /// The pod that is wanted; every change of it starts a rollout.
  public var template = PodTemplateSpec()
  /// How old pods give way to new ones.
  public var strategy = DeploymentStrategy()
  /// Seconds that a pod must be ready before it counts as available; 0 by default.
  public var minReadySeconds: Int32 = 0
  /// How many old ReplicaSets are kept for a rollback; 10 by default.
  public var revisionHistoryLimit: Int32?
  /// True while template changes are not rolled out.
  public var paused = false
  /// Seconds without progress after which a rollout is reported as failed; 600 by default.
  public var progressDeadlineSeconds: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas)
    fields.field("selector", &selector, .always)
    fields.field("template", &template, .always)
    fields.field("strategy", &strategy, .always)
    fields.field("minReadySeconds", &minReadySeconds)
    fields.field("revisionHistoryLimit", &revisionHistoryLimit)
    fields.field("paused", &paused)
    fields.field("progressDeadlineSeconds", &progressDeadlineSeconds)
  }
}

/// How a Deployment replaces its pods.
///
/// Follows `apps/v1 DeploymentStrategy`.
public struct DeploymentStrategy: APIValue {
  /// `RollingUpdate` by default.
  public var type = DeploymentStrategyType(rawValue: "")
  /// The limits of a rolling update; only with that type.
  public var rollingUpdate: RollingUpdateDeployment?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type)
    fields.field("rollingUpdate", &rollingUpdate)
  }
}

/// The ways in which a Deployment replaces its pods.
public struct DeploymentStrategyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// All old pods go before the first new one comes.
  public static let recreate = Self(rawValue: "Recreate")
  /// New pods come as old ones go, within limits.
  public static let rollingUpdate = Self(rawValue: "RollingUpdate")
}

/// How far a rolling update may stray from the wanted number of pods.
///
/// Follows `apps/v1 RollingUpdateDeployment`.
public struct RollingUpdateDeployment: APIValue {
  /// How many pods may be missing, as a number or a percentage rounded down; 25% by default.
  public var maxUnavailable: IntOrString?
  /// How many pods there may be too many, as a number or a percentage rounded up; 25% by default.
  public var maxSurge: IntOrString?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("maxUnavailable", &maxUnavailable)
    fields.field("maxSurge", &maxSurge)
  }
}
