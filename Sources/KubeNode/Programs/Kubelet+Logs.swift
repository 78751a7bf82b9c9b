import KubeModel
import KubePrograms
import SimulationKernel

// What containers printed.

/// A line of a container's log.
public struct LogLine: Hashable, Sendable {
  /// When it was printed.
  public let time: Instant
  /// The line without its end.
  public let text: String
}

/// The logs of one container of a pod.
struct ContainerLogs: Sendable {
  let name: String
  var current: [LogLine]?
  var previous: [LogLine]?
}

extension ContainerProcess {
  /// What the process printed; nothing for one without a program.
  var log: [LogLine] {
    (instance?.wrappedValue.machine.output.lines ?? []).map {
      LogLine(time: startedAt + $0.time, text: $0.text)
    }
  }
}

extension PodRuntime {
  /// The logs of all its containers.
  var logs: [ContainerLogs] {
    containers.indices.map { index in
      ContainerLogs(
        name: traits.containers[index].name, current: containers[index].current?.log,
        previous: containers[index].previous?.log)
    }
  }
}

extension Kubelet {
  /// What a container of a pod printed in its newest run, or in the one before it; nil when there was
  /// no such run.
  public func log(of pod: ObjectKey, container: String, previous: Bool = false) -> [LogLine]? {
    guard Int(pod.slot) < pods.count, pods[Int(pod.slot)].serial == pod.serial else { return nil }
    let slot = pods[Int(pod.slot)]
    let all = slot.runtime?.wrappedValue.logs ?? slot.archive
    guard let logs = all.first(where: { $0.name == container }) else { return nil }
    return previous ? logs.previous : logs.current
  }
}
