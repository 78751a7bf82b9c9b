/// An exact decimal number of any size: a sign, decimal digits and a power of ten.
///
/// `Quantity` falls back to it for the few amounts that need more than 64 bits. It keeps the
/// exponent it was made with (1500 × 10⁰ stays apart from 15 × 10²), because Kubernetes' own
/// rounding of negative amounts depends on it.
///
/// - Complexity: every operation is linear in the number of digits.
struct BigDecimal: Sendable {
  /// The decimal digits, the least significant first, without zeros at the end; empty for zero.
  private(set) var digits: [UInt8]
  /// The power of ten that the digits are multiplied by.
  private(set) var exponent: Int64
  /// Whether the number is below zero.
  var isNegative: Bool

  /// Exponents further apart than this are not aligned digit by digit.
  ///
  /// `1e2000000000 + 1` would need two billion digits; past the limit the smaller number is
  /// taken as zero.
  static let alignmentLimit: Int64 = 10_000

  /// A number from an integer and a power of ten.
  init(_ mantissa: Int64, exponent: Int64) {
    digits = []
    var rest = mantissa.magnitude
    while rest > 0 {
      digits.append(UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    self.exponent = exponent
    isNegative = mantissa < 0
  }

  /// A number from ASCII digits, the most significant first, and a power of ten.
  init(digits text: some Collection<UInt8>, exponent: Int64) {
    digits = text.map { $0 &- UInt8(ascii: "0") }.reversed()
    self.exponent = exponent
    isNegative = false
    dropLeadingZeros()
  }

  /// Whether the number is zero.
  var isZero: Bool { digits.isEmpty }

  /// The digits as text, without sign and exponent; empty for zero.
  var digitText: String {
    String(decoding: digits.reversed().map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// The power of ten just above the number: 3 for 100…999. Meaningless for zero.
  var leadingExponent: Int64 { Int64(digits.count) + exponent }

  /// The digits and the sign as an integer, or nil when that does not fit.
  var mantissa: Int64? {
    guard digits.count <= 19 else { return nil }
    let magnitude = digits.reversed().reduce(Int128(0)) { $0 * 10 + Int128($1) }
    return Int64(exactly: isNegative ? -magnitude : magnitude)
  }

  /// The lowest 64 bits of the digits and the sign, in two's complement.
  var wrappedMantissa: Int64 {
    let magnitude = digits.reversed().reduce(Int64(0)) { $0 &* 10 &+ Int64($1) }
    return isNegative ? 0 &- magnitude : magnitude
  }

  /// The same number with as few digits as possible: 1500 becomes 15 × 10².
  var normalized: BigDecimal {
    var result = self
    guard let zeros = digits.firstIndex(where: { $0 != 0 }) else {
      result.exponent = 0
      result.isNegative = false
      return result
    }
    result.digits.removeFirst(zeros)
    result.exponent += Int64(zeros)
    return result
  }

  /// The number as a multiple of `10^target`, rounded away from zero: 1.01 to 10⁰ is 2.
  ///
  /// A number whose exponent is far above the target keeps its own exponent.
  func rounded(to target: Int64) -> BigDecimal {
    var result = self
    if exponent > target {
      guard exponent - target <= Self.alignmentLimit else { return self }
      if !isZero {
        result.digits.insert(contentsOf: repeatElement(0, count: Int(exponent - target)), at: 0)
      }
    } else if exponent < target {
      let dropped = Int(clamping: min(target - exponent, Int64(digits.count)))
      let isExact = digits.prefix(dropped).allSatisfy { $0 == 0 }
      result.digits.removeFirst(dropped)
      if !isExact { result.incrementDigits() }
    }
    result.exponent = target
    return result
  }

  /// The number times `2^power`, for powers to 60.
  ///
  /// The largest step is 9 × 2⁶⁰ plus a carry below 2⁶¹, which is less than 2⁶⁴.
  func multiplied(byTwoTo power: Int32) -> BigDecimal {
    var result = self
    var carry: UInt64 = 0
    for index in result.digits.indices {
      let product = (UInt64(result.digits[index]) << UInt64(power)) + carry
      result.digits[index] = UInt8(truncatingIfNeeded: product % 10)
      carry = product / 10
    }
    while carry > 0 {
      result.digits.append(UInt8(truncatingIfNeeded: carry % 10))
      carry /= 10
    }
    return result
  }

  /// The digits divided by 1024, or nil when there is a remainder.
  func dividedBy1024() -> BigDecimal? {
    var result = self
    var remainder: UInt32 = 0
    for index in result.digits.indices.reversed() {
      let part = remainder * 10 + UInt32(result.digits[index])
      result.digits[index] = UInt8(truncatingIfNeeded: part / 1024)
      remainder = part % 1024
    }
    guard remainder == 0 else { return nil }
    result.dropLeadingZeros()
    return result
  }

  private mutating func dropLeadingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }

  private mutating func incrementDigits() {
    for index in digits.indices {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.append(1)
  }
}

extension BigDecimal {
  /// -1, 0 or 1 as the number is below, equal to or above the other.
  func compare(to other: BigDecimal) -> Int {
    if sign != other.sign { return sign < other.sign ? -1 : 1 }
    return sign * compareMagnitude(to: other)
  }

  /// -1, 0 or 1 as the number is negative, zero or positive.
  var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

  static prefix func - (number: BigDecimal) -> BigDecimal {
    var result = number
    result.isNegative.toggle()
    return result
  }

  /// The sum, at the lower of the two exponents.
  static func + (left: BigDecimal, right: BigDecimal) -> BigDecimal {
    if right.isZero { return left }
    if left.isZero { return right }
    let low = min(left.exponent, right.exponent)
    guard max(left.exponent, right.exponent) - low <= alignmentLimit else {
      return left.compareMagnitude(to: right) < 0 ? right : left
    }
    let (a, b) = (left.rounded(to: low), right.rounded(to: low))
    if a.isNegative == b.isNegative { return a.combiningDigits(with: b, subtracting: false) }
    return a.compareMagnitude(to: b) < 0
      ? b.combiningDigits(with: a, subtracting: true)
      : a.combiningDigits(with: b, subtracting: true)
  }

  private func compareMagnitude(to other: BigDecimal) -> Int {
    if isZero || other.isZero { return (isZero ? 0 : 1) - (other.isZero ? 0 : 1) }
    if leadingExponent != other.leadingExponent {
      return leadingExponent < other.leadingExponent ? -1 : 1
    }
    // Both start at the same power of ten, so a missing digit at the end is a zero.
    for offset in 0..<max(digits.count, other.digits.count) {
      let (mine, its) = (digit(fromTop: offset), other.digit(fromTop: offset))
      if mine != its { return mine < its ? -1 : 1 }
    }
    return 0
  }

  private func digit(fromTop offset: Int) -> UInt8 {
    offset < digits.count ? digits[digits.count - 1 - offset] : 0
  }

  /// Adds or subtracts digits at the same exponent; a difference needs the larger number first.
  private func combiningDigits(with other: BigDecimal, subtracting: Bool) -> BigDecimal {
    var result = self
    var carry = 0
    for index in 0..<max(digits.count, other.digits.count) {
      let mine = index < digits.count ? Int(digits[index]) : 0
      let its = index < other.digits.count ? Int(other.digits[index]) : 0
      let total = subtracting ? mine - its - carry : mine + its + carry
      // A total runs from -10 to 19, so one step brings it back among the digits.
      let digit = total < 0 ? total + 10 : total % 10
      carry = total < 0 || total > 9 ? 1 : 0
      if index < digits.count {
        result.digits[index] = UInt8(truncatingIfNeeded: digit)
      } else {
        result.digits.append(UInt8(truncatingIfNeeded: digit))
      }
    }
    if carry > 0 { result.digits.append(1) }
    result.dropLeadingZeros()
    return result
  }
}
