extension Quantity: Comparable {
  /// Whether two amounts are the same number; format and text do not count.
  public static func == (left: Quantity, right: Quantity) -> Bool {
    left.compare(to: right) == 0
  }

  /// Whether the left amount is the smaller one.
  public static func < (left: Quantity, right: Quantity) -> Bool {
    left.compare(to: right) < 0
  }

  /// -1, 0 or 1 as the amount is below, equal to or above the other.
  ///
  /// - Upstream: `Quantity.Cmp`.
  public func compare(to other: Quantity) -> Int {
    if boxed != nil || other.boxed != nil { return decimal.compare(to: other.decimal) }
    if scale == other.scale { return Self.order(mantissa, other.mantissa) }
    if mantissa.signum() != other.mantissa.signum() {
      return Self.order(mantissa.signum(), other.mantissa.signum())
    }
    return scale > other.scale
      ? compareInline(atHigherScaleThan: other) : -other.compareInline(atHigherScaleThan: self)
  }

  /// Compares inline amounts of one sign, this one having the higher power of ten.
  private func compareInline(atHigherScaleThan other: Quantity) -> Int {
    // Past 10¹⁸ one unit of this amount is more than all that the other can hold.
    guard let factor = Self.powerOfTen(Int64(scale) - Int64(other.scale)) else {
      return Int(mantissa.signum())
    }
    return Self.order(Int128(mantissa) * Int128(factor), Int128(other.mantissa))
  }

  private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
    left == right ? 0 : left < right ? -1 : 1
  }
}

extension Quantity: Hashable {
  /// Hashes the number, so that equal amounts of different formats have one hash.
  public func hash(into hasher: inout Hasher) {
    let number = decimal.normalized
    hasher.combine(number.isNegative)
    hasher.combine(number.exponent)
    hasher.combine(number.digits)
  }
}

extension Quantity: AdditiveArithmetic {
  /// The exact sum, in the format of the left amount, or of the right one if the left is zero.
  ///
  /// `1Ki + 1k` is `2024`, `0 + 1Ki` is `1Ki`. The result is written in canonical form.
  ///
  /// - Upstream: `Quantity.Add`.
  public static func + (left: Quantity, right: Quantity) -> Quantity {
    let format = left.isZero ? right.format : left.format
    if let sum = left.addingInline(right, format: format) { return sum }
    return Quantity(left.decimal + right.decimal, format: format)
  }

  /// The exact difference, in the format of the left amount, or of the right one if the left is
  /// zero.
  ///
  /// - Upstream: `Quantity.Sub`.
  public static func - (left: Quantity, right: Quantity) -> Quantity {
    left + (-right)
  }

  /// The amount with the other sign, in canonical form.
  public static prefix func - (amount: Quantity) -> Quantity {
    if amount.boxed == nil, amount.mantissa > .min {
      return Quantity(mantissa: -amount.mantissa, scale: amount.scale, format: amount.format)
    }
    return Quantity(-amount.decimal, format: amount.format)
  }

  /// The sum of inline amounts at the lower of their powers of ten, or nil if it does not fit.
  private func addingInline(_ other: Quantity, format: Format) -> Quantity? {
    guard boxed == nil, other.boxed == nil else { return nil }
    if other.mantissa == 0 { return Quantity(mantissa: mantissa, scale: scale, format: format) }
    if mantissa == 0 {
      return Quantity(mantissa: other.mantissa, scale: other.scale, format: format)
    }
    let low = min(scale, other.scale)
    guard let left = scaled(exactlyTo: low), let right = other.scaled(exactlyTo: low) else {
      return nil
    }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : Quantity(mantissa: sum, scale: low, format: format)
  }

  /// The inline mantissa at a power of ten that is not higher than its own.
  private func scaled(exactlyTo target: Int32) -> Int64? {
    guard let factor = Self.powerOfTen(Int64(scale) - Int64(target)) else { return nil }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
