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
    makeRoom()
    plan.patchStatus(key, runtime.pod, because: rule, detail)
  }

  /// True when the API has a status already. Only what the kubelet writes can differ; the whole of a
  /// status is large and would be copied to be compared.
  private func isTold(_ status: Indirect<PodStatus>) -> Bool {
    let old = pod.$status
    if old.sharesStorage(with: status) { return true }
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

  /// Tells that the sandbox stands, and nothing else.
  mutating func reportSandbox() {
    let type = PodConditionType.podReadyToStartContainers
    guard let index = pod.status.conditions.index(of: type),
      pod.status.conditions[index].status != .true
    else { return }
    var conditions = pod.status.conditions
    conditions[index].status = .true
    conditions[index].reason = ""
    conditions[index].message = ""
    conditions[index].observedGeneration = pod.metadata.generation
    conditions[index].lastProbeTime = nil
    conditions[index].lastTransitionTime = snapshot.time
    var status = pod.$status
    status.wrappedValue.conditions = conditions
    write(status, "sandbox is ready")
  }

  /// Tells the result of a probe, and nothing else.
  mutating func reportProbe(_ index: Int, _ rule: StaticString, _ detail: String) {
    var status = pod.$status
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
    fillConditions(&status, status.wrappedValue.phase)
    write(status, rule, detail)
  }

  private mutating func computeStatus(
    isFinal: Bool
  ) -> (status: Indirect<PodStatus>, phase: PodPhase) {
    var status = pod.$status
    let phase = fill(&status, isFinal: isFinal)
    return (status, phase)
  }

  /// Brings a status up to date; returns the phase, also while it is not told.
  ///
  /// The server has the status too. Each part is compared before it is written: a status in which
  /// nothing changes stays the very same.
  private mutating func fill(_ status: inout Indirect<PodStatus>, isFinal: Bool) -> PodPhase {
    let generation = pod.metadata.generation
    let isNew =
      status.wrappedValue.observedGeneration != generation || status.wrappedValue.$resources.isNil
    if status.wrappedValue.observedGeneration != generation {
      status.wrappedValue.observedGeneration = generation
    }
    if status.wrappedValue.startTime != runtime.startTime {
      status.wrappedValue.startTime = runtime.startTime
    }
    let inits = filled(status.wrappedValue.initContainerStatuses, 0..<runtime.initCount)
    if !inits.sharesStorage(with: status.wrappedValue.initContainerStatuses) {
      status.wrappedValue.initContainerStatuses = inits
    }
    let mains = filled(status.wrappedValue.containerStatuses, runtime.mains, isSorted: true)
    if !mains.sharesStorage(with: status.wrappedValue.containerStatuses) {
      status.wrappedValue.containerStatuses = mains
    }
    let extra = runtime.mains.upperBound..<runtime.containers.count
    if !extra.isEmpty {
      let extras = filled(status.wrappedValue.ephemeralContainerStatuses, extra)
      if !extras.sharesStorage(with: status.wrappedValue.ephemeralContainerStatuses) {
        status.wrappedValue.ephemeralContainerStatuses = extras
      }
    }
    if isNew || !runtime.$allocation.isNil { fillResources(&status.wrappedValue) }
    fillAddresses(&status)
    let phase = phase(inits, mains, isFinal: isFinal)
    let isOver = phase == .succeeded || phase == .failed
    if !isOver || isFinal {
      if status.wrappedValue.phase != phase {
        status.wrappedValue.phase = phase
        status.wrappedValue.reason = ""
        status.wrappedValue.message = ""
      }
      if isOver, !runtime.$verdict.isNil, let verdict = runtime.verdict {
        status.wrappedValue.reason = verdict.reason
        status.wrappedValue.message = verdict.message
        if verdict.isDisruption { setDisruptionTarget(&status.wrappedValue, verdict) }
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
      wasInitialized: runtime.initCount > 0
        && runtime.mains.contains { runtime.containers[$0].hasProcess })
  }

  private func fillAddresses(_ status: inout Indirect<PodStatus>) {
    if status.wrappedValue.hostIP != node.address {
      status.wrappedValue.hostIP = node.address
      status.wrappedValue.hostIPs = [HostIP(ip: node.address)]
    }
    let address = pod.spec.hostNetwork ? node.address : runtime.addressText
    if !address.isEmpty && status.wrappedValue.podIP != address {
      status.wrappedValue.podIP = address
      status.wrappedValue.podIPs = [PodIP(ip: address)]
    }
  }

  /// The conditions that the kubelet keeps, behind those of others.
  private func fillConditions(_ status: inout Indirect<PodStatus>, _ phase: PodPhase) {
    let pod = pod
    let all =
      status.wrappedValue.initContainerStatuses.isEmpty
      ? status.wrappedValue.containerStatuses
      : status.wrappedValue.initContainerStatuses + status.wrappedValue.containerStatuses
    let old = status.wrappedValue.conditions
    let containersReady = PodConditionRules.containersReady(pod, all, phase)
    var conditions = OwnConditions(
      among: old, generation: pod.metadata.generation, at: snapshot.time)
    if !runtime.$allocation.isNil {
      for finding in resizeConditions() { conditions.put(finding) }
    }
    let gates = pod.spec.readinessGates.isEmpty ? [] : conditions.soFar
    conditions.put(PodConditionRules.readyToStart(sandboxStands: runtime.hasSandbox))
    conditions.put(PodConditionRules.initialized(pod, all, phase))
    conditions.put(PodConditionRules.ready(pod, containersReady: containersReady, gates))
    conditions.put(containersReady)
    conditions.put(PodConditionRules.make(.podScheduled, true))
    if runtime.traits.couldRestartAll {
      conditions.put(PodConditionRules.restartingAll(runtime.isRestartingAll, phase))
    }
    let new = conditions.all()
    if !new.sharesStorage(with: old) { status.wrappedValue.conditions = new }
  }
}
