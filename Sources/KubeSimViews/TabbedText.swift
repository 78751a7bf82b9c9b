/// Aligns cells that tabs end: a column is as wide as its widest cell, over the lines that follow
/// each other without a gap in it. The last cell of a line ends in no tab and is not padded.
///
/// Follows Go's `text/tabwriter`, which kubectl writes tables and descriptions with.
struct TabbedText {
  /// The least width of a column.
  let minimum: Int
  /// Blanks after the widest cell of a column.
  let padding: Int

  /// How `kubectl get` sets its tables.
  static let tables = TabbedText(minimum: 6, padding: 3)
  /// How `kubectl describe` sets its texts.
  static let descriptions = TabbedText(minimum: 0, padding: 2)

  /// The text with its tabs replaced by blanks.
  func aligned(_ text: String) -> String {
    let endsLine = text.hasSuffix("\n")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    if endsLine { lines.removeLast() }
    let output = zip(lines, widths(of: lines)).map { cells, widths in
      var line = ""
      for (index, cell) in cells.enumerated() {
        line += cell
        if index < widths.count {
          line += String(repeating: " ", count: max(0, widths[index] - cell.unicodeScalars.count))
        }
      }
      return line
    }
    return output.joined(separator: "\n") + (endsLine ? "\n" : "")
  }

  /// The widths of all cells but the last, line by line.
  private func widths(of lines: [[Substring]]) -> [[Int]] {
    var widths = lines.map { [Int](repeating: 0, count: $0.count - 1) }
    for column in 0..<(widths.map(\.count).max() ?? 0) {
      var start = 0
      while start < lines.count {
        var end = start
        var width = minimum
        while end < lines.count, column < widths[end].count {
          width = max(width, lines[end][column].unicodeScalars.count + padding)
          end += 1
        }
        for line in start..<end { widths[line][column] = width }
        start = end + 1
      }
    }
    return widths
  }
}
