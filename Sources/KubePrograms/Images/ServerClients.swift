import KubeModel

/// The small clients that come with servers: what probes and hooks run.
enum ServerClients {
  static let names: Set<String> = [
    "nginx", "apachectl", "httpd", "pg_isready", "psql", "redis-cli", "mysqladmin", "mysql",
    "etcdctl", "mongosh", "mongo", "rabbitmq-diagnostics",
  ]

  static func run(
    _ name: String, _ arguments: [String], _ shell: inout Shell, _ machine: inout Machine
  ) -> Int32? {
    switch name {
    case "nginx":
      // What starts the server is no client.
      if arguments.contains("quit") || arguments.contains("stop") {
        machine.sentSignals.append(.quit)
      }
      return 0
    case "apachectl":
      if arguments.contains(where: { $0.hasSuffix("stop") }) {
        machine.sentSignals.append(.terminate)
      }
      return 0
    case "pg_isready":
      let port = port(arguments, ["-p", "--port"]) ?? 5432
      let host = value(arguments, ["-h", "--host"]) ?? "localhost"
      let isThere = reaches(host, port, &machine)
      let place = host == "localhost" ? "/var/run/postgresql" : host
      return shell.say(
        "\(place):\(port) - \(isThere ? "accepting connections" : "no response")", &machine,
        isThere ? 0 : 2)
    case "redis-cli":
      let port = port(arguments, ["-p"]) ?? 6379
      let host = value(arguments, ["-h"]) ?? "127.0.0.1"
      guard reaches(host, port, &machine) else {
        return shell.refuse(
          "Could not connect to Redis at \(host):\(port): Connection refused", &machine)
      }
      return shell.say(arguments.last?.lowercased() == "ping" ? "PONG" : "OK", &machine)
    case "mysqladmin", "mysql", "psql", "mongosh", "mongo", "etcdctl", "rabbitmq-diagnostics":
      let ports: [String: Int32] = [
        "mysqladmin": 3306, "mysql": 3306, "psql": 5432, "mongosh": 27017, "mongo": 27017,
        "etcdctl": 2379, "rabbitmq-diagnostics": 5672,
      ]
      let host = value(arguments, ["-h", "--host"]) ?? "localhost"
      let port = port(arguments, ["-P", "-p", "--port"]) ?? ports[name] ?? 0
      return reaches(host, port, &machine)
        ? 0 : shell.refuse("\(name): cannot connect to \(host):\(port)", &machine)
    default: return nil
    }
  }

  private static func value(_ arguments: [String], _ flags: [String]) -> String? {
    for (index, word) in arguments.enumerated() {
      if flags.contains(word) { return arguments[safe: index + 1] }
      for flag in flags where word.hasPrefix(flag + "=") {
        return String(word.dropFirst(flag.count + 1))
      }
    }
    return nil
  }

  private static func port(_ arguments: [String], _ flags: [String]) -> Int32? {
    value(arguments, flags).flatMap { Int32($0) }
  }

  private static func reaches(_ host: String, _ port: Int32, _ machine: inout Machine) -> Bool {
    if !Shell.isLocal(host) { machine.lookedOutside = true }
    return Shell.send(.connect(port: port), host, &machine)?.isSuccess == true
  }
}
