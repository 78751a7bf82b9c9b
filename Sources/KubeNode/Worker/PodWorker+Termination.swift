import KubeModel
import KubeReconcile
import SimulationKernel

// Stops the containers of a pod, and removes the pod when they are gone.
//
// Follows pkg/kubelet/{kubelet.go,pod_workers.go} `SyncTerminatingPod`, `SyncTerminatedPod`,
// pkg/kubelet/kuberuntime/{kuberuntime_container.go,kuberuntime_termination_order.go} (v1.36)
extension PodWorker {
  private static let shortest = Duration.seconds(2)

  /// The grace that the containers get when nothing else is said.
  var podGrace: Duration {
    .seconds(
      max(
        1,
        pod.metadata.deletionGracePeriodSeconds
          ?? pod.spec.terminationGracePeriodSeconds ?? 30))
  }

  /// Begins or shortens the stop when the pod is being deleted.
  mutating func followDeletion() {
    guard pod.isBeingDeleted else { return }
    switch runtime.stage {
    case .running:
      runtime.stage = .terminating
      want("deletion requested", "grace \(GoDuration.text(podGrace))")
      breakOffMount()
    case .terminating:
      guard let start = runtime.stopStart else {
        want("deletion requested", "grace \(GoDuration.text(podGrace))")
        return
      }
      if podGrace < runtime.stopGrace {
        runtime.stopGrace = podGrace
        runtime.failingHooks.removeAll()
        runtime.busyUntil = max(now, planStop(grace: podGrace, from: start))
      }
      if pod.metadata.generation != pod.status.observedGeneration {
        write(
          makeStatus(isFinal: false), "deletion requested", "grace \(GoDuration.text(podGrace))")
      }
    case .terminated:
      if runtime.nextSync == nil { want("deletion requested") }
    }
  }

  /// Begins the stop when the kubelet itself has decided so.
  mutating func followVerdict() {
    guard !runtime.$verdict.isNil, runtime.stage == .running, let verdict = runtime.verdict,
      verdict.isImmediate
    else { return }
    runtime.stage = .terminating
    breakOffMount()
    if verdict.isToldByEvent { event(.warning, verdict.reason, verdict.message) }
    want(verdict.rule, verdict.detail)
  }

  /// Only a wait for volumes is broken off; a pull or a hook is awaited.
  private mutating func breakOffMount() {
    if runtime.nextMount == nil { return }
    runtime.work.removeAll()
    runtime.isSyncing = false
    runtime.busyUntil = nil
    runtime.nextMount = nil
  }

  /// The first half of the end: everything is told to stop.
  mutating func beginStop() {
    runtime.isSyncing = true
    tellDeadline()
    report()
    let most = runtime.$verdict.isNil ? nil : runtime.verdict?.grace
    let grace = most.map { min($0, podGrace) } ?? podGrace
    runtime.stopStart = now
    runtime.stopGrace = grace
    runtime.busyUntil = stopAll(grace: grace, from: now)
    runtime.work.append(.containersStopped)
  }

  /// The second half: the final states are told; what is left is cleaning up.
  mutating func containersStopped() {
    var ends = ""
    func add(_ end: String) { ends = ends.isEmpty ? end : "\(ends), \(end)" }
    for index in runtime.containers.indices where runtime.containers[index].hasProcess {
      if let exit = runtime.containers[index].current?.exit { add(endText(index, exit)) }
      if runtime.containers[index].isRunning {
        runtime.containers[index].current?.isNoticed = true
      }
      keepLastWords(index)
    }
    if !runtime.$verdict.isNil, let verdict = runtime.verdict { add(verdict.reason) }
    runtime.isSyncing = false
    runtime.wantsSync = false
    runtime.hasSandbox = false
    runtime.stage = .terminated
    tellDeadline()
    write(makeStatus(isFinal: true), "all containers stopped", ends)
    release()
    if !pod.isBeingDeleted && settled(pod.$status) == pod.$status {
      tellDeadline()
      isDone = true
    } else {
      runtime.nextSync = timing.cleanup == .zero ? now : node.turn(after: now)
      if timing.cleanup == .zero { want("containers are cleaned up") }
    }
  }

  /// Confirms the removal of a pod that is being deleted.
  mutating func finish() {
    tellDeadline()
    let status = makeStatus(isFinal: true)
    let last = settled(status)
    if last != status || pod.status.observedGeneration != pod.metadata.generation {
      let lost = last == status ? "" : "a container of which nothing is known counts as failed"
      write(last, "containers are cleaned up", lost)
    }
    if pod.isBeingDeleted {
      var options = DeleteOptions()
      options.gracePeriodSeconds = 0
      plan.delete(key, options, because: "all containers are gone")
    }
    isDone = true
  }

