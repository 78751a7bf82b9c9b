/// One past or present template of a StatefulSet or DaemonSet, kept for updates and rollbacks.
///
/// Follows `apps/v1 ControllerRevision`.
public struct ControllerRevision: APIObject {
  public static let resource = APIResource("apps/v1", "ControllerRevision", "controllerrevisions")

  public var metadata = ObjectMeta()
  /// The part of the owner that is kept, as a patch to it; never changed.
  public var data: JSONValue?
  /// The place in the owner's history; the greatest is the newest.
  public var revision: Int64 = 0

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("data", &data)
    fields.field("revision", &revision, .always)
  }
}
