import KubeAPIServer
import KubeModel
import KubeNode
import KubeReconcile
import SimulationKernel

// What befalls processes and machines, and what a kubelet is told on its own machine. None of it is a
// request to the API.

extension Cluster {
  /// Lets the process of a container end, with an exit code; 137 is that of SIGKILL.
  ///
  /// - Parameter isOutOfMemory: True when the kernel ends it for the memory it uses; the container's
  ///   reason is then `OOMKilled`.
  /// - Throws: NotFound for the pod, BadRequest when the container does not run.
  public mutating func kill(
    container: String, of pod: String, namespace: String = "default", exit code: Int32 = 137,
    isOutOfMemory: Bool = false
  ) throws(APIError) {
    let key = try server.key(Pod.self, namespace, pod)
    let now = now
    let isKilled = try tell("kill", key, "container \(container), exit code \(code)") { kubelet in
      kubelet.kill(
        pod: key, container: container, exitCode: code, isOutOfMemory: isOutOfMemory, at: now)
        ? [key] : []
    }
    if !isKilled { throw Self.doesNotRun(container, pod) }
  }

  /// Lets the container runtime lose track of a container: its kubelet takes it for ended with exit
  /// code 137 (`ContainerStatusUnknown`), and kills what may be left of it before it starts it again.
  ///
  /// - Throws: NotFound for the pod, BadRequest when the container does not run.
  public mutating func loseTrack(
    ofContainer container: String, of pod: String, namespace: String = "default"
  ) throws(APIError) {
    let key = try server.key(Pod.self, namespace, pod)
    let now = now
    let isLost = try tell("lose track", key, "container \(container)") { kubelet in
      kubelet.loseTrack(of: container, pod: key, at: now) ? [key] : []
    }
    if !isLost { throw Self.doesNotRun(container, pod) }
  }

  /// Says how much memory a container uses from now on, until it starts again.
  ///
  /// More than the container's limit ends it at once (`OOMKilled`). When less than 100Mi are left of
  /// what the node has, it comes under MemoryPressure and evicts one pod every 10 s: first those that
  /// use more than they asked for, then by priority, then by how much more.
  ///
  /// - Throws: NotFound for the pod, BadRequest when the container does not run.
  public mutating func setMemoryUsage(
    of pod: String, namespace: String = "default", container: String, to amount: Quantity
  ) throws(APIError) {
    let key = try server.key(Pod.self, namespace, pod)
    let now = now
    let isSet = try tell("use memory", key, "container \(container), \(amount)") { kubelet in
      kubelet.setMemoryUsage(of: key, container: container, to: amount, at: now)
    }
    if !isSet { throw Self.doesNotRun(container, pod) }
  }

  /// Lets the sandbox of a pod die: its network, its address. The kubelet stops the containers and
  /// starts them anew in another sandbox, from the first init container on.
  ///
  /// - Throws: NotFound for the pod, BadRequest when it has no sandbox.
  public mutating func loseSandbox(
    of pod: String, namespace: String = "default"
  ) throws(APIError) {
    let key = try server.key(Pod.self, namespace, pod)
    let now = now
    let isLost = try tell("lose sandbox", key, "") { kubelet in
      kubelet.loseSandbox(pod: key, at: now) ? [key] : []
    }
    if !isLost { throw .badRequest("pod \(GoText.quoted(pod)) has no sandbox") }
  }

  /// Lets a machine go down and come up again in no time: its pods start anew where they are.
  ///
  /// - Throws: NotFound.
  public mutating func reboot(node: String) throws(APIError) {
    let key = try server.key(Node.self, "", node)
    let now = now
    try tell("reboot", key, "") { $0.reboot(node: key, at: now) ? [key] : [] }
  }

  /// Shuts a machine down in an orderly way: ordinary pods get the grace but for its last part, which
  /// is for the critical ones; new pods are turned away. Then its kubelet is down.
  ///
  /// - Throws: NotFound, BadRequest when its kubelet does not run.
  public mutating func shutDown(
    node: String, grace: Duration = .seconds(30), critical: Duration = .seconds(10)
  ) throws(APIError) {
    let key = try server.key(Node.self, "", node)
    let now = now
    let isBegun = try tell("shut down", key, "grace \(GoDuration.text(grace))") { kubelet in
      kubelet.shutDown(node: key, grace: grace, critical: critical, at: now) ? [key] : []
    }
    if !isBegun { throw .badRequest("the kubelet of node \(GoText.quoted(node)) does not run") }
  }

  /// Puts a pod into a file of a node, whose kubelet runs it by itself and shows it as a mirror pod
  /// `<name>-<node>`. Deleting the mirror pod does not end it.
  ///
  /// - Throws: NotFound for the node, BadRequest for a pod that names objects of the API.
  /// - Returns: The name of the mirror pod.
  @discardableResult public mutating func addStaticPod(
    _ pod: Pod, on node: String
  ) throws(APIError) -> String {
    let key = try server.key(Node.self, "", node)
    var name = ""
    try tell("add static pod", key, pod.metadata.name) { kubelet throws(APIError) in
      name = try kubelet.addStaticPod(pod, on: key) ?? ""
      return name.isEmpty ? [] : [key]
    }
    return name
  }

  /// Takes the file of a static pod away; the pod ends with the grace it asks for.
  ///
  /// - Parameter name: That of its mirror pod.
  /// - Throws: NotFound for the node or the file.
  public mutating func removeStaticPod(
    _ name: String, namespace: String = "default", from node: String
  ) throws(APIError) {
    let key = try server.key(Node.self, "", node)
    let isRemoved = try tell("remove static pod", key, name) {
      $0.removeStaticPod(name, from: key) ? [key] : []
    }
    guard isRemoved else { throw .notFound(Pod.resource, name) }
    guard let mirror = store.key(Pod.self, namespace, name) else { return }
    begin(actor: Kubelet.name, rule: "static pod has no file any more", cause: engine.trace.last)
    try server.delete(Pod.self, mirror, at: time, sink: &engine)
  }

  /// Tells the kubelets something and has them look; false when it concerns nothing.
  @discardableResult mutating func tell(
    _ what: StaticString, _ subject: ObjectKey, _ detail: String,
    _ body: (inout Kubelet) throws(APIError) -> [ObjectKey]
  ) throws(APIError) -> Bool {
    guard var kubelet = reconcilers[kubeletIndex] as? Kubelet else { return false }
    let keys = try body(&kubelet)
    if keys.isEmpty { return false }
    reconcilers[kubeletIndex] = kubelet
    let step = engine.trace.record(
      at: now, actor: Self.user, action: what, subject: subject.serial, rule: what, detail: detail,
      cause: .none)
    for key in keys {
      engine.agenda.add(
        Work(reconciler: UInt16(kubeletIndex), key: key), at: now, cause: step)
    }
    return true
  }

  private static func doesNotRun(_ container: String, _ pod: String) -> APIError {
    .badRequest("container \(GoText.quoted(container)) of pod \(GoText.quoted(pod)) does not run")
  }
}
