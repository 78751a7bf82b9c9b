/// Bounds and defaults for the resources of each pod, container or claim of a namespace.
///
/// Follows `core/v1 LimitRange`.
public struct LimitRange: APIObject {
  public static let resource = APIResource("v1", "LimitRange", "limitranges", short: ["limits"])

  public var metadata = ObjectMeta()
  @Indirect public var spec = LimitRangeSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// The bounds of a limit range.
///
/// Follows `core/v1 LimitRangeSpec`.
public struct LimitRangeSpec: APIValue {
  public var limits: [LimitRangeItem] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("limits", &limits, .always)
  }
}

/// Bounds and defaults for one sort of thing.
///
/// Follows `core/v1 LimitRangeItem`.
public struct LimitRangeItem: APIValue {
  /// What they are for.
  public var type: LimitType = ""
  /// The most that a limit may be.
  public var max: ResourceList = [:]
  /// The least that a request may be.
  public var min: ResourceList = [:]
  /// The limit of containers that name none.
  public var `default`: ResourceList = [:]
  /// The request of containers that name none.
  public var defaultRequest: ResourceList = [:]
  /// How many times its request a limit may be.
  public var maxLimitRequestRatio: ResourceList = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("max", &max)
    fields.field("min", &min)
    fields.field("default", &`default`)
    fields.field("defaultRequest", &defaultRequest)
    fields.field("maxLimitRequestRatio", &maxLimitRequestRatio)
  }
}

/// What a limit range item is for.
///
/// Follows `core/v1 LimitType`.
public struct LimitType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The sum over a pod's containers.
  public static let pod = Self(rawValue: "Pod")
  public static let container = Self(rawValue: "Container")
  public static let persistentVolumeClaim = Self(rawValue: "PersistentVolumeClaim")
}
