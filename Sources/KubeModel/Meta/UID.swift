import SimulationKernel

/// The identity of one object in time; never used twice.
///
/// A canonical UUID takes 16 bytes and no allocation; any other text is kept as it is, since the
/// API takes a uid for an opaque string. Order is that of the texts.
public struct UID: Hashable, Comparable, Sendable {
  private var high: UInt64
  private var low: UInt64
  private var other: String?

  /// No uid.
  public init() { self.init(high: 0, low: 0) }

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A random UUID (version 4) of these 128 bits, six of which are fixed by the standard.
  public init(randomBits high: UInt64, _ low: UInt64) {
    self.init(
      high: high & ~0xF000 | 0x4000, low: low & ~(0xC0 << 56) | (0x80 << 56))
  }

  /// Any text.
  public init(_ text: String) {
    self.init()
    if text.isEmpty { return }
    if let (high, low) = Self.bits(text) {
      (self.high, self.low) = (high, low)
    } else {
      other = text
    }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.high == right.high && left.low == right.low && left.other == right.other
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(high ^ low)
    if let other { hasher.combine(other) }
  }

  /// A uid is random bits already: it is its own hash. Tables are asked for uids with every write.
  public func _rawHashValue(seed: Int) -> Int {
    let bits = high ^ low ^ UInt64(bitPattern: Int64(seed))
    return Int(truncatingIfNeeded: mix(bits ^ UInt64(bitPattern: Int64(other?.hashValue ?? 0))))
  }

  /// True when there is none.
  public var isEmpty: Bool { high == 0 && low == 0 && other == nil }

  private static func bits(_ text: String) -> (UInt64, UInt64)? {
    var digits = 0
    var words: (UInt64, UInt64) = (0, 0)
    var position = 0
    for byte in text.utf8 {
      defer { position += 1 }
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - 87)
      default: return nil
      }
      if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      digits += 1
    }
    // The all-zero UUID stands for "none" inside, so it is kept as a text.
    return position == 36 && digits == 32 && words != (0, 0) ? words : nil
  }

  public static func < (left: Self, right: Self) -> Bool {
    if left.other == nil, right.other == nil {
      return (left.high, left.low) < (right.high, right.low)
    }
    return left.description < right.description
  }
}

extension UID: CustomStringConvertible, ExpressibleByStringLiteral, JSONCodable {
  /// The text, as `6f7b2b0c-7a52-4a3e-9d6c-1f0e8a4b2c3d`.
  public var description: String {
    if let other { return other }
    if isEmpty { return "" }
    // Groups of 8, 4, 4, 4 and 12 digits.
    return String(unsafeUninitializedCapacity: 36) { text in
      Hexadecimal.write(low, to: text, at: 20)
      for place in 19..<23 { text[place] = text[place + 1] }
      Hexadecimal.write(high, to: text, at: 2)
      for place in 0..<8 { text[place] = text[place + 2] }
      for place in 9..<13 { text[place] = text[place + 1] }
      let dash = UInt8(ascii: "-")
      (text[8], text[13], text[18], text[23]) = (dash, dash, dash, dash)
      return 36
    }
  }

  /// Any text.
  public init(stringLiteral value: String) { self.init(value) }

  public static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> Self? {
    guard let text = String.decode(json, &context) else { return nil }
    return Self(text)
  }
  public var json: JSONValue { .string(description) }
  public var isEmptyInGo: Bool { isEmpty }
  public static var goType: String { "types.UID" }
}
