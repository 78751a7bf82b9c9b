extension IntOrString: JSONCodable {
  /// Reads a string, or a whole number of 32 bits, as Go's `IntOrString.UnmarshalJSON`.
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> IntOrString? {
    if case .string(let text) = json { return .string(text) }
    return Int32.decode(json, &context).map { .int($0) }
  }

  /// A number or a string.
  public var json: JSONValue {
    switch self {
    case .int(let number): .int(Int64(number))
    case .string(let text): .string(text)
    }
  }
  public var isEmptyInGo: Bool { false }
  public static var goType: String { "intstr.IntOrString" }
}
