import KubeModel
import SimulationKernel

// The statuses of a pod's containers.
//
// Follows `convertToAPIContainerStatuses` of pkg/kubelet/kubelet_pods.go (v1.36)
extension PodWorker {
  /// What is said of a container of which nothing is known.
  static let notLocated = "The container could not be located when the pod was terminated"

  /// The statuses of some containers brought up to date, in their order in the spec or sorted by name;
  /// the very same list when nothing changes.
  mutating func filled(
    _ old: [ContainerStatus], _ range: Range<Int>, isSorted: Bool = false
  ) -> [ContainerStatus] {
    if range.isEmpty && old.isEmpty { return old }
    var statuses = old
    arrange(range, &statuses, isSorted: isSorted && range.count > 1)
    for index in range {
      guard let place = statuses.index(of: name(index)) else { continue }
      update(&statuses, place, index)
    }
    return statuses
  }

  /// Sees to it that each container has a status, at its place, and nobody else has one.
  private func arrange(
    _ range: Range<Int>, _ statuses: inout [ContainerStatus], isSorted: Bool
  ) {
    if isArranged(range, statuses, isSorted: isSorted) { return }
    var new: [ContainerStatus] = []
    for index in range {
      if let place = statuses.index(of: name(index)) {
        new.append(statuses[place])
      } else {
        new.append(ContainerStatus())
        new[new.count - 1].name = name(index)
        new[new.count - 1].volumeMounts = runtime.traits.containers[index].mounts
      }
    }
    if isSorted { new.sort { $0.name < $1.name } }
    statuses = new
  }

  private func isArranged(
    _ range: Range<Int>, _ statuses: [ContainerStatus], isSorted: Bool
  ) -> Bool {
    if statuses.count != range.count { return false }
    if !isSorted {
      return range.allSatisfy { statuses[$0 - range.lowerBound].name == name($0) }
    }
    return statuses.indices.dropFirst().allSatisfy { statuses[$0 - 1].name < statuses[$0].name }
      && range.allSatisfy { statuses.index(of: name($0)) != nil }
  }

  /// Brings one status up to date. The list, which the server has too, is changed only when a part of
  /// the status is.
  private mutating func update(_ statuses: inout [ContainerStatus], _ place: Int, _ index: Int) {
    let isStarted = isStarted(index)
    if runtime.containers[index].isStarted != isStarted {
      runtime.containers[index].isStarted = isStarted
    }
    noteReport(index)
    let process = runtime.containers[index].current
    if statuses[place].started != isStarted { statuses[place].started = isStarted }
    let isReady = isReady(index)
    if statuses[place].ready != isReady { statuses[place].ready = isReady }
    updateStates(&statuses, place, index, process)
    updateResources(&statuses, place, index, process)
    let image = process?.image ?? image(index)
    if statuses[place].image != image { statuses[place].image = image }
    let imageID = process?.imageID ?? ""
    if statuses[place].imageID != imageID { statuses[place].imageID = imageID }
    let id = process?.id ?? ""
    if statuses[place].containerID != id { statuses[place].containerID = id }
    let restarts = process?.attempt ?? runtime.containers[index].restarts
    if statuses[place].restartCount != restarts { statuses[place].restartCount = restarts }
    // What the kubelet never says, and somebody else may have written.
    if !statuses[place].$user.isNil { statuses[place].user = nil }
    if statuses[place].stopSignal != nil { statuses[place].stopSignal = nil }
    if !statuses[place].allocatedResourcesStatus.isEmpty {
      statuses[place].allocatedResourcesStatus = []
    }
  }

  /// Notes that the newest process is named in a status, and how its end is told there.
  private mutating func noteReport(_ index: Int) {
    if runtime.containers[index].current?.isReported == false {
      runtime.containers[index].current?.isReported = true
    }
    if let told = untoldEnding(index) { runtime.containers[index].current?.told = told }
  }

  /// How the end of the newest process is to be told; nil when that is known, or there is none yet.
  private func untoldEnding(_ index: Int) -> Boxed<ContainerStateTerminated>? {
    guard let process = runtime.containers[index].current, process.isNoticed,
      process.told.isNil, let exit = process.exit
    else { return nil }
    return Boxed(wrappedValue: ending(process, exit))
  }

  /// What a container does, and how it ended the time before: as far as the former status or what is
  /// known of it says so.
  private func updateStates(
    _ statuses: inout [ContainerStatus], _ place: Int, _ index: Int, _ process: ContainerProcess?
  ) {
    var (state, last) = process.map { (self.state($0), nil) } ?? waitingStates(index)
    if process != nil, let previous = runtime.containers[index].previous {
      last = self.state(previous)
    }
    if !runtime.containers[index].$failure.isNil, let failure = runtime.containers[index].failure,
      mayStart(index)
    {
      if !state.$terminated.isNil { last = state }
      state = waiting(failure.reason, failure.message)
    }
    if statuses[place].state != state { statuses[place].state = state }
    if let last {
      if statuses[place].lastState != last { statuses[place].lastState = last }
      return
    }
    // Of the former status its end stays.
    if statuses[place].lastState.waiting != nil { statuses[place].lastState.waiting = nil }
    if statuses[place].lastState.running != nil { statuses[place].lastState.running = nil }
  }

  private func waitingStates(_ index: Int) -> (state: ContainerState, last: ContainerState?) {
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
      state.$terminated =
        process.told.isNil ? Boxed(wrappedValue: ending(process, exit)) : process.told
    } else {
      var running = ContainerStateRunning()
      running.startedAt = snapshot.clock.timestamp(process.startedAt)
      state.running = running
    }
    return state
  }

  private func ending(
    _ process: ContainerProcess, _ exit: ProcessExit
  ) -> ContainerStateTerminated {
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
    return ending
  }

  /// The resources of a container: those of its spec when its process is new in the status, and what
  /// is in force after a resize.
  private func updateResources(
    _ statuses: inout [ContainerStatus], _ place: Int, _ index: Int, _ process: ContainerProcess?
  ) {
    var requests = ResourceList()
    var resources = Boxed<ResourceRequirements>()
    if let process {
      if !runtime.$allocation.isNil, let allocation = runtime.allocation,
        index < allocation.allocated.count
      {
        requests = allocation.allocated[index].requests
        resources = Boxed(wrappedValue: allocation.actual[index])
      } else if statuses[place].containerID == process.id,
        pod.status.observedGeneration == pod.metadata.generation
      {
        return
      } else {
        requests = runtime.traits.containers[index].requests
        resources = runtime.traits.containers[index].$resources
      }
    }
    if statuses[place].allocatedResources != requests {
      statuses[place].allocatedResources = requests
    }
    if statuses[place].$resources != resources { statuses[place].$resources = resources }
  }
}
