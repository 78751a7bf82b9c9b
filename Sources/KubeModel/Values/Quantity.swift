/// An exact amount of a resource, such as `500m` CPU or `128Mi` memory.
///
/// A quantity is a number and the format it was written in. It is never rounded through floating
/// point; amounts finer than 10⁻⁹ are rounded away from zero to 10⁻⁹ when they are read.
///
/// ```swift
/// let request = try Quantity("1.5")
/// request.description  // "1500m"
/// request.milliValue   // 1500
/// request.value        // 2
/// ```
///
/// Two quantities are equal when their numbers are equal, whatever they look like: `1`, `1000m`
/// and `1e0` are one value, and one key in a set. Compare ``jsonText`` where the text matters.
///
/// The number is an `Int64` times a power of ten. Larger numbers, and negative ones that
/// Kubernetes keeps as a big decimal, live in a box of their own.
///
/// - Complexity: ``value``, ``milliValue``, comparison and arithmetic take constant time and
///   allocate nothing, except for numbers in a box.
/// - Upstream: `apimachinery/pkg/api/resource/quantity.go`, v1.36. Two differences. A number that
///   becomes a negative fraction by subtraction is always rounded away from zero by ``value``.
///   Where digits lie more than 10 000 powers of ten apart, a sum is its larger part.
public struct Quantity: Sendable {
  /// How a quantity is written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    /// Powers of ten with a letter: `12M` is 12 × 10⁶.
    case decimalSI = "DecimalSI"
    /// Powers of 1024 with two letters: `12Mi` is 12 × 2²⁰.
    case binarySI = "BinarySI"
    /// Powers of ten in scientific notation: `12e6`.
    case decimalExponent = "DecimalExponent"
  }

  /// What the inline fields cannot hold.
  indirect enum Box: Sendable {
    /// The text as given, where it is not the canonical one and Kubernetes keeps it.
    case text(String)
    /// The number, in place of `mantissa` and `scale`.
    case decimal(BigDecimal)
  }

  /// The number without its power of ten; meaningless when the box holds a decimal.
  let mantissa: Int64
  /// The power of ten of `mantissa`.
  let scale: Int32
  /// The format in which the quantity is written.
  public let format: Format
  let box: Box?

  /// Zero, in decimal format.
  public static let zero = Quantity()

  /// Makes zero, in decimal format.
  public init() {
    self.init(mantissa: 0, scale: 0, format: .decimalSI)
  }

  /// Makes a whole number of units.
  public init(value: Int64, format: Format = .decimalSI) {
    self.init(mantissa: value, scale: 0, format: format)
  }

  /// Makes a number of thousandths: 1500 is one and a half.
  public init(milliValue: Int64, format: Format = .decimalSI) {
    self.init(mantissa: milliValue, scale: -3, format: format)
  }

  init(mantissa: Int64, scale: Int32, format: Format, box: Box? = nil) {
    self.mantissa = mantissa
    self.scale = scale
    self.format = format
    self.box = box
  }

  /// Keeps the number inline if it fits there and Kubernetes rounds it as such.
  init(_ decimal: BigDecimal, format: Format) {
    let short = decimal.normalized
    if !short.isNegative, let mantissa = short.mantissa,
      let scale = Int32(exactly: short.exponent)
    {
      self.init(mantissa: mantissa, scale: scale, format: format)
    } else {
      self.init(mantissa: 0, scale: 0, format: format, box: .decimal(decimal))
    }
  }

  /// The number in the box, or nil when it is inline.
  var boxed: BigDecimal? {
    if case .decimal(let decimal) = box { decimal } else { nil }
  }

  /// The number as a big decimal, wherever it is kept.
  var decimal: BigDecimal {
    boxed ?? BigDecimal(mantissa, exponent: Int64(scale))
  }

  /// Whether the amount is zero.
  public var isZero: Bool { sign == 0 }

  /// -1, 0 or 1 as the amount is negative, zero or positive.
  public var sign: Int { boxed?.sign ?? Int(mantissa.signum()) }
}

extension Quantity {
  /// The amount in whole units, rounded away from zero, or nil if it does not fit.
  ///
  /// `100m` is 1, `1.5` is 2, `-1.5` is -2, `1Ki` is 1024.
  ///
  /// - Upstream: `Quantity.Value`. A negative amount that was read with more digits than 64 bits
  ///   hold at 10⁻⁹ rounds as it does there: cut off, plus one, of its lowest 64 bits.
  public var value: Int64? {
    box == nil && scale == 0 ? mantissa : scaled(to: 0)
  }

  /// The amount in thousandths, rounded away from zero, or nil if it does not fit.
  ///
  /// `100m` is 100, `2` is 2000, `1u` is 1.
  ///
  /// - Upstream: `Quantity.MilliValue`; see ``value`` for negative amounts.
  public var milliValue: Int64? {
    box == nil && scale == -3 ? mantissa : scaled(to: -3)
  }

  /// The nearest binary number to the amount; what does not fit in 64 bits at any power of ten is
  /// rounded to whole units.
  ///
  /// - Upstream: `Quantity.AsApproximateFloat64`.
  public var approximate: Double {
    boxed == nil ? Double("\(mantissa)e\(scale)") ?? 0 : Double(value ?? .max)
  }

  /// The amount in units of `10^target`, rounded away from zero, or nil if it does not fit.
  func scaled(to target: Int32) -> Int64? {
    if let boxed { return Self.scaled(boxed, to: Int64(target)) }
    if mantissa == 0 { return 0 }
    let steps = Int64(scale) - Int64(target)
    if steps >= 0 {
      guard let factor = Self.powerOfTen(steps) else { return nil }
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
    guard let divisor = Self.powerOfTen(-steps) else { return mantissa.signum() }
    let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : quotient + mantissa.signum()
  }

  private static func scaled(_ decimal: BigDecimal, to target: Int64) -> Int64? {
    guard decimal.leadingExponent - target <= 19 else { return nil }
    guard let rounded = decimal.rounded(to: target).mantissa else { return nil }
    guard decimal.isNegative, decimal.exponent < target else { return rounded }
    // Kubernetes divides only the low 64 bits of a negative number and takes any remainder as
    // one more: -80 × 10⁻⁹ in whole units is 0 + 1 = 1.
    guard let divisor = powerOfTen(target - decimal.exponent) else { return rounded }
    let (quotient, remainder) = decimal.wrappedMantissa.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : quotient + 1
  }

  /// `10^exponent`, or nil outside 0…18, where it is no `Int64`.
  static func powerOfTen(_ exponent: Int64) -> Int64? {
    guard exponent >= 0, exponent <= 18 else { return nil }
    return powersOfTen[Int(exponent)]
  }

  private static let powersOfTen: [Int64] = {
    var powers: [Int64] = [1]
    for _ in 1...18 { powers.append((powers.last ?? 1) * 10) }
    return powers
  }()
}

/// Why a text is not a quantity.
public struct QuantityError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message, as Kubernetes words it.
  public let message: String

  /// The message.
  public var description: String { message }

  /// The text does not have the shape of a number with a suffix.
  public static let formatWrong = QuantityError(
    message: "quantities must match the regular expression "
      + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
  /// The number before the suffix cannot be read.
  public static let numeric = QuantityError(message: "unable to parse numeric part of quantity")
  /// The suffix is not known.
  public static let suffix = QuantityError(message: "unable to parse quantity's suffix")
}
