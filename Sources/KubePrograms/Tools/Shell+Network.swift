import KubeModel

// Tools that ask other pods. The texts are those of busybox (wget, nslookup, nc) and of curl.
extension Shell {
  mutating func networkTool(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32? {
    switch name {
    case "wget", "curl", "nc", "netcat", "nslookup", "dig", "getent", "ping",
      "grpc_health_probe":
      machine.lookedOutside = true
    default: return nil
    }
    switch name {
    case "wget": return wget(arguments, &machine)
    case "curl": return curl(arguments, &machine)
    case "nc", "netcat": return netcat(arguments, &machine)
    case "nslookup", "dig": return lookUpName(arguments, &machine)
    case "getent":
      let host = arguments.last ?? ""
      let found = Self.addresses(of: host, machine)
      for address in found { write("\(address)      \(host)\n", &machine) }
      return found.isEmpty ? 2 : 0
    case "ping":
      let host = arguments.last { !$0.hasPrefix("-") } ?? ""
      return Self.addresses(of: host, machine).isEmpty
        ? refuse("ping: bad address '\(host)'", &machine) : 0
    default:
      let address =
        arguments.first { $0.hasPrefix("-addr") }
        .flatMap { $0.split(separator: "=").last.map(String.init) } ?? ":0"
      let (host, port) = Self.hostAndPort(address, 0)
      let answer = Self.send(.health(port: port, service: ""), host, &machine)
      return answer?.isSuccess == true ? say("status: SERVING", &machine) : 2
    }
  }

  // MARK: Reaching others

  static func isLocal(_ host: String) -> Bool {
    host.isEmpty || host == "localhost" || host == "127.0.0.1" || host == "0.0.0.0"
  }

  static func addresses(of host: String, _ machine: Machine) -> [String] {
    if isLocal(host) { return ["127.0.0.1"] }
    return machine.network?.addresses(of: host) ?? []
  }

  /// What somebody answers; nil when there is no such name.
  static func send(_ request: Request, _ host: String, _ machine: inout Machine) -> Answer? {
    if isLocal(host) {
      let own = machine.answer(request)
      if own.outcome != .refused { return own }
      return machine.network?.send(request, to: "localhost") ?? own
    }
    return machine.network?.send(request, to: host)
  }

  private static func hostAndPort(_ text: String, _ fallback: Int32) -> (String, Int32) {
    guard let colon = text.lastIndex(of: ":"), let port = Int32(text[text.index(after: colon)...])
    else { return (text, fallback) }
    return (String(text[..<colon]), port)
  }

  private static func parts(of url: String) -> (host: String, port: Int32, path: String) {
    var rest = url[...]
    var port: Int32 = 80
    if rest.hasPrefix("https://") {
      rest = rest.dropFirst(8)
      port = 443
    } else if rest.hasPrefix("http://") {
      rest = rest.dropFirst(7)
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let (host, own) = hostAndPort(String(rest[..<slash]), port)
    return (host, own, slash == rest.endIndex ? "/" : String(rest[slash...]))
  }

  // MARK: wget, curl

  private mutating func wget(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var isQuiet = false
    var checksOnly = false
    var output: String?
    var url = ""
    var limit = Duration.seconds(900)
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--spider" { checksOnly = true }
      guard word.hasPrefix("-"), !word.hasPrefix("--"), word.count > 1 else {
        if word.hasPrefix("--timeout=") {
          limit = Self.seconds(String(word.dropFirst(10))) ?? limit
        }
        if !word.hasPrefix("-") { url = word }
        continue
      }
      if word.contains("q") { isQuiet = true }
      if word.contains("O") {
        let tail = word.split(separator: "O", omittingEmptySubsequences: false).last ?? ""
        output = tail.isEmpty ? rest.popFirst() : String(tail)
      } else if word.hasPrefix("-T") {
        limit =
          Self.seconds(word.count > 2 ? String(word.dropFirst(2)) : rest.popFirst() ?? "") ?? limit
      } else if word == "-t" || word == "-P" || word == "-U" {
        _ = rest.popFirst()
      }
    }
    let target = Self.parts(of: url)
    guard let answer = Self.send(.http(port: target.port, path: target.path), target.host, &machine)
    else { return refuse("wget: bad address '\(target.host)'", &machine) }
    let address = Self.addresses(of: target.host, machine).first ?? target.host
    if !isQuiet { complain("Connecting to \(target.host) (\(address):\(target.port))", &machine) }
    lag += min(answer.delay, limit)
    if answer.delay > limit { return refuse("wget: download timed out", &machine) }
    guard case .status(let status) = answer.outcome else {
      return refuse("wget: can't connect to remote host (\(address)): Connection refused", &machine)
    }
    guard (200..<400).contains(status) else {
      return refuse(
        "wget: server returned error: HTTP/1.1 \(status) \(Self.reason(status))", &machine)
    }
    if checksOnly { return 0 }
    if output == "-" || output == "/dev/stdout" {
      write(answer.body, &machine)
    } else if output != "/dev/null" {
      let base = Toolbox.baseName(target.path)
      let name = output ?? (base.isEmpty || base == "/" ? "index.html" : base)
      do throws(FileError) {
        try machine.files.write(answer.body, to: path(name))
      } catch {
        return refuse("wget: can't open '\(name)': \(error)", &machine)
      }
    }
    return 0
  }

  private mutating func curl(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    var flags = ""
    var output: String?
    var format = ""
    var url = ""
    var limit = Duration.seconds(300)
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--fail": flags += "f"
      case "--silent": flags += "s"
      case "--head": flags += "I"
      case "--output": output = rest.popFirst()
      case "--write-out": format = rest.popFirst() ?? ""
      case "--max-time", "--connect-timeout":
        limit = Self.seconds(rest.popFirst() ?? "") ?? limit
      case "--retry", "--retry-delay", "--request", "--data", "--header", "--cacert", "--user":
        _ = rest.popFirst()
      case _ where word.hasPrefix("--"): break
      case _ where word.hasPrefix("-"):
        flags += word.dropFirst()
        guard let last = word.last, "omwXHdu".contains(last) else { break }
        let value = rest.popFirst() ?? ""
        if last == "o" { output = value }
        if last == "w" { format = value }
        if last == "m" { limit = Self.seconds(value) ?? limit }
      default: url = word
      }
    }
    let isSilent = flags.contains("s") && !flags.contains("S")
    let target = Self.parts(of: url)
    func failure(_ code: Int32, _ text: String, _ shell: inout Shell) -> Int32 {
      if !isSilent { shell.complain("curl: (\(code)) \(text)", &machine) }
      shell.writeStatus("000", format, &machine)
      return code
    }
    guard let answer = Self.send(.http(port: target.port, path: target.path), target.host, &machine)
    else { return failure(6, "Could not resolve host: \(target.host)", &self) }
    lag += min(answer.delay, limit)
    if answer.delay > limit { return failure(28, "Operation timed out", &self) }
    guard case .status(let status) = answer.outcome else {
      return failure(
        7, "Failed to connect to \(target.host) port \(target.port): Could not connect to server",
        &self)
    }
    if flags.contains("f"), status >= 400 {
      return failure(22, "The requested URL returned error: \(status)", &self)
    }
    let text =
      flags.contains("I") ? "HTTP/1.1 \(status) \(Self.reason(status))\n" : answer.body
    if let output, output != "-" {
      if output != "/dev/null" { try? machine.files.write(text, to: path(output)) }
    } else {
      write(text, &machine)
    }
    writeStatus(String(status), format, &machine)
    return 0
  }

  /// What `-w` asks for; of its variables only the status is known.
  private mutating func writeStatus(
    _ status: String, _ format: String, _ machine: inout Machine
  ) {
    let parts = Self.unescaped(format).split(
      separator: "%{http_code}", omittingEmptySubsequences: false)
    write(parts.joined(separator: status), &machine)
  }

  static func reason(_ status: Int) -> String {
    let reasons = [
      200: "OK", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
      403: "Forbidden", 404: "Not Found", 500: "Internal Server Error",
      503: "Service Unavailable",
    ]
    return reasons[status] ?? "Status"
  }

  // MARK: nc, nslookup

  private mutating func netcat(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    let flags = arguments.filter { $0.hasPrefix("-") }.joined()
    if flags.contains("l") {
      let place = arguments.firstIndex { $0.hasPrefix("-") && $0.hasSuffix("p") }
      let text = place.flatMap { arguments[safe: $0 + 1] } ?? arguments.last ?? ""
      guard let port = Int32(text) else { return refuse("nc: bad port '\(text)'", &machine) }
      machine.listen(on: port, .text(io.input))
      wait = .forever
      return 0
    }
    var words: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-w" || word == "-i" {
        _ = rest.popFirst()
      } else if !word.hasPrefix("-") {
        words.append(word)
      }
    }
    guard words.count >= 2, let port = Int32(words[1]) else {
      return refuse("nc: bad port '\(words.last ?? "")'", &machine)
    }
    guard let answer = Self.send(.connect(port: port), words[0], &machine) else {
      return refuse("nc: bad address '\(words[0])'", &machine)
    }
    if answer.isSuccess {
      if flags.contains("v") { complain("\(words[0]) (\(words[0]):\(port)) open", &machine) }
      return 0
    }
    if flags.contains("v") || !flags.contains("z") {
      complain("nc: \(words[0]) (\(words[0]):\(port)): Connection refused", &machine)
    }
    return 1
  }

  private mutating func lookUpName(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    let names = arguments.filter { !$0.hasPrefix("-") && !$0.hasPrefix("+") }
    guard let name = names.first else { return 1 }
    write("Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n", &machine)
    let found = Self.addresses(of: name, machine)
    if found.isEmpty {
      return say("** server can't find \(name): NXDOMAIN\n", &machine, 1)
    }
    for address in found { write("Name:\t\(name)\nAddress: \(address)\n", &machine) }
    return say("", &machine)
  }
}
