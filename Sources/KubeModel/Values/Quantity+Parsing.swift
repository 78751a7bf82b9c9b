extension Quantity {
  /// Reads a quantity: a number, with an optional sign and fraction, and a suffix.
  ///
  /// The suffix is a letter for a power of ten (`n u m k M G T P E`), two letters for a power of
  /// 1024 (`Ki Mi Gi Ti Pi Ei`), or an exponent (`e3`, `E-6`). Binary amounts are capped at the
  /// largest `Int64`; binary amounts below one become decimal.
  ///
  /// ```swift
  /// try Quantity("0.5Ki").description  // "512"
  /// try Quantity("1000m").description  // "1"
  /// try Quantity("1K")                 // throws: unable to parse quantity's suffix
  /// ```
  ///
  /// - Throws: ``QuantityError``, with upstream's text.
  /// - Upstream: `ParseQuantity`.
  public init(_ text: String) throws(QuantityError) {
    let parts = try QuantityText(text)
    guard let suffix = QuantitySuffix(parts.suffix) else { throw .suffix }
    if let small = Self.small(parts, suffix) {
      let keepsText = Self.keepsText(parts, suffix) && small.canonicalText != text
      self = keepsText ? small.keeping(text) : small
    } else {
      self = try Self.large(parts, suffix)
    }
  }

  /// Reads a quantity from a JSON string or number, which may have blanks around it.
  ///
  /// - Throws: ``QuantityError``, with upstream's text.
  /// - Upstream: `Quantity.UnmarshalJSON`.
  public init(jsonText text: String) throws(QuantityError) {
    let scalars = Substring(text).unicodeScalars
    let trimmed = scalars.drop { $0.properties.isWhitespace }
    let end = trimmed.lastIndex { !$0.properties.isWhitespace }
    try self.init(end.map { String(trimmed[...$0]) } ?? "")
  }

  /// The number as an `Int64`, if it is known beforehand to fit: up to 18 digits.
  private static func small(_ parts: QuantityText, _ suffix: QuantitySuffix) -> Quantity? {
    var scale: Int64 = 0
    var shift: Int32 = 0
    switch suffix.format {
    case .decimalSI, .decimalExponent:
      guard parts.whole.count + parts.fraction.count <= 18 else { return nil }
      scale = Int64(suffix.exponent) - Int64(parts.fraction.count)
    case .binarySI:
      // 2¹⁰ takes about three digits: `99999Gi` has 5 and 9 of the 14 that are safe.
      guard parts.fraction.isEmpty else { return nil }
      guard parts.whole.count + Int(suffix.exponent) * 3 / 10 <= 14 else { return nil }
      shift = suffix.exponent
    }
    guard scale >= -9, let scale = Int32(exactly: scale) else { return nil }
    let (product, overflow) = parts.smallNumber.multipliedReportingOverflow(by: 1 << Int64(shift))
    guard !overflow else { return nil }
    return Quantity(
      mantissa: parts.isNegative ? -product : product, scale: scale, format: suffix.format)
  }

  /// Whether Kubernetes takes the text of a small number for canonical and keeps it.
  ///
  /// It looks at the digits only, so `+1` and `1.500` stay, and `1000m` becomes `1`.
  private static func keepsText(_ parts: QuantityText, _ suffix: QuantitySuffix) -> Bool {
    if suffix.format == .binarySI { return parts.smallNumber % 8 != 0 }
    let digits = Array(parts.whole) + parts.fraction
    let scale = Int64(suffix.exponent) - Int64(parts.fraction.count)
    let zero = UInt8(ascii: "0")
    let endsInThousands = digits.count >= 3 && digits.suffix(3).allSatisfy { $0 == zero }
    return scale % 3 == 0 && digits.first != zero && !endsInThousands
  }

  private func keeping(_ text: String) -> Quantity {
    Quantity(mantissa: mantissa, scale: scale, format: format, box: .text(text))
  }

  private static func large(
    _ parts: QuantityText, _ suffix: QuantitySuffix
  ) throws(QuantityError) -> Quantity {
    guard parts.hasDigits else { throw .numeric }
    var exponent = -Int64(parts.fraction.count)
    if suffix.format != .binarySI { exponent += Int64(suffix.exponent) }
    var number = BigDecimal(digits: Array(parts.whole) + parts.fraction, exponent: exponent)
    if suffix.format == .binarySI { number = number.multiplied(byTwoTo: suffix.exponent) }
    if !number.isZero { number = number.rounded(to: -9) }

    var format = suffix.format
    if format == .binarySI {
      let largest = BigDecimal(.max, exponent: 0)
      if number.compare(to: largest) > 0 { number = largest }
      if !number.isZero, number.leadingExponent <= 0 { format = .decimalSI }
    }
    return Quantity(parts.isNegative ? -number : number, format: format)
  }
}

/// A quantity's text, cut into its parts.
private struct QuantityText {
  var isNegative = false
  /// Whether the number has a digit at all; `-` and `.` count as zero in some places.
  var hasDigits = false
  /// The digits before the point, without leading zeros; a single zero if none are left.
  var whole: ArraySlice<UInt8> = []
  /// The digits after the point.
  var fraction: ArraySlice<UInt8> = []
  var suffix: ArraySlice<UInt8> = []

  init(_ text: String) throws(QuantityError) {
    guard !text.isEmpty else { throw .formatWrong }
    var rest = Array(text.utf8)[...]
    isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }

    let zeros = Self.take(from: &rest) { $0 == UInt8(ascii: "0") }
    whole = Self.take(from: &rest, while: Self.isDigit)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = Self.take(from: &rest, while: Self.isDigit)
    }
    hasDigits = !zeros.isEmpty || !whole.isEmpty || !fraction.isEmpty
    if whole.isEmpty { whole = [UInt8(ascii: "0")] }

    suffix = rest
    _ = Self.take(from: &rest) { "eEinumkKMGTP".utf8.contains($0) }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard rest.allSatisfy(Self.isDigit) else { throw .formatWrong }
  }

  /// The digits before and after the point as one integer; right for up to 18 of them.
  var smallNumber: Int64 {
    (Array(whole) + fraction).reduce(0) { $0 &* 10 &+ Int64($1 - UInt8(ascii: "0")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { GoText.digitValue(byte) != nil }

  private static func take(
    from rest: inout ArraySlice<UInt8>, while belongs: (UInt8) -> Bool
  ) -> ArraySlice<UInt8> {
    let taken = rest.prefix(while: belongs)
    rest.removeFirst(taken.count)
    return taken
  }
}

/// The meaning of a suffix: a power of two or ten.
private struct QuantitySuffix {
  let format: Quantity.Format
  /// A power of two in the binary format, of ten in the others.
  let exponent: Int32

  init?(_ bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let power = Quantity.decimalSuffixes.firstIndex(of: text) {
      (format, exponent) = (.decimalSI, Int32(power) * 3 - 9)
    } else if let power = Quantity.binarySuffixes.firstIndex(of: text) {
      (format, exponent) = (.binarySI, Int32(power) * 10)
    } else if bytes.count > 1, text.hasPrefix("e") || text.hasPrefix("E") {
      // Go cuts the exponent to 32 bits, so `1e4294967297` is 10.
      guard let power = try? GoText.int64(bytes.dropFirst()) else { return nil }
      (format, exponent) = (.decimalExponent, Int32(truncatingIfNeeded: power))
    } else {
      return nil
    }
  }
}
