import KubeModel
import SimulationKernel

// Decides which containers are killed and which are started: `computePodActions`.
//
// Follows pkg/kubelet/kuberuntime/{kuberuntime_manager.go,kuberuntime_container.go} (v1.36)
extension PodWorker {
  mutating func decide() {
    if runtime.isRestartingAll && runtime.containers.contains(where: \.hasProcess) {
      runtime.busyUntil = stopAll(grace: .zero, from: now, message: "killing")
      runtime.work = [.resetAll]
      return
    }
    if !runtime.hasSandbox {
      decideSandbox()
      return
    }
    var kills: [PodRuntime.Work] = []
    var starts: [PodRuntime.Work] = []
    for index in runtime.mains.upperBound..<runtime.containers.count
    where !runtime.containers[index].hasProcess {
      starts.append(.start(index))
    }
    switch decideInit(&kills, &starts) {
    case .killsPod: runtime.work = [.killPod]
    case .waits: layOut(kills, starts)
    case .goesOn:
      if decideMain(&kills, &starts) {
        layOut(kills, starts)
      } else {
        // All containers are done for good, so the sidecars go too; one that failed its probe and is
        // not to start again goes with them, and with no other word.
        for index in runtime.mains {
          if let kind = failedProbe(index) {
            note(
              "\(name(index)) failed its \(kind.rawValue.lowercased()) probe and is not restarted")
          }
        }
        runtime.work = [.killPod]
      }
    }
  }

  /// Takes up this work, the kills first.
  private mutating func layOut(_ kills: [PodRuntime.Work], _ starts: [PodRuntime.Work]) {
    for work in starts.reversed() { runtime.work.append(work) }
    for work in kills.reversed() { runtime.work.append(work) }
  }

