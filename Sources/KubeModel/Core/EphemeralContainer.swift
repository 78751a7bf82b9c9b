/// A container added to a running pod for debugging; it is never restarted or removed.
///
/// The fields of a container stand beside `targetContainerName`, in Swift as in JSON:
/// `ephemeral.name`, `ephemeral.image`. The API refuses ports, probes, hooks and resources here.
///
/// Follows `core/v1 EphemeralContainer`, whose inlined `EphemeralContainerCommon` has the fields of
/// a `Container`.
@dynamicMemberLookup public struct EphemeralContainer: APIValue {
  /// The fields that it has in common with other containers.
  public var common = Container()
  /// The container whose processes it sees; empty for none.
  public var targetContainerName = ""

  /// Nothing set.
  public init() {}

  /// A field of the container.
  public subscript<Field>(dynamicMember path: WritableKeyPath<Container, Field>) -> Field {
    get { common[keyPath: path] }
    set { common[keyPath: path] = newValue }
  }

  public mutating func visit(_ fields: inout some Fields) {
    common.visit(&fields)
    fields.field("targetContainerName", &targetContainerName)
  }
}
