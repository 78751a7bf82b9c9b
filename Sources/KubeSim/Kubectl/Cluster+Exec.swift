import KubeAPIServer
import KubeModel
import KubeNode
import SimulationKernel

/// What a command in a container printed, and how it ended.
public struct ExecResult: Hashable, Sendable {
  /// What it printed, to its output and for its errors.
  public let output: String
  /// Its exit code.
  public let exitCode: Int32
}

extension Cluster {
  /// Runs a command in a container: `kubectl exec POD -c CONTAINER -- COMMAND`. Without a name it is the
  /// container that is annotated as the default one, or the pod's first.
  ///
  /// ```swift
  /// try cluster.exec(["sh", "-c", "echo hi > /tmp/x; cat /tmp/x"], in: "web").output   // "hi\n"
  /// ```
  ///
  /// The command has the container's environment, files and network. It is over at once, however long
  /// it sleeps; what it writes stays, and so does what follows from its signals.
  ///
  /// - Throws: NotFound for the pod; BadRequest for a container that is not of the pod or does not run.
  @discardableResult public mutating func exec(
    _ command: [String], in pod: String, container: String? = nil, namespace: String = "default"
  ) throws(APIError) -> ExecResult {
    let object = try server.get(Pod.self, namespace, pod)
    let key = try server.key(Pod.self, namespace, pod)
    let chosen = container ?? object.defaultContainer
    guard object.containerNames.contains(chosen) else {
      throw .badRequest("container \(chosen) not found in pod \(pod)")
    }
    if object.isTerminal {
      throw .badRequest(
        "cannot exec into a container in a completed pod; current phase is \(object.status.phase.rawValue)"
      )
    }
    if object.spec.nodeName.isEmpty {
      throw .badRequest("pod \(pod) does not have a host assigned")
    }
    let snapshot = snapshot
    var answer: Answer?
    try tell("exec", key, "container \(chosen)") { kubelet in
      answer = kubelet.exec(command, in: key, container: chosen, snapshot)
      return answer == nil ? [] : [key]
    }
    guard let answer, case .exit(let code) = answer.outcome else {
      throw .badRequest(
        "unable to upgrade connection: container not found (\(GoText.quoted(chosen)))")
    }
    return ExecResult(output: answer.body, exitCode: code)
  }
}

extension Pod {
  /// The names of its containers, the main ones first.
  var containerNames: [String] {
    spec.containers.map(\.name) + spec.initContainers.map(\.name)
      + spec.ephemeralContainers.map(\.common.name)
  }

  /// The container that is meant where none is named.
  package var defaultContainer: String {
    metadata.annotations["kubectl.kubernetes.io/default-container"] ?? containerNames.first ?? ""
  }
}
