/// The natural logarithm of a whole number from 1, equal to the last bit on every platform, unlike
/// that of the system's library.
///
/// n = m · 2^e with m between 0.7 and 1.4, and ln m = 2 · (s + s³/3 + s⁵/5 + …) with
/// s = (m - 1)/(m + 1).
func naturalLogarithm(_ number: Int) -> Double {
  let value = Double(max(1, number))
  var exponent = Double(value.exponent)
  var significand = value.significand
  if significand > 1.414_213_562_373_095 {
    significand /= 2
    exponent += 1
  }
  let s = (significand - 1) / (significand + 1)
  let square = s * s
  var sum = 0.0
  var divisor = 23.0
  while divisor > 0 {
    sum = sum * square + 1 / divisor
    divisor -= 2
  }
  return exponent * 0.693_147_180_559_945_3 + 2 * s * sum
}
