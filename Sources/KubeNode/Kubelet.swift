// Plays the kubelets of all nodes: registers nodes, runs the containers of the pods bound to them,
// and tells the API server how they are.
//
// Follows   pkg/kubelet (v1.36): kubelet.go, kubelet_pods.go, pod_workers.go, kuberuntime, images,
//           prober, status, lifecycle, pleg, volumemanager, kubelet_node_status.go
// Left out  attaching volumes, image garbage collection, resyncs of pods at which nothing can change.
import KubeModel
import KubePrograms
import KubeReconcile
import SimulationKernel

/// The kubelets of all nodes of a cluster.
///
/// A key is that of a pod on a node, or of a node. What runs on the nodes is remembered here, by
/// the slots of the keys; a copy costs a few pointers. A container that runs on, a probe that goes on
/// passing and a node that stays as it is ask for no wake-up.
public struct Kubelet: Reconciler {
  public static let name = "kubelet"

  public static let watches: [Watch] = [
    .changes(of: Pod.self) { change, _, keys in
      if PodChange.concernsKubelet(change) { keys.append(change.key) }
    },
    .changes(of: Node.self) { change, _, keys in
      if NodeChange.concernsKubelet(change) { keys.append(change.key) }
    },
  ]

  struct PodSlot: Sendable {
    var serial: UInt32
    var runtime: Indirect<PodRuntime>?
    /// What the containers printed of a pod that is over.
    var archive: [ContainerLogs] = []
  }

  /// How containers behave.
  public var catalog: BehaviorCatalog
  /// The delays of the nodes.
  public let timing: Timing

  var pods = PagedArray<PodSlot>()
  var nodes = PagedArray<Indirect<NodeRuntime>?>()
  var nodeCount = 0
  /// Those of the pod that was taken on last; the next one is often of the same template.
  private var lastTraits: Indirect<SpecTraits>?
  /// What is on volumes that outlive pods, as far as programs wrote there.
  var disks: [String: FileTree] = [:]  // Looked up, never walked.

  /// Kubelets without nodes.
  public init(timing: Timing = .kubernetes, catalog: BehaviorCatalog = BehaviorCatalog()) {
    self.timing = timing
    self.catalog = catalog
  }

