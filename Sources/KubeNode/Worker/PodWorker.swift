import KubeModel
import KubePrograms
import KubeReconcile
import SimulationKernel

/// One turn of the kubelet's work on one pod: what is due now is done, and the next instant at
/// which anything can change is found.
///
/// It stands for upstream's pod worker, its probe workers and the look at the runtime (PLEG), and
/// lives for one reconcile; what it remembers is in the ``PodRuntime``.
struct PodWorker {
  let key: ObjectKey
  /// Both are changed in the very storage in which the kubelet keeps them.
  @Indirect var runtime: PodRuntime
  @Indirect var node: NodeRuntime
  let catalog: BehaviorCatalog
  let timing: Timing
  let snapshot: Snapshot
  var plan = Plan()
  /// The other pods, for programs that ask them.
  var others: PagedArray<Kubelet.PodSlot>
  /// What is on volumes that outlive pods.
  var disks: [String: FileTree] {
    didSet { hasChangedDisks = true }
  }
  var hasChangedDisks = false
  /// True when there is nothing left to do for the pod, ever.
  var isDone = false

  init(
    key: ObjectKey, runtime: consuming Indirect<PodRuntime>,
    node: consuming Indirect<NodeRuntime>, kubelet: borrowing Kubelet, snapshot: Snapshot
  ) {
    self.key = key
    _runtime = runtime
    _node = node
    catalog = kubelet.catalog
    timing = kubelet.timing
    others = kubelet.pods
    disks = kubelet.disks
    self.snapshot = snapshot
  }

  var now: Instant { snapshot.now }
  /// Lent, not copied.
  var pod: Pod { _read { yield runtime.pod } }

  /// Does what is due and asks for the next wake-up.
  mutating func run() {
    playPrograms()
    followDeletion()
    followVerdict()
    if runtime.stage == .running {
      noticeExits()
      noticeLostSandbox()
      followResize()
    }
    raiseHookFailures()
    if runtime.hasProbes { stepProbes() }
    checkTimers()
    var turns = 0
    while step() {
      turns += 1
      precondition(
        turns < 100_000, "kubelet: no end of work at one instant for \(pod.metadata.name)")
    }
    if !isDone { plan.wake(key, at: nextDue()) }
  }

  private mutating func step() -> Bool {
    if isDone { return false }
    if let until = runtime.busyUntil {
      if until > now { return false }
      runtime.busyUntil = nil
    }
    if !runtime.work.isEmpty {
      perform(runtime.work.removeLast())
      return true
    }
    if runtime.isSyncing {
      endSync()
      return true
    }
    if !runtime.wantsSync { return false }
    runtime.wantsSync = false
    runtime.nextSync = nil
    switch runtime.stage {
    case .running: beginSync()
    case .terminating: beginStop()
    case .terminated: finish()
    }
    return true
  }

  /// Makes a sync due; the latest cause is the one that the next status names.
  mutating func want(_ rule: StaticString, _ detail: String = "") {
    runtime.wantsSync = true
    runtime.cause = PodRuntime.Cause(rule: rule, detail: detail)
  }

  private mutating func checkTimers() {
    if let due = runtime.nextLook, due <= now {
      runtime.nextLook = nil
      want("look at the runtime", standing)
    }
    if let due = runtime.nextSync, due <= now {
      runtime.nextSync = nil
      switch (runtime.stage, runtime.failure) {
      case (.terminating, _): want("all containers are done")
      case (.terminated, _): want("containers are cleaned up")
      case (.running, .backoff): want("back-off is over", waitText)
      case (.running, _): want("try again", standing)
      }
    }
    if let deadline, deadline <= now { want("active deadline passed") }
  }

  /// When `activeDeadlineSeconds` is over and the kubelet sees it: not before the sync under way is
  /// over.
  private var deadline: Instant? {
    guard let seconds = pod.spec.activeDeadlineSeconds, runtime.stage == .running,
      runtime.verdict == nil, !runtime.isSyncing
    else { return nil }
    return node.turn(from: snapshot.clock.instant(runtime.startTime) + .seconds(seconds))
  }

