/// The digits of π, by Machin's formula: 16·arctan(1/5) − 4·arctan(1/239).
enum Pi {
  /// π with this many digits in all, cut off: `digits(3)` is 3.14.
  static func digits(_ count: Int) -> String {
    // Nine decimal digits a limb, most significant first; two limbs of room for rounding.
    let limbs = count / 9 + 3
    var sum = [Int64](repeating: 0, count: limbs)
    add(arctan(of: 5, times: 16, limbs), to: &sum, sign: 1)
    add(arctan(of: 239, times: 4, limbs), to: &sum, sign: -1)
    var text = ""
    for limb in sum.dropFirst() {
      let part = String(limb)
      text += String(repeating: "0", count: 9 - part.count) + part
    }
    return count > 1 ? "\(sum[0])." + text.prefix(count - 1) : "\(sum[0])"
  }

  private static func arctan(of divisor: Int64, times factor: Int64, _ limbs: Int) -> [Int64] {
    var power = [Int64](repeating: 0, count: limbs)
    power[0] = factor
    divide(&power, by: divisor)
    var sum = power
    var odd: Int64 = 1
    var sign: Int64 = -1
    while power.contains(where: { $0 != 0 }) {
      odd += 2
      divide(&power, by: divisor * divisor)
      var term = power
      divide(&term, by: odd)
      add(term, to: &sum, sign: sign)
      sign = -sign
    }
    return sum
  }

  private static func divide(_ number: inout [Int64], by divisor: Int64) {
    var rest: Int64 = 0
    for index in number.indices {
      let value = rest * 1_000_000_000 + number[index]
      number[index] = value / divisor
      rest = value % divisor
    }
  }

  private static func add(_ other: [Int64], to sum: inout [Int64], sign: Int64) {
    var carry: Int64 = 0
    for index in sum.indices.reversed() {
      var value = sum[index] + sign * other[index] + carry
      carry = 0
      if value < 0 {
        value += 1_000_000_000
        carry = -1
      } else if value >= 1_000_000_000, index > 0 {
        value -= 1_000_000_000
        carry = 1
      }
      sum[index] = value
    }
  }
}
