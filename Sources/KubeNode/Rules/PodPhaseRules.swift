import KubeModel

/// How far a pod is, from the states of its containers.
///
/// Follows `getPhase` of `pkg/kubelet/kubelet_pods.go` (v1.36).
public enum PodPhaseRules {
  /// The reason of a container that ended because all were restarted.
  static let restartingAll = "RestartingAllContainers"

  /// The phase of a pod.
  ///
  /// - Parameters:
  ///   - pod: Its spec and annotations are looked at.
  ///   - initStatuses: The states of its init containers, in any order.
  ///   - statuses: The states of its containers, in any order.
  ///   - isTerminal: True once nothing will be started any more, whatever the policy says.
  ///   - wasInitialized: True once a container that is no init container was created.
  public static func phase(
    of pod: Pod, _ initStatuses: [ContainerStatus], _ statuses: [ContainerStatus],
    isTerminal: Bool, wasInitialized: Bool
  ) -> PodPhase {
    var count = Count()
    count.addInit(pod, initStatuses)
    count.addMain(pod, statuses)
    if count.failedInit > 0 { return .failed }
    if count.pendingInit > 0 || (count.pendingSidecars > 0 && !wasInitialized) { return .pending }
    if count.waiting > 0 { return .pending }
    if count.unknown > 0 { return .pending }
    if count.running > 0 { return .running }
    if count.stopped == 0 { return .pending }
    let ending: PodPhase = count.stopped == count.succeeded ? .succeeded : .failed
    if isTerminal && !isStatic(pod) { return ending }
    // Some are about to be started again.
    if count.stopped != count.stoppedForGood { return .running }
    return ending
  }

  /// True for a pod that the kubelet read from a file.
  static func isStatic(_ pod: Pod) -> Bool {
    guard let source = pod.metadata.annotations["kubernetes.io/config.source"] else { return false }
    return source != "api"
  }

  private struct Count {
    var failedInit = 0
    var pendingInit = 0
    var pendingSidecars = 0
    var waiting = 0
    var running = 0
    var stopped = 0
    var stoppedForGood = 0
    var succeeded = 0
    var unknown = 0

    // Containers are large; by index they are read in place instead of being copied.
    mutating func addInit(_ pod: Pod, _ statuses: [ContainerStatus]) {
      for index in pod.spec.initContainers.indices {
        let name = pod.spec.initContainers[index].name
        let status = statuses.first { $0.name == name }
        if pod.spec.initContainers[index].isSidecar {
          addSidecar(status)
        } else {
          addPlainInit(pod, index, status)
        }
      }
    }

    private mutating func addPlainInit(_ pod: Pod, _ index: Int, _ status: ContainerStatus?) {
      guard let status, status.state.running == nil else {
        pendingInit += 1
        return
      }
      var ending = status.state.terminated
      if ending == nil, status.state.waiting != nil {
        // A waiting container that failed before is being started again.
        ending = status.lastState.terminated
      }
      guard let ending else {
        pendingInit += 1
        return
      }
      if ending.exitCode != 0, !mayRestart(pod.spec.initContainers[index], pod, ending) {
        failedInit += 1
      }
    }

    private mutating func addSidecar(_ status: ContainerStatus?) {
      guard let status else {
        unknown += 1
        return
      }
      if status.state.running != nil {
        if status.started != true { pendingSidecars += 1 }
        running += 1
      } else if status.state.terminated != nil {
        return  // How a sidecar ended never matters.
      } else if status.state.waiting != nil {
        if status.lastState.terminated != nil { return }
        pendingSidecars += 1
        waiting += 1
      } else {
        pendingSidecars += 1
        unknown += 1
      }
    }

    mutating func addMain(_ pod: Pod, _ statuses: [ContainerStatus]) {
      for index in pod.spec.containers.indices {
        let name = pod.spec.containers[index].name
        guard let status = statuses.first(where: { $0.name == name }) else {
          unknown += 1
          continue
        }
        if status.state.running != nil {
          running += 1
        } else if let ending = status.state.terminated {
          stopped += 1
          if !mayRestart(pod.spec.containers[index], pod, ending) { stoppedForGood += 1 }
          if ending.exitCode == 0 { succeeded += 1 }
        } else if status.state.waiting == nil {
          unknown += 1
        } else if let ending = status.lastState.terminated {
          stopped += 1
          if !mayRestart(pod.spec.containers[index], pod, ending) { stoppedForGood += 1 }
        } else {
          waiting += 1
        }
      }
    }

    private func mayRestart(
      _ container: Container, _ pod: Pod, _ ending: ContainerStateTerminated
    ) -> Bool {
      ending.reason == restartingAll
        || RestartRules.restarts(container, in: pod.spec.restartPolicy, exitCode: ending.exitCode)
    }
  }
}
