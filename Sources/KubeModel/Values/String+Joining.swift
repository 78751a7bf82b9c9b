extension String {
  /// Texts one after the other, in storage that is made once; an interpolation makes it anew while it
  /// grows, and asks for room before each part.
  public init(
    joining first: String, _ second: String, _ third: String = "", _ fourth: String = "",
    _ fifth: String = "", _ sixth: String = ""
  ) {
    let count =
      first.utf8.count + second.utf8.count + third.utf8.count + fourth.utf8.count
      + fifth.utf8.count + sixth.utf8.count
    self.init(unsafeUninitializedCapacity: count) { bytes in
      var end = first.write(to: bytes, at: 0)
      end = second.write(to: bytes, at: end)
      end = third.write(to: bytes, at: end)
      end = fourth.write(to: bytes, at: end)
      end = fifth.write(to: bytes, at: end)
      return sixth.write(to: bytes, at: end)
    }
  }

  /// Writes the text to a place of a buffer; returns the place behind it.
  @inline(__always)
  private func write(to bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
    if isEmpty { return start }
    let room = UnsafeMutableBufferPointer(rebasing: bytes[start...])
    return start + room.initialize(from: utf8).1
  }
}
