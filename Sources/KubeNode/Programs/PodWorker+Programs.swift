import KubeModel
import KubePrograms
import SimulationKernel

// Plays the programs in a pod's containers: which container has one, its start, its events, its end.
//
// A container whose behaviour is scripted has none, nor has one of an image and with a command that
// nobody knows: it runs until it is stopped. A server that only waits is played when somebody asks.
extension PodWorker {
  /// What `command` and `args` of a container start.
  private enum Launch {
    case nothing
    /// A server that is started when it is asked first.
    case later
    case program(any Program, [String])
    /// A well-known image in which there is no such command.
    case missing(String)
  }

  /// The cluster as the pod's programs see it.
  func network(for index: Int) -> PodNetwork {
    PodNetwork(snapshot: snapshot, own: runtime, asking: index, others: others)
  }

  /// True when a script says how a container behaves; a pod's annotation speaks for all of them.
  func isScripted(_ index: Int) -> Bool {
    runtime.behavior != nil || catalog.hasScript(forImage: image(index))
  }

  /// True when a program runs in a container, or would as soon as somebody asks.
  func hasProgram(_ index: Int) -> Bool {
    guard let process = runtime.containers[index].current else { return false }
    return process.instance != nil || process.startsLater
  }

  private mutating func launch(_ index: Int) -> Launch {
    let isUnknown = runtime.traits.containers[index].isUnknown
    if isUnknown && catalog.ownProgram(forImage: image(index)) == nil { return .nothing }
    if isScripted(index) { return .nothing }
    let container = spec(index) { $0 }
    if let program = catalog.ownProgram(forImage: container.image) {
      return .program(program, container.command + container.args)
    }
    let image = KnownImage(named: container.image)
    let line = commandLine(of: container, image)
    if Servers.onlyWaits(line) { return .later }
    let words = expand(line, variables(of: container, image))
    guard let first = words.first else { return .nothing }
    readVolumes()
    let files = files(of: container, image)
    if Toolbox.knows(first, files, directory(of: container, image)) {
      return .program(Toolbox.program(for: words), words)
    }
    return image == nil ? .nothing : .missing(first)
  }

  private func commandLine(of container: Container, _ image: KnownImage?) -> [String] {
    image?.commandLine(command: container.command, args: container.args)
      ?? container.command + container.args
  }

  /// Starts what the container runs. Returns why it could not be started, in the runtime's words.
  mutating func launchProgram(_ index: Int) -> String? {
    switch launch(index) {
    case .nothing: return nil
    case .later:
      runtime.containers[index].current?.startsLater = true
      return nil
    case .missing(let command):
      return "failed to create containerd task: failed to create shim task: OCI runtime create "
        + "failed: runc create failed: unable to start container process: error during container "
        + "init: exec: \(GoText.quoted(command)): \(Self.absence(of: command))"
    case .program(let program, let words):
      install(program, words, index)
      play(index) { $0.start() }
      return nil
    }
  }

  /// Why a command that is not in an image cannot be started.
  static func absence(of command: String) -> String {
    command.contains("/")
      ? "stat \(command): no such file or directory" : "executable file not found in $PATH"
  }

  private mutating func install(_ program: any Program, _ words: [String], _ index: Int) {
    readVolumes()
    let machine = machine(running: words, index)
    runtime.containers[index].current?.startsLater = false
    runtime.containers[index].current?.instance = Indirect(
      wrappedValue: Instance(program, on: machine))
    runtime.hasPrograms = true
  }

  /// What a program of a container has around it.
  func machine(running words: [String], _ index: Int) -> Machine {
    spec(index) { container in
      let image = KnownImage(named: container.image)
      var machine = Machine(
        arguments: words, environment: variables(of: container, image), hostname: hostname,
        directory: directory(of: container, image), files: files(of: container, image),
        isFirstProcess: pod.spec.shareProcessNamespace != true,
        started: snapshot.clock.microTime(
          runtime.containers[index].current?.startedAt ?? now))
      machine.readsInput = container.stdin
      setUser(of: container, &machine)
      return machine
    }
  }

  /// Starts a server that waited to be asked, as of the start of its container.
  mutating func awaken(_ index: Int) {
    guard runtime.containers[index].current?.startsLater == true else { return }
    let words = spec(index) { container in
      let image = KnownImage(named: container.image)
      return expand(commandLine(of: container, image), variables(of: container, image))
    }
    install(Servers.server(of: words) ?? Toolbox.program(for: words), words, index)
    play(index) { $0.start() }
  }

  // MARK: Events

  /// Lets an instance do something with the pod's volumes and the network at hand, and takes in
  /// what came of it.
  @discardableResult mutating func play<Result>(
    _ index: Int, _ body: (inout Instance) -> Result
  ) -> Result? {
    guard let process = runtime.containers[index].current, var instance = process.instance
    else { return nil }
    // Taken out, so that it is changed in place.
    runtime.containers[index].current?.instance = nil
    instance.wrappedValue.machine.network = network(for: index)
    instance.wrappedValue.machine.files.volumes = runtime.volumes
    runtime.volumes = [:]
    let changes = instance.wrappedValue.machine.files.changes
    let result = body(&instance.wrappedValue)
    let hasWritten = instance.wrappedValue.machine.files.changes != changes
    instance.wrappedValue.machine.network = nil
    runtime.volumes = instance.wrappedValue.machine.files.volumes
    instance.wrappedValue.machine.files.volumes = [:]
    let exit = instance.wrappedValue.exit
    let memory = instance.wrappedValue.machine.memory
    let elapsed = instance.wrappedValue.machine.time
    runtime.containers[index].current?.instance = instance
    keepDisks()
    if memory > 0, exit == nil { checkMemory(index, memory, at: process.startedAt + elapsed) }
    if hasWritten { tellFollowers(besides: index) }
    if let exit {
      let end = ProcessExit(time: process.startedAt + exit.time, code: exit.code)
      if process.ownExit == nil { runtime.containers[index].current?.ownExit = end }
      if process.exit.map({ end.time < $0.time }) ?? true {
        runtime.containers[index].current?.exit = end
      }
    }
    return result
  }

