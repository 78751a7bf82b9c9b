/// Lower-case hexadecimal digits.
public enum Hexadecimal {
  /// The eight digits of a word as text, as they lie in storage: `0x0a` ends in `0a`.
  ///
  /// All at once: each half byte is moved into a byte of its own, and 48 (`0`) or 87 (`a` less ten) is
  /// added to it.
  @inlinable public static func digits(_ word: UInt32) -> UInt64 {
    var bytes = UInt64(word)
    bytes = (bytes | bytes << 16) & 0x0000_FFFF_0000_FFFF
    bytes = (bytes | bytes << 8) & 0x00FF_00FF_00FF_00FF
    bytes = (bytes | bytes << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = (bytes + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (bytes + 0x3030_3030_3030_3030 + letters * 39).bigEndian
  }

  /// Writes the sixteen digits of a word to a place of a buffer.
  @inlinable public static func write(
    _ word: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>, at offset: Int
  ) {
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    bytes.storeBytes(
      of: digits(UInt32(truncatingIfNeeded: word >> 32)), toByteOffset: offset, as: UInt64.self)
    bytes.storeBytes(
      of: digits(UInt32(truncatingIfNeeded: word)), toByteOffset: offset + 8, as: UInt64.self)
  }
}
