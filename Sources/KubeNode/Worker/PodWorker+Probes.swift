import KubeModel
import SimulationKernel

// Probes the containers.
//
// Follows pkg/kubelet/prober/{worker.go,prober.go,prober_manager.go} (v1.36)
// A probe that goes on finding the same is not run at all: the next try that can change something
// is computed from what the program says it will answer.
// Left out  the random wait before the first try just after the start of a kubelet.
extension PodWorker {
  /// Sets up the probes of containers and sidecars; their ticks begin now.
  mutating func addProbes() {
    if runtime.hasProbes { return }
    for index in 0..<runtime.mains.upperBound where !isInit(index) || isSidecar(index) {
      for kind in runtime.traits.containers[index].probes {
        let next = now + period(of: probe(index, kind))
        runtime.containers[index].probes.append(ProbeWorker(kind: kind, next: next))
        runtime.hasProbes = true
      }
    }
  }

  private func probe(_ index: Int, _ kind: ProbeKind) -> Probe {
    spec(index) {
      switch kind {
      case .startup: $0.startupProbe
      case .readiness: $0.readinessProbe
      case .liveness: $0.livenessProbe
      }
    } ?? Probe()
  }

  private func period(of probe: Probe) -> Duration {
    .seconds(probe.periodSeconds > 0 ? Int64(probe.periodSeconds) : 10)
  }

  /// Runs every probe that is due.
  mutating func stepProbes() {
    for index in runtime.containers.indices {
      for number in runtime.containers[index].probes.indices {
        while let due = nextProbe(index, number), due <= now {
          let spec = probe(index, runtime.containers[index].probes[number].kind)
          runtime.containers[index].probes[number].next = due + period(of: spec)
          tryProbe(index, number, spec)
        }
      }
    }
  }

  /// A container that is not ready is looked at with each sync of its pod, besides the ticks.
  mutating func triggerReadinessProbes() {
    guard runtime.hasProbes else { return }
    for index in runtime.containers.indices where runtime.containers[index].isRunning {
      for number in runtime.containers[index].probes.indices {
        let worker = runtime.containers[index].probes[number]
        guard worker.kind == .readiness, let process = runtime.containers[index].current else {
          continue
        }
        // The status of this very sync is the first that names a new process.
        runtime.containers[index].current?.isReported = true
        if worker.attempt == process.attempt && worker.result == true { continue }
        let spec = probe(index, .readiness)
        guard isStarted(index) else { continue }
        runtime.containers[index].probes[number].next = now + period(of: spec)
        tryProbe(index, number, spec)
      }
    }
  }

  /// The next tick of a probe at which something can change or must be told; nil for none.
  func nextProbe(_ index: Int, _ number: Int) -> Instant? {
    let container = runtime.containers[index]
    let worker = container.probes[number]
    guard let process = container.current, process.isReported, !process.isNoticed,
      process.isAlive(at: now)
    else { return nil }
    if runtime.stage != .running && worker.kind != .readiness { return nil }
    if runtime.stage == .terminated { return nil }
    let isNew = worker.attempt != process.attempt
    if !isNew && worker.isOnHold { return nil }
    let started = isStarted(index)
    if isNew && worker.kind == .startup && started {
      // The restarted container shows as started until its probe looks again.
      return worker.tick(from: process.startedAt, period: period(of: probe(index, .startup)))
    }
    if (worker.kind == .startup) == started { return nil }
    let spec = probe(index, worker.kind)
    let begin = process.startedAt + .seconds(Int64(spec.initialDelaySeconds))
    var tick = worker.tick(from: begin, period: period(of: spec))
    // Nothing to see while success goes on.
    let result = isNew ? worker.kind == .liveness : worker.result == true
    if !result || worker.last == false || portProblem(spec, index) != nil {
      return before(process, tick)
    }
    if hasProgram(index) {
      // What is asked of a program changes at its pod's events at the earliest, and those come anyway.
      // Ticks that were passed over found what they would have found.
      tick = worker.tick(from: max(begin, now), period: period(of: spec))
      while let end = successEnd(index, spec, at: tick) {
        let next = worker.tick(from: max(tick + .nanoseconds(1), end), period: period(of: spec))
        if end == .distantFuture || nextEvent().map({ $0.time <= next }) == true { return nil }
        tick = next
      }
      return before(process, tick)
    }
    let program = program(index)
    while true {
      let answer = program.probe(worker.kind, after: tick - process.startedAt)
      if !answer.succeeds { return before(process, tick) }
      guard let until = answer.until else { return nil }
      tick = worker.tick(from: max(tick, process.startedAt + until), period: period(of: spec))
    }
  }

  private func before(_ process: ContainerProcess, _ tick: Instant) -> Instant? {
    process.isAlive(at: tick) ? tick : nil
  }

