import KubeModel

/// A command line of kubectl, read: `get pods -n shop -o wide`.
struct KubectlCommand {
  var verb = ""
  var kinds = ""
  var names: [String] = []
  var namespace: String? = "default"
  var selector = Selector.everything
  var output = Views.Output.table
  var sortKey = ""

  /// Reads the words after `kubectl`.
  ///
  /// - Throws: BadRequest, with what is wrong in kubectl's words.
  init(_ words: [String]) throws(APIError) {
    var arguments: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("-") { try read(flag: word, &rest) } else { arguments.append(word) }
    }
    verb = arguments.first ?? ""
    guard ["get", "describe"].contains(verb) else {
      throw .badRequest("unknown command \"\(verb)\" for \"kubectl\"")
    }
    try read(objects: Array(arguments.dropFirst()))
  }

  /// `pods`, `pods a b`, or `pod/a pod/b`.
  private mutating func read(objects arguments: [String]) throws(APIError) {
    guard let first = arguments.first else {
      throw .badRequest("You must specify the type of resource to \(verb).")
    }
    guard first.contains("/") else {
      (kinds, names) = (first, Array(arguments.dropFirst()))
      return
    }
    for argument in arguments {
      let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, kinds.isEmpty || kinds == parts[0] else {
        throw .badRequest(
          "there is no need to specify a resource type as a separate argument when passing "
            + "arguments in resource/name form")
      }
      kinds = parts[0]
      names.append(parts[1])
    }
  }

  private mutating func read(flag: String, _ rest: inout ArraySlice<String>) throws(APIError) {
    var (name, value) = Self.split(flag)
    func argument() throws(APIError) -> String {
      if value == nil { value = rest.popFirst() }
      guard let value else { throw .badRequest("flag needs an argument: \(name)") }
      return value
    }
    switch name {
    case "-A", "--all-namespaces": namespace = nil
    case "-n", "--namespace": namespace = try argument()
    case "-o", "--output": output = try Self.output(argument())
    case "-l", "--selector": selector = try Self.selector(argument())
    case "--sort-by": sortKey = try argument()
    default: throw .badRequest("unknown flag: \(name)")
    }
  }

  /// `--name=value`, `--name`, `-xvalue`, `-x`.
  private static func split(_ flag: String) -> (name: String, value: String?) {
    if flag.hasPrefix("--") {
      guard let equals = flag.firstIndex(of: "=") else { return (flag, nil) }
      return (String(flag[..<equals]), String(flag[flag.index(after: equals)...]))
    }
    guard flag.count > 2 else { return (flag, nil) }
    let value = flag.dropFirst(2)
    return (String(flag.prefix(2)), String(value.first == "=" ? value.dropFirst() : value))
  }

  private static func output(_ text: String) throws(APIError) -> Views.Output {
    guard !text.isEmpty, let output = Views.Output(rawValue: text) else {
      throw .badRequest(
        "unable to match a printer suitable for the output format \"\(text)\", "
          + "allowed formats are: json,name,wide")
    }
    return output
  }

  private static func selector(_ text: String) throws(APIError) -> Selector {
    do { return try Selector(parsing: text) } catch { throw .badRequest(error.message) }
  }
}

extension Views {
  /// What a command line of kubectl prints, without the word `kubectl`: `get` and `describe` with
  /// `-n`, `-A`, `-o wide|name|json`, `-l` and `--sort-by`; `rollout status` and `rollout history`.
  ///
  /// - Throws: what the API would answer, or BadRequest for what is no command.
  public func kubectl(_ line: String) throws(APIError) -> String {
    let words = line.split(separator: " ").map(String.init)
    if words.first == "rollout" { return try rollout(Array(words.dropFirst())) }
    let command = try KubectlCommand(words)
    if command.verb == "describe" {
      return try describe(
        command.kinds, command.names, namespace: command.namespace, selector: command.selector)
    }
    return try get(
      command.kinds, command.names, namespace: command.namespace, selector: command.selector,
      output: command.output, sortedBy: command.sortKey)
  }
}
