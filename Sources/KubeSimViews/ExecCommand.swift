import KubeModel
import KubeSim

/// `kubectl exec`, read: `exec web -c app -- sh -c 'ls /tmp'`.
public struct ExecCommand: Sendable {
  private var pod = ""
  private var namespace = "default"
  private var container: String?
  private var command: [String] = []

  /// Reads what follows `exec`: `POD` or `pod/POD`, `-c`, `-n`, `-i`, `-t`, and the command after `--`.
  /// Quotes keep words together as in a shell.
  ///
  /// - Throws: BadRequest, with what is wrong.
  public init(_ line: String) throws(APIError) {
    var rest = Self.words(of: line)[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      func value() -> String? { parts.count == 2 ? parts[1] : rest.popFirst() }
      switch parts.first ?? "" {
      case "--":
        command = Array(rest)
        rest = []
      case "-c", "--container": container = value()
      case "-n", "--namespace": namespace = value() ?? namespace
      case "-i", "-t", "-it", "-ti", "--stdin", "--tty", "-q", "--quiet": break
      case let flag where flag.hasPrefix("-"): throw .badRequest("unknown flag: \(flag)")
      case _ where !pod.isEmpty:
        throw .badRequest(
          "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
      default: pod = word.hasPrefix("pod/") ? String(word.dropFirst(4)) : word
      }
    }
    if pod.isEmpty { throw .badRequest("pod, type/name or --filename must be specified") }
    if command.isEmpty {
      throw .badRequest("you must specify at least one command for the container")
    }
  }

  /// Runs the command, and returns what it printed and, when it failed, with which code.
  ///
  /// - Throws: what `Cluster.exec` throws.
  public func run(in cluster: inout Cluster) throws(APIError) -> String {
    let result = try cluster.exec(command, in: pod, container: container, namespace: namespace)
    if result.exitCode == 0 { return result.output }
    let isOpen = !result.output.isEmpty && !result.output.hasSuffix("\n")
    return result.output + (isOpen ? "\n" : "")
      + "command terminated with exit code \(result.exitCode)\n"
  }

  /// The words of a line, with quotes taken off.
  static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let next = rest.popFirst() {
      if let open = quote {
        if next == open {
          quote = nil
        } else if next == "\\", open == "\"", let escaped = rest.first, "\"\\$`".contains(escaped) {
          word?.append(rest.removeFirst())
        } else {
          word?.append(next)
        }
      } else if next == "'" || next == "\"" {
        quote = next
        word = word ?? ""
      } else if next == "\\", let escaped = rest.popFirst() {
        word = (word ?? "") + String(escaped)
      } else if next.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(next)
      }
    }
    if let done = word { words.append(done) }
    return words
  }
}
