import KubeModel
import KubeReconcile
import SimulationKernel

/// The orderly end of a machine: ordinary pods are stopped first, then the critical ones.
struct Shutdown: Sendable {
  /// When it began.
  var start: Instant
  /// How long ordinary pods get.
  var ordinary: Duration
  /// How long critical pods get after that.
  var critical: Duration
  var stage = Stage.announced
  /// When the present stage ends at the latest.
  var deadline: Instant

  enum Stage: Sendable {
    case announced, ordinaryPods, criticalPods
  }
}

// Graceful node shutdown.
//
// Follows pkg/kubelet/nodeshutdown/nodeshutdown_manager.go (v1.36)
// Left out  groups by priority; the lock that holds the machine up.
extension Kubelet {
  /// Shuts a machine down in an orderly way: its pods are stopped within the grace, the critical ones
  /// in the last part of it, and then the kubelet is down.
  ///
  /// The node's key must be reconciled afterwards. Returns false when its kubelet does not run.
  @discardableResult public mutating func shutDown(
    node: ObjectKey, grace: Duration, critical: Duration, at time: Instant
  ) -> Bool {
    guard isRunning(node: node), nodes[Int(node.slot)]?.wrappedValue.rare.shutdown == nil else {
      return false
    }
    let ordinary = max(.zero, grace - critical)
    nodes[Int(node.slot)]?.wrappedValue.rare.shutdown = Shutdown(
      start: time, ordinary: ordinary, critical: critical, deadline: time)
    return true
  }

  /// Goes on with a shutdown: from one group of pods to the next when it is gone or out of time.
  mutating func followShutdown(
    _ node: inout NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot
  ) {
    guard var shutdown = node.rare.shutdown else { return }
    let now = snapshot.now
    while true {
      switch shutdown.stage {
      case .announced:
        announceShutdown(node, &plan, snapshot)
        shutdown.stage = .ordinaryPods
        shutdown.deadline = now + shutdown.ordinary
        end(of: node, critical: false, shutdown.ordinary, &plan, snapshot)
      case .ordinaryPods:
        if livesOn(node, critical: false, snapshot), now < shutdown.deadline {
          plan.wake(node.key, at: shutdown.deadline)
          node.rare.shutdown = shutdown
          return
        }
        shutdown.stage = .criticalPods
        shutdown.deadline = now + shutdown.critical
        end(of: node, critical: true, shutdown.critical, &plan, snapshot)
      case .criticalPods:
        if livesOn(node, critical: true, snapshot), now < shutdown.deadline {
          plan.wake(node.key, at: shutdown.deadline)
        } else {
          node.isRunning = false
        }
        node.rare.shutdown = shutdown
        return
      }
    }
  }

  private func announceShutdown(_ node: NodeRuntime, _ plan: inout Plan, _ snapshot: Snapshot) {
    guard var object = snapshot[Node.self, node.key] else { return }
    NodeStatusRules.setNotReady(&object.status, "node is shutting down", at: snapshot.time)
    plan.patchStatus(node.key, object, because: "node shuts down")
    emit(object, "Shutdown", "Shutdown manager detected shutdown event", &plan)
    say(object, "NodeNotReady", &plan)
  }

  /// Stops the pods of one group.
  private mutating func end(
    of node: NodeRuntime, critical: Bool, _ grace: Duration, _ plan: inout Plan,
    _ snapshot: Snapshot
  ) {
    for key in group(of: node, critical: critical, snapshot) {
      change(key) { runtime in
        guard runtime.stage == .running, runtime.verdict == nil else { return }
        runtime.verdict = .shutdown(
          grace: grace, "\(critical ? "critical" : "ordinary") pods get \(GoDuration.text(grace))")
      }
      plan.wake(key, at: snapshot.now)
    }
  }

  private func livesOn(_ node: NodeRuntime, critical: Bool, _ snapshot: Snapshot) -> Bool {
    !group(of: node, critical: critical, snapshot).isEmpty
  }

  /// The pods of one group that are not over.
  private func group(of node: NodeRuntime, critical: Bool, _ snapshot: Snapshot) -> [ObjectKey] {
    snapshot.store[Pod.self].keys(on: node.name).filter { key in
      guard hasRuntime(key), let runtime = pods[Int(key.slot)].runtime?.wrappedValue else {
        return false
      }
      return runtime.stage != .terminated && runtime.pod.isCritical == critical
    }
  }
}
