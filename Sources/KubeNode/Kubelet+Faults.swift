import KubeModel
import KubeReconcile
import SimulationKernel

// What can befall what runs on a node: a process dies, a sandbox dies, the machine starts anew.

extension Kubelet {
  /// Lets the process of a container end at an instant, with an exit code.
  ///
  /// Nothing happens when it does not run. The kubelet notices at its next look at the node, so the
  /// pod's key must be reconciled afterwards.
  ///
  /// - Parameter isOutOfMemory: True when the kernel ends it for the memory it uses: its reason is
  ///   `OOMKilled`.
  /// - Returns: True when there was a process to end.
  @discardableResult public mutating func kill(
    pod: ObjectKey, container: String, exitCode: Int32, isOutOfMemory: Bool = false,
    at time: Instant
  ) -> Bool {
    change(pod) { runtime in
      guard let index = runtime.index(of: container),
        runtime.containers[index].current?.isAlive(at: time) == true
      else { return false }
      runtime.containers[index].end(
        at: time, code: exitCode, isOutOfMemory ? .outOfMemory : .process)
      return true
    } ?? false
  }

  /// Lets the container runtime lose track of a container at an instant: whether it runs is unknown.
  ///
  /// The pod's key must be reconciled afterwards. Returns true when there was a process.
  @discardableResult public mutating func loseTrack(
    of container: String, pod: ObjectKey, at time: Instant
  ) -> Bool {
    change(pod) { runtime in
      guard let index = runtime.index(of: container),
        runtime.containers[index].current?.isAlive(at: time) == true
      else { return false }
      runtime.containers[index].end(at: time, code: 137, .lost)
      return true
    } ?? false
  }

  /// Lets the sandbox of a pod die at an instant; its containers live on until the kubelet sees it.
  ///
  /// The pod's key must be reconciled afterwards. Returns true when there was a sandbox.
  @discardableResult public mutating func loseSandbox(pod: ObjectKey, at time: Instant) -> Bool {
    change(pod) { runtime in
      guard runtime.hasSandbox, runtime.sandboxLostAt == nil else { return false }
      runtime.sandboxLostAt = time
      return true
    } ?? false
  }

  /// Lets a machine go down and come up again at an instant: nothing of what ran there runs on.
  ///
  /// The node's key must be reconciled afterwards. Returns false when no such machine is known.
  @discardableResult public mutating func reboot(node: ObjectKey, at time: Instant) -> Bool {
    guard Int(node.slot) < nodes.count, nodes[Int(node.slot)]?.wrappedValue.key == node else {
      return false
    }
    for slot in 0..<pods.count where pods[slot].runtime?.wrappedValue.node == Int(node.slot) {
      pods[slot].runtime?.wrappedValue.goDown(at: time)
    }
    nodes[Int(node.slot)]?.wrappedValue.rare.boots += 1
    nodes[Int(node.slot)]?.wrappedValue.begin(at: time)
    return true
  }

  /// Changes the runtime of a pod in place; nil when the pod has none.
  mutating func change<Result>(
    _ pod: ObjectKey, _ body: (inout PodRuntime) -> Result
  ) -> Result? {
    guard hasRuntime(pod), var runtime = pods[Int(pod.slot)].runtime else { return nil }
    pods[Int(pod.slot)].runtime = nil
    defer { pods[Int(pod.slot)].runtime = runtime }
    return body(&runtime.wrappedValue)
  }
}

extension ContainerRuntime {
  /// Lets the newest process end.
  fileprivate mutating func end(at time: Instant, code: Int32, _ cause: ProcessExit.Cause) {
    let exit = ProcessExit(time: time, code: code, cause: cause)
    current?.ownExit = exit
    current?.exit = exit
  }
}

extension PodRuntime {
  /// Everything that ran has ended, and nobody saw it end; what the kubelet was about to do is lost.
  fileprivate mutating func goDown(at time: Instant) {
    if stage == .terminated { return }
    for index in containers.indices where containers[index].current?.isAlive(at: time) == true {
      containers[index].end(at: time, code: 255, .reboot)
      containers[index].current?.isNoticed = true
    }
    memoryUsage = [:]
    if stage == .running {
      hasSandbox = false
      sandboxLostAt = nil
      isMounted = false
      work.removeAll()
      isSyncing = false
      busyUntil = nil
      nextMount = nil
      nextSync = nil
      nextLook = nil
    } else if busyUntil != nil {
      busyUntil = time
    }
  }
}
