import KubeAPIServer
import KubeControllers
import KubeModel
import KubeNode
import KubeReconcile
import KubeScheduler
import SimulationKernel

/// A Kubernetes cluster as a value: its objects, its control plane, its nodes, its clock.
///
/// ```swift
/// var cluster = Cluster(nodes: 3, seed: 42)
/// try cluster.create(deployment)
/// try cluster.run(for: .seconds(30))
/// cluster[Deployment.self, "web"]?.status.readyReplicas   // 3
///
/// var other = cluster        // a fork: another future from the same past
/// try other.delete(Node.self, "node-1")
/// ```
///
/// Time moves only in `tick`, `run` and `settle`. The same calls on a cluster of the same seed give
/// the same run, and the same `trace.hash`, in every process and on every platform. A copy costs
/// some pointers; what is written afterwards is copied page by page.
public struct Cluster: Sendable {
  /// The seed of all names, uids, ties and jitter.
  public let seed: UInt64
  /// The delays of this cluster's parts.
  public let timing: Timing

  var server: APIServer
  var engine: Engine
  var reconcilers: [any Reconciler] = []
  /// Theirs: to be asked for its name, a reconciler is copied.
  private(set) var names: [String] = []
  var recorder = EventRecorder()
  var failures: [Work: Int] = [:]  // Looked up, never walked.
  var invariants: [Invariant] = []
  var broken: BrokenInvariant?
  var budget = StepBudget<Work>(limit: Cluster.stepsPerInstant)
  /// True once an instant has used its budget up.
  var isEndless = false

  /// How many times a reconciler was asked so far.
  public internal(set) var reconcileCount = 0

  /// How many reconciles one instant may hold before a run is given up as endless.
  static let stepsPerInstant = 2_000_000

  /// Where the names of the built-in reconcilers stand in `reconcilers`.
  var schedulerIndex = 0
  var kubeletIndex = 0

  /// Where the election of a controller manager stands, if there is one.
  var electorIndex: Int?
  /// False while no controller manager acts.
  var isLed = true

  /// A cluster with this many nodes, `node-1` and so on, of 4 CPUs, 8Gi and 110 pods each, present and
  /// Ready at instant zero.
  public init(
    nodes: Int = 0, seed: UInt64 = 0, timing: Timing = .kubernetes, clock: Clock = Clock(),
    history: History.Limit = .last(1_000)
  ) {
    self.init(seed: seed, timing: timing, clock: clock, history: history)
    // Names made here are valid and new, so no creation is refused.
    try? join((1...max(1, nodes)).prefix(nodes).map { NodeTemplate(name: "node-\($0)") })
  }

  /// A cluster with these nodes, present and Ready at instant zero.
  ///
  /// - Throws: `APIError`, when a node's name is not valid or comes twice.
  public init(
    nodes: [NodeTemplate], seed: UInt64 = 0, timing: Timing = .kubernetes, clock: Clock = Clock(),
    history: History.Limit = .last(1_000)
  ) throws(APIError) {
    self.init(seed: seed, timing: timing, clock: clock, history: history)
    try join(nodes)
  }

  private init(seed: UInt64, timing: Timing, clock: Clock, history: History.Limit) {
    self.seed = seed
    self.timing = timing
    server = APIServer(seed: seed)
    // A second before the first step, so that nodes are Ready when it comes.
    engine = Engine(now: .zero - .seconds(2), clock: clock, history: history)
    for reconciler in Self.controllers(timing) { attach(reconciler) }
    schedulerIndex = reconcilers.count
    attach(Scheduler(timing: timing, seed: mix(seed ^ 0x5C4E_D01E)))
    kubeletIndex = reconcilers.count
    attach(Kubelet(timing: timing))
    furnish()
  }

  /// Adds a reconciler of the user's own beside the built-in ones; it is told of changes from now on.
  public mutating func attach(_ reconciler: some Reconciler) {
    engine.attach(reconciler, number: UInt16(reconcilers.count), store: server.store)
    reconcilers.append(reconciler)
    names.append(type(of: reconciler).name)
  }

  /// Adds a kind of the user's own, served by generic rules; its objects are collected when their
  /// owners are gone. Comes before the reconcilers that watch it.
  public mutating func register<Object: APIObject>(_ kind: Object.Type) {
    guard store.number(of: kind) == nil else { return }
    server.register(kind)
    guard let collector = reconcilers.firstIndex(where: { $0 is GarbageCollector }) else { return }
    engine.attach(
      GarbageCollector.watch(kind), of: reconcilers[collector], number: UInt16(collector),
      store: server.store)
  }

  /// All reconcilers: the controllers, the scheduler, the kubelet, and the user's own.
  public var attachedReconcilers: [any Reconciler] { reconcilers }

  /// Changes settings of a built-in reconciler.
  ///
  /// ```swift
  /// cluster.configure(PodGarbageCollector.self) { $0.threshold = 100 }
  /// ```
  public mutating func configure<Part: Reconciler>(
    _ part: Part.Type, _ change: (inout Part) -> Void
  ) {
    for index in reconcilers.indices {
      guard var reconciler = reconcilers[index] as? Part else { continue }
      change(&reconciler)
      reconcilers[index] = reconciler
    }
  }

  /// The instant that the run has reached.
  public var now: Instant { engine.now }

  /// What the API's clock shows at the start of the run.
  public var clock: Clock { engine.clock }

  /// Everything that happened, with causes.
  public var trace: Trace { engine.trace }

  /// The last changes, for clients that watch.
  public var history: History { engine.history }

  /// The number of the last write.
  public var revision: UInt64 { server.revision }

  /// All objects, read only.
  public var store: Store { server.store }

  /// What a reconciler would see now.
  public var snapshot: Snapshot { Snapshot(store: server.store, now: now, clock: clock) }
}

/// A node to be: its name, labels, taints and size.
public struct NodeTemplate: Hashable, Sendable {
  /// The name.
  public var name: String
  /// Labels besides those that every node has.
  public var labels: StringMap<String>
  /// Taints.
  public var taints: [Taint]
  /// What pods may ask for; what is not named is as by default: 4 CPUs, 8Gi, 110 pods.
  public var allocatable: ResourceList

  /// A node.
  public init(
    name: String, labels: StringMap<String> = [:], taints: [Taint] = [],
    allocatable: ResourceList = [:]
  ) {
    self.name = name
    self.labels = labels
    self.taints = taints
    self.allocatable = allocatable
  }

  var node: Node {
    var node = Node()
    node.metadata.name = name
    node.metadata.labels = labels
    node.spec.taints = taints
    node.status.allocatable = allocatable
    node.status.capacity = allocatable
    return node
  }
}
