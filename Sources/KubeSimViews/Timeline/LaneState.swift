import KubeModel

/// What a pod is doing, as far as a timeline tells it apart.
public enum LaneState: String, Hashable, Sendable, CaseIterable {
  /// Accepted, but not on a node yet.
  case pending = "P"
  /// On a node; images are pulled, init containers run, containers are created.
  case starting = "C"
  /// Its containers run, but it is not ready to take traffic.
  case running = "R"
  /// Ready to take traffic.
  case ready = "="
  /// A container failed, or waits before it is tried again.
  case failing = "!"
  /// All containers ended well, for good.
  case succeeded = "S"
  /// It ended in failure, for good.
  case failed = "F"
  /// Told to stop; its containers are ending or have ended.
  case terminating = "T"
  /// There is no such pod any more.
  case gone = "."

  /// The sign in a lane.
  public var symbol: Character { Character(rawValue) }

  /// The legend.
  public var meaning: String {
    switch self {
    case .pending: "pending: waits for a node"
    case .starting: "creating: pulls images, starts containers"
    case .running: "running, not ready for traffic yet"
    case .ready: "ready: takes traffic"
    case .failing: "in error, or waiting to be tried again"
    case .succeeded: "succeeded: ended, all went well"
    case .failed: "failed: ended for good"
    case .terminating: "terminating: told to stop"
    case .gone: "gone"
    }
  }

  /// What a pod is doing.
  public init(of pod: Pod) {
    if pod.isBeingDeleted {
      self = .terminating
    } else if pod.status.phase == .succeeded {
      self = .succeeded
    } else if pod.status.phase == .failed {
      self = .failed
    } else if Self.isFailing(pod) {
      self = .failing
    } else if pod.isReady {
      self = .ready
    } else if pod.spec.nodeName.isEmpty {
      self = .pending
    } else {
      self = pod.status.phase == .running ? .running : .starting
    }
  }

  /// Whether a container waits for anything but its turn, or has ended badly.
  private static func isFailing(_ pod: Pod) -> Bool {
    (pod.status.initContainerStatuses + pod.status.containerStatuses).contains { container in
      if let reason = container.state.waiting?.reason {
        return !["", "ContainerCreating", "PodInitializing"].contains(reason)
      }
      return container.state.terminated.map { $0.exitCode != 0 } ?? false
    }
  }

  /// The ANSI colour of the sign.
  var colour: Int {
    switch self {
    case .pending, .gone: 90
    case .starting: 36
    case .running: 33
    case .ready, .succeeded: 32
    case .failing, .failed: 31
    case .terminating: 35
    }
  }
}
