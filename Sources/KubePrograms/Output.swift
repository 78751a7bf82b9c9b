import KubeModel

/// What a process printed, by line, with the time since its start.
public struct Output: Hashable, Sendable {
  /// A line.
  public struct Line: Hashable, Sendable {
    /// When it was begun, counted from the start of the process.
    public var time: Duration
    /// The line without its end.
    public var text: String
  }

  /// The lines that are kept; of more than 10,000 the older half is dropped, as by a log's rotation.
  public private(set) var lines: [Line] = []
  private var isOpen = false
  private static let longestLine = 16_384

  /// Nothing printed.
  public init() {}

  /// True when nothing was printed.
  public var isEmpty: Bool { lines.isEmpty }

  /// All of it as one text.
  public var text: String {
    var text = ""
    for line in lines {
      text += line.text
      text += "\n"
    }
    if isOpen { text.removeLast() }
    return text
  }

  /// Appends a text, which may hold several lines or a part of one.
  public mutating func write(_ text: String, at time: Duration) {
    if text.isEmpty { return }
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: "\n") ?? rest.endIndex
      if isOpen, !lines.isEmpty {
        lines[lines.count - 1].text += rest[..<end]
      } else {
        lines.append(Line(time: time, text: String(rest[..<end])))
      }
      // A runtime parts lines that are longer.
      isOpen = end == rest.endIndex && lines[lines.count - 1].text.utf8.count < Self.longestLine
      rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
    }
    if lines.count > 10_000 { lines.removeFirst(5_000) }
  }
}
