/// The difference of two texts, line by line, in the unified form with three lines of context.
///
/// Some refusals of updates end with one. Which of several shortest differences is shown follows
/// the matching of Python's `difflib`, whose Go port upstream uses: the longest common block first,
/// then what is left and right of it; in long texts lines that come up often do not begin a block.
struct UnifiedDiff {
  private let old: [Substring]
  private let new: [Substring]
  /// Where each line of the new text stands, except for the popular ones.
  private var places: [Substring: [Int]] = [:]  // Looked up, never walked.

  private struct Block {
    var old: Int
    var new: Int
    var count: Int
  }

  private struct Change {
    let isEqual: Bool
    var old: Range<Int>
    var new: Range<Int>
  }

  /// The difference; empty when the texts are equal.
  static func text(from old: String, to new: String) -> String {
    let diff = UnifiedDiff(
      old.split(separator: "\n", omittingEmptySubsequences: false),
      new.split(separator: "\n", omittingEmptySubsequences: false))
    return diff.groups().map(diff.text).joined()
  }

  private init(_ old: [Substring], _ new: [Substring]) {
    self.old = old
    self.new = new
    for (index, line) in new.enumerated() { places[line, default: []].append(index) }
    guard new.count >= 200 else { return }
    let most = new.count / 100 + 1
    for line in new where places[line]?.count ?? 0 > most { places[line] = nil }
  }

  private func longest(_ left: Range<Int>, _ right: Range<Int>) -> Block {
    var best = Block(old: left.lowerBound, new: right.lowerBound, count: 0)
    var lengths: [Int: Int] = [:]  // Looked up, never walked.
    for index in left {
      var next: [Int: Int] = [:]
      for place in places[old[index]] ?? [] where place >= right.lowerBound {
        if place >= right.upperBound { break }
        let length = (lengths[place - 1] ?? 0) + 1
        next[place] = length
        if length > best.count {
          best = Block(old: index - length + 1, new: place - length + 1, count: length)
        }
      }
      lengths = next
    }
    // Popular lines may lengthen a block at its ends.
    while best.old > left.lowerBound, best.new > right.lowerBound,
      old[best.old - 1] == new[best.new - 1]
    {
      best = Block(old: best.old - 1, new: best.new - 1, count: best.count + 1)
    }
    while best.old + best.count < left.upperBound, best.new + best.count < right.upperBound,
      old[best.old + best.count] == new[best.new + best.count]
    {
      best.count += 1
    }
    return best
  }

  private func blocks(_ left: Range<Int>, _ right: Range<Int>) -> [Block] {
    let block = longest(left, right)
    guard block.count > 0 else { return [] }
    let end = (block.old + block.count, block.new + block.count)
    return blocks(left.lowerBound..<block.old, right.lowerBound..<block.new) + [block]
      + blocks(end.0..<left.upperBound, end.1..<right.upperBound)
  }

  private func changes() -> [Change] {
    var result: [Change] = []
    var (left, right) = (0, 0)
    for block in blocks(old.indices, new.indices) + [
      Block(old: old.count, new: new.count, count: 0)
    ] {
      if left < block.old || right < block.new {
        result.append(Change(isEqual: false, old: left..<block.old, new: right..<block.new))
      }
      (left, right) = (block.old + block.count, block.new + block.count)
      guard block.count > 0 else { continue }
      if let last = result.last, last.isEqual {
        result[result.count - 1].old = last.old.lowerBound..<left
        result[result.count - 1].new = last.new.lowerBound..<right
      } else {
        result.append(Change(isEqual: true, old: block.old..<left, new: block.new..<right))
      }
    }
    return result
  }

  /// Changes with what stands around them; those that are far apart in groups of their own.
  private func groups() -> [[Change]] {
    let context = 3
    var groups: [[Change]] = [[]]
    let all = changes()
    for (index, change) in all.enumerated() {
      guard change.isEqual else {
        groups[groups.count - 1].append(change)
        continue
      }
      let isFirst = index == 0
      let isLast = index == all.count - 1
      let head = Change(
        isEqual: true, old: change.old.prefix(context),
        new: change.new.prefix(context))
      let tail = Change(
        isEqual: true, old: change.old.suffix(context),
        new: change.new.suffix(context))
      if isFirst && isLast { return [] }
      if isFirst {
        groups[0].append(tail)
      } else if isLast {
        groups[groups.count - 1].append(head)
      } else if change.old.count > 2 * context {
        groups[groups.count - 1].append(head)
        groups.append([tail])
      } else {
        groups[groups.count - 1].append(change)
      }
    }
    return groups.filter { !$0.isEmpty }
  }

  private func text(_ group: [Change]) -> String {
    guard let first = group.first, let last = group.last else { return "" }
    var text =
      "@@ -\(Self.range(first.old.lowerBound..<last.old.upperBound)) "
      + "+\(Self.range(first.new.lowerBound..<last.new.upperBound)) @@\n"
    for change in group {
      for line in old[change.old] { text += (change.isEqual ? " " : "-") + line + "\n" }
      if change.isEqual { continue }
      for line in new[change.new] { text += "+" + line + "\n" }
    }
    return text
  }

  private static func range(_ lines: Range<Int>) -> String {
    switch lines.count {
    case 0: "\(lines.lowerBound),0"
    case 1: "\(lines.lowerBound + 1)"
    default: "\(lines.lowerBound + 1),\(lines.count)"
    }
  }
}
