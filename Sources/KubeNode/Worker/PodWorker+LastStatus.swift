import KubeModel

// The last status of a pod, once nothing of it runs any more.
//
// Follows `TerminatePod` of pkg/kubelet/status/status_manager.go (v1.36)
extension PodWorker {
  /// A container of which nothing is known once all is over counts as failed. The very same status
  /// when all is known.
  func settled(_ status: Indirect<PodStatus>) -> Indirect<PodStatus> {
    let inits = status.wrappedValue.initContainerStatuses
    let mains = status.wrappedValue.containerStatuses
    var settled = status
    let isInitialized =
      inits.last.map { $0.state.terminated?.exitCode == 0 || $0.started == true } ?? true
      || runtime.mains.contains { runtime.containers[$0].hasProcess }
    for index in mains.indices where isInitialized && mains[index].state.$terminated.isNil {
      settled.wrappedValue.containerStatuses[index].state = unknownEnd
    }
    // Init containers after the last one that ever began are left as they are; the first is not.
    let begun = inits.lastIndex { $0.state.waiting == nil || $0.lastState.terminated != nil } ?? 0
    for index in inits.indices.prefix(begun + 1) where inits[index].state.$terminated.isNil {
      settled.wrappedValue.initContainerStatuses[index].state = unknownEnd
    }
    let phase = status.wrappedValue.phase
    if phase != .succeeded && phase != .failed { settled.wrappedValue.phase = .failed }
    return settled
  }

  private var unknownEnd: ContainerState {
    var ending = ContainerStateTerminated()
    ending.exitCode = 137
    ending.reason = "ContainerStatusUnknown"
    ending.message = Self.notLocated
    var state = ContainerState()
    state.terminated = ending
    return state
  }
}
