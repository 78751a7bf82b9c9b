/// One thing that is known of an object, in the form that most newer kinds use.
///
/// Follows `metav1.Condition`.
public struct Condition: APIValue {
  /// What it is about, in camel case.
  public var type = ""
  public var status: ConditionStatus = ""
  /// The generation of the spec that this answers to.
  public var observedGeneration: Int64 = 0
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
    fields.field("observedGeneration", &observedGeneration)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason, .always)
    fields.field("message", &message, .always)
  }
}