  /// Ends a pod that lives on after its deadline, with the status that a sync writes.
  mutating func followDeadline() {
    guard let deadline, deadline <= now else { return }
    runtime.verdict = .deadlineExceeded
    tellDeadline()
    want("active deadline passed", "\(pod.spec.activeDeadlineSeconds ?? 0) s")
    runtime.wantsSync = false
  }

  /// Whoever computes a status after the deadline tells of it: the sync that ends the pod, the begin
  /// and the end of its stop, and the clean-up. The Event is counted up to 4.
  mutating func tellDeadline() {
    let deadline = Verdict.deadlineExceeded
    if !runtime.$verdict.isNil, runtime.verdict?.reason == deadline.reason {
      event(.normal, deadline.reason, deadline.message)
    }
  }

  /// The next instant at which anything can change.
  private func nextDue() -> Instant? {
    var due = Instant.distantFuture
    func consider(_ time: Instant?) { if let time, time < due { due = time } }
    consider(runtime.busyUntil)
    consider(runtime.nextSync)
    consider(runtime.nextLook)
    consider(deadline)
    for hook in runtime.failingHooks { consider(hook.time) }
    if runtime.stage == .running {
      consider(runtime.sandboxLostAt.map { node.look(from: $0) })
      for index in runtime.containers.indices {
        consider(runtime.containers[index].unseenExit.map { node.look(from: $0.time) })
      }
    }
    consider(nextEvent()?.time)
    if runtime.hasProbes {
      for index in runtime.containers.indices {
        for probe in runtime.containers[index].probes.indices {
          consider(nextProbe(index, probe))
        }
      }
    }
    return due == .distantFuture ? nil : due
  }

  /// The kubelet looks at its containers once a second; only then it learns of an exit.
  private mutating func noticeExits() {
    var exits = ""
    for index in runtime.containers.indices where runtime.containers[index].isRunning {
      guard let exit = runtime.containers[index].unseenExit, exit.time <= now,
        node.look(from: exit.time) <= now
      else { continue }
      runtime.containers[index].current?.isNoticed = true
      keepLastWords(index)
      let text = exitText(index, exit)
      exits = exits.isEmpty ? text : "\(exits); \(text)"
    }
    if !exits.isEmpty { want("container exited", exits) }
  }

  // MARK: The spec's containers, by the index that `runtime.containers` has

  func isInit(_ index: Int) -> Bool { index < runtime.initCount }

  func isEphemeral(_ index: Int) -> Bool { index >= runtime.mains.upperBound }

  /// Reads something else of the spec of a container, which copies the container.
  func spec<Value>(_ index: Int, _ read: (Container) -> Value) -> Value {
    let (initCount, mainCount) = (runtime.initCount, runtime.mainCount)
    if index < initCount { return read(pod.spec.initContainers[index]) }
    if index < initCount + mainCount { return read(pod.spec.containers[index - initCount]) }
    return read(pod.spec.ephemeralContainers[index - initCount - mainCount].common)
  }

  func name(_ index: Int) -> String { runtime.traits.containers[index].name }

  func image(_ index: Int) -> String { runtime.traits.containers[index].image }

  func isSidecar(_ index: Int) -> Bool {
    isInit(index) && runtime.traits.containers[index].isSidecar
  }

  func program(_ index: Int) -> some ContainerProgram {
    catalog.program(of: name(index), image: image(index), in: runtime.behavior)
  }

  // MARK: Events

  mutating func event(_ type: EventType, _ reason: String, _ message: String) {
    emit(type, reason, message, "")
  }

  mutating func event(
    _ type: EventType, _ reason: String, _ message: String, container index: Int
  ) {
    emit(type, reason, message, runtime.traits.containers[index].path)
  }

  private mutating func emit(
    _ type: EventType, _ reason: String, _ message: String, _ fieldPath: String
  ) {
    makeRoom()
    plan.event(
      EventDraft(
        type, reason, message, regarding: ObjectReference(to: pod, fieldPath: fieldPath),
        component: Kubelet.name, host: node.name))
  }

  /// One write seldom comes alone.
  mutating func makeRoom() {
    if plan.writes.isEmpty { plan.writes.reserveCapacity(4) }
  }
}
