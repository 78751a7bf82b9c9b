import KubeModel
import KubeSim
import SimulationKernel

/// `kubectl logs`, read: `logs web -c app --previous`.
public struct LogsCommand: Sendable {
  private var kind = "pod"
  private var name = ""
  private var namespace = "default"
  private var container: String?
  private var selector: Selector?
  private var isPrevious = false
  private var isOfAll = false
  private var showsTimes = false
  private var showsNames = false
  private var last: Int?
  private var since: Duration?

  /// Reads the words after `logs`: `NAME` or `KIND/NAME`, or `-l`; `-c`, `--all-containers`, `-n`, `-p`,
  /// `--tail`, `--since`, `--timestamps`, `--prefix`.
  ///
  /// - Throws: BadRequest, with what is wrong.
  public init(_ words: [String]) throws(APIError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("-") {
        try read(flag: word, &rest)
      } else if !name.isEmpty && container == nil {
        container = word
      } else {
        let target = word.split(separator: "/", maxSplits: 1).map(String.init)
        name = target.last ?? ""
        if target.count == 2 { kind = target[0] }
      }
    }
    if name.isEmpty && selector == nil {
      throw .badRequest(
        "expected 'logs (POD | TYPE/NAME) [CONTAINER_NAME]'.\n"
          + "POD or TYPE/NAME is a required argument for the logs command")
    }
    if isOfAll && container != nil {
      throw .badRequest("--all-containers=true should not be specified with container name")
    }
    // Of many pods only the end is shown unless somebody wants more.
    if selector != nil && last == nil { last = 10 }
  }

  private mutating func read(
    flag word: String, _ rest: inout ArraySlice<String>
  ) throws(APIError) {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let flag = parts.first ?? ""
    func value() throws(APIError) -> String {
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        throw .badRequest("flag needs an argument: \(flag)")
      }
      return value
    }
    func invalid(_ text: String) -> APIError {
      .badRequest("invalid argument \(GoText.quoted(text)) for \(GoText.quoted(flag)) flag")
    }
    let isOn = parts.count < 2 || parts[1] == "true"
    switch flag {
    case "-c", "--container": container = try value()
    case "-n", "--namespace": namespace = try value()
    case "-l", "--selector":
      let text = try value()
      guard let wanted = try? Selector(parsing: text) else { throw invalid(text) }
      selector = wanted
    case "-p", "--previous": isPrevious = isOn
    case "--all-containers": isOfAll = isOn
    case "--timestamps": showsTimes = isOn
    case "--prefix": showsNames = isOn
    case "--tail":
      let text = try value()
      guard let number = Int(text) else { throw invalid(text) }
      last = number
    case "--since":
      let text = try value()
      guard let duration = GoDuration.parse(text) else { throw invalid(text) }
      since = duration
    default: throw .badRequest("unknown flag: \(flag)")
    }
  }

  /// The lines, each ended; of a controller those of its first pod.
  ///
  /// - Throws: what `Cluster.logs` throws.
  public func text(of cluster: Cluster) throws(APIError) -> String {
    var text = ""
    for pod in try pods(of: cluster) {
      for container in containers(of: pod) {
        text += try self.text(of: cluster, pod.metadata.name, container)
      }
    }
    return text
  }

  private func text(
    of cluster: Cluster, _ pod: String, _ container: String?
  ) throws(APIError) -> String {
    var lines = try cluster.logs(
      pod, container: container, namespace: namespace, previous: isPrevious)
    if let since { lines = lines.filter { cluster.now - $0.time <= since } }
    if let last, last >= 0 { lines = lines.suffix(last) }
    let prefix = showsNames ? "[pod/\(pod)/\(container ?? "")] " : ""
    return lines.map { line in
      let time = showsTimes ? "\(cluster.clock.microTime(line.time)) " : ""
      return prefix + time + line.text + "\n"
    }.joined()
  }

  /// The containers that are asked for; nil for the one that a pod's log is without a name.
  private func containers(of pod: Pod) -> [String?] {
    if isOfAll {
      return pod.spec.initContainers.map(\.name) + pod.spec.containers.map(\.name)
        + pod.spec.ephemeralContainers.map(\.common.name)
    }
    if container == nil && showsNames { return [pod.defaultContainer] }
    return [container]
  }

  private func pods(of cluster: Cluster) throws(APIError) -> [Pod] {
    if let selector {
      return cluster.all(Pod.self).filter {
        $0.metadata.namespace == namespace && selector.matches($0.metadata.labels)
      }
    }
    let kind = try cluster.knownKind(kind)
    func pods<Owner: APIObject>(_ kind: Owner.Type) throws(APIError) -> [Pod] {
      guard let owner = cluster[kind, name, namespace: namespace] else {
        throw .notFound(kind.resource, name)
      }
      return (owner as? Pod).map { [$0] } ?? cluster.pods(of: owner)
    }
    guard let pod = try pods(kind).first else {
      throw .badRequest("no pods of \(kind.resource.kind.lowercased())/\(name)")
    }
    return [pod]
  }
}
