extension Quantity: CustomStringConvertible {
  /// The quantity as Kubernetes prints it: the text as it was read if that was kept, otherwise
  /// ``canonicalText``.
  public var description: String {
    if case .text(let text) = box { text } else { canonicalText }
  }

  /// What stands in a JSON string for this quantity; the same as ``description``.
  public var jsonText: String { description }

  /// The shortest exact form: no fraction, and the largest suffix that leaves none.
  ///
  /// `1.5` is `1500m`, `1.5Gi` is `1536Mi`, `1024` in binary format is `1Ki`. A binary amount
  /// that is below 1024 or has a fraction is written in decimal format.
  ///
  /// - Upstream: `Quantity.CanonicalizeBytes`. As there, an amount of 1000E or more loses its
  ///   suffix in decimal format (`1000E` is printed as `1`).
  public var canonicalText: String {
    if isZero { return "0" }
    if format == .binarySI, let text = binaryText { return text }
    return decimalText(with: format == .binarySI ? .decimalSI : format)
  }

  /// The suffixes from 10⁻⁹ to 10¹⁸, in steps of three.
  static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]

  /// The suffixes from 2⁰ to 2⁶⁰, in steps of ten; reading takes the empty one for decimal.
  static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

  private func decimalText(with format: Format) -> String {
    var digits: String
    var exponent: Int64
    if let boxed {
      let short = boxed.normalized
      digits = (short.isNegative ? "-" : "") + short.digitText
      exponent = short.exponent
    } else {
      var short = mantissa
      exponent = Int64(scale)
      while short % 10 == 0 {
        short /= 10
        exponent += 1
      }
      digits = String(short)
    }
    // Suffixes come in steps of three: 15 × 10⁴ is written as 150 × 10³.
    let padding = ((exponent % 3) + 3) % 3
    digits += String(repeating: "0", count: Int(padding))
    exponent -= padding
    return digits + Self.decimalSuffix(exponent, format)
  }

  private static func decimalSuffix(_ exponent: Int64, _ format: Format) -> String {
    if format == .decimalExponent { return exponent == 0 ? "" : "e\(exponent)" }
    let index = exponent / 3 + 3
    return decimalSuffixes.indices.contains(Int(clamping: index))
      ? decimalSuffixes[Int(clamping: index)] : ""
  }

  /// The amount with a binary suffix, or nil if it is not to be written with one.
  private var binaryText: String? {
    if let mantissa = wholeMantissa {
      guard mantissa.magnitude >= 1024 else { return nil }
      var (short, power) = (mantissa, 0)
      while short % 1024 == 0 {
        short /= 1024
        power += 1
      }
      return "\(short)" + Self.binarySuffix(power)
    }
    let number = decimal
    let whole = number.rounded(to: 0)
    // A number with a fraction, or beyond the limit of alignment, has no binary form.
    guard whole.exponent == 0, whole.compare(to: number) == 0 else { return nil }
    guard whole.leadingExponent > 4 || whole.wrappedMantissa.magnitude >= 1024 else { return nil }
    var (short, power) = (whole, 0)
    while let next = short.dividedBy1024() {
      short = next
      power += 1
    }
    return (short.isNegative ? "-" : "") + short.digitText + Self.binarySuffix(power)
  }

  /// The amount as an inline whole number, if it is one.
  private var wholeMantissa: Int64? {
    boxed == nil && scale == 0 ? mantissa : nil
  }

  private static func binarySuffix(_ power: Int) -> String {
    binarySuffixes.indices.contains(power) ? binarySuffixes[power] : ""
  }
}
