import ArgumentParser
import Foundation
import KubeSim
import KubeSimManifests
import KubeSimViews

/// What is printed at the end of a run.
struct Report {
  init(_ play: Play) { cluster = play.runner.cluster }

  /// The cluster at the end, and after commands that change something in it.
  private var cluster: Cluster

  private var views: Views { Views(cluster) }

  /// Prints what is asked for. A command that fails says why on standard error; the others follow.
  ///
  /// - Throws: What the output throws; an exit code of 1 when a command has failed.
  mutating func print(_ output: Output?, then commands: [String]) throws {
    if let output { write(try text(output)) }
    var hasFailed = false
    for command in commands {
      do {
        write(try answer(to: command))
      } catch {
        note("error: \(error)")
        hasFailed = true
      }
    }
    if hasFailed { throw ExitCode.failure }
  }

  private func text(_ output: Output) throws(APIError) -> String {
    switch output {
    case .timeline: return try timeline()
    case .table, .wide: return try tables(wide: output == .wide)
    case .json: return everything.text(indent: 4) + "\n"
    case .yaml: return everything.yamlText
    case .events: return views.events()
    case .hash: return "\(cluster.trace.hash)\n"
    }
  }

  /// The life of each pod, a lane each; in colour on a terminal.
  func timeline() throws(APIError) -> String {
    let isColourful =
      isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    return try Timeline(of: cluster).text(colour: isColourful)
  }

  /// Nodes, then what `kubectl get all` shows; of all namespaces when more than one is used.
  private func tables(wide: Bool) throws(APIError) -> String {
    let output: Views.Output = wide ? .wide : .table
    let others = cluster.all(Pod.self).contains { $0.metadata.namespace != "default" }
    return try views.get("nodes", output: output) + "\n"
      + views.get("all", namespace: others ? nil : "default", output: output)
  }

  /// All objects but Events, as one list.
  private var everything: JSONValue {
    let objects = cluster.store.allTables.flatMap { table in
      table.objectType == Event.self ? [] : table.keys.compactMap { table.object($0) }
    }
    return ["apiVersion": "v1", "kind": "List", "items": .array(objects.map(\.manifest))]
  }

  /// The answer to `get …`, `describe …`, `logs …`, `exec …` or `why …`.
  private mutating func answer(to line: String) throws(APIError) -> String {
    let words = line.split(separator: " ").map(String.init)
    if words.first == "logs" {
      return try LogsCommand(Array(words.dropFirst())).text(of: cluster)
    }
    if words.first == "exec" {
      return try ExecCommand(String(line.drop { $0 == " " }.dropFirst("exec".count)))
        .run(in: &cluster)
    }
    if words.first == "why" { return try why(Array(words.dropFirst())) }
    // YAML is JSON in other clothes.
    guard let place = words.firstIndex(where: { ["yaml", "-oyaml", "--output=yaml"].contains($0) })
    else { return try views.kubectl(line) }
    var asJSON = words
    asJSON[place] = words[place].replacing("yaml", with: "json")
    let json = try views.kubectl(asJSON.joined(separator: " "))
    return (try? JSONValue(parsing: json).yamlText) ?? json
  }

  private func why(_ words: [String]) throws(APIError) -> String {
    var rest = words
    var namespace = "default"
    if let flag = rest.firstIndex(of: "-n"), flag + 1 < rest.count {
      namespace = rest[flag + 1]
      rest.removeSubrange(flag...(flag + 1))
    }
    if rest.count == 1 { rest = rest[0].split(separator: "/").map(String.init) }
    guard rest.count == 2 else { throw .badRequest("why needs a kind and a name: why pod/web-0") }
    let kind = try cluster.knownKind(rest[0])
    guard let explanation = cluster.why(kind, rest[1], namespace: namespace) else {
      throw .notFound(kind.resource, rest[1])
    }
    return explanation.description + "\n"
  }

  private func write(_ text: String) { Swift.print(text, terminator: "") }
}
