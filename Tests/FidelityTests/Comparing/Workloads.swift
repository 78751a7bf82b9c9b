import KubeModel

/// The counters of workload objects that are followed through a run.
enum Workloads {
  /// The counters of a kind; `@` counts endpoints, a trailing `#` the elements of a list.
  static let counters: [String: [String]] = [
    "Deployment": [
      "spec.replicas", "status.replicas", "status.updatedReplicas", "status.readyReplicas",
      "status.availableReplicas", "status.unavailableReplicas", "status.terminatingReplicas",
    ],
    "ReplicaSet": [
      "spec.replicas", "status.replicas", "status.fullyLabeledReplicas", "status.readyReplicas",
      "status.availableReplicas", "status.terminatingReplicas",
    ],
    "ReplicationController": [
      "spec.replicas", "status.replicas", "status.fullyLabeledReplicas", "status.readyReplicas",
      "status.availableReplicas",
    ],
    "StatefulSet": [
      "spec.replicas", "status.replicas", "status.readyReplicas", "status.currentReplicas",
      "status.updatedReplicas", "status.availableReplicas",
    ],
    "DaemonSet": [
      "status.desiredNumberScheduled", "status.currentNumberScheduled", "status.numberMisscheduled",
      "status.numberReady", "status.updatedNumberScheduled", "status.numberAvailable",
      "status.numberUnavailable",
    ],
    "Job": [
      "spec.parallelism", "spec.completions", "spec.suspend", "status.active", "status.ready",
      "status.succeeded", "status.failed", "status.terminating",
    ],
    "CronJob": ["spec.suspend", "status.active#"],
    "PodDisruptionBudget": [
      "status.currentHealthy", "status.desiredHealthy", "status.disruptionsAllowed",
      "status.expectedPods",
    ],
    "HorizontalPodAutoscaler": ["status.currentReplicas", "status.desiredReplicas"],
    "EndpointSlice": ["@ready", "@serving", "@terminating", "@endpoints"],
  ]

  /// Counters that two real runs do not agree on between steps.
  static let unstable: Set<String> = [
    "Deployment status.terminatingReplicas", "ReplicaSet status.terminatingReplicas",
    "Job status.terminating", "EndpointSlice @terminating", "EndpointSlice @serving",
    "EndpointSlice @endpoints",
  ]

  /// The counters whose last change between two steps is looked at.
  static let main: [String: [String]] = [
    "Deployment": [
      "spec.replicas", "status.replicas", "status.updatedReplicas", "status.readyReplicas",
      "status.availableReplicas",
    ],
    "ReplicaSet": [
      "spec.replicas", "status.replicas", "status.readyReplicas", "status.availableReplicas",
    ],
    "StatefulSet": [
      "spec.replicas", "status.replicas", "status.readyReplicas", "status.availableReplicas",
      "status.updatedReplicas",
    ],
    "DaemonSet": [
      "status.desiredNumberScheduled", "status.currentNumberScheduled", "status.numberReady",
      "status.updatedNumberScheduled",
    ],
    "Job": ["status.active", "status.ready", "status.succeeded", "status.failed"],
    "EndpointSlice": ["@ready"],
    "PodDisruptionBudget": ["status.currentHealthy", "status.disruptionsAllowed"],
  ]

  /// A counter of an object, as text.
  static func counter(_ path: String, of object: JSONValue) -> String {
    if path.hasPrefix("@") { return "\(endpoints(path, of: object))" }
    if path.hasSuffix("#") { return "\(object.list(at: String(path.dropLast())).count)" }
    switch object.at(path) {
    case .bool(let value): return value ? "1" : "0"
    case let value: return "\(value?.intValue ?? 0)"
    }
  }

  private static func endpoints(_ path: String, of slice: JSONValue) -> Int {
    slice.list(at: "endpoints").count { endpoint in
      let isReady = endpoint.at("conditions.ready")?.boolValue ?? true
      switch path {
      case "@ready": return isReady
      case "@serving": return endpoint.at("conditions.serving")?.boolValue ?? isReady
      case "@terminating": return endpoint.flag(at: "conditions.terminating")
      default: return true
      }
    }
  }

  /// The state of an object that is no pod, at the end of a run.
  static func final(_ object: RecordedObject, _ version: JSONValue) -> String {
    var words = (counters[object.kind] ?? []).map { "\($0)=\(counter($0, of: version))" }
    func add(_ name: String, _ value: some CustomStringConvertible) {
      words.append("\(name)=\(value)")
    }
    func add(_ paths: String...) {
      for path in paths { add(path, version.at(path) != nil) }
    }
    add("deleting", version.at("metadata.deletionTimestamp") != nil)
    let generation = version.at("metadata.generation")?.intValue ?? 0
    if let observed = version.at("status.observedGeneration")?.intValue {
      add("observed", observed == generation)
      if !object.isRandom { add("generation", generation) }
    }
    switch object.kind {
    case "StatefulSet":
      add(
        "revision",
        version.text(at: "status.currentRevision") == version.text(at: "status.updateRevision"))
    case "Deployment", "ReplicaSet":
      add("paused", version.flag(at: "spec.paused"))
      add("rollout", version.annotation("deployment.kubernetes.io/revision") ?? "none")
    case "Job":
      add("completed", version.text(at: "status.completedIndexes"))
      add("failed", version.text(at: "status.failedIndexes"))
      add("status.startTime", "status.completionTime")
    case "CronJob": add("status.lastScheduleTime", "status.lastSuccessfulTime")
    case "Node":
      add("taints", taints(version))
      add("unschedulable", version.flag(at: "spec.unschedulable"))
    case "PersistentVolumeClaim": add("phase", version.text(at: "status.phase"))
    case "ControllerRevision": add("revision", version["revision"]?.intValue ?? 0)
    case "EndpointSlice":
      let ports = version.list(at: "ports").map {
        "\($0.text(at: "name")):\($0.at("port")?.intValue ?? 0):\($0.text(at: "protocol"))"
      }
      add("ports", ports.sorted())
    default: break
    }
    return words.joined(separator: " ")
  }

  /// The taints of a node, sorted.
  static func taints(_ node: JSONValue) -> String {
    node.list(at: "spec.taints").map {
      "\($0.text(at: "key"))=\($0.text(at: "value")):\($0.text(at: "effect"))"
    }
    .sorted().joined(separator: ",")
  }
}
