import KubeModel

/// Times as `date` prints them, in UTC.
enum DateText {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A time in a format of `date`.
  static func text(_ time: MicroTime, _ format: String) -> String {
    let seconds = time.wholeSeconds.unixSeconds
    let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    let rest = seconds - day * 86400
    let date = calendar(day)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = ""
    var letters = format[...]
    while let letter = letters.popFirst() {
      guard letter == "%", let kind = letters.popFirst() else {
        text.append(letter)
        continue
      }
      switch kind {
      case "Y": text += String(date.year)
      case "m": text += two(date.month)
      case "d": text += two(date.day)
      case "e": text += date.day < 10 ? " \(date.day)" : "\(date.day)"
      case "H": text += two(rest / 3600)
      case "M": text += two(rest / 60 % 60)
      case "S": text += two(rest % 60)
      case "s": text += String(seconds)
      case "a": text += days[Int((day % 7 + 7) % 7)]
      case "b", "h": text += months[Int(date.month - 1)]
      case "F": text += "\(date.year)-\(two(date.month))-\(two(date.day))"
      case "T": text += "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
      case "Z": text += "UTC"
      case "z": text += "+0000"
      case "N": text += "000000000"
      case "n": text += "\n"
      case "%": text += "%"
      default: text += "%" + String(kind)
      }
    }
    return text
  }

  /// The day of the calendar; days count from 1970-01-01. Years begin in March here, so that the
  /// leap day is the last one.
  private static func calendar(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * dayOfYear + 2) / 153
    let month = place < 10 ? place + 3 : place - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * place + 2) / 5 + 1
    )
  }
}
