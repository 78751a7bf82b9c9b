/// Configuration for pods, as text under keys.
///
/// Follows `core/v1 ConfigMap`.
public struct ConfigMap: APIObject {
  public static let resource = APIResource("v1", "ConfigMap", "configmaps", short: ["cm"])

  public var metadata = ObjectMeta()
  /// True when the data can no longer change.
  public var immutable: Bool?
  /// Text under keys.
  public var data: StringMap<String> = [:]
  /// Bytes under keys, as base64 text; no key is also in `data`.
  public var binaryData: StringMap<String> = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("immutable", &immutable)
    fields.field("data", &data)
    fields.field("binaryData", &binaryData)
  }
}
