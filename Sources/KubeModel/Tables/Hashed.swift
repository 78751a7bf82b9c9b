import SimulationKernel

/// A key with its hash, which is taken once for all look-ups of one write, and never again when a
/// table grows or closes a gap.
struct Hashed<Key: Hashable & Sendable>: Hashable, Sendable {
  let key: Key
  let hash: UInt64

  init(_ key: Key) {
    self.key = key
    hash = UInt64(bitPattern: Int64(key.hashValue))
  }

  static func == (left: Self, right: Self) -> Bool {
    left.hash == right.hash && left.key == right.key
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  func _rawHashValue(seed: Int) -> Int {
    Int(truncatingIfNeeded: mix(hash ^ UInt64(bitPattern: Int64(seed))))
  }
}
