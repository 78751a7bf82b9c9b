/// A struct of the API with named JSON fields: `PodSpec`, `Container`, `DeploymentStatus`.
///
/// A conformer lists its fields once, in upstream's order, and so can be decoded, encoded and
/// merged:
///
/// ```swift
/// public struct ContainerPort: APIValue {
///   public var name = ""
///   public var containerPort: Int32 = 0
///   public mutating func visit(_ fields: inout some Fields) {
///     fields.field("name", &name)
///     fields.field("containerPort", &containerPort, .always)
///   }
/// }
/// ```
public protocol APIValue: JSONCodable, Hashable {
  /// The empty value, as Go's zero value.
  init()

  /// Shows each field to a visitor, which reads it or sets it.
  mutating func visit(_ fields: inout some Fields)
}

/// What walks over the fields of an `APIValue`: a decoder, an encoder, a reader of the schema.
public protocol Fields {
  /// One field: its JSON name, its place, when it is written and how lists in it are merged.
  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule)
}

extension Fields {
  /// A field that is left out of the JSON when it is empty, and whose lists are replaced as a whole.
  public mutating func field<Value: JSONCodable>(_ name: String, _ value: inout Value) {
    field(name, &value, .omitEmpty, merge: .replace)
  }

  /// A field whose lists are replaced as a whole.
  public mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence
  ) {
    field(name, &value, presence, merge: .replace)
  }

  /// A field that is left out of the JSON when it is empty.
  public mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, merge: MergeRule
  ) {
    field(name, &value, .omitEmpty, merge: merge)
  }
}

/// Whether an empty field is written.
public enum FieldPresence: Sendable {
  /// Left out when empty (Go's `omitempty`).
  case omitEmpty
  /// Always written.
  case always
}

/// How a strategic merge patch treats a list.
public enum MergeRule: Sendable, Hashable {
  /// The patch's list replaces the whole list.
  case replace
  /// Elements are objects, matched by the value of this member.
  case byKey(String)
  /// Elements are plain values; the lists are united.
  case union
}

extension APIValue {
  /// Reads an object; members that no field takes are reported as unknown.
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard case .object(let members) = json else {
      context.mismatch(json, wanted: goType)
      return nil
    }
    var value = Self()
    value.decodeFields(members, &context)
    return value
  }

  mutating func decodeFields(_ members: JSONObject, _ context: inout DecodingContext) {
    let outer = context.structName
    context.structName = Self.goName
    var fields = DecodingFields(members: members, context: context)
    visit(&fields)
    context = fields.context
    context.structName = outer
    for key in members.keys where !fields.taken.contains(key) { context.unknown(key) }
  }

  /// The object with its fields, in the order in which `visit` shows them.
  public var json: JSONValue {
    var fields = EncodingFields()
    var copy = self
    copy.visit(&fields)
    return .object(fields.members)
  }

  /// A struct is never empty in Go's sense.
  public var isEmptyInGo: Bool { false }

  /// The struct's name: that of the Swift type.
  public static var goName: String { String(describing: Self.self) }

  /// How Go's decoder names this type.
  public static var goType: String { "v1." + goName }

  /// The empty value.
  public static var zeroInGo: Self? { Self() }

  /// This type, for walking into a field of it.
  public static var element: (any APIValue.Type)? { Self.self }
}

struct DecodingFields: Fields {
  let members: JSONObject
  var context: DecodingContext
  var taken: [String] = []

  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule
  ) {
    taken.append(name)
    guard let json = members[name], !json.isNull || Value.acceptsNull else { return }
    context.push(.member(name, of: context.structName))
    if let decoded = Value.decode(json, &context) { value = decoded }
    context.pop()
  }
}

struct EncodingFields: Fields {
  var members = JSONObject()

  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule
  ) {
    let isEmpty = value.isEmptyInGo
    if presence == .omitEmpty && isEmpty { return }
    let json = value.json
    // An empty list stands for Go's nil, which it writes as null.
    if isEmpty, case .array = json { members[name] = .null } else { members[name] = json }
  }
}
