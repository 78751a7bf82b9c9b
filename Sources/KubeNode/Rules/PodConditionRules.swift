import KubeModel

/// What the kubelet finds about a condition of a pod.
struct ConditionFinding: Sendable {
  let type: PodConditionType
  let isTrue: Bool
  var reason = ""
  var message = ""
  /// The generation of the spec that it is about, if that is not the pod's own.
  var generation: Int64?

  var status: ConditionStatus { isTrue ? .true : .false }
}

/// The conditions that the kubelet keeps on a pod.
///
/// Follows `pkg/kubelet/status/generate.go` (v1.36).
enum PodConditionRules {
  /// True for the types that the kubelet alone sets; it carries all others over.
  static func isOwned(_ type: PodConditionType) -> Bool {
    switch type {
    case .podReadyToStartContainers, .initialized, .ready, .containersReady, .podScheduled,
      .podResizePending, .podResizeInProgress, .allContainersRestarting:
      true
    default: false
    }
  }

  /// `PodReadyToStartContainers`: the sandbox stands and has its network.
  @inline(__always) static func readyToStart(sandboxStands: Bool) -> ConditionFinding {
    make(.podReadyToStartContainers, sandboxStands)
  }

  /// `Initialized`: the init containers have done their work.
  ///
  /// The condition that the pod has decides too.
  ///
  /// - Parameter statuses: Of init and other containers, in any order; nil when nothing is known.
  static func initialized(
    _ pod: Pod, _ statuses: [ContainerStatus]?, _ phase: PodPhase
  ) -> ConditionFinding {
    if pod.spec.initContainers.isEmpty {
      return make(.initialized, true, phase == .succeeded ? "PodCompleted" : "")
    }
    guard let statuses else {
      return make(.initialized, false, "UnknownContainerStatuses")
    }
    var unknown: [String] = []
    var incomplete: [String] = []
    for index in pod.spec.initContainers.indices {
      let name = pod.spec.initContainers[index].name
      guard let place = statuses.index(of: name) else {
        unknown.append(name)
        continue
      }
      let isSidecar = pod.spec.initContainers[index].isSidecar
      let isComplete = isSidecar ? statuses[place].started == true : statuses[place].ready
      if !isComplete { incomplete.append(name) }
    }
    if phase == .succeeded && unknown.isEmpty {
      return make(.initialized, true, "PodCompleted")
    }
    // Sidecars may be starting again long after the others have begun.
    if hasStarted(pod, statuses) { return make(.initialized, true) }
    let message = text(unknown, "containers with incomplete status: [", incomplete)
    // What was initialized once stays so, also while all containers start anew.
    if message.isEmpty || pod.status.condition(.initialized)?.status == .true {
      return make(.initialized, true)
    }
    return make(.initialized, false, "ContainersNotInitialized", message)
  }

  /// `ContainersReady`: every container and sidecar is ready.
  static func containersReady(
    _ pod: Pod, _ statuses: [ContainerStatus]?, _ phase: PodPhase
  ) -> ConditionFinding {
    guard let statuses else {
      return make(.containersReady, false, "UnknownContainerStatuses")
    }
    if phase == .failed { return make(.containersReady, false, "PodFailed") }
    if phase == .succeeded && hasAll(pod, statuses) {
      return make(.containersReady, false, "PodCompleted")
    }
    var unknown: [String] = []
    var unready: [String] = []
    func look(_ name: String) {
      guard let place = statuses.index(of: name) else {
        unknown.append(name)
        return
      }
      if !statuses[place].ready { unready.append(name) }
    }
    // By index, since a container is large and would be copied.
    for index in pod.spec.initContainers.indices where pod.spec.initContainers[index].isSidecar {
      look(pod.spec.initContainers[index].name)
    }
    for index in pod.spec.containers.indices { look(pod.spec.containers[index].name) }
    if unknown.isEmpty && unready.isEmpty { return make(.containersReady, true) }
    let message = text(unknown, "containers with unready status: [", unready)
    return make(.containersReady, false, "ContainersNotReady", message)
  }

  /// `Ready`: the containers are ready and every readiness gate is open.
  ///
  /// - Parameters:
  ///   - containersReady: The condition just computed.
  ///   - conditions: Those in which the gates' own conditions are looked for.
  static func ready(
    _ pod: Pod, containersReady: ConditionFinding, _ conditions: [PodCondition]
  ) -> ConditionFinding {
    if !containersReady.isTrue {
      return make(.ready, false, containersReady.reason, containersReady.message)
    }
    if pod.spec.readinessGates.isEmpty { return make(.ready, true) }
    let closed: [String] = pod.spec.readinessGates.compactMap { gate in
      let name = GoText.quoted(gate.conditionType.rawValue)
      guard let found = conditions.first(where: { $0.type == gate.conditionType }) else {
        return "corresponding condition of pod readiness gate \(name) does not exist."
      }
      if found.status == .true { return nil }
      return "the status of pod readiness gate \(name) is not \"True\", but \(found.status)"
    }
    if closed.isEmpty { return make(.ready, true) }
    return make(.ready, false, "ReadinessGatesNotReady", closed.joined(separator: ", "))
  }

  /// `AllContainersRestarting`: a container's end has all containers start anew.
  static func restartingAll(_ isRestarting: Bool, _ phase: PodPhase) -> ConditionFinding {
    // It does not say which generation it is about.
    func finding(_ isTrue: Bool, _ reason: String = "", _ message: String = "") -> ConditionFinding
    {
      ConditionFinding(
        type: .allContainersRestarting, isTrue: isTrue, reason: reason, message: message,
        generation: 0)
    }
    switch phase {
    case .succeeded: return finding(false, "PodCompleted")
    case .failed: return finding(false, "PodFailed")
    case _ where isRestarting:
      let message = "container exited with restart policy rule"
      return finding(true, "RestartAllContainersStarted", message)
    default: return finding(false)
    }
  }

  /// True when there is a status of each container and sidecar.
  private static func hasAll(_ pod: Pod, _ statuses: [ContainerStatus]) -> Bool {
    pod.spec.containers.indices.allSatisfy {
      statuses.index(of: pod.spec.containers[$0].name) != nil
    }
      && pod.spec.initContainers.indices.allSatisfy {
        !pod.spec.initContainers[$0].isSidecar
          || statuses.index(of: pod.spec.initContainers[$0].name) != nil
      }
  }

  private static func hasStarted(_ pod: Pod, _ statuses: [ContainerStatus]) -> Bool {
    pod.spec.containers.indices.contains { index in
      guard let place = statuses.index(of: pod.spec.containers[index].name) else { return false }
      return statuses[place].state.running != nil || !statuses[place].state.$terminated.isNil
    }
  }

  /// `containers with unknown status: [a b], containers with unready status: [c]`.
  private static func text(_ unknown: [String], _ title: String, _ names: [String]) -> String {
    func list(_ title: String, _ names: [String]) -> String {
      String(joining: title, names.count == 1 ? names[0] : names.joined(separator: " "), "]")
    }
    if unknown.isEmpty { return names.isEmpty ? "" : list(title, names) }
    let first = list("containers with unknown status: [", unknown)
    return names.isEmpty ? first : first + ", " + list(title, names)
  }

  @inline(__always) static func make(
    _ type: PodConditionType, _ isTrue: Bool, _ reason: String = "", _ message: String = ""
  ) -> ConditionFinding {
    ConditionFinding(type: type, isTrue: isTrue, reason: reason, message: message)
  }
}
