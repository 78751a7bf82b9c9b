import KubeModel
import KubeSim
import SimulationKernel

/// `kubectl logs`, read: `logs web -c app --previous`.
public struct LogsCommand: Sendable {
  private var kind = "pod"
  private var name = ""
  private var namespace = "default"
  private var container: String?
  private var isPrevious = false
  private var showsTimes = false
  private var last: Int?

  /// Reads the words after `logs`: `NAME` or `KIND/NAME`, `-c`, `-n`, `-p`, `--tail`, `--timestamps`.
  ///
  /// - Throws: BadRequest, with what is wrong.
  public init(_ words: [String]) throws(APIError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      func value() -> String? { parts.count == 2 ? parts[1] : rest.popFirst() }
      switch parts.first ?? "" {
      case "-c", "--container": container = value()
      case "-n", "--namespace": namespace = value() ?? namespace
      case "-p", "--previous": isPrevious = true
      case "--timestamps": showsTimes = true
      case "--tail": last = value().flatMap { Int($0) }
      case let flag where flag.hasPrefix("-"): throw .badRequest("unknown flag: \(flag)")
      case _ where !name.isEmpty && container == nil: container = word
      default:
        let target = word.split(separator: "/", maxSplits: 1).map(String.init)
        name = target.last ?? ""
        if target.count == 2 { kind = target[0] }
      }
    }
    if name.isEmpty {
      throw .badRequest(
        "expected 'logs (POD | TYPE/NAME) [CONTAINER_NAME]'.\n"
          + "POD or TYPE/NAME is a required argument for the logs command")
    }
  }

  /// The lines, each ended; of a controller those of its first pod.
  ///
  /// - Throws: what `Cluster.logs` throws.
  public func text(of cluster: Cluster) throws(APIError) -> String {
    var lines = try cluster.logs(
      try pod(of: cluster), container: container, namespace: namespace, previous: isPrevious)
    if let last, last >= 0 { lines = lines.suffix(last) }
    return lines.map { line in
      let time = showsTimes ? "\(cluster.clock.microTime(line.time)) " : ""
      return time + line.text + "\n"
    }.joined()
  }

  private func pod(of cluster: Cluster) throws(APIError) -> String {
    let kind = try cluster.knownKind(kind)
    if kind == Pod.self { return name }
    func pods<Owner: APIObject>(_ kind: Owner.Type) throws(APIError) -> [Pod] {
      guard let owner = cluster[kind, name, namespace: namespace] else {
        throw .notFound(kind.resource, name)
      }
      return cluster.pods(of: owner)
    }
    guard let pod = try pods(kind).first else {
      throw .badRequest("no pods of \(kind.resource.kind.lowercased())/\(name)")
    }
    return pod.metadata.name
  }
}
