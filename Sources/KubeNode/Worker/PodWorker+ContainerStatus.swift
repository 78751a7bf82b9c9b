import KubeModel
import SimulationKernel

// The statuses of a pod's containers.
//
// Follows `convertToAPIContainerStatuses` of pkg/kubelet/kubelet_pods.go (v1.36)
extension PodWorker {
  /// What is said of a container of which nothing is known.
  static let notLocated = "The container could not be located when the pod was terminated"

  /// The statuses of some containers, in their order in the spec.
  mutating func containerStatuses(
    _ range: Range<Int>, _ old: [ContainerStatus]
  ) -> [ContainerStatus] {
    var statuses: [ContainerStatus] = []
    statuses.reserveCapacity(range.count)
    for index in range {
      let name = name(index)
      statuses.append(containerStatus(index, name, old.first { $0.name == name }))
    }
    return statuses
  }

  private mutating func containerStatus(
    _ index: Int, _ name: String, _ old: ContainerStatus?
  ) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = name
    status.volumeMounts = old?.volumeMounts ?? volumeMounts(index)
    runtime.containers[index].isStarted = isStarted(index)
    runtime.containers[index].current?.isReported = true
    let container = runtime.containers[index]
    status.started = container.isStarted
    status.ready = isReady(index)
    if let process = container.current {
      status.restartCount = process.attempt
      status.image = process.image
      status.imageID = process.imageID
      status.containerID = process.id
      status.state = state(process)
      fillResources(index, &status, old)
      if let previous = container.previous {
        status.lastState = state(previous)
      } else if let ending = old?.lastState.terminated {
        status.lastState.terminated = ending
      }
    } else {
      status.image = spec(index, \.image)
      status.restartCount = container.restarts
      fillWaiting(index, &status, container)
    }
    if let failure = container.failure, mayStart(index) {
      if status.state.terminated != nil { status.lastState = status.state }
      status.state = waiting(failure.reason, failure.message)
    }
    return status
  }

  private func fillWaiting(
    _ index: Int, _ status: inout ContainerStatus, _ container: ContainerRuntime
  ) {
    guard container.isReset else {
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
    _ index: Int, _ status: inout ContainerStatus, _ old: ContainerStatus?
  ) {
    if let allocation = runtime.allocation, index < allocation.allocated.count {
      status.allocatedResources = allocation.allocated[index].requests
      status.resources = allocation.actual[index]
      return
    }
    if let old, old.containerID == status.containerID,
      pod.status.observedGeneration == pod.metadata.generation
    {
      status.allocatedResources = old.allocatedResources
      status.$resources = old.$resources
      return
    }
    spec(index) { container in
      status.allocatedResources = container.resources.requests
      if let old, old.resources == container.resources {
        status.$resources = old.$resources
      } else {
        status.resources = container.resources
      }
    }
  }

  private func volumeMounts(_ index: Int) -> [VolumeMountStatus] {
    spec(index) { container in
      container.volumeMounts.map { mount in
        var status = VolumeMountStatus()
        status.name = mount.name
        status.mountPath = mount.mountPath
        status.readOnly = mount.readOnly
        status.recursiveReadOnly = mount.readOnly ? .disabled : nil
        return status
      }
    }
  }
}
