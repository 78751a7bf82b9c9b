import KubeModel
import KubeReconcile

/// Whether a node's kubelet takes a pod that was bound to it.
///
/// Follows pkg/kubelet/lifecycle/predicate.go (v1.36)
enum AdmissionRules {
  /// Why a pod is turned away.
  struct Rejection: Equatable {
    var reason: String
    var message: String
  }

  /// The first reason to turn a pod away; nil when it is taken.
  static func rejection(
    of pod: Pod, requesting requests: ResourceList, hasHostPorts: Bool, on node: Node,
    _ runtime: NodeRuntime, _ snapshot: Snapshot
  ) -> Rejection? {
    if runtime.rare.shutdown != nil {
      return Rejection(
        reason: "NodeShutdown", message: "Pod was rejected as the node is shutting down.")
    }
    if let pressed = MemoryPressure.rejection(of: pod, on: runtime) { return pressed }
    return foreignSystem(of: pod) ?? shortage(requests, node, runtime)
      ?? mismatch(of: pod, hasHostPorts: hasHostPorts, with: node, snapshot)
  }

  /// A pod that is made for another operating system; all machines here run Linux.
  private static func foreignSystem(of pod: Pod) -> Rejection? {
    if let system = pod.metadata.labels["kubernetes.io/os"], system != "linux" {
      return Rejection(
        reason: "PodOSSelectorNodeLabelDoesNotMatch",
        message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label")
    }
    if let system = pod.spec.os?.name.rawValue, system != "linux", !system.isEmpty {
      return Rejection(
        reason: "PodOSNotSupported",
        message: "Failed to admit pod as the OS field doesn't match node OS")
    }
    return nil
  }

  /// True for a resource of a device plugin that the node knows nothing of; it is not looked at.
  private static func isUnknownHere(_ name: String, _ allocatable: ResourceList) -> Bool {
    name.contains("/") && !name.contains("kubernetes.io/") && allocatable[name] == nil
  }

  /// The first reason other than a lack of resources.
  static func mismatch(
    of pod: Pod, hasHostPorts: Bool, with node: Node, _ snapshot: Snapshot
  ) -> Rejection? {
    // Spares reading the demands of most pods, which have none.
    if !pod.spec.nodeSelector.isEmpty || !pod.spec.$affinity.isNil,
      !RequiredNodeAffinity(pod.spec).matches(node)
    {
      return predicate("NodeAffinity", "node(s) didn't match Pod's node affinity/selector")
    }
    if hasHostPorts, hasPortConflict(pod, node.metadata.name, snapshot) {
      return predicate(
        "NodePorts", "node(s) didn't have free ports for the requested pod ports")
    }
    let evicts = node.spec.taints.contains { taint in
      taint.effect == .noExecute && !pod.spec.tolerations.tolerate(taint)
    }
    if evicts && !PodPhaseRules.isStatic(pod) {
      return predicate("TaintToleration", "node(s) had taints that the pod didn't tolerate")
    }
    return nil
  }

  private static func predicate(_ name: String, _ text: String) -> Rejection {
    Rejection(reason: name, message: "Predicate \(name) failed: \(text)")
  }

  /// The first resource of which the node has too little left.
  static func shortage(
    _ requests: ResourceList, _ node: Node, _ runtime: NodeRuntime
  ) -> Rejection? {
    let allocatable = node.status.allocatable
    if allocatable.isEmpty { return nil }
    func lack(_ name: String, _ requested: Int64, _ used: Int64, _ capacity: Int64) -> Rejection {
      Rejection(
        reason: "OutOf\(name)",
        message: "Node didn't have enough resource: \(name), requested: \(requested), "
          + "used: \(used), capacity: \(capacity)")
    }
    if let pods = allocatable["pods"]?.value, Int64(runtime.podCount) + 1 > pods {
      return lack("pods", 1, Int64(runtime.podCount), pods)
    }
    for (name, amount) in requests where !amount.isZero && !isUnknownHere(name, allocatable) {
      let (wanted, used) = (count(name, amount), count(name, runtime.requested[name]))
      let capacity = count(name, allocatable[name])
      if wanted > capacity - used { return lack(name, wanted, used, capacity) }
    }
    return nil
  }

  /// What a node has too little of, and how much of it is missing.
  static func needs(
    _ requests: ResourceList, _ node: Node, _ runtime: NodeRuntime
  ) -> ResourceList {
    var needs = ResourceList()
    let allocatable = node.status.allocatable
    let count = Int64(runtime.podCount) + 1
    if let pods = allocatable[ResourceName.pods]?.value, count > pods {
      needs[ResourceName.pods] = Quantity(value: count - pods)
    }
    for (name, amount) in requests where !amount.isZero && !isUnknownHere(name, allocatable) {
      let missing = amount + (runtime.requested[name] ?? .zero) - (allocatable[name] ?? .zero)
      if missing > .zero { needs[name] = missing }
    }
    return needs
  }

  /// An amount as admission counts it: CPU in thousandths, 1 core is 1000.
  static func count(_ name: String, _ quantity: Quantity?) -> Int64 {
    guard let quantity else { return 0 }
    return (name == ResourceName.cpu ? quantity.milliValue : quantity.value) ?? .max
  }

  private static func hasPortConflict(
    _ pod: Pod, _ node: String, _ snapshot: Snapshot
  ) -> Bool {
    let wanted = hostPorts(pod.spec)
    for (_, other) in snapshot.store[Pod.self].placed(on: node)
    where other.metadata.uid != pod.metadata.uid && !other.isTerminal
      // A pod that the kubelet has not seen yet takes nothing.
      && other.status.startTime != nil
    {
      for port in hostPorts(other.spec) where wanted.contains(where: { clash($0, port) }) {
        return true
      }
    }
    return false
  }

  private static func hostPorts(_ spec: PodSpec) -> [ContainerPort] {
    spec.containers.flatMap(\.ports).filter { $0.hostPort > 0 }
  }

  private static func clash(_ left: ContainerPort, _ right: ContainerPort) -> Bool {
    func address(_ port: ContainerPort) -> String { port.hostIP.isEmpty ? "0.0.0.0" : port.hostIP }
    func proto(_ port: ContainerPort) -> String {
      port.protocol.rawValue.isEmpty ? "TCP" : port.protocol.rawValue
    }
    let (one, two) = (address(left), address(right))
    return left.hostPort == right.hostPort && proto(left) == proto(right)
      && (one == two || one == "0.0.0.0" || two == "0.0.0.0")
  }
}
