/// The number of the write that made this version of an object; 0 for none.
///
/// One counter serves the whole store and is never reused. The API shows it as a decimal string.
public struct ResourceVersion: Hashable, Comparable, Sendable {
  /// The number of the write.
  public var number: UInt64

  /// A version; 0 for none.
  public init(_ number: UInt64 = 0) { self.number = number }

  /// True when there is none.
  public var isEmpty: Bool { number == 0 }

  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension ResourceVersion: CustomStringConvertible, JSONCodable {
  /// The decimal number; empty for none.
  public var description: String { isEmpty ? "" : String(number) }

  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard let text = String.decode(json, &context) else { return nil }
    if text.isEmpty { return Self() }
    guard let number = UInt64(text) else {
      context.fail(
        "Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": invalid syntax")
      return nil
    }
    return Self(number)
  }
  public var json: JSONValue { .string(description) }
  public var isEmptyInGo: Bool { isEmpty }
  public static var goType: String { "string" }
}
