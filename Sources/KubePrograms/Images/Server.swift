import KubeModel

/// A program that listens, waits, and ends when it is told to: nginx, redis and their like.
struct Server: Program {
  /// What it listens on.
  var sockets: [(port: Int32, socket: Machine.Socket)] = []
  /// What it prints at its start.
  var greeting: [String] = []
  /// The code with which it ends at SIGTERM, SIGINT or SIGQUIT; nil when it has no handler.
  var exitCode: Int32? = 0
  /// The variables of which it needs one, and what it says without.
  var needs: (variables: [String], complaint: String)?
  /// True when it goes to the background at once and its command is over.
  var isDaemon = false

  mutating func start(on machine: inout Machine) {
    if let needs, !needs.variables.contains(where: { machine.environment[$0] != nil }) {
      machine.print(needs.complaint)
      machine.exit(1)
      return
    }
    for (port, socket) in sockets { machine.listen(on: port, socket) }
    for line in greeting { machine.print(line) }
    if isDaemon { machine.exit(0) }
  }

  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    guard let exitCode, [.terminate, .interrupt, .quit].contains(signal) else {
      return machine.act(on: signal)
    }
    machine.exit(exitCode)
  }
}

/// The servers that everybody knows, by the name of their program.
package enum Servers {
  /// The server that a command line starts; nil when it starts none.
  package static func server(of words: [String]) -> (any Program)? {
    guard let first = words.first else { return nil }
    let arguments = Array(words.dropFirst())
    switch Toolbox.baseName(first) {
    case "docker-entrypoint.sh": return server(of: arguments)
    case "agnhost": return Agnhost(arguments: arguments)
    case "pause": return Server()
    case "nginx":
      if arguments.contains("-s") || arguments.contains("-t") { return nil }
      var server = Server(sockets: [(80, .files("/usr/share/nginx/html"))])
      server.isDaemon = !arguments.joined(separator: " ").contains("daemon off")
      return server
    case "nginx-unprivileged":
      return Server(sockets: [(8080, .files("/usr/share/nginx/html"))])
    case "httpd-foreground", "apache2-foreground":
      let root = first.hasPrefix("apache2") ? "/var/www/html" : "/usr/local/apache2/htdocs"
      return Server(sockets: [(80, .files(root))])
    case "httpd": return httpd(arguments)
    case "python", "python3": return python(arguments)
    case "redis-server": return Server(sockets: [(port(arguments, "--port") ?? 6379, .text(""))])
    case "postgres":
      var server = Server(sockets: [(port(arguments, "-p") ?? 5432, .text(""))])
      server.needs = (
        ["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"],
        "Error: Database is uninitialized and superuser password is not specified."
      )
      return server
    case "mysqld", "mariadbd":
      var server = Server(sockets: [(3306, .text(""))])
      let sorts = [
        "ROOT_PASSWORD", "ROOT_PASSWORD_FILE", "ALLOW_EMPTY_PASSWORD", "RANDOM_ROOT_PASSWORD",
      ]
      server.needs = (
        sorts.flatMap { ["MYSQL_\($0)", "MARIADB_\($0)"] },
        "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified"
      )
      return server
    case "mongod": return Server(sockets: [(27017, .text(""))])
    case "memcached": return Server(sockets: [(11211, .text(""))])
    case "rabbitmq-server": return Server(sockets: [(5672, .text("")), (15672, .text(""))])
    case "etcd":
      return Server(sockets: [(2379, .text("{\"health\":\"true\"}")), (2380, .text(""))])
    case "goproxy": return Server(sockets: [(8080, .text(""))], exitCode: 2)
    case "hello-app": return Hello(port: 8080)
    case "echoserver", "echo-server": return Hello(port: 8080)
    case "traefik-whoami": return Hello(port: 80)
    case "http-echo":
      let text = arguments.first { $0.contains("text=") }
        .flatMap { $0.split(separator: "=", maxSplits: 1).last.map(String.init) }
      let place = arguments.first { $0.contains("listen=") }
      let port = place.flatMap { $0.split(separator: ":").last.flatMap { Int32($0) } } ?? 5678
      return Server(sockets: [(port, .text((text ?? "hello-world") + "\n"))])
    default: return nil
    }
  }

  /// True when a command line starts a server that only waits from then on, so that it need not be
  /// played before somebody asks it.
  package static func onlyWaits(_ words: [String]) -> Bool {
    switch server(of: words) {
    case let server as Server: !server.isDaemon && server.needs == nil
    case let agnhost as Agnhost: agnhost.onlyWaits
    case is Hello: true
    default: false
    }
  }

  private static func port(_ arguments: [String], _ flag: String) -> Int32? {
    arguments.firstIndex(of: flag).flatMap { arguments[safe: $0 + 1] }.flatMap { Int32($0) }
  }

  /// Apache's, or busybox's small one when its flags are there.
  private static func httpd(_ arguments: [String]) -> Server {
    let folder = arguments.firstIndex(of: "-h").flatMap { arguments[safe: $0 + 1] }
    let own = port(arguments, "-p")
    guard folder != nil || own != nil || arguments.contains("-f") else {
      return Server(sockets: [(80, .files("/usr/local/apache2/htdocs"))])
    }
    var server = Server(sockets: [(own ?? 80, .files(folder ?? "/"))], exitCode: nil)
    server.isDaemon = !arguments.contains { $0.hasPrefix("-") && $0.contains("f") }
    return server
  }

  /// `python3 -m http.server [port]`.
  private static func python(_ arguments: [String]) -> Server? {
    guard arguments.starts(with: ["-m", "http.server"]) else { return nil }
    let port = arguments.dropFirst(2).lazy.compactMap { Int32($0) }.first ?? 8000
    return Server(sockets: [(port, .files("/"))], exitCode: nil)
  }
}

/// A server that answers every request with its version and the name of its pod.
struct Hello: Program {
  var port: Int32

  mutating func start(on machine: inout Machine) {
    let port = machine.environment["PORT"].flatMap { Int32($0) } ?? port
    machine.listen(
      on: port, .text("Hello, world!\nVersion: 1.0.0\nHostname: \(machine.hostname)\n"))
  }

  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    // A program in Go without a handler: as the first process it ends with 2.
    if signal == .terminate || signal == .interrupt { machine.exit(2) }
  }
}
