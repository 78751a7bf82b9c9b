import KubeModel
import KubeReconcile
import SimulationKernel

// What containers use of a node's memory, and what follows when that is too much.
//
// Follows pkg/kubelet/eviction/{eviction_manager.go,helpers.go} (v1.36)
// Left out  disk, inodes and process ids, soft thresholds, the reclaiming of images; what the system
//           itself uses.
extension Kubelet {
  /// Says how much memory a container uses from now on, until it starts again.
  ///
  /// More than its limit is too much: the kernel ends it at once, with exit code 137 and the reason
  /// `OOMKilled`. The keys returned must be reconciled afterwards, the pod's and its node's; none when
  /// the container does not run.
  public mutating func setMemoryUsage(
    of pod: ObjectKey, container: String, to amount: Quantity, at time: Instant
  ) -> [ObjectKey] {
    let (runs, limit) =
      change(pod) { runtime -> (Bool, Quantity?) in
        guard let index = runtime.index(of: container),
          runtime.containers[index].current?.isAlive(at: time) == true
        else { return (false, nil) }
        runtime.memoryUsage[container] = amount
        let amounts = runtime.allocation?.actual ?? Allocation.amounts(of: runtime.pod.spec)
        return (true, index < amounts.count ? amounts[index].limits[ResourceName.memory] : nil)
      } ?? (false, nil)
    guard runs, let place = runtimeNode(pod), let node = nodes[place]?.wrappedValue.key else {
      return []
    }
    if let limit, amount > limit {
      kill(pod: pod, container: container, exitCode: 137, isOutOfMemory: true, at: time)
    }
    nodes[place]?.wrappedValue.rare.memory.isWatched = true
    return [pod, node]
  }

  /// Looks at the node's memory when that is due, and evicts one pod when too little is left.
  mutating func followMemory(
    _ node: inout NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot
  ) {
    guard node.rare.memory.isWatched, var object = snapshot[Node.self, node.key],
      let capacity = object.status.capacity[ResourceName.memory]
    else { return }
    let now = snapshot.now
    let consumers = consumers(on: node, snapshot)
    let available = consumers.reduce(capacity) { $0 - $1.used }
    let isShort = available < MemoryPressure.threshold
    if !isShort && !node.rare.memory.isUnder { return }
    let due = node.rare.memory.nextLook ?? evictionLook(node, after: now)
    node.rare.memory.nextLook = due
    guard due <= now else {
      plan.wake(node.key, at: due)
      return
    }
    if isShort {
      node.rare.memory.lastShort = now
      if !node.rare.memory.isUnder {
        node.rare.memory.isUnder = true
        NodeStatusRules.setMemoryPressure(&object.status, true, at: snapshot.time)
        plan.patchStatus(
          node.key, object, because: "node is short of memory", "\(available) available")
        say(object, "NodeHasInsufficientMemory", &plan)
      }
      emit(object, "EvictionThresholdMet", "Attempting to reclaim memory", &plan, type: .warning)
      evict(consumers, available, &plan, now)
    } else if let last = node.rare.memory.lastShort, now - last >= MemoryPressure.transition {
      node.rare.memory.isUnder = false
      node.rare.memory.nextLook = nil
      NodeStatusRules.setMemoryPressure(&object.status, false, at: snapshot.time)
      plan.patchStatus(node.key, object, because: "node has enough memory again")
      say(object, "NodeHasSufficientMemory", &plan)
      return
    }
    let next =
      isShort
      ? now + MemoryPressure.period
      : (node.rare.memory.lastShort ?? now) + MemoryPressure.transition
    node.rare.memory.nextLook = next
    plan.wake(node.key, at: next)
  }

  private func evictionLook(_ node: NodeRuntime, after now: Instant) -> Instant {
    let period = MemoryPressure.period.nanoseconds
    let offset = max(0, (now - node.startedAt - node.phase).nanoseconds)
    return node.startedAt + node.phase + .nanoseconds((offset / period + 1) * period)
  }

  private func consumers(on node: NodeRuntime, _ snapshot: Snapshot) -> [MemoryConsumer] {
    snapshot.store[Pod.self].keys(on: node.name).compactMap { key in
      guard hasRuntime(key), let runtime = pods[Int(key.slot)].runtime?.wrappedValue,
        !runtime.memoryUsage.isEmpty
      else { return nil }
      let amounts = runtime.allocation?.actual ?? Allocation.amounts(of: runtime.pod.spec)
      var containers: [(name: String, used: Quantity, requested: Quantity)] = []
      for (index, container) in runtime.containers.enumerated() {
        guard container.current?.isAlive(at: snapshot.now) == true,
          case let name = runtime.traits.containers[index].name,
          let used = runtime.memoryUsage[name]
        else { continue }
        let requested = index < amounts.count ? amounts[index].requests[ResourceName.memory] : nil
        containers.append((name, used, requested ?? .zero))
      }
      if containers.isEmpty { return nil }
      return MemoryConsumer(
        key: key, pod: runtime.pod, used: containers.reduce(.zero) { $0 + $1.used },
        requested: runtime.requested[ResourceName.memory] ?? .zero, containers: containers)
    }
  }

  /// Ends the one pod that comes first; the others have until the next look.
  private mutating func evict(
    _ consumers: [MemoryConsumer], _ available: Quantity, _ plan: inout Plan, _ now: Instant
  ) {
    let candidates = consumers.filter { consumer in
      guard let runtime = pods[Int(consumer.key.slot)].runtime?.wrappedValue else { return false }
      return runtime.stage == .running && runtime.verdict == nil && !consumer.pod.isCritical
    }
    guard let victim = candidates.min(by: MemoryConsumer.goesFirst) else { return }
    let rank =
      victim.used > victim.requested
      ? "it used \(victim.used) and asked for \(victim.requested)"
      : "no pod used more than it asked for; priority \(victim.pod.spec.priority ?? 0)"
    change(victim.key) {
      $0.verdict = .evicted(
        victim.message(available: available), grace: .seconds(1),
        "memory, \(available) available; \(rank)")
    }
    plan.wake(victim.key, at: now)
  }
}
