import KubeModel
import KubeReconcile
import SimulationKernel

// Registers nodes and keeps their status.
//
// Follows pkg/kubelet/{kubelet_node_status.go,nodestatus/setters.go} (v1.36)
// Left out  heartbeats and leases: a kubelet that runs counts as heard of. The list of images.
extension Kubelet {
  private static let statusPeriod = Duration.seconds(10)

  /// True while the kubelet of a node is up.
  public func isRunning(node: ObjectKey) -> Bool {
    Int(node.slot) < nodes.count && nodes[Int(node.slot)]?.wrappedValue.key == node
      && nodes[Int(node.slot)]?.wrappedValue.isRunning == true
  }

  /// Takes the kubelet of a node down. Its containers live on, but nobody tells of them.
  public mutating func stop(node: ObjectKey) {
    if isRunning(node: node) { nodes[Int(node.slot)]?.wrappedValue.isRunning = false }
  }

  /// Brings the kubelet of a node up again; the node's key must be reconciled afterwards.
  public mutating func start(node: ObjectKey, at time: Instant) {
    guard Int(node.slot) < nodes.count, nodes[Int(node.slot)]?.wrappedValue.key == node,
      nodes[Int(node.slot)]?.wrappedValue.isRunning == false
    else { return }
    nodes[Int(node.slot)]?.wrappedValue.begin(at: time)
  }

  /// The slot of a node's kubelet; nil when there is no such node.
  mutating func nodeSlot(_ name: String, _ snapshot: Snapshot) -> Int? {
    guard let key = snapshot.store.key(Node.self, "", name) else { return nil }
    return register(key, snapshot)
  }

  private mutating func register(_ key: ObjectKey, _ snapshot: Snapshot) -> Int? {
    let slot = Int(key.slot)
    if slot < nodes.count, nodes[slot]?.wrappedValue.key == key { return slot }
    guard let node = snapshot[Node.self, key] else { return nil }
    while nodes.count <= slot { nodes.append(nil) }
    nodes[slot] = Indirect(
      wrappedValue: NodeRuntime(key: key, node: node, number: nodeCount, now: snapshot.now))
    nodeCount += 1
    return slot
  }

  mutating func reconcileNode(_ key: ObjectKey, _ snapshot: Snapshot) -> Plan {
    guard let node = snapshot[Node.self, key] else {
      // The machine is gone, and with it what ran there.
      if Int(key.slot) < nodes.count, nodes[Int(key.slot)]?.wrappedValue.key == key {
        nodes[Int(key.slot)]?.wrappedValue.isRunning = false
      }
      return .nothing
    }
    guard let slot = register(key, snapshot), var held = nodes[slot],
      held.wrappedValue.isRunning
    else { return .nothing }
    nodes[slot] = nil  // Taken out, so that it is changed in place.
    defer { nodes[slot] = held }
    return reconcile(node, &held.wrappedValue, snapshot)
  }

  private mutating func reconcile(
    _ node: Node, _ runtime: inout NodeRuntime, _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    if node.status.conditions.isEmpty {
      announce(node, &runtime, &plan, snapshot)
      runtime.isFresh = false
    } else if runtime.isFresh {
      recover(node, &runtime, &plan, snapshot)
    } else if let due = runtime.readyDue {
      becomeReady(node, due, &runtime, &plan, snapshot)
    } else {
      followCordon(node, &runtime, &plan, snapshot)
    }
    followMemory(&runtime, &plan, snapshot)
    followShutdown(&runtime, &plan, snapshot)
    keepMirrors(runtime, &plan, snapshot)
    return plan
  }

  /// Fills in a new Node object what its creator left open.
  private func announce(
    _ node: Node, _ runtime: inout NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot
  ) {
    var node = node
    let labels = node.metadata.labels
    let system =
      node.status.nodeInfo.operatingSystem.isEmpty
      ? "linux" : node.status.nodeInfo.operatingSystem
    for prefix in ["kubernetes.io/", "beta.kubernetes.io/"] {
      if labels[prefix + "os"] == nil { node.metadata.labels[prefix + "os"] = system }
      if labels[prefix + "arch"] == nil { node.metadata.labels[prefix + "arch"] = "amd64" }
    }
    if labels["kubernetes.io/hostname"] == nil {
      node.metadata.labels["kubernetes.io/hostname"] = runtime.name
    }
    node.metadata.annotations["volumes.kubernetes.io/controller-managed-attach-detach"] = "true"
    NodeStatusRules.fill(&node.status, name: runtime.name, address: runtime.address)
    NodeStatusRules.setHealthy(&node.status, at: snapshot.time)
    if timing.joining > .zero {
      NodeStatusRules.setNotReady(
        &node.status, "CSINode is not yet initialized", at: snapshot.time)
      runtime.readyDue = snapshot.now + timing.joining
      plan.wake(runtime.key, at: runtime.readyDue)
    }
    plan.patchStatus(runtime.key, node, because: "kubelet registers its node")
    node.metadata.resourceVersion = ResourceVersion()
    plan.update(runtime.key, node, because: "kubelet labels its node")
    runtime.saidUnschedulable = node.spec.unschedulable
    emitStart(node, &plan)
    if runtime.readyDue == nil { say(node, "NodeReady", &plan) }
  }

