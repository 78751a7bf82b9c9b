/// What keeps pods off a node unless they tolerate it.
///
/// Follows `core/v1 Taint`.
public struct Taint: APIValue {
  public var key = ""
  public var value = ""
  /// What happens to pods that do not tolerate it.
  public var effect: TaintEffect = ""
  /// When it was put there; from then on tolerated seconds count.
  public var timeAdded: Timestamp?

  /// Nothing set.
  public init() {}

  /// A taint with an effect.
  public init(key: String, value: String = "", effect: TaintEffect, timeAdded: Timestamp? = nil) {
    self.key = key
    self.value = value
    self.effect = effect
    self.timeAdded = timeAdded
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key, .always)
    fields.field("value", &value)
    fields.field("effect", &effect, .always)
    fields.field("timeAdded", &timeAdded)
  }
}
