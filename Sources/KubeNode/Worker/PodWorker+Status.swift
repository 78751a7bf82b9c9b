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
  mutating func makeStatus(isFinal: Bool) -> Indirect<PodStatus> {
    computeStatus(isFinal: isFinal).status
  }

  /// Writes a status unless the API has it already.
  mutating func write(
    _ status: Indirect<PodStatus>, _ rule: StaticString, _ detail: String = ""
  ) {
    if isTold(status) { return }
    runtime.pod.$status = status
    plan.patchStatus(key, runtime.pod, because: rule, detail)
  }

  /// True when the API has a status already. Only what the kubelet writes can differ; the whole of a
  /// status is large and would be copied to be compared.
  private func isTold(_ status: Indirect<PodStatus>) -> Bool {
    let old = pod.$status
    return old.wrappedValue.phase == status.wrappedValue.phase
      && old.wrappedValue.conditions == status.wrappedValue.conditions
      && old.wrappedValue.containerStatuses == status.wrappedValue.containerStatuses
      && old.wrappedValue.initContainerStatuses == status.wrappedValue.initContainerStatuses
      && old.wrappedValue.ephemeralContainerStatuses
        == status.wrappedValue.ephemeralContainerStatuses
      && old.wrappedValue.observedGeneration == status.wrappedValue.observedGeneration
      && old.wrappedValue.reason == status.wrappedValue.reason
      && old.wrappedValue.message == status.wrappedValue.message
      && old.wrappedValue.startTime == status.wrappedValue.startTime
      && old.wrappedValue.hostIP == status.wrappedValue.hostIP
      && old.wrappedValue.hostIPs == status.wrappedValue.hostIPs
      && old.wrappedValue.podIP == status.wrappedValue.podIP
      && old.wrappedValue.podIPs == status.wrappedValue.podIPs
      && old.wrappedValue.allocatedResources == status.wrappedValue.allocatedResources
      && old.wrappedValue.$resources == status.wrappedValue.$resources
  }

  /// The present status in storage of its own: that of the pod is the server's too.
  private func statusToChange() -> Indirect<PodStatus> { Indirect(wrappedValue: pod.status) }

  /// Tells that the sandbox stands, and nothing else.
  mutating func reportSandbox() {
    let type = PodConditionType.podReadyToStartContainers
    guard let index = pod.status.conditions.index(of: type),
      pod.status.conditions[index].status != .true
    else { return }
    var status = statusToChange()
    var condition = PodCondition(type: type, status: .true)
    condition.observedGeneration = pod.metadata.generation
    condition.lastTransitionTime = snapshot.time
    status.wrappedValue.conditions[index] = condition
    write(status, "sandbox is ready")
  }

  /// Tells the result of a probe, and nothing else.
  mutating func reportProbe(_ index: Int, _ rule: StaticString, _ detail: String) {
    var status = statusToChange()
    let name = name(index)
    func change(_ container: inout ContainerStatus) {
      guard container.name == name else { return }
      container.started = isStarted(index)
      container.ready = isReady(index)
    }
    for place in status.wrappedValue.containerStatuses.indices {
      change(&status.wrappedValue.containerStatuses[place])
    }
    if isInit(index) {
      for place in status.wrappedValue.initContainerStatuses.indices {
        change(&status.wrappedValue.initContainerStatuses[place])
      }
    }
    runtime.containers[index].isStarted = isStarted(index)
    fillConditions(&status.wrappedValue, status.wrappedValue.phase)
    write(status, rule, detail)
  }

  private mutating func computeStatus(
    isFinal: Bool
  ) -> (status: Indirect<PodStatus>, phase: PodPhase) {
    var status = statusToChange()
    let phase = fill(&status.wrappedValue, isFinal: isFinal)
    return (status, phase)
  }

  /// Brings a status up to date; returns the phase, also while it is not told.
  private mutating func fill(_ status: inout PodStatus, isFinal: Bool) -> PodPhase {
    let generation = pod.metadata.generation
    let isNew = status.observedGeneration != generation || status.$resources.isNil
    status.observedGeneration = generation
    status.startTime = runtime.startTime
    fillContainerStatuses(0..<runtime.initCount, &status.initContainerStatuses)
    fillContainerStatuses(runtime.mains, &status.containerStatuses, isSorted: true)
    let extra = runtime.mains.upperBound..<runtime.containers.count
    if !extra.isEmpty { fillContainerStatuses(extra, &status.ephemeralContainerStatuses) }
    if isNew || !runtime.$allocation.isNil { fillResources(&status) }
    fillAddresses(&status)
    let phase = phase(
      status.initContainerStatuses, status.containerStatuses, isFinal: isFinal)
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
    fillConditions(&status, phase)
    return phase
  }

  /// A pod that the kubelet ends says so once nothing of it runs any more.
  private func setDisruptionTarget(_ status: inout PodStatus, _ verdict: Verdict) {
    var condition = PodCondition(
      type: .disruptionTarget, status: .true, reason: "TerminationByKubelet",
      message: verdict.message)
    condition.observedGeneration = pod.metadata.generation
    let old = status.condition(.disruptionTarget)
    condition.lastTransitionTime =
      old?.status == condition.status ? old?.lastTransitionTime : snapshot.time
    status.conditions.removeAll { $0.type == .disruptionTarget }
    status.conditions.append(condition)
  }

  private func phase(
    _ initStatuses: [ContainerStatus], _ statuses: [ContainerStatus], isFinal: Bool
  ) -> PodPhase {
    // A pod never leaves its last phase, and what the kubelet itself decided stands.
    if pod.isTerminal { return pod.status.phase }
    if !runtime.$verdict.isNil { return .failed }
    return PodPhaseRules.phase(
      of: pod, initStatuses, statuses, isTerminal: isFinal,
      wasInitialized: runtime.mains.contains { runtime.containers[$0].hasProcess })
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

  /// The conditions that the kubelet keeps, behind those of others.
  private func fillConditions(_ status: inout PodStatus, _ phase: PodPhase) {
    let all =
      status.initContainerStatuses.isEmpty
      ? status.containerStatuses : status.initContainerStatuses + status.containerStatuses
    let containersReady = PodConditionRules.containersReady(pod, all, phase)
    var conditions = OwnConditions(
      among: status.conditions, generation: pod.metadata.generation, at: snapshot.time)
    for finding in resizeConditions() { conditions.put(finding) }
    let gates = pod.spec.readinessGates.isEmpty ? [] : conditions.soFar
    conditions.put(PodConditionRules.readyToStart(sandboxStands: runtime.hasSandbox))
    conditions.put(PodConditionRules.initialized(pod, all, phase))
    conditions.put(PodConditionRules.ready(pod, containersReady: containersReady, gates))
    conditions.put(containersReady)
    conditions.put(PodConditionRules.make(.podScheduled, true))
    if runtime.traits.couldRestartAll {
      conditions.put(PodConditionRules.restartingAll(runtime.isRestartingAll, phase))
    }
    status.conditions = conditions.all()
  }
}
