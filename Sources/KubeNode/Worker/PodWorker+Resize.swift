import KubeModel
import KubeReconcile
import SimulationKernel

// Changes the resources of running containers.
//
// Follows pkg/kubelet/allocation/allocation_manager.go, `computePodResizeAction` and
// `doPodResizeAction` of pkg/kubelet/kuberuntime/kuberuntime_manager.go (v1.36)
// Left out  static CPU and memory policies, resources of the pod as a whole; the runtime never
//           refuses a resize. A deferred one is tried again when something on the node gives room,
//           and not every 3 minutes besides, when nothing can have changed.
extension PodWorker {
  /// Sets aside what the spec asks for now, or says why it cannot be.
  mutating func followResize() {
    guard let allocation = runtime.allocation else { return }
    let wanted = Allocation.amounts(of: pod.spec)
    if wanted == allocation.allocated {
      if allocation.pending != nil {
        runtime.allocation?.pending = nil
        want("resize was taken back")
      }
      return
    }
    let requests = pod.spec.requests()
    guard let refusal = refusal(of: requests) else {
      grant(wanted, requests)
      return
    }
    if !node.rare.waiting.contains(key) { node.rare.waiting.append(key) }
    if allocation.pending == refusal { return }
    runtime.allocation?.pending = refusal
    event(
      .warning, "Resize" + refusal.reason,
      resizeText(refusal.reason, wanted, refusal.generation, error: refusal.message))
    want(
      refusal.reason == "Deferred" ? "resize has to wait" : "resize is impossible on this node",
      refusal.message)
  }

  private mutating func grant(_ wanted: [ResourceRequirements], _ requests: ResourceList) {
    let generation = pod.metadata.generation
    runtime.allocation?.allocated = wanted
    runtime.allocation?.pending = nil
    runtime.allocation?.generation = generation
    forgetResize()
    node.exchange(runtime.requested, for: requests)
    runtime.requested = requests
    event(.normal, "ResizeStarted", resizeText("started", wanted, generation))
    want("resize is granted")
    retryResizes()
  }

  /// What keeps the node from setting this aside; nil when it can.
  private func refusal(of requests: ResourceList) -> Allocation.Pending? {
    guard let object = snapshot[Node.self, node.key] else { return nil }
    let generation = pod.metadata.generation
    let allocatable = object.status.allocatable
    for name in [ResourceName.memory, ResourceName.cpu] {
      let wanted = AdmissionRules.count(name, requests[name])
      let capacity = AdmissionRules.count(name, allocatable[name])
      guard allocatable[name] != nil, wanted > capacity else { continue }
      return Allocation.Pending(
        reason: "Infeasible",
        message: "Node didn't have enough capacity: \(name), requested: \(wanted), "
          + "capacity: \(capacity)",
        generation: generation)
    }
    var others = node
    others.giveBack(runtime.requested)
    guard let short = AdmissionRules.shortage(requests, object, others) else { return nil }
    return Allocation.Pending(reason: "Deferred", message: short.message, generation: generation)
  }

  /// The pod waits for room no longer.
  private mutating func forgetResize() {
    let key = key
    if !node.rare.waiting.isEmpty { node.rare.waiting.removeAll { $0 == key } }
  }

  /// Others on the node that wait for room look again.
  mutating func retryResizes() {
    for other in node.rare.waiting where other != key { plan.wake(other, at: now) }
    forgetResize()
  }

  // MARK: What is set aside comes into force

  /// Plans what brings a running container to what is set aside for it.
  func resize(
    _ index: Int, _ kills: inout [PodRuntime.Work], _ starts: inout [Int]
  ) {
    guard let allocation = runtime.allocation, index < allocation.allocated.count
    else { return }
    let (new, old) = (allocation.allocated[index], allocation.actual[index])
    if new == old { return }
    func restarts(_ name: String) -> Bool {
      let isChanged =
        new.limits[name] != old.limits[name]
        || (name == ResourceName.cpu && new.requests[name] != old.requests[name])
      return isChanged
        && spec(index, \.resizePolicy).contains {
          $0.resourceName == name && $0.restartPolicy == .restartContainer
        }
    }
    if restarts(ResourceName.cpu) || restarts(ResourceName.memory) {
      let message = "Container \(name(index)) resize requires restart"
      kills.append(.kill(index, message: message, grace: podGrace))
      starts.append(index)
    } else {
      kills.append(.resize(index))
    }
  }

  /// The runtime has taken over the new amounts; the kubelet sees it at its next look.
  mutating func resized(_ index: Int) {
    takeAllocation(index)
    runtime.nextLook = node.look(after: now)
  }

  /// A container that starts runs with what is set aside for it.
  mutating func takeAllocation(_ index: Int) {
    guard let allocation = runtime.allocation, index < allocation.allocated.count,
      allocation.actual[index] != allocation.allocated[index]
    else { return }
    runtime.allocation?.actual[index] = allocation.allocated[index]
  }

  /// Tells of a resize that is in force in all containers.
  mutating func finishResize() {
    guard let allocation = runtime.allocation, let generation = allocation.generation,
      allocation.actual == allocation.allocated
    else { return }
    runtime.allocation?.generation = nil
    event(
      .normal, "ResizeCompleted", resizeText("completed", allocation.allocated, generation))
  }

  // MARK: What is told

  /// PodResizePending and PodResizeInProgress, as far as they hold.
  func resizeConditions() -> [ConditionFinding] {
    guard let allocation = runtime.allocation else { return [] }
    var findings: [ConditionFinding] = []
    if let pending = allocation.pending {
      findings.append(
        ConditionFinding(
          type: .podResizePending, isTrue: true, reason: pending.reason,
          message: pending.message, generation: pending.generation))
    }
    if let generation = allocation.generation {
      findings.append(
        ConditionFinding(type: .podResizeInProgress, isTrue: true, generation: generation))
    }
    return findings
  }

  /// The resources of the pod as a whole.
  func fillResources(_ status: inout PodStatus) {
    status.allocatedResources = runtime.requested
    guard let allocation = runtime.allocation else {
      status.$resources = runtime.traits.$resources
      if runtime.requested != runtime.traits.requests {
        status.resources?.requests = runtime.requested
      }
      return
    }
    let actual = Allocation.spec(pod.spec, with: allocation.actual)
    status.resources = ResourceRequirements(requests: actual.requests(), limits: actual.limits())
  }

  /// `Pod resize started: {"containers":[…],"generation":2}`.
  private func resizeText(
    _ what: String, _ amounts: [ResourceRequirements], _ generation: Int64, error: String = ""
  ) -> String {
    func list(_ range: Range<Int>) -> JSONValue {
      .array(
        range.map { ["name": .string(name($0)), "resources": amounts[$0].json] })
    }
    var object = JSONObject()
    let sidecars = (0..<runtime.initCount).filter { isSidecar($0) }
    if !sidecars.isEmpty {
      object["initContainers"] = .array(
        sidecars.map { ["name": .string(name($0)), "resources": amounts[$0].json] })
    }
    object["containers"] = list(runtime.mains)
    object["generation"] = .int(generation)
    if !error.isEmpty { object["error"] = .string(error) }
    return "Pod resize \(what): \(JSONValue.object(object))"
  }
}