  /// What a pod without a sandbox needs. What still runs from an earlier one is killed first.
  private mutating func decideSandbox() {
    let starts = freshStart()
    let isReplaced = runtime.sandboxes > 0 && !starts.isEmpty
    if isReplaced {
      event(.normal, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.")
    }
    let lives = runtime.containers.contains(where: \.isRunning)
    layOut(lives ? [.killPod] : [], starts)
  }

  private func freshStart() -> [PodRuntime.Work] {
    let exists = runtime.containers.contains(where: \.hasProcess)
    if pod.spec.restartPolicy == .never && runtime.sandboxes > 0 && exists { return [] }
    // One that still runs is killed, and starts again whatever the policy says.
    var starts: [PodRuntime.Work] = []
    starts.reserveCapacity(1 + runtime.mainCount)
    starts.append(.createSandbox)
    for index in runtime.mains where runtime.containers[index].isRunning || mayStart(index) {
      starts.append(.start(index))
    }
    let wasInitialized = runtime.mains.contains { runtime.containers[$0].hasProcess }
    if starts.count == 1 && wasInitialized { return [] }
    // A new sandbox begins with the first init container.
    if runtime.initCount > 0 { return [.createSandbox, .start(0)] }
    return starts
  }

  /// The newest process of a container, if it was started in the present sandbox.
  private func active(_ index: Int) -> ContainerProcess? {
    guard let process = runtime.containers[index].current, process.sandbox == runtime.sandboxes
    else { return nil }
    return process
  }

  /// True when a container that does not run may be started.
  func mayStart(_ index: Int) -> Bool {
    if pod.isBeingDeleted { return false }
    if !runtime.containers[index].hasProcess { return true }
    guard let exit = runtime.containers[index].seenExit else { return false }
    if isEphemeral(index) { return false }
    if exit.cause == .lost { return true }
    return RestartRules.restarts(
      runtime.traits.containers[index].restart, in: pod.spec.restartPolicy, exitCode: exit.code)
  }

  private enum InitOutcome {
    case goesOn, waits, killsPod
  }

  /// Init containers are looked at from the last one; the first that has a state says how far the
  /// pod is, and before it only sidecars still matter.
  private func decideInit(
    _ kills: inout [PodRuntime.Work], _ starts: inout [PodRuntime.Work]
  ) -> InitOutcome {
    let count = runtime.initCount
    if count == 0 { return .goesOn }
    let wasInitialized = runtime.mains.contains { active($0) != nil }
    var isInitialized = wasInitialized
    var isKnown = wasInitialized
    var toStart: [Int] = []
    func proceed(after index: Int) {
      if isKnown { return }
      if index == count - 1 { isInitialized = true } else { toStart.append(index + 1) }
    }
    for index in (0..<count).reversed() {
      if isKnown && !isSidecar(index) { continue }
      guard let process = active(index) else {
        if isKnown { toStart.append(index) }
        continue
      }
      if isSidecar(index) {
        if decideSidecar(index, process, &kills, &toStart) { proceed(after: index) }
      } else if process.isNoticed, let exit = process.exit {
        if exit.code == 0 {
          proceed(after: index)
        } else if mayStart(index) {
          toStart.append(index)
        } else {
          return .killsPod
        }
      }
      isKnown = true
    }
    if !isKnown { toStart.append(0) }
    starts += toStart.sorted().map { .start($0) }
    return isInitialized ? .goesOn : .waits
  }

  /// One sidecar that has a process in the present sandbox; true when the next one may start.
  private func decideSidecar(
    _ index: Int, _ process: ContainerProcess, _ kills: inout [PodRuntime.Work],
    _ starts: inout [Int]
  ) -> Bool {
    func kill(_ deed: String, grace: Duration) {
      let message = "Init container \(name(index)) \(deed)"
      kills.append(.kill(index, message: message, grace: grace))
    }
    if process.isNoticed {
      killLost(index, "Init container", &kills)
      starts.append(index)
      return false
    }
    if failedProbe(index) == .startup {
      kill("failed startup probe", grace: probeGrace(index, .startup))
      starts.append(index)
      return false
    }
    guard isStarted(index) else { return false }
    if process.image != image(index) {
      kill("definition changed", grace: podGrace)
      starts.append(index)
    } else if failedProbe(index) == .liveness {
      kill("failed liveness probe", grace: probeGrace(index, .liveness))
      starts.append(index)
    } else {
      resize(index, &kills, &starts)
    }
    return true
  }

  /// False when no container is kept and none is started.
  private func decideMain(
    _ kills: inout [PodRuntime.Work], _ starts: inout [PodRuntime.Work]
  ) -> Bool {
    var goesOn = false
    for index in runtime.mains {
      if !runtime.containers[index].isRunning {
        if mayStart(index) {
          killLost(index, "Container", &kills)
          starts.append(.start(index))
          goesOn = true
        }
        continue
      }
      if runtime.containers[index].current?.image != image(index) {
        let message = "Container \(name(index)) definition changed, will be restarted"
        kills.append(.kill(index, message: message, grace: podGrace))
      } else if let failed = failedProbe(index) {
        kills.append(killing(index, failed))
        if !restartsAfterProbe(index) { continue }
      } else {
        goesOn = true
        var again: [Int] = []
        resize(index, &kills, &again)
        starts += again.map { .start($0) }
        continue
      }
      goesOn = true
      starts.append(.start(index))
    }
    return goesOn
  }

  /// A container that may still run is killed before it starts again, lest there be two.
  private func killLost(_ index: Int, _ sort: String, _ kills: inout [PodRuntime.Work]) {
    guard runtime.containers[index].current?.exit?.cause == .lost else { return }
    let message = "\(sort) is in \"unknown\" state, try killing it before restart"
    kills.append(.kill(index, message: message, grace: podGrace))
  }

  private func killing(_ index: Int, _ kind: ProbeKind) -> PodRuntime.Work {
    let word = kind == .liveness ? "liveness" : "startup"
    var message = "Container \(name(index)) failed \(word) probe"
    if restartsAfterProbe(index) { message += ", will be restarted" }
    return .kill(index, message: message, grace: probeGrace(index, kind))
  }

  /// The grace after a failed probe: the probe's own, else the pod's.
  private func probeGrace(_ index: Int, _ kind: ProbeKind) -> Duration {
    let seconds = spec(index) {
      (kind == .liveness ? $0.livenessProbe : $0.startupProbe)?.terminationGracePeriodSeconds
    }
    return seconds.map { .seconds($0) } ?? podGrace
  }

  /// After a failed probe only the policies count, not the rules about exit codes.
  private func restartsAfterProbe(_ index: Int) -> Bool {
    if let own = runtime.traits.containers[index].restart.policy { return own != .never }
    return pod.spec.restartPolicy != .never
  }

  /// The probe that demands that the container be killed.
  private func failedProbe(_ index: Int) -> ProbeKind? {
    guard runtime.hasProbes, let process = runtime.containers[index].current else { return nil }
    func failed(_ kind: ProbeKind) -> Bool {
      runtime.containers[index].probes.contains {
        $0.kind == kind && $0.attempt == process.attempt && $0.result == false
      }
    }
    return failed(.liveness) ? .liveness : failed(.startup) ? .startup : nil
  }
}
