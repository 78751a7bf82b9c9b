import KubeModel
import SimulationKernel

// Brings the containers of a pod to what its spec says: `SyncPod` of the kubelet and of its runtime
// manager.
//
// Follows pkg/kubelet/kubelet.go, pkg/kubelet/kuberuntime/kuberuntime_manager.go (v1.36).
extension PodWorker {
  /// The status comes first, from what was there before this sync; then the work is laid out.
  mutating func beginSync() {
    followDeadline()
    runtime.isSyncing = true
    runtime.failure = nil
    runtime.hasChanged = false
    runtime.deeds = ""
    for index in runtime.containers.indices where runtime.containers[index].isJustKilled {
      runtime.containers[index].isJustKilled = false
    }
    findRestartOfAll()
    finishResize()
    triggerReadinessProbes()
    let phase = report()
    if phase == .succeeded || phase == .failed {
      // The stop waits for a look at the containers that is newer than this sync, to its end.
      runtime.isSyncing = false
      runtime.stage = .terminating
      runtime.nextSync = node.look(after: now) + .milliseconds(4)
      return
    }
    runtime.work.reserveCapacity(4)  // Once for all syncs of most pods.
    runtime.work.append(.decide)
    if !runtime.isMounted { runtime.work.append(.mountVolumes) }
  }

  mutating func perform(_ work: PodRuntime.Work) {
    switch work {
    case .mountVolumes: mountVolumes()
    case .decide: decide()
    case .createSandbox: createSandbox()
    case .sandboxReady: sandboxReady()
    case .kill(let index, let message, let grace): kill(index, message, grace: grace)
    case .killed(let index): killed(index)
    case .killPod: killPod()
    case .podKilled: podKilled()
    case .resize(let index): resized(index)
    case .resetAll: resetAll()
    case .start(let index): start(index)
    case .pulled(let index, let since, let took): pulled(index, since: since, took: took)
    case .create(let index): create(index)
    case .created(let index): created(index)
    case .hookDone(let index): hookDone(index)
    case .containersStopped: containersStopped()
    }
  }

  /// When the pod is looked at again, as the outcome of the sync says.
  mutating func endSync() {
    runtime.isSyncing = false
    switch runtime.failure {
    case .backoff(let end):
      // Follows `completeWorkInternal` of pod_workers.go: at most 60 s, times 1 to 1.5.
      runtime.nextSync = node.turn(from: now + jittered(min(end - now, .seconds(60))))
    case .error:
      runtime.nextSync = node.turn(from: now + jittered(.seconds(10)))
    case nil:
      if runtime.hasChanged {
        // What was started is reported at once, and looked at again with the next look.
        want("containers changed", runtime.deeds)
        if hasUnreadyProbe { runtime.nextLook = node.look(after: now) }
      }
      return
    }
    if runtime.hasChanged { runtime.nextLook = node.look(after: now) }
  }

  /// Upstream waits a random 1 to 1.5 times as long; here the factor lies in the middle half of
  /// that, 1.125 to 1.375, chosen by pod and instant: 10 s become 11.25 to 13.75 s.
  private func jittered(_ duration: Duration) -> Duration {
    var hash = RunningHash()
    hash.feed(UInt64(key.serial))
    hash.feed(UInt64(bitPattern: now.nanoseconds))
    let thousandths = Int64(1125 + mix(hash.value) % 250)
    return .nanoseconds(duration.nanoseconds / 1000 * thousandths)
  }

  private var hasUnreadyProbe: Bool {
    runtime.hasProbes
      && runtime.containers.contains { container in
        container.isRunning
          && container.probes.contains { $0.kind == .readiness && $0.result != true }
      }
  }

  // MARK: The sandbox

  private mutating func createSandbox() {
    if let problem = Hostname.problem(of: pod) {
      event(.warning, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(problem)")
      note("Failed to create pod sandbox: \(problem)")
      runtime.failure = .error
      runtime.work.removeAll()
      return
    }
    giveBackAddress()
    runtime.busyUntil = now + timing.sandbox
    runtime.work.append(.sandboxReady)
  }

  private mutating func sandboxReady() {
    runtime.hasSandbox = true
    runtime.sandboxLostAt = nil
    runtime.sandboxes += 1
    runtime.hasChanged = true
    if !pod.spec.hostNetwork && runtime.address == nil {
      let address = node.takeAddress()
      runtime.address = address
      runtime.addressText = NodeAddresses.pod(address, node: node.number)
    }
    reportSandbox()
  }

  /// A pod keeps its address in its status until its next sandbox has another.
  private mutating func giveBackAddress() {
    if let address = runtime.address { node.release(address) }
    runtime.address = nil
  }

  /// The kubelet sees that the sandbox is gone.
  mutating func noticeLostSandbox() {
    guard let lost = runtime.sandboxLostAt, node.look(from: lost) <= now else { return }
    runtime.sandboxLostAt = nil
    runtime.hasSandbox = false
    giveBackAddress()
    want("sandbox died", "the containers of the pod start anew in another one")
  }

  // MARK: Kills within a sync

  /// Notes what the sync has done, for the step in which it is told.
  mutating func note(_ deed: String) {
    runtime.deeds = runtime.deeds.isEmpty ? deed : "\(runtime.deeds); \(deed)"
  }

  private mutating func kill(_ index: Int, _ message: String, grace: Duration) {
    let cause = runtime.cause
    note(
      "\(message) (\(cause.rule)\(cause.detail.isEmpty ? "" : ", " + cause.detail), "
        + "grace \(GoDuration.text(grace)))")
    let end = stop(index, message, grace: grace, from: now)
    runtime.busyUntil = end
    runtime.work.append(.killed(index))
  }

  private mutating func killed(_ index: Int) {
    runtime.containers[index].current?.isNoticed = true
    keepLastWords(index)
    runtime.containers[index].isJustKilled = true
    runtime.hasChanged = true
  }

  /// Stops what is left of a pod whose containers are all done: its sidecars.
  private mutating func killPod() {
    runtime.busyUntil = stopAll(grace: podGrace, from: now)
    runtime.work.append(.podKilled)
  }

  private mutating func podKilled() {
    for index in runtime.containers.indices {
      if runtime.containers[index].isRunning {
        runtime.containers[index].current?.isNoticed = true
        runtime.containers[index].isJustKilled = true
      }
      keepLastWords(index)
    }
    runtime.hasSandbox = false
    giveBackAddress()
    runtime.hasChanged = true
  }

  // MARK: Restart of all containers

  private mutating func findRestartOfAll() {
    if runtime.isRestartingAll || pod.isBeingDeleted || !runtime.traits.couldRestartAll { return }
    for index in runtime.containers.indices where !isEphemeral(index) {
      guard let exit = runtime.containers[index].seenExit else { continue }
      let outcome = RestartRules.outcome(
        runtime.traits.containers[index].restart, in: pod.spec.restartPolicy, exitCode: exit.code)
      if outcome == .restartsAll { runtime.isRestartingAll = true }
    }
  }

  /// Forgets all processes, so that everything starts anew from the first init container.
  private mutating func resetAll() {
    for index in runtime.containers.indices where !isEphemeral(index) {
      guard let process = runtime.containers[index].current else { continue }
      runtime.containers[index].restarts = process.attempt + 1
      runtime.containers[index].current = nil
      runtime.containers[index].previous = nil
      runtime.containers[index].isReset = true
    }
    note("all containers were removed, to start anew")
    runtime.hasChanged = true
  }
}
