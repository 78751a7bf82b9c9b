/// What becomes of the claims of a StatefulSet's pods.
///
/// Follows `apps/v1 StatefulSetPersistentVolumeClaimRetentionPolicy`.
public struct StatefulSetPersistentVolumeClaimRetentionPolicy: APIValue {
  /// When the set is deleted; `Retain` by default.
  public var whenDeleted = PersistentVolumeClaimRetentionPolicyType(rawValue: "")
  /// When the set is scaled down, to the claims of the pods that go; `Retain` by default.
  public var whenScaled = PersistentVolumeClaimRetentionPolicyType(rawValue: "")

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("whenDeleted", &whenDeleted)
    fields.field("whenScaled", &whenScaled)
  }
}

/// Whether a claim outlives its pod.
public struct PersistentVolumeClaimRetentionPolicyType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The claim stays.
  public static let retain = Self(rawValue: "Retain")
  /// The claim goes with its pod.
  public static let delete = Self(rawValue: "Delete")
}

/// How the pods of a StatefulSet are numbered.
///
/// Follows `apps/v1 StatefulSetOrdinals`.
public struct StatefulSetOrdinals: APIValue {
  /// The number of the first pod.
  public var start: Int32 = 0

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("start", &start, .always)
  }
}

/// An object inside another one, which the API shows with its `kind` and `apiVersion`.
struct EmbeddedObject<Object: APIObject>: JSONCodable {
  var object: Object

  static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    var json = json
    if var members = json.objectValue {
      members.removeValue(forKey: "kind")
      members.removeValue(forKey: "apiVersion")
      json = .object(members)
    }
    return Object.decode(json, &context).map(Self.init)
  }

  var json: JSONValue { object.manifest }
  var isEmptyInGo: Bool { false }
  static var goType: String { Object.goType }
  static var element: (any APIValue.Type)? { Object.self }
}
