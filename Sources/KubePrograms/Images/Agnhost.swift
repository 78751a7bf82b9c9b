import KubeModel

/// The image of Kubernetes' own tests and of its documentation, in its common modes.
///
/// Follows   test/images/agnhost (v1.36)
/// Left out  the modes that need a real network or a client of the API.
struct Agnhost: Program {
  private let mode: String
  private let arguments: [String]

  init(arguments: [String]) {
    let mode = arguments.first { !$0.hasPrefix("-") }
    self.mode = mode ?? "pause"
    self.arguments = arguments
  }

  /// True when it does nothing by itself once it runs.
  var onlyWaits: Bool {
    [
      "pause", "netexec", "liveness", "serve-hostname", "test-webserver", "grpc-health-checking",
      "guestbook", "porter", "net", "webhook",
    ].contains(mode)
  }

  private func option(_ name: String) -> String? {
    for (index, word) in arguments.enumerated() {
      if word.hasPrefix("--\(name)=") { return String(word.dropFirst(name.count + 3)) }
      if word == "--\(name)" { return arguments[safe: index + 1] }
    }
    return nil
  }

  private func port(_ name: String, _ fallback: Int32) -> Int32 {
    option(name).flatMap { Int32($0) } ?? fallback
  }

  mutating func start(on machine: inout Machine) {
    switch mode {
    case "netexec": machine.listen(on: port("http-port", 8080))
    case "liveness": machine.listen(on: 8080)
    case "serve-hostname": machine.listen(on: port("port", 9376), .text(machine.hostname))
    case "test-webserver": machine.listen(on: port("port", 80), .files("/"))
    case "guestbook": machine.listen(on: port("http-port", 3000))
    case "grpc-health-checking":
      machine.listen(on: port("port", 5000))
      machine.listen(on: port("http-port", 8080))
    case "porter":
      for (name, value) in machine.environment where name.hasPrefix("SERVE_PORT_") {
        if let port = Int32(name.dropFirst(11)) { machine.listen(on: port, .text(value)) }
      }
    case "entrypoint-tester":
      machine.print("[\((["/agnhost"] + arguments).joined(separator: " "))]")
      machine.exit(0)
    case "logs-generator": machine.sleep(Self.duration(option("run-duration")) ?? .seconds(1))
    case "pause", "net", "webhook": break
    default:
      machine.print("Error: unknown command \"\(mode)\" for \"app\"")
      machine.exit(1)
    }
  }

  mutating func wake(on machine: inout Machine) { machine.exit(0) }

  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    guard signal == .terminate || signal == .interrupt else { return machine.act(on: signal) }
    let delay = option("delay-shutdown").flatMap { Int64($0) } ?? 0
    if mode == "netexec" && delay > 0 {
      machine.print("Sleeping \(delay) seconds before terminating...")
      machine.sleep(.seconds(delay))
    } else {
      // Only the mode that waits for signals has a handler; a program in Go without one ends with 2.
      machine.exit(mode == "pause" ? 0 : 2)
    }
  }

  func answer(_ request: Request, on machine: inout Machine) -> Answer {
    guard let port = request.port, machine.sockets[port] != nil else {
      return machine.answer(request)
    }
    switch (mode, request) {
    case ("liveness", .http(_, "/healthz")): return health(machine.time)
    case ("grpc-health-checking", .health): return service(machine.time)
    case ("netexec", .http(_, let path)): return netexec(path, machine)
    default: return machine.answer(request)
    }
  }

  /// Well for ten seconds, and then no more.
  private func health(_ time: Duration) -> Answer {
    if time <= .seconds(10) {
      return Answer(.status(200), "ok", validity: .until(.seconds(10) + .nanoseconds(1)))
    }
    return Answer(.status(500), "error: \(time.components.seconds)")
  }

  private func service(_ time: Duration) -> Answer {
    guard let end = option("delay-unhealthy-sec").flatMap({ Int64($0) }), end >= 0 else {
      return Answer(.status(200))
    }
    if time < .seconds(end) { return Answer(.status(200), validity: .until(.seconds(end))) }
    return Answer(.status(503))
  }

  private func netexec(_ path: String, _ machine: Machine) -> Answer {
    let parts = path.split(separator: "?", maxSplits: 1)
    switch parts.first {
    case "/hostname", "/hostName": return Answer(.status(200), machine.hostname)
    case "/echo":
      let text = parts[safe: 1].map { $0.split(separator: "=", maxSplits: 1).last ?? "" } ?? ""
      return Answer(.status(200), String(text))
    case "/clientip": return Answer(.status(200), "127.0.0.1:40000")
    default: return Answer(.status(200), "NOW: \(machine.time.components.seconds)")
    }
  }

  private static func duration(_ text: String?) -> Duration? { text.flatMap(GoDuration.parse) }
}
