/// The scheduler's request to put a pod on a node, sent to the pod's `binding` subresource.
///
/// Follows `core/v1 Binding`.
public struct Binding: APIObject {
  public static let resource = APIResource("v1", "Binding", "bindings")

  /// The name, namespace and uid of the pod.
  public var metadata = ObjectMeta()
  /// The node.
  public var target = ObjectReference()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("target", &target, .always)
  }
}