  /// Gives back what the pod had of the node.
  private mutating func release() {
    if let address = runtime.address { node.release(address) }
    runtime.address = nil
    node.giveBack(runtime.requested)
    retryResizes()
    if node.rare.shutdown != nil { plan.wake(node.key, at: now) }
  }

  // MARK: Stopping processes

  /// Stops every running container with an Event, and returns when the last one is gone.
  mutating func stopAll(grace: Duration, from start: Instant, message: String? = nil) -> Instant {
    for index in runtime.containers.indices where runtime.containers[index].isRunning {
      event(.normal, "Killing", message ?? "Stopping container \(name(index))", container: index)
    }
    return planStop(grace: grace, from: start)
  }

  /// Computes when each running container ends: all others first and together, then the sidecars
  /// from the last to the first, each when those before it are gone.
  ///
  /// With a grace of 25 s, an app that takes 4 s and sidecars that take 2 s and 3 s the ends are at
  /// 4 s, 4 + 3 = 7 s (the later sidecar) and 7 + 2 = 9 s.
  private mutating func planStop(grace: Duration, from start: Instant) -> Instant {
    var last = start
    for index in runtime.containers.indices.reversed()
    where !isSidecar(index) && runtime.containers[index].isRunning {
      last = max(last, planStop(index, grace: grace, from: start, turn: start))
    }
    for index in (0..<runtime.initCount).reversed()
    where isSidecar(index) && runtime.containers[index].isRunning {
      last = max(last, planStop(index, grace: grace, from: start, turn: last))
    }
    return last
  }

  /// Stops one container with an Event, and returns when it is gone.
  mutating func stop(
    _ index: Int, _ message: String, grace: Duration, from start: Instant
  ) -> Instant {
    event(.normal, "Killing", message, container: index)
    return planStop(index, grace: grace, from: start, turn: start)
  }

  /// Hook, wait for the turn, SIGTERM and SIGKILL share one grace; the signals get 2 s at least.
  private mutating func planStop(
    _ index: Int, grace: Duration, from start: Instant, turn: Instant
  ) -> Instant {
    guard let process = runtime.containers[index].current,
      process.exit.map({ $0.time > now }) ?? true
    else { return now }
    let program = program(index)
    var own = process.ownExit
    var signal = start
    var left = grace
    func spend(until end: Instant) {
      let waited = min(end - signal, left)
      guard waited > .zero else { return }
      signal += waited
      left -= .seconds(waited.components.seconds)  // Whole seconds only, as upstream counts.
    }
    if left > .zero, runtime.traits.containers[index].hasPreStop {
      if process.preStop == nil {
        let result = runHook(index, \.preStop)
        runtime.containers[index].current?.preStop = result
        own = runtime.containers[index].current?.ownExit
      }
      let result = runtime.containers[index].current?.preStop
      let length = hookLength(index, \.preStop, result?.length ?? program.beforeStop.after)
      let code = result?.code ?? program.beforeStop.code
      let end = start + length
      let dies = own.map { $0.time < min(end, start + grace) } ?? false
      let fails = length <= grace && hookFails(index, \.preStop, code)
      if dies || fails {
        runtime.failingHooks.append(
          PodRuntime.FailingHook(time: dies ? own?.time ?? end : end, container: index))
      }
      spend(until: end)
    }
    spend(until: turn)
    left = max(left, Self.shortest)
    var exit = ProcessExit(time: signal + left, code: 137)
    if hasProgram(index) {
      if let end = forecastStop(index, signal: signal, limit: signal + left), end.time < exit.time {
        exit = end
      }
    } else if let answer = program.answerToStop, answer.after <= left {
      exit = ProcessExit(time: signal + answer.after, code: answer.code)
    }
    exit.time = max(exit.time, now)
    if let own, own.time <= exit.time { exit = own }
    runtime.containers[index].current?.exit = exit
    return exit.time
  }

  /// Tells of hooks before the stop that have failed by now.
  mutating func raiseHookFailures() {
    guard !runtime.failingHooks.isEmpty else { return }
    let now = now
    for hook in runtime.failingHooks where hook.time <= now {
      event(.warning, "FailedPreStopHook", "PreStopHook failed", container: hook.container)
    }
    runtime.failingHooks.removeAll { $0.time <= now }
  }
}
