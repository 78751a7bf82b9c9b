import KubeModel
import SimulationKernel

// The statuses of a pod's containers.
//
// Follows `convertToAPIContainerStatuses` of pkg/kubelet/kubelet_pods.go (v1.36)
extension PodWorker {
  /// What is said of a container of which nothing is known.
  static let notLocated = "The container could not be located when the pod was terminated"

  /// Brings the statuses of some containers up to date, in their order in the spec or sorted by name.
  mutating func fillContainerStatuses(
    _ range: Range<Int>, _ statuses: inout [ContainerStatus], isSorted: Bool = false
  ) {
    arrange(range, &statuses, isSorted: isSorted && range.count > 1)
    for index in range {
      guard let place = statuses.index(of: name(index)) else { continue }
      update(&statuses, place, index)
    }
  }

  /// Sees to it that each container has a status, at its place, and nobody else has one.
  private func arrange(
    _ range: Range<Int>, _ statuses: inout [ContainerStatus], isSorted: Bool
  ) {
    let isInOrder =
      !isSorted
      || statuses.indices.dropFirst().allSatisfy { statuses[$0 - 1].name < statuses[$0].name }
    func isAtPlace(_ index: Int) -> Bool {
      isSorted
        ? statuses.index(of: name(index)) != nil
        : statuses[index - range.lowerBound].name == name(index)
    }
    if statuses.count == range.count && isInOrder && range.allSatisfy(isAtPlace) { return }
    var new: [ContainerStatus] = []
    for index in range {
      if let place = statuses.index(of: name(index)) {
        new.append(statuses[place])
      } else {
        var status = ContainerStatus()
        status.name = name(index)
        status.volumeMounts = runtime.traits.containers[index].mounts
        new.append(status)
      }
    }
    if isSorted { new.sort { $0.name < $1.name } }
    statuses = new
  }

  /// Brings one status up to date. The list, which the server has too, is changed only when a part of
  /// the status is.
  private mutating func update(_ statuses: inout [ContainerStatus], _ place: Int, _ index: Int) {
    let isStarted = isStarted(index)
    if runtime.containers[index].isStarted != isStarted {
      runtime.containers[index].isStarted = isStarted
    }
    if runtime.containers[index].current?.isReported == false {
      runtime.containers[index].current?.isReported = true
    }
    let process = runtime.containers[index].current
    var status = statuses[place]
    var isNew = false
    put(isStarted, &status.started, &isNew)
    put(isReady(index), &status.ready, &isNew)
    var (state, lastState) = states(index, process, status.lastState.$terminated)
    if !runtime.containers[index].$failure.isNil, let failure = runtime.containers[index].failure,
      mayStart(index)
    {
      if !state.$terminated.isNil { lastState = state }
      state = waiting(failure.reason, failure.message)
    }
    put(state, &status.state, &isNew)
    put(lastState, &status.lastState, &isNew)
    let (requests, resources) = resources(index, process, status)
    put(requests, &status.allocatedResources, &isNew)
    put(resources, &status.$resources, &isNew)
    put(process?.image ?? image(index), &status.image, &isNew)
    put(process?.imageID ?? "", &status.imageID, &isNew)
    put(process?.id ?? "", &status.containerID, &isNew)
    put(process?.attempt ?? runtime.containers[index].restarts, &status.restartCount, &isNew)
    // What the kubelet never says, and somebody else may have written.
    put(Boxed(), &status.$user, &isNew)
    put(nil, &status.stopSignal, &isNew)
    put([], &status.allocatedResourcesStatus, &isNew)
    if isNew { statuses[place] = status }
  }

  /// Replaces a part that is different, and notes that.
  @inline(__always) private func put<Part: Equatable>(
    _ new: Part, _ part: inout Part, _ isNew: inout Bool
  ) {
    if part == new { return }
    part = new
    isNew = true
  }

  /// What a container does, and how it ended the time before, as far as the former status or what is
  /// known of it says so.
  private func states(
    _ index: Int, _ process: ContainerProcess?, _ lastEnding: Boxed<ContainerStateTerminated>
  ) -> (state: ContainerState, last: ContainerState) {
    guard let process else { return waitingStates(index) }
    if let previous = runtime.containers[index].previous {
      return (state(process), state(previous))
    }
    var last = ContainerState()
    last.$terminated = lastEnding
    return (state(process), last)
  }

  private func waitingStates(_ index: Int) -> (state: ContainerState, last: ContainerState) {
    guard runtime.containers[index].isReset else {
      let reason = runtime.initCount > 0 ? "PodInitializing" : "ContainerCreating"
      return (waiting(reason, ""), ContainerState())
    }
    let message = "The container is removed because RestartAllContainers in place"
    var ending = ContainerStateTerminated()
    ending.exitCode = 137
    ending.reason = PodPhaseRules.restartingAll
    ending.message = message
    var last = ContainerState()
    last.terminated = ending
    return (waiting(PodPhaseRules.restartingAll, message), last)
  }

  private func waiting(_ reason: String, _ message: String) -> ContainerState {
    var waiting = ContainerStateWaiting()
    waiting.reason = reason
    waiting.message = message
    var state = ContainerState()
    state.waiting = waiting
    return state
  }

  private func state(_ process: ContainerProcess) -> ContainerState {
    var state = ContainerState()
    if process.isNoticed, let exit = process.exit {
      var ending = ContainerStateTerminated()
      ending.exitCode = exit.code
      ending.reason = exit.reason
      ending.message = process.lastWords ?? ""
      ending.startedAt = snapshot.clock.timestamp(process.startedAt)
      ending.finishedAt = snapshot.clock.timestamp(exit.time)
      ending.containerID = process.id
      if exit.cause == .lost {
        // Of such a container the runtime says nothing.
        ending.message = Self.notLocated
        ending.startedAt = nil
        ending.finishedAt = nil
        ending.containerID = ""
      }
      if let problem = process.startError {
        ending.reason = "StartError"
        ending.message = problem
        ending.startedAt = Timestamp(unixSeconds: 0)
      }
      state.terminated = ending
    } else {
      var running = ContainerStateRunning()
      running.startedAt = snapshot.clock.timestamp(process.startedAt)
      state.running = running
    }
    return state
  }

  /// The resources of a container: those of its spec when its process is new in the status, and what
  /// is in force after a resize.
  private func resources(
    _ index: Int, _ process: ContainerProcess?, _ status: ContainerStatus
  ) -> (requests: ResourceList, resources: Boxed<ResourceRequirements>) {
    guard let process else { return ([:], Boxed()) }
    if let allocation = runtime.allocation, index < allocation.allocated.count {
      return (
        allocation.allocated[index].requests, Boxed(wrappedValue: allocation.actual[index])
      )
    }
    if status.containerID == process.id,
      pod.status.observedGeneration == pod.metadata.generation
    {
      return (status.allocatedResources, status.$resources)
    }
    return (
      runtime.traits.containers[index].requests, runtime.traits.containers[index].$resources
    )
  }
}
