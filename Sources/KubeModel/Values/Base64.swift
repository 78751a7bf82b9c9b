/// Bytes as text in the alphabet of base64, in which the API writes them.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text that a base64 text stands for; nil for what is none.
  package static func decodedText(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in text.utf8 where byte != 61 && byte != 10 && byte != 13 {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text's UTF-8 bytes, three in four letters: `abc` is `YWJj`.
  package static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for place in 0..<3 {
        word = word << 8 | UInt32(start + place < bytes.count ? bytes[start + place] : 0)
      }
      for place in 0..<4 {
        let value = Int(word >> UInt32(18 - 6 * place) & 63)
        result.append(place <= group.count ? alphabet[value] : 61)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// How many bytes a base64 text stands for.
  package static func size(of text: String) -> Int {
    let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    return text.utf8.count / 4 * 3 - padding
  }
}