  /// Probes once and does what follows from it.
  private mutating func tryProbe(_ index: Int, _ number: Int, _ spec: Probe) {
    guard let process = runtime.containers[index].current, process.isAlive(at: now) else { return }
    let kind = runtime.containers[index].probes[number].kind
    let wasStarted = isStarted(index)
    runtime.containers[index].probes[number].observe(process)
    if isStarted(index) != wasStarted {
      want("startup probe begins anew", name(index))
      return
    }
    let elapsed = now - process.startedAt
    if elapsed < .seconds(Int64(spec.initialDelaySeconds)) { return }
    let finding = find(index, kind, spec, after: elapsed)
    if let error = finding.error {
      // The result stays what it was.
      event(
        .warning, "Unhealthy",
        "\(kind.rawValue) probe errored and resulted in unknown state: \(error)",
        container: index)
      return
    }
    let succeeds = finding.succeeds
    if !succeeds {
      event(
        .warning, "Unhealthy", "\(kind.rawValue) probe failed: \(finding.text)",
        container: index)
    }
    guard runtime.containers[index].probes[number].record(succeeds, spec) else { return }
    let text = finding.text
    switch (kind, succeeds) {
    case (.readiness, true):
      tell(index, "readiness probe passed", spec.successThreshold, "success", text)
    case (.readiness, false):
      tell(index, "readiness probe failed", spec.failureThreshold, "failure", text)
    case (.startup, true):
      tell(index, "startup probe passed", spec.successThreshold, "success", text)
    case (.startup, false):
      tell(index, "startup probe failed", spec.failureThreshold, "failure", text)
    case (.liveness, false):
      tell(index, "liveness probe failed", spec.failureThreshold, "failure", text)
    case (.liveness, true): break
    }
  }

  private mutating func find(
    _ index: Int, _ kind: ProbeKind, _ probe: Probe, after elapsed: Duration
  ) -> Finding {
    if let problem = portProblem(probe, index) { return Finding(succeeds: false, error: problem) }
    if hasProgram(index) { return ask(index, probe) }
    let answer = program(index).probe(kind, after: elapsed)
    return Finding(
      succeeds: answer.succeeds, text: answer.succeeds ? "" : failureText(probe, index),
      error: answer.error)
  }

  /// Why a probe cannot be carried out: it names a port that the container does not have.
  ///
  /// Follows `ResolveContainerPort` of pkg/probe/util.go.
  private func portProblem(_ probe: Probe, _ index: Int) -> String? {
    guard case .string(let name) = probe.httpGet?.port ?? probe.tcpSocket?.port,
      Int(name) == nil, !spec(index, { $0.ports.contains { $0.name == name } })
    else { return nil }
    return "strconv.Atoi: parsing \(GoText.quoted(name)): invalid syntax"
  }

  /// Makes the result known: by the next sync, or aside while one is under way.
  private mutating func tell(
    _ index: Int, _ rule: StaticString, _ threshold: Int32, _ word: String, _ text: String
  ) {
    let count = max(1, threshold)
    let ending = count == 1 ? "" : word.hasSuffix("s") ? "es" : "s"
    var detail = "\(name(index)), \(count) \(word)\(ending) in a row"
    if !text.isEmpty { detail += ", the last: \(text)" }
    if runtime.stage == .running { want(rule, detail) }
    if runtime.isSyncing && runtime.busyUntil != nil || runtime.stage != .running {
      reportProbe(index, rule, detail)
    }
  }

  private func failureText(_ probe: Probe, _ index: Int) -> String {
    if let page = probe.httpGet, page.port != .int(0) || !page.path.isEmpty {
      return "HTTP probe failed with statuscode: 500"
    }
    if let socket = probe.tcpSocket {
      let port: String
      switch socket.port {
      case .int(let number): port = String(number)
      case .string(let name):
        port = spec(index) { container in
          container.ports.first { $0.name == name }.map { String($0.containerPort) } ?? name
        }
      }
      let host = socket.host.isEmpty ? pod.status.podIP : socket.host
      return "dial tcp \(host):\(port): connect: connection refused"
    }
    return probe.grpc == nil ? "" : "service unhealthy (responded with \"NOT_SERVING\")"
  }

  /// True when a running container counts as started.
  func isStarted(_ index: Int) -> Bool {
    if !runtime.containers[index].isRunning { return false }
    // Only with probes there is more to ask.
    if !runtime.hasProbes { return true }
    let container = runtime.containers[index]
    guard let process = container.current,
      let worker = container.probes.first(where: { $0.kind == .startup })
    else { return true }
    return worker.attempt == process.attempt ? worker.result == true : container.isStarted
  }

  /// True when a container counts as ready.
  func isReady(_ index: Int) -> Bool {
    if isInit(index) && !isSidecar(index) { return runtime.containers[index].seenExit?.code == 0 }
    if !isStarted(index) { return false }
    if !runtime.hasProbes { return true }
    let container = runtime.containers[index]
    guard let process = container.current,
      let worker = container.probes.first(where: { $0.kind == .readiness })
    else { return true }
    return worker.attempt == process.attempt && worker.result == true
  }
}
