extension Array {
  /// True when both are the same storage, or both are empty: hence equal, at the cost of one
  /// comparison.
  @inlinable public func sharesStorage(with other: [Element]) -> Bool {
    if count != other.count { return false }
    return isEmpty
      || withUnsafeBufferPointer { one in
        other.withUnsafeBufferPointer { two in one.baseAddress == two.baseAddress }
      }
  }
}
