/// What can stand in a field of an API object: strings, numbers, lists, maps, structs.
public protocol JSONCodable: Sendable, Hashable {
  /// Reads a value; on a mismatch reports it to the context and returns nil.
  static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self?

  /// The value as JSON.
  var json: JSONValue { get }

  /// True when Go's `omitempty` leaves the field out.
  var isEmptyInGo: Bool { get }

  /// How Go's decoder names this type in its errors, as `int32` or `[]v1.Container`.
  static var goType: String { get }

  /// The struct type inside: of an optional, a list or a map, that of what it holds.
  static var element: (any APIValue.Type)? { get }

  /// What Go puts where a list or a map has null; nil to leave the element out.
  static var zeroInGo: Self? { get }

  /// True for a type to which null is a value of its own; others ignore a field that is null.
  static var acceptsNull: Bool { get }
}

extension JSONCodable {
  public static var element: (any APIValue.Type)? { nil }
  public static var zeroInGo: Self? { nil }
  public static var acceptsNull: Bool { false }

  /// Reads a value from JSON.
  ///
  /// - Throws: `DecodingFailure` with the first mismatch in the words of Go's decoder, or, when
  ///   `strict`, with all unknown fields.
  public init(json: JSONValue, strict: Bool = false) throws(DecodingFailure) {
    var context = DecodingContext()
    let value = Self.decode(json, &context)
    if let failure = context.failure(strict: strict) { throw failure }
    guard let value else { throw DecodingFailure(text: "json: cannot unmarshal \(json.sortName)") }
    self = value
  }
}

extension String: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> String? {
    if case .string(let value) = json { return value }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .string(self) }
  public var isEmptyInGo: Bool { isEmpty }
  public static var goType: String { "string" }
  public static var zeroInGo: String? { "" }
}

extension Bool: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Bool? {
    if case .bool(let value) = json { return value }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .bool(self) }
  public var isEmptyInGo: Bool { !self }
  public static var goType: String { "bool" }
}

extension Int32: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Int32? {
    if let whole = json.intValue, let value = Int32(exactly: whole) { return value }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .int(Int64(self)) }
  public var isEmptyInGo: Bool { self == 0 }
  public static var goType: String { "int32" }
}

extension Int64: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Int64? {
    if let value = json.intValue { return value }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .int(self) }
  public var isEmptyInGo: Bool { self == 0 }
  public static var goType: String { "int64" }
}

extension Double: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Double? {
    if let value = json.doubleValue { return value }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .double(self) }
  public var isEmptyInGo: Bool { self == 0 }
  public static var goType: String { "float64" }
}

extension JSONValue: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> JSONValue? {
    json
  }
  public var json: JSONValue { self }
  public var isEmptyInGo: Bool { isNull }
  public static var goType: String { "interface {}" }
}

extension Optional: JSONCodable where Wrapped: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    if json.isNull { return .some(nil) }
    return Wrapped.decode(json, &context).map { .some($0) }
  }
  public var json: JSONValue { map(\.json) ?? .null }
  public var isEmptyInGo: Bool { self == nil }
  public static var goType: String { Wrapped.goType }
  public static var element: (any APIValue.Type)? { Wrapped.element }
  public static var acceptsNull: Bool { true }
}

extension Array: JSONCodable where Element: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard case .array(let elements) = json else {
      context.mismatch(json, wanted: goType)
      return nil
    }
    var values: Self = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      context.push(.index(index))
      if let value = element.isNull ? Element.zeroInGo : Element.decode(element, &context) {
        values.append(value)
      }
      context.pop()
    }
    return values
  }
  public var json: JSONValue { .array(map(\.json)) }
  public var isEmptyInGo: Bool { isEmpty }
  public static var goType: String { "[]" + Element.goType }
  public static var element: (any APIValue.Type)? { Element.element }
}

extension StringMap: JSONCodable where Value: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard case .object(let members) = json else {
      context.mismatch(json, wanted: goType)
      return nil
    }
    var map = Self()
    for (key, member) in members {
      context.push(.key(key))
      map[key] = member.isNull ? Value.zeroInGo : Value.decode(member, &context)
      context.pop()
    }
    return map
  }
  public var json: JSONValue { .object(JSONObject(self.map { ($0.key, $0.value.json) })) }
  public var isEmptyInGo: Bool { isEmpty }
  public static var goType: String { "map[string]" + Value.goType }
  public static var element: (any APIValue.Type)? { Value.element }
}

extension Indirect: JSONCodable where Value: JSONCodable {
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    Value.decode(json, &context).map { Self(wrappedValue: $0) }
  }
  public var json: JSONValue { wrappedValue.json }
  public var isEmptyInGo: Bool { wrappedValue.isEmptyInGo }
  public static var goType: String { Value.goType }
  public static var element: (any APIValue.Type)? { Value.element }
  public static var acceptsNull: Bool { Value.acceptsNull }
}

/// An open enumeration of the API: a string with well-known values (`PodPhase`, `TaintEffect`).
///
/// Values that are not known are carried as they are; validation refuses them where upstream does.
public protocol APIStringEnum: JSONCodable, RawRepresentable, ExpressibleByStringLiteral,
  CustomStringConvertible
where RawValue == String {
  /// Any text, known or not.
  init(rawValue: String)
}

extension APIStringEnum {
  /// Any text, known or not.
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  /// The text.
  public var description: String { rawValue }
  /// True when nothing is set.
  public var isEmpty: Bool { rawValue.isEmpty }

  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    if case .string(let value) = json { return Self(rawValue: value) }
    context.mismatch(json, wanted: goType)
    return nil
  }
  public var json: JSONValue { .string(rawValue) }
  public var isEmptyInGo: Bool { rawValue.isEmpty }
  public static var goType: String { "v1." + String(describing: Self.self) }
}
