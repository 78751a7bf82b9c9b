import Foundation

/// The outputs that pages of the documentation show. Tests compare them with real ones.
///
/// An output stands in a code block below a line `<!-- output: NAME -->`, or in a `console` block
/// whose first line is the command. A block that ends in `…` shows the beginning. With
/// `KUBESIM_UPDATE_DOCS` set, a block that differs is rewritten.
public struct PageOutput: Sendable {
  /// The page, from the top of the repository.
  public let page: String
  /// The line of the block's fence, from 0.
  let fence: Int
  /// The first line, if it is a command: `$ kubesim --help`.
  public let command: String?
  /// The lines of the output.
  public let lines: [String]

  /// The output of this name; nil when the page has none.
  public static func named(_ name: String, on page: String) throws -> PageOutput? {
    let lines = try self.lines(of: page)
    guard let marker = lines.firstIndex(of: "<!-- output: \(name) -->") else { return nil }
    return block(page, lines, fence: marker + 1)
  }

  /// The `console` blocks of a page.
  public static func console(on page: String) throws -> [PageOutput] {
    let lines = try self.lines(of: page)
    return lines.indices.filter { lines[$0] == "```console" }
      .compactMap { block(page, lines, fence: $0) }
  }

  private static func block(_ page: String, _ lines: [String], fence: Int) -> PageOutput? {
    guard lines.indices.contains(fence), lines[fence].hasPrefix("```"),
      let end = lines[(fence + 1)...].firstIndex(of: "```")
    else { return nil }
    var body = Array(lines[(fence + 1)..<end])
    let isCommand = lines[fence] == "```console" && body.first?.hasPrefix("$ ") == true
    let command = isCommand ? body.removeFirst() : nil
    return PageOutput(page: page, fence: fence, command: command, lines: body)
  }

  /// What is wrong with the block, given the real output; nil when they agree, spaces at the ends of
  /// lines aside.
  public func problem(with output: String) throws -> String? {
    var wanted = Self.trimmed(output.components(separatedBy: "\n"))
    if lines.last == "…" { wanted = wanted.prefix(lines.count - 1) + ["…"] }
    if wanted == Self.trimmed(lines) { return nil }
    guard ProcessInfo.processInfo.environment["KUBESIM_UPDATE_DOCS"] != nil else {
      let real = wanted.joined(separator: "\n")
      return "\(page):\(fence + 1) does not show what really comes out:\n\(real)"
    }
    try replace(with: wanted)
    return "\(page):\(fence + 1) was rewritten"
  }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func replace(with output: [String]) throws {
    Self.lock.lock()
    defer { Self.lock.unlock() }
    var all = try Self.lines(of: page)
    // Another block of the page may have been rewritten since, so this one is looked for anew.
    let old = (command.map { [$0] } ?? []) + lines
    guard
      let start = all.indices.first(where: {
        all[$0].hasPrefix("```") && Array(all[($0 + 1)...].prefix(old.count)) == old
          && all[($0 + 1)...].dropFirst(old.count).first == "```"
      })
    else { return }
    all.replaceSubrange(
      (start + 1)..<(start + 1 + old.count), with: (command.map { [$0] } ?? []) + output)
    try all.joined(separator: "\n")
      .write(to: Self.file(page), atomically: true, encoding: .utf8)
  }

  private static let lock = NSLock()

  private static func file(_ page: String) -> URL { Fixtures.repository.appending(path: page) }

  private static func lines(of page: String) throws -> [String] {
    try String(contentsOf: file(page), encoding: .utf8).components(separatedBy: "\n")
  }
}
