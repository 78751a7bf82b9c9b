import KubeModel

/// A pod's state in words.
enum PodState {
  /// `terminated:Error:1 restarts=2`.
  static func container(_ status: JSONValue) -> String {
    let state: String
    if status.at("state.running") != nil {
      state = "running"
    } else if let ended = status.at("state.terminated") {
      state = "terminated:\(ended.text(at: "reason")):\(ended.at("exitCode")?.intValue ?? 0)"
    } else {
      state = "waiting:" + status.text(at: "state.waiting.reason")
    }
    return "\(state) restarts=\(status.at("restartCount")?.intValue ?? 0)"
  }

  /// Status and reason of the conditions of an object, by type.
  static func conditions(_ object: JSONValue) -> [(type: String, value: String)] {
    object.list(at: "status.conditions").map {
      ($0.text(at: "type"), "\($0.text(at: "status")) \($0.text(at: "reason"))")
    }
  }

  /// Status and reason of one condition.
  static func condition(_ type: String, _ object: JSONValue) -> String? {
    conditions(object).last { $0.type == type }?.value
  }

  /// The state of a pod at the end of a run.
  static func final(_ pod: JSONValue) -> String {
    var words = [
      pod.text(at: "status.phase"), column(pod),
      pod.at("metadata.deletionTimestamp") == nil ? "" : "deleting",
      pod.text(at: "spec.nodeName").isEmpty ? "" : "bound", pod.text(at: "status.reason"),
    ]
    for status in RecordedObject.containers(of: pod) {
      let last = status.at("lastState.terminated").map {
        "last=\($0.text(at: "reason")):\($0.at("exitCode")?.intValue ?? 0)"
      }
      words.append(
        "\(status.text(at: "name")): \(container(status)) ready=\(status.flag(at: "ready"))"
          + " started=\(status.flag(at: "started")) \(last ?? "")")
    }
    return words.joined(separator: "|")
  }

  /// The STATUS column of `kubectl get pods`.
  static func column(_ pod: JSONValue) -> String {
    var reason = pod.text(at: "status.reason")
    if reason.isEmpty { reason = pod.text(at: "status.phase") }
    if condition("PodScheduled", pod)?.hasSuffix(" SchedulingGated") == true {
      reason = "SchedulingGated"
    }
    let initial = initialReason(pod)
    if let initial { reason = initial }
    if initial == nil || condition("Initialized", pod)?.hasPrefix("True") == true {
      reason = mainReason(pod, else: reason)
    }
    guard pod.at("metadata.deletionTimestamp") != nil else { return reason }
    if pod.text(at: "status.reason") == "NodeLost" { return "Unknown" }
    let isOver = ["Succeeded", "Failed"].contains(pod.text(at: "status.phase"))
    return isOver ? reason : "Terminating"
  }

  /// `Init:1/2` and its like; nil when all init containers are done.
  private static func initialReason(_ pod: JSONValue) -> String? {
    let specs = pod.list(at: "spec.initContainers")
    let restartable = specs.filter { $0.text(at: "restartPolicy") == "Always" }
      .map { $0.text(at: "name") }
    for (index, status) in pod.list(at: "status.initContainerStatuses").enumerated() {
      let isSidecar = restartable.contains(status.text(at: "name"))
      let ended = status.at("state.terminated")
      if let ended, ended.at("exitCode")?.intValue ?? 0 == 0, !isSidecar { continue }
      if isSidecar, status.flag(at: "started") { continue }
      if let ended {
        let reason = ended.text(at: "reason")
        let code = "ExitCode:\(ended.at("exitCode")?.intValue ?? 0)"
        return "Init:" + (reason.isEmpty ? code : reason)
      }
      let waiting = status.text(at: "state.waiting.reason")
      if !waiting.isEmpty, waiting != "PodInitializing" { return "Init:" + waiting }
      return "Init:\(index)/\(specs.count)"
    }
    return nil
  }

  private static func mainReason(_ pod: JSONValue, else fallback: String) -> String {
    var reason = fallback
    var isRunning = false
    for status in pod.list(at: "status.containerStatuses").reversed() {
      let waiting = status.text(at: "state.waiting.reason")
      if !waiting.isEmpty {
        reason = waiting
      } else if let ended = status.at("state.terminated") {
        let word = ended.text(at: "reason")
        reason = word.isEmpty ? "ExitCode:\(ended.at("exitCode")?.intValue ?? 0)" : word
      } else if status.flag(at: "ready"), status.at("state.running") != nil {
        isRunning = true
      }
    }
    guard reason == "Completed", isRunning else { return reason }
    return condition("Ready", pod)?.hasPrefix("True") == true ? "Running" : "NotReady"
  }
}
