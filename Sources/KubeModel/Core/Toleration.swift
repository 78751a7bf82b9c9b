/// A taint, or a set of taints, that a pod bears.
///
/// Follows `core/v1 Toleration`.
public struct Toleration: APIValue {
  /// The taint's key; empty, with `Exists`, for all keys.
  public var key = ""
  /// How the value is compared; `Equal` unless set.
  public var `operator`: TolerationOperator = ""
  /// The taint's value; a number for `Gt` and `Lt`.
  public var value = ""
  /// The taint's effect; empty for all effects.
  public var effect: TaintEffect = ""
  /// For `NoExecute`: how long it is borne; nil for ever, 0 or less for not at all.
  public var tolerationSeconds: Int64?

  /// Nothing set.
  public init() {}

  /// A toleration; what is not given is left empty.
  public init(
    key: String = "", operator: TolerationOperator = "", value: String = "",
    effect: TaintEffect = "", tolerationSeconds: Int64? = nil
  ) {
    self.key = key
    self.operator = `operator`
    self.value = value
    self.effect = effect
    self.tolerationSeconds = tolerationSeconds
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key)
    fields.field("operator", &`operator`)
    fields.field("value", &value)
    fields.field("effect", &effect)
    fields.field("tolerationSeconds", &tolerationSeconds)
  }
}

/// How a toleration compares values.
///
/// Follows `core/v1 TolerationOperator`.
public struct TolerationOperator: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let equal = Self(rawValue: "Equal")
  public static let exists = Self(rawValue: "Exists")
  public static let lt = Self(rawValue: "Lt")
  public static let gt = Self(rawValue: "Gt")
}

/// What a taint does to pods that do not bear it.
///
/// Follows `core/v1 TaintEffect`.
public struct TaintEffect: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let noSchedule = Self(rawValue: "NoSchedule")
  public static let preferNoSchedule = Self(rawValue: "PreferNoSchedule")
  public static let noExecute = Self(rawValue: "NoExecute")
}
