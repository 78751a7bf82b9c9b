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

  /// Brings one status up to date. Each part is compared first, since a write copies a list that the
  /// server has too.
  private mutating func update(_ statuses: inout [ContainerStatus], _ place: Int, _ index: Int) {
    let isStarted = isStarted(index)
    runtime.containers[index].isStarted = isStarted
    runtime.containers[index].current?.isReported = true
    let isReady = isReady(index)
    if statuses[place].started != isStarted { statuses[place].started = isStarted }
    if statuses[place].ready != isReady { statuses[place].ready = isReady }
    var (state, lastState) = states(index, statuses[place].lastState.$terminated)
    if let failure = runtime.containers[index].failure, mayStart(index) {
      if !state.$terminated.isNil { lastState = state }
      state = waiting(failure.reason, failure.message)
    }
    if statuses[place].state != state { statuses[place].state = state }
    if statuses[place].lastState != lastState { statuses[place].lastState = lastState }
    let process = runtime.containers[index].current
    fillResources(index, of: process?.id, &statuses, place)
    fillOrigin(index, process, &statuses, place)
    dropForeign(&statuses, place)
  }

  private func fillOrigin(
    _ index: Int, _ process: ContainerProcess?, _ statuses: inout [ContainerStatus], _ place: Int
  ) {
    let image = process?.image ?? image(index)
    let count = process?.attempt ?? runtime.containers[index].restarts
    if statuses[place].image != image { statuses[place].image = image }
    if statuses[place].restartCount != count { statuses[place].restartCount = count }
    let (id, imageID) = (process?.id ?? "", process?.imageID ?? "")
    if statuses[place].containerID != id { statuses[place].containerID = id }
    if statuses[place].imageID != imageID { statuses[place].imageID = imageID }
  }

  /// What the kubelet never says, and somebody else may have written.
  private func dropForeign(_ statuses: inout [ContainerStatus], _ place: Int) {
    if !statuses[place].$user.isNil { statuses[place].user = nil }
    if statuses[place].stopSignal != nil { statuses[place].stopSignal = nil }
    if !statuses[place].allocatedResourcesStatus.isEmpty {
      statuses[place].allocatedResourcesStatus = []
    }
  }

  /// What a container does, and how it ended the time before, as far as the former status or what is
  /// known of it says so.
  private func states(
    _ index: Int, _ lastEnding: Boxed<ContainerStateTerminated>
  ) -> (state: ContainerState, last: ContainerState) {
    guard let process = runtime.containers[index].current else { return waitingStates(index) }
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

  /// The resources of a process that is new in the status, or that may have been resized.
  private func fillResources(
    _ index: Int, of process: String?, _ statuses: inout [ContainerStatus], _ place: Int
  ) {
    var requests: ResourceList = [:]
    var resources = Boxed<ResourceRequirements>()
    if process != nil, let allocation = runtime.allocation, index < allocation.allocated.count {
      requests = allocation.allocated[index].requests
      resources = Boxed(wrappedValue: allocation.actual[index])
    } else if let process {
      if statuses[place].containerID == process,
        pod.status.observedGeneration == pod.metadata.generation
      {
        return
      }
      requests = runtime.traits.containers[index].requests
      resources = runtime.traits.containers[index].$resources
    }
    if statuses[place].allocatedResources != requests {
      statuses[place].allocatedResources = requests
    }
    if statuses[place].$resources != resources { statuses[place].$resources = resources }
  }
}
