/// Reads base64, in which the API keeps bytes.
enum Base64 {
  /// The bytes as text; letters that are no base64 are passed over.
  static func text(of encoded: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for letter in encoded.utf8 {
      guard let value = value(of: letter) else { continue }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func value(of letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
