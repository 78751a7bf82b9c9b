/// The one source of chance of a run: the same seed gives the same draws on every platform.
///
/// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps a draw.
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// A generator at the start of the sequence of this seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mix(state)
  }

  /// A number from 0 up to, and without, a bound; 0 for a bound of 0.
  ///
  /// By multiplication: the upper half of draw · bound. A draw of 2^63 and a bound of 10 give 5.
  public mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// A duration from zero up to, and without, a bound.
  public mutating func duration(below bound: Duration) -> Duration {
    .nanoseconds(Int64(below(UInt64(max(0, bound.nanoseconds)))))
  }
}

/// Spreads the bits of a word over all of its positions (the finalizer of SplitMix64).
@inlinable public func mix(_ word: UInt64) -> UInt64 {
  var word = word
  word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
  word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
  return word ^ (word >> 31)
}

extension String {
  /// A quick hash of the text's bytes, eight at a time: for tables that are asked for names with each
  /// write. Equal in every process.
  public func bytesHash(seed: UInt64) -> UInt64 {
    if let hash = utf8.withContiguousStorageIfAvailable({ $0.hash(seed: seed) }) { return hash }
    var text = self
    return text.withUTF8 { $0.hash(seed: seed) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func hash(seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(count) &* 0x9E37_79B9_7F4A_7C15
    let bytes = UnsafeRawBufferPointer(self)
    guard count >= 8 else { return mix(hash ^ reduce(0) { $0 << 8 | UInt64($1) }) }
    for at in stride(from: 0, to: count - 8, by: 8) {
      hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    // The last eight, some of them once more.
    return mix(hash ^ bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
  }
}

/// A hash of what it is fed, in order; equal in every process and on every platform.
public struct RunningHash: Hashable, Sendable, CustomStringConvertible {
  /// The hash so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Nothing fed yet.
  public init() {}

  /// Feeds a word.
  @inlinable public mutating func feed(_ word: UInt64) { set(mix(value ^ word)) }

  /// Feeds a text.
  public mutating func feed(_ text: String) { feed(Self.hash(of: text)) }

  @usableFromInline mutating func set(_ value: UInt64) { self.value = value }

  /// The FNV-1a hash of a text's UTF-8 bytes.
  public static func hash(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
  }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
