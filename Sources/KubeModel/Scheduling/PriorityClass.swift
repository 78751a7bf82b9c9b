/// A name for how important pods are.
///
/// Follows `scheduling.k8s.io/v1 PriorityClass`.
public struct PriorityClass: APIObject {
  public static let resource = APIResource(
    "scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", short: ["pc"], namespaced: false)

  public var metadata = ObjectMeta()
  /// The priority of its pods; higher is more important.
  public var value: Int32 = 0
  /// True for the class of pods that name none.
  public var globalDefault = false
  /// What the class is for.
  public var description = ""
  /// Whether its pods drive others out; `PreemptLowerPriority` by default.
  public var preemptionPolicy: PreemptionPolicy?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("value", &value, .always)
    fields.field("globalDefault", &globalDefault)
    fields.field("description", &description)
    fields.field("preemptionPolicy", &preemptionPolicy)
  }
}
