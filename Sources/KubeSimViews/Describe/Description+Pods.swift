import KubeModel

// Follows   kubectl/pkg/describe, describeContainers and DescribePodTemplate (v1.36)

extension Description {
  /// `Pod Template:` with all that is in it.
  mutating func template(_ template: PodTemplateSpec?) {
    line(0, "Pod Template:")
    guard let template else { return line(1, "<unset>") }
    labels(1, "Labels", template.metadata.labels)
    if !template.metadata.annotations.isEmpty { annotations(1, template.metadata.annotations) }
    let spec = template.spec
    if !spec.serviceAccountName.isEmpty { line(1, "Service Account:", spec.serviceAccountName) }
    if !spec.initContainers.isEmpty { containers("Init Containers", spec.initContainers) }
    containers("Containers", spec.containers)
    volumes(spec.volumes, isTemplate: true)
    spreadConstraints(1, spec.topologySpreadConstraints)
    if !spec.priorityClassName.isEmpty { line(1, "Priority Class Name:", spec.priorityClassName) }
    labels(1, "Node-Selectors", spec.nodeSelector)
    tolerations(1, spec.tolerations)
  }

  /// Containers, with their states when they are those of a pod.
  mutating func containers(_ title: String, _ containers: [Container], of pod: Pod? = nil) {
    // In a template everything stands a blank or two deeper.
    let isTemplate = pod == nil
    line(isTemplate ? 1 : 0, title + ":" + (containers.isEmpty ? " <none>" : ""))
    let statuses = pod.map { $0.status.initContainerStatuses + $0.status.containerStatuses } ?? []
    for container in containers {
      let status = statuses.first { $0.name == container.name }
      line(1, (isTemplate ? " " : "") + container.name + ":")
      if let status { line(2, "Container ID:", status.containerID) }
      line(2, "Image:", container.image)
      if let status { line(2, "Image ID:", status.imageID) }
      ports(container)
      seccomp(container)
      words("Command", container.command)
      words("Args", container.args)
      if let status { self.status(status) }
      resources(2, container.resources)
      probes(container)
      environmentSources(container)
      environment(container, of: pod)
      mounts(container)
    }
  }

  private mutating func ports(_ container: Container) {
    func text(_ number: (ContainerPort) -> Int32) -> String {
      container.ports.map { port in
        "\(number(port))/\(port.protocol)" + (port.name.isEmpty ? "" : " (\(port.name))")
      }.joined(separator: ", ").orNone
    }
    let many = container.ports.count > 1 ? "s" : ""
    line(2, "Port\(many):", text(\.containerPort))
    line(2, "Host Port\(many):", text(\.hostPort))
  }

  private mutating func seccomp(_ container: Container) {
    guard let profile = container.securityContext?.seccompProfile else { return }
    line(2, "SeccompProfile:", profile.type.rawValue)
    if let file = profile.localhostProfile { line(3, "LocalhostProfile:", file) }
  }

  private mutating func words(_ title: String, _ words: [String]) {
    guard !words.isEmpty else { return }
    line(2, title + ":")
    for word in words {
      for part in word.split(separator: "\n", omittingEmptySubsequences: false) {
        line(3, String(part))
      }
    }
  }

  private mutating func status(_ status: ContainerStatus) {
    state("State", status.state)
    if status.lastState.terminated != nil { state("Last State", status.lastState) }
    line(2, "Ready:", status.ready ? "True" : "False")
    line(2, "Restart Count:", "\(status.restartCount)")
  }

  private mutating func state(_ title: String, _ state: ContainerState) {
    if let running = state.running {
      line(2, title + ":", "Running")
      line(3, "Started:", running.startedAt.longText)
    } else if let ended = state.terminated {
      line(2, title + ":", "Terminated")
      if !ended.reason.isEmpty { line(3, "Reason:", ended.reason) }
      if !ended.message.isEmpty { line(3, "Message:", ended.message) }
      line(3, "Exit Code:", "\(ended.exitCode)")
      if ended.signal > 0 { line(3, "Signal:", "\(ended.signal)") }
      line(3, "Started:", ended.startedAt.longText)
      line(3, "Finished:", ended.finishedAt.longText)
    } else {
      line(2, title + ":", "Waiting")
      if let reason = state.waiting?.reason, !reason.isEmpty { line(3, "Reason:", reason) }
    }
  }

