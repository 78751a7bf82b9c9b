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

    // Containers and statuses are large; by index they are read in place instead of being copied.
    mutating func addInit(_ pod: Pod, _ statuses: [ContainerStatus]) {
      for index in pod.spec.initContainers.indices {
        let place = statuses.index(of: pod.spec.initContainers[index].name)
        if pod.spec.initContainers[index].isSidecar {
          addSidecar(statuses, place)
        } else {
          addPlainInit(pod, index, statuses, place)
        }
      }
    }

    private mutating func addPlainInit(
      _ pod: Pod, _ index: Int, _ statuses: [ContainerStatus], _ place: Int?
    ) {
      guard let place, statuses[place].state.running == nil else {
        pendingInit += 1
        return
      }
      var ending = Ending(statuses[place].state)
      if ending == nil, statuses[place].state.waiting != nil {
        // A waiting container that failed before is being started again.
        ending = Ending(statuses[place].lastState)
      }
      guard let ending else {
        pendingInit += 1
        return
      }
      let terms = RestartTerms(
        policy: pod.spec.initContainers[index].restartPolicy,
        rules: pod.spec.initContainers[index].restartPolicyRules)
      if ending.exitCode != 0, !ending.mayRestart(terms, pod) { failedInit += 1 }
    }

    private mutating func addSidecar(_ statuses: [ContainerStatus], _ place: Int?) {
      guard let place else {
        unknown += 1
        return
      }
      if statuses[place].state.running != nil {
        if statuses[place].started != true { pendingSidecars += 1 }
        running += 1
      } else if !statuses[place].state.$terminated.isNil {
        return  // How a sidecar ended never matters.
      } else if statuses[place].state.waiting != nil {
        if !statuses[place].lastState.$terminated.isNil { return }
        pendingSidecars += 1
        waiting += 1
      } else {
        pendingSidecars += 1
        unknown += 1
      }
    }

    mutating func addMain(_ pod: Pod, _ statuses: [ContainerStatus]) {
      for index in pod.spec.containers.indices {
        guard let place = statuses.index(of: pod.spec.containers[index].name) else {
          unknown += 1
          continue
        }
        if statuses[place].state.running != nil {
          running += 1
        } else if let ending = Ending(statuses[place].state) {
          add(ending, pod, index)
          if ending.exitCode == 0 { succeeded += 1 }
        } else if statuses[place].state.waiting == nil {
          unknown += 1
        } else if let ending = Ending(statuses[place].lastState) {
          add(ending, pod, index)
        } else {
          waiting += 1
        }
      }
    }

    private mutating func add(_ ending: Ending, _ pod: Pod, _ index: Int) {
      let terms = RestartTerms(
        policy: pod.spec.containers[index].restartPolicy,
        rules: pod.spec.containers[index].restartPolicyRules)
      stopped += 1
      if !ending.mayRestart(terms, pod) { stoppedForGood += 1 }
    }
  }

  /// What matters of a container's end.
  private struct Ending {
    let exitCode: Int32
    private let isRestartOfAll: Bool

    /// Nil for a state that is no end.
    init?(_ state: ContainerState) {
      guard let ending = state.terminated else { return nil }
      exitCode = ending.exitCode
      isRestartOfAll = ending.reason == restartingAll
    }

    func mayRestart(_ terms: RestartTerms, _ pod: Pod) -> Bool {
      isRestartOfAll
        || RestartRules.restarts(terms, in: pod.spec.restartPolicy, exitCode: exitCode)
    }
  }
}