  /// A node that has registered is Ready once all parts of its kubelet are.
  private func becomeReady(
    _ node: Node, _ due: Instant, _ runtime: inout NodeRuntime, _ plan: inout Plan,
    _ snapshot: Snapshot
  ) {
    guard due <= snapshot.now else {
      plan.wake(runtime.key, at: due)
      return
    }
    runtime.readyDue = nil
    var node = node
    NodeStatusRules.setHealthy(&node.status, at: snapshot.time)
    plan.patchStatus(runtime.key, node, because: "kubelet is ready")
    say(node, "NodeReady", &plan)
  }

  /// After a time without kubelet: the node is well again, and all its pods are looked at.
  private mutating func recover(
    _ node: Node, _ runtime: inout NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot
  ) {
    runtime.isFresh = false
    var node = node
    NodeStatusRules.setHealthy(&node.status, at: snapshot.time)
    let isRebooted = runtime.rare.boots > runtime.rare.bootsTold
    if isRebooted {
      runtime.rare.bootsTold = runtime.rare.boots
      node.status.nodeInfo.bootID = "boot-\(runtime.name)-\(runtime.rare.boots)"
    }
    plan.patchStatus(
      runtime.key, node, because: isRebooted ? "machine was rebooted" : "kubelet is back")
    if isRebooted {
      emit(
        node, "Rebooted",
        "Node \(runtime.name) has been rebooted, boot id: \(node.status.nodeInfo.bootID)", &plan,
        type: .warning)
    }
    runtime.readyDue = nil
    runtime.rare.memory.isUnder = false
    runtime.rare.memory.nextLook = nil
    emitStart(node, &plan)
    say(node, "NodeReady", &plan)
    for key in snapshot.store[Pod.self].keys(on: runtime.name) {
      wakeUp(key, &plan, snapshot)
    }
    for slot in 0..<pods.count where pods[slot].runtime?.wrappedValue.node == Int(runtime.key.slot)
    {
      let key = ObjectKey(
        kind: snapshot.store.number(of: Pod.self) ?? 0, slot: UInt32(slot),
        serial: pods[slot].serial)
      if snapshot[Pod.self, key] == nil { plan.wake(key, at: snapshot.now) }
    }
  }

  private mutating func wakeUp(_ key: ObjectKey, _ plan: inout Plan, _ snapshot: Snapshot) {
    plan.wake(key, at: snapshot.now)
    let slot = Int(key.slot)
    guard slot < pods.count, pods[slot].serial == key.serial else { return }
    pods[slot].runtime?.wrappedValue.resume(at: snapshot.now)
  }

  private func emitStart(_ node: Node, _ plan: inout Plan) {
    emit(node, "Starting", "Starting kubelet.", &plan)
    // The first status is computed twice: when the node registers, and when it is first reported.
    for _ in 0..<2 {
      for reason in ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"] {
        say(node, reason, &plan)
      }
    }
  }

  /// A change of `spec.unschedulable` is told with the next node status, computed every 10 s.
  private func followCordon(
    _ node: Node, _ runtime: inout NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot
  ) {
    guard node.spec.unschedulable != runtime.saidUnschedulable else {
      runtime.cordonDue = nil
      return
    }
    guard let due = runtime.cordonDue else {
      let period = Self.statusPeriod.nanoseconds
      let offset = max(0, (snapshot.now - runtime.startedAt - runtime.phase).nanoseconds)
      let due = runtime.startedAt + runtime.phase + .nanoseconds((offset / period + 1) * period)
      runtime.cordonDue = due
      plan.wake(runtime.key, at: due)
      return
    }
    guard due <= snapshot.now else {
      plan.wake(runtime.key, at: due)
      return
    }
    runtime.cordonDue = nil
    runtime.saidUnschedulable = node.spec.unschedulable
    say(node, node.spec.unschedulable ? "NodeNotSchedulable" : "NodeSchedulable", &plan)
  }

  func say(_ node: Node, _ reason: String, _ plan: inout Plan) {
    emit(node, reason, "Node \(node.metadata.name) status is now: \(reason)", &plan)
  }

  func emit(
    _ node: Node, _ reason: String, _ message: String, _ plan: inout Plan,
    type: EventType = .normal
  ) {
    var reference = ObjectReference()
    reference.kind = "Node"
    reference.apiVersion = "v1"
    reference.name = node.metadata.name
    plan.event(
      EventDraft(
        type, reason, message, regarding: reference, component: Self.name,
        host: node.metadata.name))
  }
}
