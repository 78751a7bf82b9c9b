import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printPod (v1.36)

extension Pod: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Name", "Ready", "Status", "Restarts", "Age", .wide("IP"), .wide("Node"),
      .wide("Nominated Node"), .wide("Readiness Gates"),
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let summary = PodSummary(of: self)
    return [
      nameCell, "\(summary.ready)/\(summary.total)", .text(summary.status),
      .text(summary.restartText(at: now)), age(at: now),
      .text((status.podIPs.first?.ip ?? "").orNone),
      .text(spec.nodeName.orNone), .text(status.nominatedNodeName.orNone), .text(gateText),
    ]
  }

  private var gateText: String {
    guard !spec.readinessGates.isEmpty else { return "<none>" }
    let open = spec.readinessGates.count { status.condition($0.conditionType)?.status == .true }
    return "\(open)/\(spec.readinessGates.count)"
  }
}

/// What `kubectl get pods` says of a pod: READY, STATUS and RESTARTS.
///
/// STATUS is not the phase: it tells the most telling thing about the pod's containers, as
/// `Init:1/2`, `CrashLoopBackOff`, `Terminating`.
public struct PodSummary: Hashable, Sendable {
  /// How many containers are ready, sidecars among them.
  public private(set) var ready = 0
  /// How many containers could be.
  public private(set) var total = 0
  /// STATUS.
  public private(set) var status = ""
  /// How often containers were started again.
  public private(set) var restarts: Int32 = 0
  /// When a container last ended before it was started again; nil when it is not known.
  public private(set) var lastRestart: Timestamp?

  /// What the pod's spec and status come to.
  public init(of pod: Pod) {
    let sidecars = pod.spec.initContainers.filter { $0.restartPolicy == .always }.map(\.name)
    total = pod.spec.containers.count + sidecars.count
    status = pod.status.reason.isEmpty ? pod.status.phase.rawValue : pod.status.reason
    if pod.status.conditions.contains(where: {
      $0.type == .podScheduled && $0.reason == "SchedulingGated"
    }) {
      status = "SchedulingGated"
    }
    let sidecarRestarts = readInitContainers(of: pod, sidecars: sidecars)
    if isInitialized || pod.status.condition(.initialized)?.status == .true {
      // What ordinary init containers went through no longer counts.
      (restarts, lastRestart) = sidecarRestarts
      readContainers(of: pod)
    }
    if pod.isBeingDeleted {
      if pod.status.reason == "NodeLost" {
        status = "Unknown"
      } else if !pod.isTerminal {
        status = "Terminating"
      }
    }
  }

  /// RESTARTS: `3`, or `3 (10s ago)`.
  public func restartText(at now: MicroTime) -> String {
    guard restarts != 0, let lastRestart else { return String(restarts) }
    return "\(restarts) (\(HumanDuration.since(lastRestart, at: now)) ago)"
  }

  private var isInitialized = true

  /// Returns the restarts of the sidecars alone.
  private mutating func readInitContainers(
    of pod: Pod, sidecars: [String]
  ) -> (Int32, Timestamp?) {
    var (sidecarRestarts, sidecarLast) = (Int32(0), Timestamp?.none)
    for (index, container) in pod.status.initContainerStatuses.enumerated() {
      let isSidecar = sidecars.contains(container.name)
      count(container)
      if isSidecar {
        sidecarRestarts += container.restartCount
        sidecarLast = later(sidecarLast, container.lastState.terminated?.finishedAt)
      }
      if container.state.terminated?.exitCode == 0 { continue }
      if isSidecar, container.started == true {
        if container.ready { ready += 1 }
        continue
      }
      isInitialized = false
      if let ended = container.state.terminated {
        status = "Init:" + Self.text(of: ended)
      } else if let reason = container.state.waiting?.reason, !reason.isEmpty,
        reason != "PodInitializing"
      {
        status = "Init:" + reason
      } else {
        status = "Init:\(index)/\(pod.spec.initContainers.count)"
      }
      break
    }
    return (sidecarRestarts, sidecarLast)
  }

  private mutating func readContainers(of pod: Pod) {
    var isRunning = false
    var failure = ""
    // From the last to the first, so that the first one has the last word.
    for container in pod.status.containerStatuses.reversed() {
      count(container)
      if let reason = container.state.waiting?.reason, !reason.isEmpty {
        status = reason
      } else if let ended = container.state.terminated {
        status = Self.text(of: ended)
        if ended.exitCode != 0 { failure = status }
      } else if container.ready, container.state.running != nil {
        isRunning = true
        ready += 1
      }
    }
    guard status == "Completed" else { return }
    if isRunning, pod.isReady {
      status = "Running"
    } else if !failure.isEmpty {
      status = failure
    } else if isRunning {
      status = "NotReady"
    }
  }

  private mutating func count(_ container: ContainerStatus) {
    restarts += container.restartCount
    lastRestart = later(lastRestart, container.lastState.terminated?.finishedAt)
  }

  private func later(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }

  private static func text(of ended: ContainerStateTerminated) -> String {
    if !ended.reason.isEmpty { return ended.reason }
    return ended.signal != 0 ? "Signal:\(ended.signal)" : "ExitCode:\(ended.exitCode)"
  }
}
