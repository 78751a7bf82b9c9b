import KubeModel

// The last status of a pod, once nothing of it runs any more.
//
// Follows `TerminatePod` of pkg/kubelet/status/status_manager.go (v1.36)
extension PodWorker {
  /// A container of which nothing is known once all is over counts as failed.
  func settled(_ status: PodStatus) -> PodStatus {
    var status = status
    func settle(_ container: inout ContainerStatus) {
      if container.state.terminated != nil { return }
      var ending = ContainerStateTerminated()
      ending.exitCode = 137
      ending.reason = "ContainerStatusUnknown"
      ending.message = Self.notLocated
      container.state = ContainerState()
      container.state.terminated = ending
    }
    let inits = status.initContainerStatuses
    let isInitialized =
      inits.last.map { $0.state.terminated?.exitCode == 0 || $0.started == true } ?? true
      || runtime.mains.contains { runtime.containers[$0].current != nil }
    if isInitialized {
      for index in status.containerStatuses.indices { settle(&status.containerStatuses[index]) }
    }
    // Init containers after the last one that ever began are left as they are; the first is not.
    let begun = inits.lastIndex { $0.state.waiting == nil || $0.lastState.terminated != nil } ?? 0
    for index in inits.indices.prefix(begun + 1) { settle(&status.initContainerStatuses[index]) }
    if status.phase != .succeeded && status.phase != .failed { status.phase = .failed }
    return status
  }
}
