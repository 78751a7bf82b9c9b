/// A time zone of the IANA data base, such as `Europe/Berlin`: which wall clock time it shows when.
///
/// The data is part of the program (version 2025b, from 2000 on), so that a run is the same on every
/// machine. Times before 2000 are read as 2000 began, or by the zone's rule of today when that has held
/// since then.
///
/// ```swift
/// IANAZone("Europe/Berlin")?.offset(at: 1_767_225_600)   // 3600: an hour east of UTC
/// IANAZone("Mars/X")                                     // nil
/// ```
public struct IANAZone: Hashable, Sendable {
  /// Seconds since 1970 between which the clock keeps one distance from UTC.
  struct Span: Hashable, Sendable {
    /// Seconds east of UTC.
    var offset: Int64
    /// The first second.
    var start: Int64
    /// The second after the last.
    var end: Int64
  }

  /// The name under which it was looked up.
  public let name: String
  private let spans: [Span]
  private let rule: POSIXZoneRule

  /// Coordinated universal time.
  public static let utc = IANAZone(name: "UTC", spans: [], rule: POSIXZoneRule(offset: 0))

  /// The zone of a name, as the data base writes it; nil when there is none.
  public init?(_ name: String) {
    guard let entry = Self.entries[name] else { return nil }
    let parts = entry.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 2, let rule = POSIXZoneRule(parts[0]) else { return nil }
    self.init(name: name, spans: Self.spans(parts[1]), rule: rule)
  }

  private init(name: String, spans: [Span], rule: POSIXZoneRule) {
    self.name = name
    self.spans = spans
    self.rule = rule
  }

  public static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// How many seconds the zone's clock is ahead of UTC at a time, in seconds since 1970.
  ///
  /// - Complexity: O(log transitions).
  public func offset(at time: Int64) -> Int64 { span(at: time).offset }

  /// The offset at a time, and from when to when it holds.
  func span(at time: Int64) -> Span {
    guard let last = spans.last, time < last.end else { return rule.span(at: time) }
    var (low, high) = (0, spans.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= time { low = middle + 1 } else { high = middle }
    }
    return spans[low]
  }

  /// The version of the data base.
  static let version = "2025b"

  /// All names, sorted.
  static var names: [String] { entries.keys.sorted() }

  /// What the data base says of each name: the rule and the transitions. Looked up, never walked.
  private static let entries: [String: Substring] = {
    var entries: [String: Substring] = [:]
    for table in [western, eastern] {
      for line in table.split(separator: "\n") {
        guard let bar = line.firstIndex(of: "|") else { continue }
        for name in line[..<bar].split(separator: " ") {
          entries[String(name)] = line[line.index(after: bar)...]
        }
      }
    }
    return entries
  }()

  /// `60 1a:120 2b:60`: an hour east at first, two hours from minute 46 of the year 2000 on …
  private static func spans(_ text: Substring) -> [Span] {
    let parts = text.split(separator: " ")
    guard let first = parts.first, let minutes = Int64(first) else { return [] }
    var spans: [Span] = []
    var (start, offset) = (Int64.min, minutes * 60)
    for part in parts.dropFirst() {
      let pair = part.split(separator: ":")
      guard pair.count == 2, let minute = Int64(pair[0], radix: 36), let next = Int64(pair[1])
      else { continue }
      let time = 946_684_800 + minute * 60
      spans.append(Span(offset: offset, start: start, end: time))
      (start, offset) = (time, next * 60)
    }
    // From the last transition on the rule holds, which agrees with it.
    return spans
  }
}
