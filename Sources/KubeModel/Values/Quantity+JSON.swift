extension Quantity: JSONCodable {
  /// Reads a string or a number, and null as zero, as Go's `Quantity.UnmarshalJSON`.
  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Quantity? {
    if json.isNull { return .zero }
    do throws(QuantityError) {
      // Go takes the bytes of whatever stands there, cuts quotes off and parses the rest.
      return try Quantity(jsonText: json.stringValue ?? json.text())
    } catch {
      context.fail(error.message)
      return nil
    }
  }

  /// A string with ``jsonText``.
  public var json: JSONValue { .string(jsonText) }
  public var isEmptyInGo: Bool { false }
  public static var goType: String { "resource.Quantity" }
}
