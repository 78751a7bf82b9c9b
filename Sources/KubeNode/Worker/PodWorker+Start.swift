import KubeModel
import SimulationKernel

// Starts one container: back-off, image, configuration, process, hook.
//
// Follows pkg/kubelet/kuberuntime/kuberuntime_container.go `startContainer`, and `doBackOff` of
// kuberuntime_manager.go (v1.36)
extension PodWorker {
  mutating func start(_ index: Int) {
    // Another image means another back-off, as its key has the container's spec in it.
    if let image = runtime.containers[index].current?.image, image != self.image(index) {
      runtime.containers[index].restartBackoff = nil
    } else if isBackingOff(index) {
      return
    }
    ensureImage(index)
  }

  /// The first restart is free; from then on the wait counts from the last exit.
  private mutating func isBackingOff(_ index: Int) -> Bool {
    guard let exit = runtime.containers[index].lastExited?.exit else { return false }
    if let entry = runtime.containers[index].restartBackoff,
      let end = entry.end(since: exit.time, now: now)
    {
      let owner = "\(pod.metadata.name)_\(pod.metadata.namespace)(\(pod.metadata.uid))"
      event(
        .warning, "BackOff", "Back-off restarting failed container \(name(index)) in pod \(owner)",
        container: index)
      let wait = GoDuration.text(entry.wait)
      fail(
        index, "CrashLoopBackOff",
        "back-off \(wait) restarting failed container=\(name(index)) pod=\(owner)",
        until: end)
      return true
    }
    BackoffEntry.extend(&runtime.containers[index].restartBackoff, event: exit.time, now: now)
    return false
  }

  /// Notes why a container could not be started. A plain init container that fails ends the sync.
  mutating func fail(_ index: Int, _ reason: String, _ message: String, until end: Instant? = nil) {
    runtime.containers[index].failure = StartFailure(reason: reason, message: message)
    switch (runtime.failure, end) {
    case (nil, let end?): runtime.failure = .backoff(until: end)
    case (.backoff(let earlier), let end?): runtime.failure = .backoff(until: min(earlier, end))
    default: runtime.failure = .error
    }
    if isInit(index) && !isSidecar(index) { runtime.work.removeAll() }
  }

  /// Builds the container, unless something that its environment names is missing.
  mutating func create(_ index: Int) {
    if let missing = missingEnvironment(index) {
      event(.warning, "Failed", "Error: \(missing)", container: index)
      fail(index, "CreateContainerConfigError", missing)
      return
    }
    event(.normal, "Created", "Container created", container: index)
    runtime.busyUntil = now + timing.containerStart
    runtime.work.append(.created(index))
  }

  mutating func created(_ index: Int) {
    let program = program(index)
    let attempt = runtime.containers[index].current.map { $0.attempt + 1 }
    let number = attempt ?? runtime.containers[index].restarts
    let end = program.ending(ofRun: Int(number)).map {
      ProcessExit(time: now + $0.after, code: $0.code)
    }
    runtime.containers[index].previous = runtime.containers[index].current
    runtime.containers[index].current = ContainerProcess(
      ContainerProcess.Facts(
        id: RuntimeNames.container(pod.metadata.uid, name(index), number), attempt: number,
        image: image(index), imageID: runtime.traits.containers[index].imageID, startedAt: now,
        sandbox: runtime.sandboxes, ownExit: end, exit: end))
    if let problem = launchProgram(index) {
      failStart(index, problem)
      return
    }
    runtime.containers[index].failure = nil
    runtime.containers[index].isReset = false
    takeAllocation(index)
    if !runtime.memoryUsage.isEmpty { runtime.memoryUsage[name(index)] = nil }
    runtime.isRestartingAll = false
    runtime.hasChanged = true
    event(.normal, "Started", "Container started", container: index)
    note(String(joining: "started ", name(index), number == 0 ? "" : ", restart \(number)"))
    if runtime.traits.containers[index].hasPostStart {
      // A hook ends with its container at the latest.
      let result = runHook(index, \.postStart)
      runtime.containers[index].current?.postStart = result
      let scripted = result?.length ?? program.afterStart.after
      let end = now + hookLength(index, \.postStart, scripted)
      runtime.busyUntil = min(end, runtime.containers[index].current?.exit?.time ?? end)
      runtime.work.append(.hookDone(index))
    }
  }

