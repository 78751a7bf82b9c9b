extension Timestamp {
  /// RFC 3339 with the offset of a zone: `2026-05-11T13:30:00+03:00`; `Z` for none.
  public func text(in zone: IANAZone) -> String {
    let offset = zone.offset(at: unixSeconds)
    let wall = Timestamp(unixSeconds: unixSeconds + offset).description
    if offset == 0 { return wall }
    let minutes = offset.magnitude / 60
    return wall.dropLast() + (offset < 0 ? "-" : "+") + Self.padded(minutes / 60) + ":"
      + Self.padded(minutes % 60)
  }

  /// RFC 1123 with a numeric zone, in UTC: `Thu, 19 May 2016 10:00:00 +0000`.
  public var rfc1123: String {
    let time = WallTime(unixSeconds, .utc)
    let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let date =
      "\(weekdays[Int(time.weekday)]), \(Self.padded(UInt64(time.day))) "
      + "\(months[Int(time.month - 1)]) \(time.year)"
    let clock = [time.hour, time.minute, time.second].map { Self.padded(UInt64($0)) }
    return "\(date) \(clock.joined(separator: ":")) +0000"
  }

  private static func padded(_ number: UInt64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
