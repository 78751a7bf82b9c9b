/// Runs pods with lasting names, each with volumes of its own.
///
/// Follows `apps/v1 StatefulSet`.
public struct StatefulSet: APIObject {
  public static let resource = APIResource("apps/v1", "StatefulSet", "statefulsets", short: ["sts"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = StatefulSetSpec()
  /// What the controller last saw.
  @Indirect public var status = StatefulSetStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a StatefulSet should run, and in which order it makes and replaces its pods.
///
/// Follows `apps/v1 StatefulSetSpec`.
public struct StatefulSetSpec: APIValue {
  /// How many pods are wanted; 1 by default.
  public var replicas: Int32?
  /// Selects the pods of the set; fixed once created, and must match the template's labels.
  public var selector: LabelSelector?
  /// The pod that is wanted; pod number 3 of the set `web` is named `web-3`.
  public var template = PodTemplateSpec()
  /// The claims that each pod gets for itself; they take the place of volumes of the same name.
  public var volumeClaimTemplates: [PersistentVolumeClaim] = []
  /// The headless Service under which the pods have their names.
  public var serviceName = ""
  /// Whether pods come and go one by one or all at once; `OrderedReady` by default.
  public var podManagementPolicy = PodManagementPolicyType(rawValue: "")
  /// How pods are replaced when the template changes.
  public var updateStrategy = StatefulSetUpdateStrategy()
  /// How many old revisions are kept for a rollback; 10 by default.
  public var revisionHistoryLimit: Int32?
  /// Seconds that a pod must be ready before it counts as available; 0 by default.
  public var minReadySeconds: Int32 = 0
  /// What becomes of the claims when pods or the set go; they stay by default.
  public var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy?
  /// How the pods are numbered; from 0 by default.
  public var ordinals: StatefulSetOrdinals?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("replicas", &replicas)
    fields.field("selector", &selector, .always)
    fields.field("template", &template, .always)
    var claims = volumeClaimTemplates.map(EmbeddedObject.init)
    fields.field("volumeClaimTemplates", &claims)
    volumeClaimTemplates = claims.map(\.object)
    fields.field("serviceName", &serviceName, .always)
    fields.field("podManagementPolicy", &podManagementPolicy)
    fields.field("updateStrategy", &updateStrategy, .always)
    fields.field("revisionHistoryLimit", &revisionHistoryLimit)
    fields.field("minReadySeconds", &minReadySeconds)
    fields.field("persistentVolumeClaimRetentionPolicy", &persistentVolumeClaimRetentionPolicy)
    fields.field("ordinals", &ordinals)
  }
}

/// In which order a StatefulSet makes and removes pods.
public struct PodManagementPolicyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// One by one, each waiting for the one before it to be ready.
  public static let orderedReady = Self(rawValue: "OrderedReady")
  /// All at once.
  public static let parallel = Self(rawValue: "Parallel")
}

/// How a StatefulSet replaces its pods.
///
/// Follows `apps/v1 StatefulSetUpdateStrategy`.
public struct StatefulSetUpdateStrategy: APIValue {
  /// `RollingUpdate` by default.
  public var type = StatefulSetUpdateStrategyType(rawValue: "")
  /// The limits of a rolling update; only with that type.
  public var rollingUpdate: RollingUpdateStatefulSetStrategy?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type)
    fields.field("rollingUpdate", &rollingUpdate)
  }
}

/// The ways in which a StatefulSet replaces its pods.
public struct StatefulSetUpdateStrategyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// From the highest number down, each waiting for the one before it to be ready.
  public static let rollingUpdate = Self(rawValue: "RollingUpdate")
  /// Only when somebody deletes them.
  public static let onDelete = Self(rawValue: "OnDelete")
}

/// Which pods a rolling update touches, and how many at once.
///
/// Follows `apps/v1 RollingUpdateStatefulSetStrategy`.
public struct RollingUpdateStatefulSetStrategy: APIValue {
  /// Pods with a lower number keep the old template; 0 by default.
  public var partition: Int32?
  /// How many pods may be unavailable at a time; 1 by default. Read only with a feature gate.
  public var maxUnavailable: IntOrString?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("partition", &partition)
    fields.field("maxUnavailable", &maxUnavailable)
  }
}