  /// Ends a process that takes more memory than its container may.
  private mutating func checkMemory(_ index: Int, _ bytes: UInt64, at time: Instant) {
    let amounts = runtime.allocation?.actual ?? Allocation.amounts(of: pod.spec)
    guard index < amounts.count, let limit = amounts[index].limits[ResourceName.memory],
      Quantity(value: Int64(clamping: bytes)) > limit
    else { return }
    let end = ProcessExit(time: time, code: 137, cause: .outOfMemory)
    runtime.containers[index].current?.ownExit = end
    if runtime.containers[index].current?.exit.map({ end.time < $0.time }) ?? true {
      runtime.containers[index].current?.exit = end
    }
  }

  /// The user and the groups that the security context names.
  private func setUser(of container: Container, _ machine: inout Machine) {
    let own = container.securityContext
    let whole = pod.spec.securityContext
    machine.user = own?.runAsUser ?? whole?.runAsUser ?? 0
    machine.group = own?.runAsGroup ?? whole?.runAsGroup ?? 0
    machine.groups = (whole?.supplementalGroups ?? []) + (whole?.fsGroup.map { [$0] } ?? [])
  }

  /// Wakes the programs of other containers that wait for a file to grow.
  private mutating func tellFollowers(besides index: Int) {
    for other in runtime.containers.indices where other != index {
      guard let process = runtime.containers[other].current, process.isAlive(at: now),
        process.instance?.wrappedValue.followsFiles == true
      else { continue }
      let elapsed = now - process.startedAt
      runtime.containers[other].current?.instance?.wrappedValue.nudge(at: elapsed)
    }
  }

  /// Plays every event of a program that is due, the earliest first.
  mutating func playPrograms() {
    guard runtime.hasPrograms else { return }
    while let (index, time) = nextEvent(), time <= now {
      refreshVolumes()
      guard let process = runtime.containers[index].current else { return }
      let elapsed = time - process.startedAt
      if process.signalTime.map({ $0 <= time }) == true {
        runtime.containers[index].current?.signalTime = nil
        let signal = stopSignal(index)
        play(index) { $0.signal(signal, at: elapsed) }
      } else {
        play(index) { $0.run(to: elapsed) }
      }
    }
  }

  /// The next event of a program of the pod: its own, or a signal on its way.
  func nextEvent() -> (index: Int, time: Instant)? {
    guard runtime.hasPrograms else { return nil }
    var next: (index: Int, time: Instant)?
    for index in runtime.containers.indices {
      guard let process = runtime.containers[index].current, let instance = process.instance,
        instance.wrappedValue.exit == nil
      else { continue }
      var time = process.signalTime ?? .distantFuture
      if let wake = instance.wrappedValue.nextWake { time = min(time, process.startedAt + wake) }
      guard time != .distantFuture, process.exit.map({ time < $0.time }) ?? true else { continue }
      if next.map({ time < $0.time }) ?? true { next = (index, time) }
    }
    return next
  }

  /// What a program will do at the signal to stop, found out on a copy: when it ends, if that is before
  /// `limit`.
  mutating func forecastStop(_ index: Int, signal: Instant, limit: Instant) -> ProcessExit? {
    awaken(index)
    guard let process = runtime.containers[index].current, var copy = process.instance?.wrappedValue
    else { return nil }
    copy.machine.files.volumes = runtime.volumes
    copy.machine.network = network(for: index)
    copy.signal(stopSignal(index), at: signal - process.startedAt)
    copy.run(to: limit - process.startedAt)
    runtime.containers[index].current?.signalTime = signal
    return copy.exit.map { ProcessExit(time: process.startedAt + $0.time, code: $0.code) }
  }

  /// SIGTERM, or what the container asks for instead.
  private func stopSignal(_ index: Int) -> ProcessSignal {
    spec(index) { $0.lifecycle?.stopSignal }.flatMap { ProcessSignal(named: $0.rawValue) }
      ?? .terminate
  }

  // MARK: The end

  /// What a container left as its last words: its termination message.
  ///
  /// Follows `getTerminationMessage` of pkg/kubelet/kuberuntime/kuberuntime_container.go: at most
  /// 4096 bytes of the file, or, when that is empty and the policy says so, the last 80 lines or
  /// 2048 bytes of the log.
  mutating func keepLastWords(_ index: Int) {
    guard let process = runtime.containers[index].current, process.lastWords == nil,
      let instance = process.instance?.wrappedValue, let exit = process.exit
    else { return }
    var files = instance.machine.files
    files.volumes = runtime.volumes
    let words: String = spec(index) { container in
      let path = container.terminationMessagePath
      let text = (try? files.read(path.isEmpty ? "/dev/termination-log" : path)) ?? ""
      if !text.isEmpty { return String(decoding: text.utf8.prefix(4096), as: UTF8.self) }
      guard container.terminationMessagePolicy == .fallbackToLogsOnError, exit.code != 0 else {
        return ""
      }
      let lines = instance.machine.output.lines.suffix(80).map { $0.text + "\n" }.joined()
      return String(decoding: lines.utf8.suffix(2048), as: UTF8.self)
    }
    runtime.containers[index].current?.lastWords = words
  }
}
