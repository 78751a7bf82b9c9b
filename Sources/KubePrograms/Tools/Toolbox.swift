import KubeModel

/// The programs that every container has: which there are, and how a command line becomes one.
public enum Toolbox {
  static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh"]

  private static let tools: Set<String> = [
    "[", "[[", "awk", "base64", "basename", "cat", "chmod", "chown", "clear", "cp", "curl", "cut",
    "date", "df", "dirname", "echo", "env", "expr", "false", "find", "free", "getent", "grep",
    "egrep", "fgrep", "grpc_health_probe", "head", "hostname", "id", "ip", "ln", "ls", "mkdir",
    "mkfifo", "mktemp", "mount", "mv", "nc", "netcat", "nohup", "nproc", "nslookup", "dig", "perl",
    "ping", "printenv", "printf", "ps", "pwd", "rm", "rmdir", "sed", "seq", "setsid", "sleep",
    "sort", "stat", "stty", "sync", "sysctl", "tail", "tar", "tee", "test", "time", "timeout",
    "touch", "tr", "true", "tty", "uname", "uniq", "uptime", "wc", "wget", "which", "whoami",
    "xargs", "tini", "dumb-init", "chgrp", "dd", "du", "killall", "nl", "paste", "pgrep", "pidof",
    "pkill", "readlink", "realpath", "rev", "stress", "tac", "usleep",
  ]

  /// A command line as a program.
  public static func program(for command: [String]) -> any Program {
    if let first = command.first, shells.contains(baseName(first)) {
      return Shell(arguments: command)
    }
    return Shell(running: command)
  }

  /// True when a command is one of these, a well-known server, or a file.
  public static func knows(_ name: String, _ files: Files, _ directory: String) -> Bool {
    if isFile(name, files, directory) { return true }
    guard !name.contains("/") || isSystemPath(name) else { return false }
    let base = baseName(name)
    return tools.contains(base) || shells.contains(base)
      || Shell.specialCommands.contains(base) && !name.contains("/")
      || Servers.server(of: [base]) != nil || ServerClients.names.contains(base)
  }

  static func isFile(_ name: String, _ files: Files, _ directory: String) -> Bool {
    guard name.contains("/") else { return false }
    let path = Files.normal(name, in: directory)
    return files.exists(path) && !files.isDirectory(path)
  }

  /// True for a path at which an image keeps its programs.
  static func isSystemPath(_ path: String) -> Bool {
    let folders = [
      "/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/",
    ]
    if folders.contains(where: { path.hasPrefix($0) }) { return true }
    return path == "/pause" || path == "/agnhost" || path == "/docker-entrypoint.sh"
  }

  static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
