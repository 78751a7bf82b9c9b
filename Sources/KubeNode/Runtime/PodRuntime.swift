import KubeModel
import KubePrograms
import SimulationKernel

/// A pod as its kubelet has it.
struct PodRuntime: Sendable {
  /// How far the pod is on this node.
  enum Stage: Sendable {
    /// Its containers are kept as the spec says.
    case running
    /// Its containers are being stopped; nothing is started any more.
    case terminating
    /// All its containers are gone; it is being cleaned up.
    case terminated
  }

  /// What is left to do in the sync that is under way.
  enum Work: Sendable {
    case mountVolumes
    case decide
    case createSandbox
    case sandboxReady
    case kill(Int, message: String, grace: Duration)
    case killed(Int)
    case killPod
    case podKilled
    case resize(Int)
    case resetAll
    case start(Int)
    case pulled(Int, since: Instant, took: Duration)
    case create(Int)
    case created(Int)
    case hookDone(Int)
    case containersStopped
  }

  /// How a sync that did not get everything done is repeated.
  enum Failure: Sendable {
    /// All that is missing waits for a restart's back-off, which ends then.
    case backoff(until: Instant)
    /// Something went wrong.
    case error
  }

  /// The pod as it was last seen.
  var pod: Pod
  let node: Int
  var stage = Stage.running
  var behavior: PodBehavior?
  /// Init containers, then containers, then ephemeral ones, each in the order of the spec.
  var containers: ContiguousArray<ContainerRuntime> = []
  var sharedTraits: Indirect<SpecTraits>
  /// When the kubelet first saw the pod.
  let startTime: Timestamp
  /// The pod's address once it had a sandbox.
  var address: PodAddress?
  var addressText = ""
  var hasSandbox = false
  var sandboxes = 0
  /// When the sandbox died, until the kubelet sees it.
  var sandboxLostAt: Instant?
  /// What the node has set aside for it.
  var requested: ResourceList
  /// The amounts set aside and in force, once they differed from the spec's.
  @Boxed var allocation: Allocation?
  /// How much memory its containers use, as far as somebody said so.
  var memoryUsage: ResourceList = [:]

  /// The sync that is under way: its remaining work, last to first.
  var work: ContiguousArray<Work> = []
  var isSyncing = false
  var busyUntil: Instant?
  var failure: Failure?
  /// True when the sync changed what runs on the node.
  var hasChanged = false

  /// True when a sync is due as soon as the present one is over.
  var wantsSync = true
  /// What the sync under way has done, in words.
  var deeds = ""
  /// What made it due, for the status it writes.
  var cause = Cause(rule: "kubelet saw the pod", detail: "")
  /// When the pod is due in the kubelet's queue.
  var nextSync: Instant?
  /// When the kubelet will see what the last sync changed.
  var nextLook: Instant?

  /// The waits before the next pulls, by image, and what the last ones said.
  var pullBackoffs: StringMap<BackoffEntry> = [:]

  var hasProbes = false
  var isMounted = false
  var mounts = VolumeMounts()
  /// When the wait for volumes goes on; nil when there is none.
  var nextMount: Instant?

  /// Why the kubelet itself ended the pod.
  @Boxed var verdict: Verdict?
  /// When the stop of the containers began, and with which grace.
  var stopStart: Instant?
  var stopGrace = Duration.zero
  /// Hooks that will fail, and when that shows.
  var failingHooks: ContiguousArray<FailingHook> = []
  var isRestartingAll = false

  /// True once a program runs in one of its containers.
  var hasPrograms = false
  /// What is in its volumes, as far as programs look at them, and when that was read.
  var volumes: StringMap<FileTree> = [:]
  var volumesReadAt: Instant?
  /// True when some volume outlives the pod.
  var hasDisks = false

  /// Why a status is written.
  struct Cause: Sendable {
    var rule: StaticString
    var detail: String
  }

  struct FailingHook: Sendable {
    var time: Instant
    var container: Int
  }

  /// What is asked for often of the pod's spec.
  var traits: SpecTraits { _read { yield sharedTraits.wrappedValue } }

  var initCount: Int { traits.initCount }
  var mainCount: Int { traits.mainCount }
  var mains: Range<Int> { initCount..<initCount + mainCount }
}

extension PodRuntime {
  init(
    pod: Pod, traits: Indirect<SpecTraits>, node: Int, startTime: Timestamp,
    behavior: PodBehavior?
  ) {
    // All at once: a value that is filled in part by part is copied when it is done.
    self.init(
      pod: pod, node: node, behavior: behavior,
      containers: Self.fresh(traits.wrappedValue.containers.count), sharedTraits: traits,
      startTime: startTime, requested: traits.wrappedValue.requests)
  }

  private static func fresh(_ count: Int) -> ContiguousArray<ContainerRuntime> {
    var containers: ContiguousArray<ContainerRuntime> = []
    containers.reserveCapacity(count)
    for _ in 0..<count { containers.append(ContainerRuntime()) }
    return containers
  }

  /// Reads from a changed spec what is asked for often.
  private mutating func readSpec() {
    sharedTraits = Indirect(wrappedValue: SpecTraits(pod.$spec))
    while containers.count < traits.containers.count { containers.append(ContainerRuntime()) }
  }

  /// Takes in the pod as it is now; a change that its containers depend on makes a sync due.
  mutating func follow(_ pod: Pod, _ catalog: BehaviorCatalog) {
    let old = self.pod
    self.pod = pod
    if !old.$spec.sharesStorage(with: pod.$spec) {
      readSpec()
      noteAmounts(of: old.spec)
    }
    let isSameMetadata = old.metadata.sharesStorage(with: pod.metadata)
    if !isSameMetadata, old.metadata.annotations != pod.metadata.annotations {
      behavior = catalog.behavior(of: pod.metadata)
    }
    if stage != .running || wantsSync || pod.isBeingDeleted { return }
    let isSame =
      isSameMetadata
      || old.metadata.generation == pod.metadata.generation
        && old.metadata.annotations == pod.metadata.annotations
        && old.metadata.labels == pod.metadata.labels
    if isSame && old.$status == pod.$status { return }
    wantsSync = true
    cause = Cause(rule: "pod was changed", detail: "")
  }

  /// Goes on after a time without kubelet: what fell into it is not made up for.
  mutating func resume(at now: Instant) {
    wantsSync = true
    cause = Cause(rule: "kubelet is back", detail: "")
    for index in containers.indices {
      for number in containers[index].probes.indices {
        containers[index].probes[number].next = max(now, containers[index].probes[number].next)
      }
    }
  }

  /// The place of a container in `containers`.
  func index(of name: String) -> Int? {
    traits.containers.firstIndex { $0.name == name }
  }

  /// The containers that run, with the path to them in the pod.
  var runningContainers: [(path: String, name: String)] {
    containers.indices.compactMap { index in
      guard containers[index].isRunning else { return nil }
      return (traits.containers[index].path, traits.containers[index].name)
    }
  }
}
