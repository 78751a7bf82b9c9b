import KubeModel
import Testing

/// Texts that are made in one go.
@Suite struct TextTests {
  @Test func aUUIDIsWrittenAsItIsRead() {
    let text = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"
    #expect(UID(text).description == text)
    #expect(UID(randomBits: 0, 0).description == "00000000-0000-4000-8000-000000000000")
    #expect(UID(randomBits: .max, .max).description == "ffffffff-ffff-4fff-bfff-ffffffffffff")
  }

  @Test(arguments: [0, 9, 10, 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, UInt64.max])
  func theDigitsOfAWordAreThoseOfItsNumber(_ word: UInt64) {
    let text = String(unsafeUninitializedCapacity: 17) { bytes in
      bytes[0] = UInt8(ascii: "x")
      Hexadecimal.write(word, to: bytes, at: 1)
      return 17
    }
    let digits = String(word, radix: 16)
    #expect(text == "x" + String(repeating: "0", count: 16 - digits.count) + digits)
  }

  @Test func joinedTextsFollowEachOther() {
    #expect(String(joining: "a", "") == "a")
    #expect(String(joining: "", "", "ü", "", "", "!") == "ü!")
    let long = String(repeating: "lang und länger ", count: 9)
    #expect(String(joining: long, " · ", "b", long, "c", "d") == "\(long) · b\(long)cd")
  }
}
