/// The fields of a type as a patch sees them: their names, how their lists are merged and which
/// struct is inside.
///
/// ```swift
/// Schema(of: PodSpec.self)["containers"]?.merge    // .byKey("name")
/// Schema(of: PodSpec.self)["containers"]?.element  // Container.self
/// ```
public struct Schema: Sendable {
  /// One field of a struct.
  public struct Field: Sendable {
    /// Its JSON name.
    public let name: String
    /// How a strategic merge patch treats a list in it.
    public let merge: MergeRule
    /// The struct inside, directly or in a list or map; nil for plain values.
    public let element: (any APIValue.Type)?
  }

  /// The fields in upstream's order.
  public let fields: [Field]

  /// The fields of a type.
  ///
  /// - Complexity: O(number of its fields); makes one empty value.
  public init(of type: any APIValue.Type) {
    fields = Self.fields(of: type)
  }

  private static func fields<Value: APIValue>(of type: Value.Type) -> [Field] {
    var visitor = SchemaFields()
    var empty = Value()
    empty.visit(&visitor)
    return visitor.found
  }

  /// The field of this name; nil when the type has none.
  public subscript(name: String) -> Field? { fields.first { $0.name == name } }
}

private struct SchemaFields: Fields {
  var found: [Schema.Field] = []

  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule
  ) {
    found.append(Schema.Field(name: name, merge: merge, element: Value.element))
  }
}
