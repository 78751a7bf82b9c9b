import KubeModel

/// What a healthy kubelet says about its node.
enum NodeStatusRules {
  /// Fills in what is not given: 4 CPUs, 8Gi of memory, 110 pods, a Debian.
  static func fill(_ status: inout NodeStatus, name: String, address: String) {
    let defaults: ResourceList = [
      "cpu": Quantity(value: 4),
      "ephemeral-storage": Quantity(value: 100 << 30, format: .binarySI),
      "memory": Quantity(value: 8 << 30, format: .binarySI),
      "pods": Quantity(value: 110),
    ]
    for (resource, amount) in defaults {
      let given = status.capacity[resource] ?? status.allocatable[resource] ?? amount
      if status.allocatable[resource] == nil { status.allocatable[resource] = given }
      if status.capacity[resource] == nil { status.capacity[resource] = given }
    }
    for (resource, amount) in status.allocatable where status.capacity[resource] == nil {
      status.capacity[resource] = amount
    }
    if status.addresses.isEmpty {
      status.addresses = [
        NodeAddress(type: .internalIP, address: address),
        NodeAddress(type: .hostname, address: name),
      ]
    }
    if status.daemonEndpoints.kubeletEndpoint.port == 0 {
      status.daemonEndpoints.kubeletEndpoint.port = 10250
    }
    fillInfo(&status.nodeInfo, name)
  }

  private static func fillInfo(_ info: inout NodeSystemInfo, _ name: String) {
    func fill(_ place: inout String, _ value: String) { if place.isEmpty { place = value } }
    fill(&info.machineID, name)
    fill(&info.systemUUID, name)
    fill(&info.bootID, "boot-" + name)
    fill(&info.kernelVersion, "6.12.0")
    fill(&info.osImage, "Debian GNU/Linux 13")
    fill(&info.containerRuntimeVersion, "containerd://2.1.4")
    fill(&info.kubeletVersion, "v1.36.2")
    fill(&info.operatingSystem, "linux")
    fill(&info.architecture, "amd64")
  }

  /// Sets the four conditions to what they are on a healthy node.
  static func setHealthy(_ status: inout NodeStatus, at time: Timestamp) {
    set(
      &status, .memoryPressure, .false, "KubeletHasSufficientMemory",
      "kubelet has sufficient memory available", time)
    set(
      &status, .diskPressure, .false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure",
      time)
    set(
      &status, .pidPressure, .false, "KubeletHasSufficientPID",
      "kubelet has sufficient PID available", time)
    set(&status, .ready, .true, "KubeletReady", "kubelet is posting ready status", time)
  }

  /// Sets MemoryPressure.
  static func setMemoryPressure(_ status: inout NodeStatus, _ isUnder: Bool, at time: Timestamp) {
    if isUnder {
      set(
        &status, .memoryPressure, .true, "KubeletHasInsufficientMemory",
        "kubelet has insufficient memory available", time)
    } else {
      set(
        &status, .memoryPressure, .false, "KubeletHasSufficientMemory",
        "kubelet has sufficient memory available", time)
    }
  }

  /// Says that the node is not Ready, and why.
  static func setNotReady(_ status: inout NodeStatus, _ message: String, at time: Timestamp) {
    set(&status, .ready, .false, "KubeletNotReady", message, time)
  }

  private static func set(
    _ status: inout NodeStatus, _ type: NodeConditionType, _ value: ConditionStatus,
    _ reason: String, _ message: String, _ time: Timestamp
  ) {
    var condition = NodeCondition()
    condition.type = type
    condition.status = value
    condition.reason = reason
    condition.message = message
    condition.lastHeartbeatTime = time
    condition.lastTransitionTime = time
    guard let index = status.conditions.firstIndex(where: { $0.type == type }) else {
      status.conditions.append(condition)
      return
    }
    if status.conditions[index].status == value {
      condition.lastTransitionTime = status.conditions[index].lastTransitionTime
    }
    status.conditions[index] = condition
  }
}