  /// The runtime made the container and could not start what is to run in it.
  private mutating func failStart(_ index: Int, _ problem: String) {
    runtime.containers[index].current?.startError = problem
    let exit = ProcessExit(time: now, code: 128)
    runtime.containers[index].current?.exit = exit
    runtime.containers[index].current?.isNoticed = true
    runtime.hasChanged = true
    event(.warning, "Failed", "Error: \(problem)", container: index)
    fail(index, "RunContainerError", problem)
  }

  mutating func hookDone(_ index: Int) {
    guard let process = runtime.containers[index].current else { return }
    let isDead = !process.isAlive(at: now)
    let scripted = process.postStart?.code ?? program(index).afterStart.code
    let failed = hookFails(index, \.postStart, scripted)
    if !isDead && !failed { return }
    event(.warning, "FailedPostStartHook", "PostStartHook failed", container: index)
    let code = isDead ? 137 : scripted
    let printed = process.postStart?.text ?? ""
    fail(
      index, "PostStartHookError",
      "command '\(hookText(index))' exited with \(code): \(printed)")
    note("\(name(index)) was killed since its postStart hook failed")
    runtime.busyUntil = stop(index, "FailedPostStartHook", grace: podGrace, from: now)
    runtime.work.append(.killed(index))
  }

  /// How long a hook takes: a pause as long as it says, anything else as the program says.
  func hookLength(
    _ index: Int, _ hook: KeyPath<Lifecycle, LifecycleHandler?>, _ scripted: Duration
  ) -> Duration {
    spec(index) { $0.lifecycle?[keyPath: hook]?.sleep.map { .seconds($0.seconds) } } ?? scripted
  }

  /// Whether a hook that ran to its end failed.
  func hookFails(
    _ index: Int, _ hook: KeyPath<Lifecycle, LifecycleHandler?>, _ code: Int32
  ) -> Bool {
    if spec(index, { $0.lifecycle?[keyPath: hook]?.tcpSocket != nil }) { return true }
    return code != 0 && spec(index) { $0.lifecycle?[keyPath: hook]?.sleep == nil }
  }

  private func hookText(_ index: Int) -> String {
    spec(index) { $0.lifecycle?.postStart?.exec?.command.joined(separator: " ") ?? "" }
  }
}

/// The names that the container runtime gives.
enum RuntimeNames {
  /// `containerd://` and 64 hexadecimal digits.
  static func container(_ pod: UID, _ name: String, _ attempt: Int32) -> String {
    var hash = RunningHash()
    hash.feed(pod.description)
    hash.feed(name)
    hash.feed(UInt64(attempt))
    return digits(hash.value, after: "containerd://")
  }

  /// `docker.io/library/app@sha256:` and 64 hexadecimal digits, for `app:1`.
  static func image(_ image: String) -> String {
    var repository = image[...]
    if let at = repository.firstIndex(of: "@") { repository = repository[..<at] }
    let tail = repository.lastIndex(of: "/").map { repository.index(after: $0) }
    let last = repository[(tail ?? repository.startIndex)...]
    if let colon = last.firstIndex(of: ":") { repository = repository[..<colon] }
    let host = tail == nil ? "docker.io/library/" : ""
    return digits(RunningHash.hash(of: image), after: "\(host)\(repository)@sha256:")
  }

  private static func digits(_ seed: UInt64, after prefix: String) -> String {
    let begin = prefix.utf8.count
    return String(unsafeUninitializedCapacity: begin + 64) { bytes in
      _ = bytes.initialize(from: prefix.utf8)
      var word = seed
      for block in 0..<4 {
        word = mix(word &+ 0x9E37_79B9_7F4A_7C15)
        Hexadecimal.write(word, to: bytes, at: begin + 16 * block)
      }
      return begin + 64
    }
  }
}
