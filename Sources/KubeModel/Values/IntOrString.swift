/// A number or a text, as in `maxSurge: 1` and `maxSurge: 25%`.
///
/// ```swift
/// let surge: IntOrString = "25%"
/// try surge.scaledValue(total: 10, roundUp: true)   // 3, the ceiling of 2.5
/// try surge.scaledValue(total: 10, roundUp: false)  // 2
/// ```
///
/// - Upstream: `apimachinery/pkg/util/intstr/intstr.go`, v1.36.
public enum IntOrString: Hashable, Sendable {
  /// A number.
  case int(Int32)
  /// A text: a percentage, or the name of a port.
  case string(String)

  /// Makes a number if the text is one, otherwise a text: `80` and `http` are ports.
  ///
  /// - Upstream: `intstr.Parse`; a number beyond 32 bits stays a text here.
  public init(parsing text: String) {
    if let number = try? GoText.int64(text.utf8), let small = Int32(exactly: number) {
      self = .int(small)
    } else {
      self = .string(text)
    }
  }

  /// The number, or the number that the text spells, or zero.
  ///
  /// - Upstream: `IntOrString.IntValue`.
  public var intValue: Int {
    switch self {
    case .int(let number): Int(number)
    case .string(let text): Int(clamping: (try? GoText.int64(text.utf8)) ?? 0)
    }
  }

  /// The number itself, or the given percentage of a total.
  ///
  /// A percentage of a total is rounded up or down to a whole number: 25% of 10 is 2.5, so 3 or
  /// 2; -25% of 10 is -2.5, so -2 or -3. A number is returned as it is, whatever the total.
  ///
  /// - Parameters:
  ///   - total: What 100% stands for.
  ///   - roundUp: Whether a fraction is rounded up rather than down.
  /// - Throws: ``IntOrStringError`` if the text is not a whole number followed by `%`.
  /// - Upstream: `GetScaledValueFromIntOrPercent`. It computes in floating point; this is exact,
  ///   which is the same for products below 10¹⁵.
  public func scaledValue(total: Int, roundUp: Bool) throws(IntOrStringError) -> Int {
    switch self {
    case .int(let number):
      return Int(number)
    case .string(let text):
      let product = Int128(try Self.percentage(text)) * Int128(total)
      let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 100)
      // Division cuts toward zero: 2.5 to 2 and -2.5 to -2.
      if remainder > 0, roundUp { return Int(clamping: quotient + 1) }
      if remainder < 0, !roundUp { return Int(clamping: quotient - 1) }
      return Int(clamping: quotient)
    }
  }

  /// The same for a field that may be missing, which is an error.
  ///
  /// - Throws: ``IntOrStringError`` if there is no value, or as for an existing one.
  public static func scaledValue(
    of value: IntOrString?, total: Int, roundUp: Bool
  ) throws(IntOrStringError) -> Int {
    guard let value else { throw IntOrStringError(message: "nil value for IntOrString") }
    return try value.scaledValue(total: total, roundUp: roundUp)
  }

  private static func percentage(_ text: String) throws(IntOrStringError) -> Int64 {
    let prefix = "invalid value for IntOrString: "
    guard text.utf8.last == UInt8(ascii: "%") else {
      throw IntOrStringError(message: prefix + "invalid type: string is not a percentage")
    }
    let number = text.utf8.dropLast()
    do {
      return try GoText.int64(number)
    } catch {
      let digits = GoText.quoted(String(decoding: number, as: UTF8.self))
      throw IntOrStringError(
        message: prefix + "invalid value \(GoText.quoted(text)): strconv.Atoi: parsing \(digits): "
          + error.words)
    }
  }
}

extension IntOrString: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// Makes a number.
  public init(integerLiteral value: Int32) {
    self = .int(value)
  }

  /// Makes a text, even if it spells a number.
  public init(stringLiteral value: String) {
    self = .string(value)
  }
}

extension IntOrString: CustomStringConvertible {
  /// The number in digits, or the text.
  public var description: String {
    switch self {
    case .int(let number): "\(number)"
    case .string(let text): text
    }
  }
}

/// Why a number or percentage has no scaled value.
public struct IntOrStringError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message, as Kubernetes words it.
  public let message: String

  /// The message.
  public var description: String { message }
}
