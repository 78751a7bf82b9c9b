import KubeModel
import SimulationKernel

// The statuses of a pod's containers.
//
// Follows `convertToAPIContainerStatuses` of pkg/kubelet/kubelet_pods.go (v1.36)
extension PodWorker {
  /// What is said of a container of which nothing is known.
  static let notLocated = "The container could not be located when the pod was terminated"

  /// The statuses of some containers, in their order in the spec or sorted by name.
  mutating func fillContainerStatuses(
    _ range: Range<Int>, _ statuses: inout [ContainerStatus], isSorted: Bool = false
  ) {
    var new: [ContainerStatus] = []
    new.reserveCapacity(range.count)
    for index in range {
      new.append(containerStatus(index, statuses, statuses.index(of: name(index))))
    }
    if isSorted && new.count > 1 { new.sort { $0.name < $1.name } }
    // What stays the same storage is compared at no cost.
    if new != statuses { statuses = new }
  }

  /// The status of a container; `place` is where its former one is.
  private mutating func containerStatus(
    _ index: Int, _ old: [ContainerStatus], _ place: Int?
  ) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = name(index)
    status.volumeMounts =
      place.map { old[$0].volumeMounts } ?? runtime.traits.containers[index].mounts
    let isStarted = isStarted(index)
    runtime.containers[index].isStarted = isStarted
    runtime.containers[index].current?.isReported = true
    status.started = isStarted
    status.ready = isReady(index)
    if let process = runtime.containers[index].current {
      status.restartCount = process.attempt
      status.image = process.image
      status.imageID = process.imageID
      status.containerID = process.id
      status.state = state(process)
      fillResources(index, &status, old, place)
      if let previous = runtime.containers[index].previous {
        status.lastState = state(previous)
      } else if let place {
        status.lastState.$terminated = old[place].lastState.$terminated
      }
    } else {
      status.image = image(index)
      status.restartCount = runtime.containers[index].restarts
      fillWaiting(index, &status)
    }
    if let failure = runtime.containers[index].failure, mayStart(index) {
      if !status.state.$terminated.isNil { status.lastState = status.state }
      status.state = waiting(failure.reason, failure.message)
    }
    return status
  }

  private func fillWaiting(_ index: Int, _ status: inout ContainerStatus) {
    guard runtime.containers[index].isReset else {
      status.state = waiting(runtime.initCount > 0 ? "PodInitializing" : "ContainerCreating", "")
      return
    }
    let message = "The container is removed because RestartAllContainers in place"
    status.state = waiting(PodPhaseRules.restartingAll, message)
    var ending = ContainerStateTerminated()
    ending.exitCode = 137
    ending.reason = PodPhaseRules.restartingAll
    ending.message = message
    status.lastState.terminated = ending
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

  private func fillResources(
    _ index: Int, _ status: inout ContainerStatus, _ old: [ContainerStatus], _ place: Int?
  ) {
    if let allocation = runtime.allocation, index < allocation.allocated.count {
      status.allocatedResources = allocation.allocated[index].requests
      status.resources = allocation.actual[index]
    } else if let place, old[place].containerID == status.containerID,
      pod.status.observedGeneration == pod.metadata.generation
    {
      status.allocatedResources = old[place].allocatedResources
      status.$resources = old[place].$resources
    } else {
      status.allocatedResources = runtime.traits.containers[index].requests
      status.$resources = runtime.traits.containers[index].$resources
    }
  }
}