  public var latency: Duration { timing.kubelet }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    key.kind == snapshot.store.number(of: Pod.self)
      ? reconcilePod(key, snapshot) : reconcileNode(key, snapshot)
  }

  // MARK: Pods

  private mutating func reconcilePod(_ key: ObjectKey, _ snapshot: Snapshot) -> Plan {
    guard let pod = snapshot[Pod.self, key], !pod.spec.nodeName.isEmpty else {
      return keepStatic(key, snapshot) ?? abandon(key, snapshot)
    }
    if hasRuntime(key) {
      guard let slot = runtimeNode(key), isRunning(slot) else { return .nothing }
      return dropMirror(key, pod, slot) ?? work(key, pod, snapshot)
    }
    guard let slot = nodeSlot(pod.spec.nodeName, snapshot), isRunning(slot) else {
      return .nothing
    }
    let plan = clear(slot: key.slot, snapshot)
    if pod.isTerminal { return plan + confirmation(key, pod) }
    if !takeStatic(key, pod, slot), let refusal = admit(key, pod, slot, snapshot) {
      return plan + refusal
    }
    return plan + work(key, pod, snapshot)
  }

  /// One turn of a pod's worker.
  private mutating func work(_ key: ObjectKey, _ pod: Pod, _ snapshot: Snapshot) -> Plan {
    let catalog = catalog
    return lend(key, snapshot) { worker in
      worker.runtime.follow(pod, catalog)
      worker.run()
      return worker.plan
    } ?? .nothing
  }

  /// Lends a pod's runtime to a worker for one turn; nil when there is none.
  mutating func lend<Result>(
    _ key: ObjectKey, _ snapshot: Snapshot, _ body: (inout PodWorker) -> Result
  ) -> Result? {
    let slot = Int(key.slot)
    guard let runtime = pods[slot].runtime, let node = nodes[runtime.wrappedValue.node] else {
      return nil
    }
    let place = runtime.wrappedValue.node
    pods[slot].runtime = nil  // Taken out, so that both are changed in place.
    nodes[place] = nil
    var worker = PodWorker(
      key: key, runtime: consume runtime, node: consume node, kubelet: self, snapshot: snapshot)
    let result = body(&worker)
    worker.others = PagedArray()  // Let go, so that the pod is put back in place.
    nodes[place] = worker.$node
    if worker.hasChangedDisks { disks = worker.disks }
    if !worker.isDone {
      pods[slot].runtime = worker.$runtime
    } else if worker.runtime.hasPrograms {
      pods[slot].archive = worker.runtime.logs
    }
    return result
  }

  func hasRuntime(_ key: ObjectKey) -> Bool {
    Int(key.slot) < pods.count && pods[Int(key.slot)].serial == key.serial
      && pods[Int(key.slot)].runtime != nil
  }

  private func isRunning(_ slot: Int) -> Bool { nodes[slot]?.wrappedValue.isRunning == true }

  func runtimeNode(_ key: ObjectKey) -> Int? {
    pods[Int(key.slot)].runtime?.wrappedValue.node
  }

  /// Takes a pod on, or says why not.
  private mutating func admit(
    _ key: ObjectKey, _ pod: Pod, _ slot: Int, _ snapshot: Snapshot
  ) -> Plan? {
    guard let nodeKey = nodes[slot]?.wrappedValue.key, let node = snapshot[Node.self, nodeKey]
    else { return .nothing }
    let traits = traits(of: pod.$spec)
    if !pod.isBeingDeleted, let rejection = rejection(of: pod, traits, by: node, slot, snapshot) {
      if AdmissionRules.mismatch(
        of: pod, hasHostPorts: traits.wrappedValue.hasHostPorts, with: node, snapshot) == nil,
        let plan = makeRoom(for: key, pod, traits.wrappedValue.requests, slot, snapshot)
      {
        return plan
      }
      return refusal(key, pod, rejection, nodes[slot]?.wrappedValue.name ?? "", snapshot)
    }
    if nodes[slot]?.wrappedValue.rare.waiting.isEmpty == false {
      nodes[slot]?.wrappedValue.rare.waiting.removeAll { $0 == key }
    }
    nodes[slot]?.wrappedValue.take(traits.wrappedValue.requests)
    let work = Indirect(
      wrappedValue: PodRuntime(
        pod: pod, traits: traits, node: slot, startTime: pod.status.startTime ?? snapshot.time,
        behavior: catalog.behavior(of: pod.metadata)))
    pods[Int(key.slot)] = PodSlot(serial: key.serial, runtime: work)
    return nil
  }

  private func rejection(
    of pod: Pod, _ traits: Indirect<SpecTraits>, by node: Node, _ slot: Int, _ snapshot: Snapshot
  ) -> AdmissionRules.Rejection? {
    guard let runtime = nodes[slot] else { return nil }
    return AdmissionRules.rejection(
      of: pod, requesting: traits.wrappedValue.requests,
      hasHostPorts: traits.wrappedValue.hasHostPorts, on: node, runtime.wrappedValue, snapshot)
  }

  private mutating func traits(of spec: Indirect<PodSpec>) -> Indirect<SpecTraits> {
    if let lastTraits, SpecTraits.areSame(of: lastTraits.wrappedValue.source, and: spec) {
      return lastTraits
    }
    let traits = Indirect(wrappedValue: SpecTraits(spec))
    lastTraits = traits
    return traits
  }

  private func refusal(
    _ key: ObjectKey, _ pod: Pod, _ rejection: AdmissionRules.Rejection, _ node: String,
    _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .warning, rejection.reason, rejection.message, regarding: ObjectReference(to: pod),
        component: Self.name, host: node))
    var rejected = pod
    rejected.status.phase = .failed
    rejected.status.reason = rejection.reason
    rejected.status.message = "Pod was rejected: " + rejection.message
    rejected.status.startTime = snapshot.time
    rejected.status.observedGeneration = pod.metadata.generation
    rejected.status.conditions.removeAll { PodConditionRules.isOwned($0.type) }
    plan.patchStatus(key, rejected, because: "node does not take the pod", rejection.message)
    return plan
  }

  /// A pod that was over before it was deleted, and that something still holds.
  private func confirmation(_ key: ObjectKey, _ pod: Pod) -> Plan {
    var plan = Plan()
    if pod.isBeingDeleted && pod.metadata.deletionGracePeriodSeconds != 0 {
      var options = DeleteOptions()
      options.gracePeriodSeconds = 0
      plan.delete(key, options, because: "all containers are gone")
    }
    return plan
  }

  // MARK: Pods that are gone

  /// Stops what is left of a pod whose object is gone.
  private mutating func abandon(_ key: ObjectKey, _ snapshot: Snapshot) -> Plan {
    hasRuntime(key) ? clear(slot: key.slot, snapshot) : .nothing
  }

  /// Makes room for a new pod; what ran there is stopped, of which nobody but the Events tells.
  private mutating func clear(slot: UInt32, _ snapshot: Snapshot) -> Plan {
    let slot = Int(slot)
    while pods.count <= slot { pods.append(PodSlot(serial: .max, runtime: nil)) }
    guard let runtime = pods[slot].runtime?.wrappedValue else { return .nothing }
    guard isRunning(runtime.node) else { return .nothing }
    pods[slot].runtime = nil
    nodes[runtime.node]?.wrappedValue.forget(runtime)
    guard let node = nodes[runtime.node]?.wrappedValue else { return .nothing }
    var plan = Plan()
    // What it had is free for those that wait for room.
    for other in node.rare.waiting { plan.wake(other, at: snapshot.now) }
    guard runtime.stage == .running else { return plan }
    for (path, name) in runtime.runningContainers {
      plan.event(
        EventDraft(
          .normal, "Killing", "Stopping container \(name)",
          regarding: ObjectReference(to: runtime.pod, fieldPath: path), component: Self.name,
          host: node.name))
    }
    return plan
  }
}

extension Plan {
  fileprivate static func + (left: Plan, right: Plan) -> Plan {
    if left.isEmpty { return right }
    var plan = left
    plan += right
    return plan
  }
}
