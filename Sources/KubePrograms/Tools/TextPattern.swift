/// A regular expression of POSIX, basic or extended, as `grep`, `sed`, `expr` and `[[ =~ ]]` have it.
///
/// Follows   POSIX.1-2024, Regular Expressions, with the `\+`, `\?`, `\|`, `\w` and `\s` of GNU
/// Left out  of several matches at one place the first found is taken, which is the longest one but
///           for alternatives; a search ends without a match after 100,000 steps.
struct TextPattern {
  /// Where it was found: the whole, and what each group holds.
  struct Match {
    var range: Range<Int>
    var groups: [Range<Int>?]

    /// The text of the whole (0) or of a group; empty for one that holds nothing.
    func text(_ group: Int, in line: [Character]) -> String {
      let place = group == 0 ? range : groups[safe: group - 1].flatMap { $0 }
      return place.map { String(line[$0]) } ?? ""
    }
  }

  indirect enum Node {
    case one(Set)
    case start, end, edge
    case group(Int, Node)
    case sequence([Node])
    case choice([Node])
    case times(Node, Int, Int)
    case reference(Int)
  }

  /// The characters that stand at one place.
  struct Set {
    var ranges: [ClosedRange<Character>] = []
    var isNot = false

    func contains(_ character: Character, _ ignoresCase: Bool) -> Bool {
      var isNamed = ranges.contains { $0.contains(character) }
      if ignoresCase && !isNamed {
        let others = [character.lowercased().first, character.uppercased().first]
        isNamed = ranges.contains { range in others.contains { $0.map(range.contains) ?? false } }
      }
      return isNamed != isNot
    }
  }

  let root: Node
  let groupCount: Int
  let ignoresCase: Bool

  /// Reads an expression; one that cannot be read is nil.
  init?(_ text: String, isExtended: Bool = false, ignoresCase: Bool = false) {
    var reader = TextPatternReader(text: Array(text), isExtended: isExtended)
    guard let root = reader.choice(), reader.index == reader.text.count else { return nil }
    self.root = root
    groupCount = reader.groupCount
    self.ignoresCase = ignoresCase
  }

  /// True when it occurs in a line.
  func matches(_ line: String) -> Bool { first(in: Array(line), from: 0) != nil }

  /// The first place from an index on.
  func first(in line: [Character], from start: Int) -> Match? {
    guard start <= line.count else { return nil }
    var search = Search(line: line, ignoresCase: ignoresCase, groups: [])
    for place in start...line.count {
      search.groups = Array(repeating: nil, count: groupCount)
      var end: Int?
      let isFound = search.match(root, place, 0) { _, place in
        end = place
        return true
      }
      if isFound, let end { return Match(range: place..<end, groups: search.groups) }
      if search.steps > Search.most { return nil }
    }
    return nil
  }

  /// A line with the first or every occurrence replaced; `&` and `\1` stand for what was found.
  func replaced(in line: String, by text: String, all: Bool, from number: Int = 1) -> String? {
    let characters = Array(line)
    var result = ""
    var index = 0
    var count = 0
    while index <= characters.count, let match = first(in: characters, from: index) {
      result += String(characters[index..<match.range.lowerBound])
      count += 1
      let isChosen = all ? count >= number : count == number
      result += isChosen ? Self.filled(text, match, characters) : match.text(0, in: characters)
      index = match.range.upperBound
      if match.range.isEmpty {
        if index < characters.count { result.append(characters[index]) }
        index += 1
      }
      if isChosen && !all { break }
    }
    if index < characters.count { result += String(characters[index...]) }
    return count >= number ? result : nil
  }

  private static func filled(_ text: String, _ match: Match, _ line: [Character]) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "&" {
        result += match.text(0, in: line)
      } else if character == "\\", let next = rest.popFirst() {
        switch next {
        case "n": result += "\n"
        case "t": result += "\t"
        case "0"..."9": result += match.text(next.wholeNumberValue ?? 0, in: line)
        default: result.append(next)
        }
      } else {
        result.append(character)
      }
    }
    return result
  }
}

/// A search with its steps counted.
private struct Search {
  typealias Node = TextPattern.Node

  static let most = 100_000
  static let deepest = 200

  let line: [Character]
  let ignoresCase: Bool
  var groups: [Range<Int>?]
  var steps = 0

  /// Matches a node at a place, and then what follows.
  mutating func match(
    _ node: Node, _ place: Int, _ depth: Int, _ next: (inout Search, Int) -> Bool
  ) -> Bool {
    steps += 1
    if steps > Self.most || depth > Self.deepest { return false }
    switch node {
    case .one(let set):
      return place < line.count && set.contains(line[place], ignoresCase) && next(&self, place + 1)
    case .start: return place == 0 && next(&self, place)
    case .end: return place == line.count && next(&self, place)
    case .edge: return isWord(place - 1) != isWord(place) && next(&self, place)
    case .group(let number, let inner):
      let old = groups[number]
      let isMatched = match(inner, place, depth + 1) { search, end in
        let before = search.groups[number]
        search.groups[number] = place..<end
        if next(&search, end) { return true }
        search.groups[number] = before
        return false
      }
      if !isMatched { groups[number] = old }
      return isMatched
    case .sequence(let nodes): return match(nodes[...], place, depth, next)
    case .choice(let nodes):
      for node in nodes where match(node, place, depth + 1, next) { return true }
      return false
    case .times(.one(let set), let least, let most):
      var count = 0
      while count < most, place + count < line.count,
        set.contains(line[place + count], ignoresCase)
      {
        count += 1
      }
      while count >= least {
        steps += 1
        if steps > Self.most { return false }
        if next(&self, place + count) { return true }
        count -= 1
      }
      return false
    case .times(let inner, let least, let most):
      return repeated(inner, least, most, place, depth + 1, next)
    case .reference(let number):
      guard let range = groups[safe: number - 1].flatMap({ $0 }) else { return false }
      let end = place + range.count
      return end <= line.count && line[range] == line[place..<end] && next(&self, end)
    }
  }

  private mutating func match(
    _ nodes: ArraySlice<Node>, _ place: Int, _ depth: Int, _ next: (inout Search, Int) -> Bool
  ) -> Bool {
    var rest = nodes
    var place = place
    // Plain characters need no way back.
    while case .one(let set)? = rest.first {
      guard place < line.count, set.contains(line[place], ignoresCase) else { return false }
      place += 1
      rest.removeFirst()
    }
    guard let first = rest.popFirst() else { return next(&self, place) }
    return match(first, place, depth + 1) { search, end in
      search.match(rest, end, depth + 1, next)
    }
  }

  private mutating func repeated(
    _ node: Node, _ least: Int, _ most: Int, _ place: Int, _ depth: Int,
    _ next: (inout Search, Int) -> Bool
  ) -> Bool {
    if most > 0,
      match(
        node, place, depth + 1,
        { search, end in
          end > place
            && search.repeated(node, max(0, least - 1), most - 1, end, depth + 1, next)
        })
    {
      return true
    }
    return least == 0 && next(&self, place)
  }

  private func isWord(_ place: Int) -> Bool {
    guard line.indices.contains(place) else { return false }
    return line[place].isLetter || line[place].isNumber || line[place] == "_"
  }
}
