import KubeModel

// `tail -f` and `tail -F`: what is written to a file after its end was reached.
extension Shell {
  static func isFollowFlag(_ word: String) -> Bool {
    word == "--follow" || word.hasPrefix("--follow=")
      || word.hasPrefix("-") && !word.hasPrefix("--")
        && word.contains { $0 == "f" || $0 == "F" }
  }

  /// Begins to follow the first file. In the first stage of a pipe, the other stages are run for each
  /// piece that comes.
  mutating func follow(_ arguments: [String], _ machine: inout Machine) {
    var rest = arguments.filter { !Self.isFollowFlag($0) }[...]
    var name: String?
    var isWhole = false
    while let word = rest.popFirst() {
      if word == "-n" || word == "-c" {
        isWhole = rest.popFirst() == "+1"
      } else if word.hasPrefix("-") {
        isWhole = isWhole || word.hasSuffix("+1")
      } else if name == nil {
        name = word
      }
    }
    guard let name, path(name) != "/dev/null" else {
      wait = .forever
      return
    }
    var follow = Follow(path: path(name), position: 0)
    let present = (try? machine.files.read(follow.path)) ?? ""
    if !isWhole {
      // The last ten lines come first.
      let lines = present.split(separator: "\n", omittingEmptySubsequences: false)
      let skipped = lines.dropLast(min(lines.count, present.hasSuffix("\n") ? 11 : 10))
      follow.position = skipped.reduce(0) { $0 + $1.utf8.count + 1 }
    }
    if frames.count >= 2, case .leaveSubshell(let scope) = frames[frames.count - 1],
      case .stage(let stages, 0, let outer, _) = frames[frames.count - 2]
    {
      frames.removeLast(2)
      leave(scope)
      io = outer
      follow.stages = Array(stages.dropFirst())
    }
    frames.append(.follow(follow))
  }

  /// Passes on what is new, and waits for more.
  mutating func goOn(with follow: Follow, _ machine: inout Machine) {
    var follow = follow
    let text = (try? machine.files.read(follow.path)) ?? ""
    if text.utf8.count < follow.position { follow.position = 0 }
    guard text.utf8.count > follow.position else {
      frames.append(.follow(follow))
      wait = .growth(since: machine.files.changes)
      return
    }
    let new = String(decoding: text.utf8.dropFirst(follow.position), as: UTF8.self)
    follow.position = text.utf8.count
    frames.append(.follow(follow))
    guard let first = follow.stages.first else { return write(new, &machine) }
    frames.append(.restore(io))
    io.input = new
    frames.append(
      .run(follow.stages.count == 1 ? first : .pipeline(follow.stages, isNegated: false)))
  }
}