  /// `Limits:` and `Requests:`, those that there are.
  mutating func resources(_ level: Int, _ resources: ResourceRequirements) {
    for (title, list) in [("Limits", resources.limits), ("Requests", resources.requests)]
    where !list.isEmpty {
      line(level, title + ":")
      for (name, amount) in list { line(level + 1, name + ":", amount.description) }
    }
  }

  private mutating func probes(_ container: Container) {
    for (title, probe) in [
      ("Liveness", container.livenessProbe), ("Readiness", container.readinessProbe),
      ("Startup", container.startupProbe),
    ] {
      if let probe { line(2, title + ":", probe.text) }
    }
  }

  private mutating func mounts(_ container: Container) {
    let none = container.volumeMounts.isEmpty
    if none { line(2, "Mounts:", "<none>") } else { line(2, "Mounts:") }
    for mount in container.volumeMounts.sorted(by: { $0.mountPath < $1.mountPath }) {
      let path = mount.subPath.isEmpty ? "" : ",path=\"\(mount.subPath)\""
      line(3, "\(mount.mountPath) from \(mount.name) (\(mount.readOnly ? "ro" : "rw")\(path))")
    }
    guard !container.volumeDevices.isEmpty else { return }
    if none { line(2, "Devices:", "<none>") } else { line(2, "Devices:") }
    for device in container.volumeDevices.sorted(by: { $0.devicePath < $1.devicePath }) {
      line(3, "\(device.devicePath) from \(device.name)")
    }
  }

  /// `Tolerations:`, sorted by key.
  mutating func tolerations(_ level: Int = 0, _ tolerations: [Toleration]) {
    let sorted = tolerations.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }
    list(level, "Tolerations", sorted.map(\.element.text))
  }

  /// `Topology Spread Constraints:`, sorted by key; no line when there are none.
  mutating func spreadConstraints(_ level: Int = 0, _ constraints: [TopologySpreadConstraint]) {
    guard !constraints.isEmpty else { return }
    let sorted = constraints.enumerated().sorted {
      ($0.element.topologyKey, $0.offset) < ($1.element.topologyKey, $1.offset)
    }
    list(level, "Topology Spread Constraints", sorted.map(\.element.text))
  }
}

extension Toleration {
  fileprivate var text: String {
    var text = key
    if !value.isEmpty { text += "=" + value }
    if !effect.isEmpty { text += ":" + effect.rawValue }
    if self.operator == "Exists", value.isEmpty { text += (text.isEmpty ? "" : " ") + "op=Exists" }
    if let tolerationSeconds { text += " for \(tolerationSeconds)s" }
    return text
  }
}

extension TopologySpreadConstraint {
  fileprivate var text: String {
    "\(topologyKey):\(whenUnsatisfiable) when max skew \(maxSkew) is exceeded"
      + (labelSelector.map { " for selector " + LabelSelector.format($0) } ?? "")
  }
}

extension Probe {
  fileprivate var text: String {
    let numbers =
      "delay=\(initialDelaySeconds)s timeout=\(timeoutSeconds)s period=\(periodSeconds)s "
      + "successThreshold=\(successThreshold) failureThreshold=\(failureThreshold)"
    if let exec { return "exec [\(exec.command.joined(separator: " "))] \(numbers)" }
    if let httpGet {
      let host = httpGet.host.contains(":") ? "[\(httpGet.host)]" : httpGet.host
      let path =
        httpGet.path.isEmpty || httpGet.path.hasPrefix("/") ? httpGet.path : "/" + httpGet.path
      let scheme = httpGet.scheme.isEmpty ? "" : httpGet.scheme.rawValue.lowercased() + ":"
      return "http-get \(scheme)//\(host):\(httpGet.port)\(path) \(numbers)"
    }
    if let tcpSocket { return "tcp-socket \(tcpSocket.host):\(tcpSocket.port) \(numbers)" }
    if let grpc { return "grpc <pod>:\(grpc.port) \(grpc.service ?? "") \(numbers)" }
    return "unknown \(numbers)"
  }
}
