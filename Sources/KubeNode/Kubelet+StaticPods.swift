import KubeModel
import KubeReconcile
import SimulationKernel

/// A pod that a kubelet runs from a file of its own.
struct StaticPod: Sendable {
  /// The object that stands for it in the API, as it is created.
  var mirror: Pod
  /// What runs, between the end of one such object and the beginning of the next.
  var runtime: Indirect<PodRuntime>?
}

// Pods from files, and the objects that show them in the API: mirror pods.
//
// Follows pkg/kubelet/{config/file.go,config/common.go,pod/mirror_client.go} (v1.36)
// Left out  the look at the files every 20 s: a file is seen at once. The uid of the static pod: the
//           one of its first mirror pod names its containers.
extension Kubelet {
  private static let source = "kubernetes.io/config.source"
  private static let hash = "kubernetes.io/config.hash"
  private static let mirrorMark = "kubernetes.io/config.mirror"

  /// Puts a pod into a file of a node, under the name `<name>-<node>`. One of the same name is
  /// replaced.
  ///
  /// The node's key must be reconciled afterwards. Returns the name, or nil when the kubelet of no
  /// such node is known.
  ///
  /// - Throws: BadRequest for a pod that names objects of the API: it may not.
  public mutating func addStaticPod(
    _ pod: Pod, on node: ObjectKey
  ) throws(APIError) -> String? {
    if let sort = StaticPodRules.reference(in: pod.spec) {
      throw .badRequest("static pods may not reference \(sort)")
    }
    guard Int(node.slot) < nodes.count, let owner = nodes[Int(node.slot)]?.wrappedValue,
      owner.key == node
    else { return nil }
    var mirror = pod
    mirror.metadata.name = "\(pod.metadata.name)-\(owner.name)"
    if mirror.metadata.namespace.isEmpty { mirror.metadata.namespace = "default" }
    mirror.metadata.uid = UID()
    mirror.spec.nodeName = owner.name
    if !mirror.spec.tolerations.contains(where: { $0.key.isEmpty && $0.operator == .exists }) {
      var toleration = Toleration()
      toleration.operator = .exists
      toleration.effect = .noExecute
      mirror.spec.tolerations.append(toleration)
    }
    var digest = RunningHash()
    digest.feed(mirror.metadata.name)
    digest.feed("\(pod.spec.json)")
    let hash = hexadecimal(digest.value)
    mirror.metadata.annotations[Self.source] = "file"
    mirror.metadata.annotations[Self.hash] = hash
    mirror.metadata.annotations[Self.mirrorMark] = hash
    let name = mirror.metadata.name
    nodes[Int(node.slot)]?.wrappedValue.rare.staticPods.removeAll {
      $0.mirror.metadata.name == name
    }
    nodes[Int(node.slot)]?.wrappedValue.rare.staticPods.append(StaticPod(mirror: mirror))
    return name
  }

  /// Takes the file of a static pod away, by the name of its mirror pod.
  ///
  /// The mirror pod is to be deleted by the caller. Returns false when the node has no such file.
  @discardableResult public mutating func removeStaticPod(_ name: String, from node: ObjectKey)
    -> Bool
  {
    guard Int(node.slot) < nodes.count, let owner = nodes[Int(node.slot)]?.wrappedValue,
      owner.key == node,
      owner.rare.staticPods.contains(where: { $0.mirror.metadata.name == name })
    else { return false }
    nodes[Int(node.slot)]?.wrappedValue.rare.staticPods.removeAll {
      $0.mirror.metadata.name == name
    }
    return true
  }

  private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Creates the mirror pods that are not there.
  func keepMirrors(_ node: NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot) {
    for pod in node.rare.staticPods {
      let metadata = pod.mirror.metadata
      if snapshot.store.key(Pod.self, metadata.namespace, metadata.name) != nil { continue }
      plan.create(
        mirror(pod.mirror, of: node, snapshot), because: "static pod has no mirror pod")
    }
  }

  private func mirror(_ pod: Pod, of node: NodeRuntime, _ snapshot: Snapshot) -> Pod {
    var pod = pod
    pod.metadata.annotations["kubernetes.io/config.seen"] = snapshot.time.description
    if let object = snapshot[Node.self, node.key] {
      var owner = OwnerReference()
      owner.apiVersion = "v1"
      owner.kind = "Node"
      owner.name = object.metadata.name
      owner.uid = object.metadata.uid
      owner.controller = true
      pod.metadata.ownerReferences = [owner]
    }
    return pod
  }

  /// The place of a pod's file among those of its node.
  func staticPlace(_ pod: Pod, on node: Int) -> Int? {
    guard pod.metadata.annotations[Self.mirrorMark] != nil else { return nil }
    return nodes[node]?.wrappedValue.rare.staticPods.firstIndex {
      $0.mirror.metadata.name == pod.metadata.name
        && $0.mirror.metadata.namespace == pod.metadata.namespace
    }
  }

  /// A deleted mirror pod goes at once; what it stood for runs on.
  func dropMirror(_ key: ObjectKey, _ pod: Pod, _ slot: Int) -> Plan? {
    guard pod.isBeingDeleted, staticPlace(pod, on: slot) != nil else { return nil }
    var options = DeleteOptions()
    options.gracePeriodSeconds = 0
    var plan = Plan()
    plan.delete(key, options, because: "mirror pod was deleted", "the static pod runs on")
    return plan
  }

  /// Keeps what runs of a static pod whose mirror pod is gone, and has the mirror pod made anew.
  mutating func keepStatic(_ key: ObjectKey, _ snapshot: Snapshot) -> Plan? {
    guard hasRuntime(key), let runtime = pods[Int(key.slot)].runtime,
      case let slot = runtime.wrappedValue.node,
      let place = staticPlace(runtime.wrappedValue.pod, on: slot),
      let node = nodes[slot]?.wrappedValue,
      node.isRunning
    else { return nil }
    pods[Int(key.slot)].runtime = nil
    nodes[slot]?.wrappedValue.rare.staticPods[place].runtime = runtime
    var plan = Plan()
    plan.create(
      mirror(node.rare.staticPods[place].mirror, of: node, snapshot),
      because: "static pod has no mirror pod")
    return plan
  }

  /// What already runs of a static pod whose mirror pod is new.
  mutating func takeStatic(_ key: ObjectKey, _ pod: Pod, _ slot: Int) -> Bool {
    guard let place = staticPlace(pod, on: slot),
      var runtime = nodes[slot]?.wrappedValue.rare.staticPods[place].runtime
    else { return false }
    nodes[slot]?.wrappedValue.rare.staticPods[place].runtime = nil
    runtime.wrappedValue.pod = pod
    runtime.wrappedValue.wantsSync = true
    runtime.wrappedValue.cause = PodRuntime.Cause(rule: "mirror pod was made anew", detail: "")
    pods[Int(key.slot)] = PodSlot(serial: key.serial, runtime: runtime)
    return true
  }
}
