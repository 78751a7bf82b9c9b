import KubeModel
import KubePrograms
import SimulationKernel

// What a probe finds and how a hook goes, where a program runs in the container.
//
// Follows   pkg/kubelet/prober/prober.go, pkg/probe/{exec,http,tcp,grpc},
//           pkg/kubelet/lifecycle/handlers.go (v1.36)
// Left out  headers, hosts other than the pod, redirects.
extension PodWorker {
  /// What a try found.
  struct Finding {
    var succeeds: Bool
    var text = ""
    /// Why nothing was found, so that the result stays; nil when something was.
    var error: String?
  }

  /// Probes a program for real: what an exec probe does to files stays.
  mutating func ask(_ index: Int, _ probe: Probe) -> Finding {
    awaken(index)
    guard let request = request(of: probe, index), let process = runtime.containers[index].current
    else { return Finding(succeeds: true) }
    let elapsed = now - process.startedAt
    let answer = play(index) { $0.ask(request, at: elapsed) } ?? Answer(.refused)
    if case (.exec(let command), .exit(127)) = (request, answer.outcome),
      let problem = execProblem(command, index)
    {
      return Finding(succeeds: false, error: problem)
    }
    return finding(of: elsewhere(answer, request, index), request, probe, index)
  }

  /// Why a command cannot be started in a container at all, in the runtime's words; nil when it can.
  private func execProblem(_ command: [String], _ index: Int) -> String? {
    guard let machine = runtime.containers[index].current?.instance?.wrappedValue.machine,
      let first = command.first
    else { return nil }
    var files = machine.files
    files.volumes = runtime.volumes
    if Toolbox.knows(first, files, machine.directory) { return nil }
    return "rpc error: code = Unknown desc = failed to exec in container: OCI runtime exec failed: "
      + "exec failed: unable to start container process: exec: \(GoText.quoted(first)): "
      + Self.absence(of: first)
  }

  /// How long a probe goes on succeeding: nil when the next try must be made, `distantFuture` when
  /// nothing can change it before the next event of a program of the pod.
  func successEnd(_ index: Int, _ probe: Probe, at tick: Instant) -> Instant? {
    guard let process = runtime.containers[index].current,
      var copy = process.instance?.wrappedValue,
      let request = request(of: probe, index)
    else { return nil }
    copy.machine.files.volumes = runtime.volumes
    copy.machine.network = network(for: index)
    let answer = elsewhere(
      copy.ask(request, at: tick - process.startedAt), request, index)
    guard finding(of: answer, request, probe, index).succeeds else { return nil }
    switch answer.validity {
    case .once: return nil
    case .until(let end): return process.startedAt + end
    case .untilNextEvent: return .distantFuture
    }
  }

  /// An answer, or, when nobody listens in the container itself, that of another one of the pod.
  private func elsewhere(_ answer: Answer, _ request: Request, _ index: Int) -> Answer {
    guard answer.outcome == .refused, request.port != nil else { return answer }
    for other in runtime.containers.indices where other != index {
      guard let process = runtime.containers[other].current, process.isAlive(at: now) else {
        continue
      }
      if var instance = runtime.instance(other, at: now, snapshot.clock) {
        instance.machine.files.volumes = runtime.volumes
        let answer = instance.ask(request, at: now - process.startedAt)
        if answer.outcome != .refused { return answer }
      } else if runtime.container(other)?.ports.isEmpty == false,
        runtime.takes(request.port, other)
      {
        return Answer(.status(200))
      }
    }
    return answer
  }

  private func request(of probe: Probe, _ index: Int) -> Request? {
    if let exec = probe.exec { return .exec(exec.command) }
    if let page = probe.httpGet {
      return .http(port: number(of: page.port, index), path: page.path.isEmpty ? "/" : page.path)
    }
    if let socket = probe.tcpSocket { return .connect(port: number(of: socket.port, index)) }
    if let check = probe.grpc { return .health(port: check.port, service: check.service ?? "") }
    return nil
  }

  /// A port by its number or by its name in the container.
  private func number(of port: IntOrString, _ index: Int) -> Int32 {
    switch port {
    case .int(let number): number
    case .string(let name):
      spec(index) { container in
        container.ports.first { $0.name == name }?.containerPort ?? Int32(name) ?? 0
      }
    }
  }

  private func finding(
    of answer: Answer, _ request: Request, _ probe: Probe, _ index: Int
  ) -> Finding {
    let limit = Duration.seconds(Int64(max(1, probe.timeoutSeconds)))
    if answer.delay > limit { return Finding(succeeds: false, text: late(request, limit)) }
    if answer.isSuccess { return Finding(succeeds: true) }
    switch (answer.outcome, request) {
    case (.refused, .http(let port, let path)):
      let place = "\(address):\(port)"
      return Finding(
        succeeds: false,
        text: "Get \"http://\(place)\(path)\": dial tcp \(place): connect: connection refused")
    case (.refused, .connect(let port)):
      return Finding(
        succeeds: false, text: "dial tcp \(address):\(port): connect: connection refused")
    case (.refused, .health(let port, _)):
      let text = "timeout: failed to connect service \"\(address):\(port)\" within "
      return Finding(
        succeeds: false, text: text + GoDuration.text(limit) + ": context deadline exceeded")
    case (.status, .health):
      return Finding(succeeds: false, text: "service unhealthy (responded with \"NOT_SERVING\")")
    case (.status(let status), _):
      return Finding(succeeds: false, text: "HTTP probe failed with statuscode: \(status)")
    default: return Finding(succeeds: false, text: answer.body)
    }
  }

  private func late(_ request: Request, _ limit: Duration) -> String {
    switch request {
    case .exec(let command):
      return "command timed out: \(GoText.quoted(command.joined(separator: " "))) timed out after "
        + GoDuration.text(limit)
    case .http(let port, let path):
      return "Get \"http://\(address):\(port)\(path)\": context deadline exceeded "
        + "(Client.Timeout exceeded while awaiting headers)"
    default: return "context deadline exceeded"
    }
  }

  private var address: String { pod.spec.hostNetwork ? node.address : runtime.addressText }

  // MARK: Hooks

  /// How a hook went that a program was asked to do.
  struct HookResult: Sendable {
    var length: Duration
    var code: Int32
    var text = ""
  }

  /// Runs a hook beside a program; nil where there is no program, or the hook is a pause. Its effects
  /// show at once, and it is over after the time that it takes.
  mutating func runHook(
    _ index: Int, _ hook: KeyPath<Lifecycle, LifecycleHandler?>
  ) -> HookResult? {
    guard hasProgram(index), let handler = spec(index, { $0.lifecycle?[keyPath: hook] }),
      handler.sleep == nil
    else { return nil }
    awaken(index)
    guard let process = runtime.containers[index].current else { return nil }
    var probe = Probe()
    probe.exec = handler.exec
    probe.httpGet = handler.httpGet
    guard let request = request(of: probe, index) else { return nil }
    let elapsed = now - process.startedAt
    let asked = play(index) { $0.ask(request, at: elapsed) } ?? Answer(.refused)
    let answer = elsewhere(asked, request, index)
    switch answer.outcome {
    case .exit(let code):
      return HookResult(length: answer.delay, code: code, text: answer.body)
    default:
      return HookResult(length: answer.delay, code: answer.isSuccess ? 0 : 1, text: answer.body)
    }
  }
}
