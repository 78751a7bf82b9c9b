import KubeModel

// `test`, `[` and `[[`.
extension Shell {
  mutating func test(_ name: String, _ arguments: [String], _ machine: Machine) -> Int32 {
    var words = arguments
    if name != "test" {
      guard words.last == (name == "[" ? "]" : "]]") else { return 2 }
      words.removeLast()
    }
    var reader = TestReader(
      words: words, files: machine.files, directory: directory, isExtended: name == "[[")
    let value = reader.alternatives()
    if let found = reader.found { arrays["BASH_REMATCH"] = found }
    return reader.isBroken || reader.index < words.count ? 2 : value ? 0 : 1
  }
}

/// A reader of the words of a test.
private struct TestReader {
  let words: [String]
  let files: Files
  let directory: String
  let isExtended: Bool
  var index = 0
  var isBroken = false
  /// What `=~` found: the whole and its groups.
  var found: [String]?

  mutating func alternatives() -> Bool {
    var value = all()
    while let word = words[safe: index], word == "-o" || word == "||" {
      index += 1
      let right = all()
      value = value || right
    }
    return value
  }

  private mutating func all() -> Bool {
    var value = one()
    while let word = words[safe: index], word == "-a" || word == "&&" {
      index += 1
      let right = one()
      value = value && right
    }
    return value
  }

  private mutating func one() -> Bool {
    guard let word = words[safe: index] else { return false }
    let left = words.count - index
    if left >= 3, let value = comparison(word, words[index + 1], words[index + 2]) {
      index += 3
      return value
    }
    if word == "!" && left > 1 {
      index += 1
      return !one()
    }
    if word == "(" {
      index += 1
      let value = alternatives()
      if words[safe: index] == ")" { index += 1 } else { isBroken = true }
      return value
    }
    if left >= 2, word.hasPrefix("-"), word.count == 2, let value = unary(word, words[index + 1]) {
      index += 2
      return value
    }
    index += 1
    return !word.isEmpty
  }

  private mutating func comparison(_ left: String, _ operation: String, _ right: String) -> Bool? {
    switch operation {
    case "=", "==": return isExtended ? ShellPattern.matches(right, left) : left == right
    case "=~" where isExtended:
      guard let pattern = TextPattern(right, isExtended: true) else {
        isBroken = true
        return false
      }
      let characters = Array(left)
      guard let match = pattern.first(in: characters, from: 0) else { return false }
      found = (0...pattern.groupCount).map { match.text($0, in: characters) }
      return true
    case "!=": return isExtended ? !ShellPattern.matches(right, left) : left != right
    case "<" where isExtended: return left < right
    case ">" where isExtended: return left > right
    case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
      guard let one = Int64(left), let other = Int64(right) else {
        isBroken = true
        return false
      }
      switch operation {
      case "-eq": return one == other
      case "-ne": return one != other
      case "-lt": return one < other
      case "-le": return one <= other
      case "-gt": return one > other
      default: return one >= other
      }
    default: return nil
    }
  }

  private func unary(_ flag: String, _ value: String) -> Bool? {
    let path = Files.normal(value, in: directory)
    switch flag {
    case "-n": return !value.isEmpty
    case "-z": return value.isEmpty
    case "-e", "-a": return files.exists(path)
    case "-f": return files.exists(path) && !files.isDirectory(path)
    case "-d": return files.isDirectory(path)
    case "-r", "-w": return files.exists(path)
    case "-x": return files.isExecutable(path) || files.isDirectory(path)
    case "-s": return (try? files.read(path)).map { !$0.isEmpty } ?? files.isDirectory(path)
    case "-t", "-L", "-h", "-p", "-S": return false
    default: return nil
    }
  }
}
