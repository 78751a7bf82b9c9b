/// A request to delete a pod if its disruption budgets allow it; bears the pod's name and is never
/// stored.
///
/// Follows `policy/v1 Eviction`.
public struct Eviction: APIObject {
  public static let resource = APIResource("policy/v1", "Eviction", "evictions")

  public var metadata = ObjectMeta()
  /// How to delete the pod.
  public var deleteOptions: DeleteOptions?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("deleteOptions", &deleteOptions)
  }
}
