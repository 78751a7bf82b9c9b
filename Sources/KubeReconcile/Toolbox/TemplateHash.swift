// The short text that tells one template of an owner from another, as in web-5d9c7b9f4.
//
// Follows   ComputeHash of pkg/controller/controller_utils.go (v1.36)
// Differs   the hash is taken over the JSON text, upstream's over a dump of the Go value; only its
//           equality and its alphabet have a meaning

import KubeModel

/// Hashes templates for names and labels.
public enum TemplateHash {
  /// The hash of a template; another one for each collision count.
  ///
  /// Equal templates have equal hashes in every process and on every platform.
  ///
  /// - Complexity: O(size of the template); allocates its JSON text.
  public static func text(of template: some JSONCodable, collisionCount: Int32? = nil) -> String {
    var hash: UInt32 = 2_166_136_261
    func feed(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    template.json.text().utf8.forEach(feed)
    if let collisionCount {
      let bits = UInt32(bitPattern: collisionCount)
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        feed(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return safeText(String(hash))
  }

  /// A text of the same length without vowels, `0`, `1` and `3`, so that no words come about.
  ///
  /// Each byte stands for the letter at its value modulo 27: `0` is 48, hence letter 21, `4`.
  public static func safeText(_ text: String) -> String {
    let letters = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    let bytes = text.utf8.map { letters[Int($0) % letters.count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
