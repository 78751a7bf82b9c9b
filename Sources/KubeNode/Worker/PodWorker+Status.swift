import KubeModel
import KubeReconcile
import SimulationKernel

// Tells the API server how a pod is.
//
// Follows `generateAPIPodStatus` of pkg/kubelet/kubelet_pods.go, and
// pkg/kubelet/status/status_manager.go (v1.36)
// Left out  statuses are written at once, never by the 10 s pass.
extension PodWorker {
  /// Computes the status and writes it if it is new. Returns the phase, also while it is not told.
  @discardableResult mutating func report() -> PodPhase {
    let (status, phase) = computeStatus(isFinal: false)
    write(status, runtime.cause.rule, runtime.cause.detail)
    return phase
  }

  /// The status; a last phase is told only when it is final, that is when nothing runs any more.
  mutating func makeStatus(isFinal: Bool) -> PodStatus { computeStatus(isFinal: isFinal).status }

  /// Writes a status unless the API has it already.
  mutating func write(_ status: PodStatus, _ rule: StaticString, _ detail: String = "") {
    if runtime.pod.status == status { return }
    // In storage of its own: the old one is the server's too, and would be copied first.
    runtime.pod.$status = Indirect(wrappedValue: status)
    plan.patchStatus(key, runtime.pod, because: rule, detail)
  }

  /// Tells that the sandbox stands, and nothing else.
  mutating func reportSandbox() {
    var status = pod.status
    let condition = stamped(PodConditionRules.readyToStart(pod, sandboxStands: true), status)
    guard
      let index = status.conditions.firstIndex(where: { $0.type == .podReadyToStartContainers }),
      status.conditions[index].status != .true
    else { return }
    status.conditions[index] = condition
    write(status, "sandbox is ready")
  }

  /// Tells the result of a probe, and nothing else.
  mutating func reportProbe(_ index: Int, _ rule: StaticString, _ detail: String) {
    var status = pod.status
    let name = name(index)
    func change(_ container: inout ContainerStatus) {
      guard container.name == name else { return }
      container.started = isStarted(index)
      container.ready = isReady(index)
    }
    for place in status.containerStatuses.indices { change(&status.containerStatuses[place]) }
    if isInit(index) {
      for place in status.initContainerStatuses.indices {
        change(&status.initContainerStatuses[place])
      }
    }
    runtime.containers[index].isStarted = isStarted(index)
    status.conditions = conditions(status, status.phase)
    write(status, rule, detail)
  }

  private mutating func computeStatus(isFinal: Bool) -> (status: PodStatus, phase: PodPhase) {
    var status = pod.status
    let generation = pod.metadata.generation
    let isNew = status.observedGeneration != generation || status.resources == nil
    status.observedGeneration = generation
    status.startTime = runtime.startTime
    status.initContainerStatuses = containerStatuses(
      0..<runtime.initCount, status.initContainerStatuses)
    status.containerStatuses = containerStatuses(runtime.mains, status.containerStatuses)
    if runtime.mainCount > 1 { status.containerStatuses.sort { $0.name < $1.name } }
    let extra = runtime.mains.upperBound..<runtime.containers.count
    if !extra.isEmpty {
      status.ephemeralContainerStatuses = containerStatuses(
        extra, status.ephemeralContainerStatuses)
    }
    if isNew || runtime.allocation != nil { fillResources(&status) }
    fillAddresses(&status)
    let phase = phase(status, isFinal: isFinal)
    let isOver = phase == .succeeded || phase == .failed
    if !isOver || isFinal {
      if status.phase != phase {
        status.phase = phase
        status.reason = ""
        status.message = ""
      }
      if isOver, let verdict = runtime.verdict {
        status.reason = verdict.reason
        status.message = verdict.message
        if verdict.isDisruption { setDisruptionTarget(&status, verdict) }
      }
    }
    status.conditions = conditions(status, phase)
    return (status, phase)
  }

  /// A pod that the kubelet ends says so once nothing of it runs any more.
  private func setDisruptionTarget(_ status: inout PodStatus, _ verdict: Verdict) {
    var condition = PodCondition(
      type: .disruptionTarget, status: .true, reason: "TerminationByKubelet",
      message: verdict.message)
    condition.observedGeneration = pod.metadata.generation
    condition = stamped(condition, status)
    status.conditions.removeAll { $0.type == .disruptionTarget }
    status.conditions.append(condition)
  }

  private func phase(_ status: PodStatus, isFinal: Bool) -> PodPhase {
    // A pod never leaves its last phase, and what the kubelet itself decided stands.
    if pod.isTerminal { return pod.status.phase }
    if runtime.verdict != nil { return .failed }
    return PodPhaseRules.phase(
      of: pod, status.initContainerStatuses, status.containerStatuses, isTerminal: isFinal,
      wasInitialized: runtime.mains.contains { runtime.containers[$0].current != nil })
  }

  private func fillAddresses(_ status: inout PodStatus) {
    if status.hostIP != node.address {
      status.hostIP = node.address
      status.hostIPs = [HostIP(ip: node.address)]
    }
    let address = pod.spec.hostNetwork ? node.address : runtime.addressText
    if !address.isEmpty && status.podIP != address {
      status.podIP = address
      status.podIPs = [PodIP(ip: address)]
    }
  }

  // MARK: Conditions

  private func conditions(_ status: PodStatus, _ phase: PodPhase) -> [PodCondition] {
    var conditions: [PodCondition] = []
    conditions.reserveCapacity(status.conditions.count + 5)
    for condition in status.conditions where !PodConditionRules.isOwned(condition.type) {
      conditions.append(condition)
    }
    let all =
      status.initContainerStatuses.isEmpty
      ? status.containerStatuses : status.initContainerStatuses + status.containerStatuses
    let containersReady = PodConditionRules.containersReady(pod, all, phase)
    conditions += resizeConditions().map { stamped($0, status) }
    let own = [
      PodConditionRules.readyToStart(pod, sandboxStands: runtime.hasSandbox),
      PodConditionRules.initialized(pod, all, phase),
      PodConditionRules.ready(pod, containersReady: containersReady, conditions),
      containersReady, PodConditionRules.make(pod, .podScheduled, true),
    ]
    for condition in own { conditions.append(stamped(condition, status)) }
    if runtime.couldRestartAll {
      let condition = PodConditionRules.restartingAll(runtime.isRestartingAll, phase)
      conditions.append(stamped(condition, status))
    }
    return conditions
  }

  /// Gives a condition the time at which it became what it is.
  private func stamped(_ condition: PodCondition, _ status: PodStatus) -> PodCondition {
    var condition = condition
    let old = status.condition(condition.type)
    condition.lastTransitionTime =
      old?.status == condition.status ? old?.lastTransitionTime : snapshot.time
    return condition
  }
}
