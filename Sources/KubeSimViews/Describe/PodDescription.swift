import KubeModel

// Follows   kubectl/pkg/describe, describePod (v1.36)

extension Pod: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    if let priority = spec.priority { text.line(0, "Priority:", "\(priority)") }
    for (title, value) in [
      ("Priority Class Name", spec.priorityClassName),
      ("Runtime Class Name", spec.runtimeClassName ?? ""),
      ("Service Account", spec.serviceAccountName),
    ] where !value.isEmpty {
      text.line(0, title + ":", value)
    }
    text.line(0, "Node:", spec.nodeName.isEmpty ? "<none>" : "\(spec.nodeName)/\(status.hostIP)")
    if let start = status.startTime { text.line(0, "Start Time:", start.longText) }
    text.labelsAndAnnotations(self)
    describeState(&text)
    if !spec.initContainers.isEmpty {
      text.containers("Init Containers", spec.initContainers, of: self)
    }
    text.containers("Containers", spec.containers, of: self)
    describeConditions(&text)
    text.volumes(spec.volumes)
    text.line(0, "QoS Class:", qosClass)
    text.labels(0, "Node-Selectors", spec.nodeSelector)
    text.tolerations(0, spec.tolerations)
    text.spreadConstraints(0, spec.topologySpreadConstraints)
  }

  private func describeState(_ text: inout Description) {
    if let deletion = metadata.deletionTimestamp, !isTerminal {
      let since = HumanDuration.since(deletion, at: text.now)
      text.line(0, "Status:", "Terminating (lasts \(since))")
      text.line(0, "Termination Grace Period:", "\(metadata.deletionGracePeriodSeconds ?? 0)s")
    } else {
      text.line(0, "Status:", status.phase.rawValue)
    }
    if !status.reason.isEmpty { text.line(0, "Reason:", status.reason) }
    if !status.message.isEmpty { text.line(0, "Message:", status.message) }
    if let profile = spec.securityContext?.seccompProfile {
      text.line(0, "SeccompProfile:", profile.type.rawValue)
      if let file = profile.localhostProfile { text.line(0, "LocalhostProfile:", file) }
    }
    text.line(0, "IP:", status.podIP)
    if status.podIPs.isEmpty { text.line(0, "IPs:", "<none>") } else { text.line(0, "IPs:") }
    for address in status.podIPs { text.line(1, "IP:", address.ip) }
    text.controller(of: self)
    if !status.nominatedNodeName.isEmpty {
      text.line(0, "NominatedNodeName:", status.nominatedNodeName)
    }
    if let resources = spec.resources {
      text.line(0, "Resources:")
      text.resources(1, resources)
    }
  }

  private func describeConditions(_ text: inout Description) {
    func list(_ title: String, _ conditions: [(type: String, status: String)]) {
      guard !conditions.isEmpty else { return }
      text.line(0, title + ":")
      text.line(1, "Type", "Status")
      for condition in conditions { text.line(1, condition.type + " ", condition.status + " ") }
    }
    list(
      "Readiness Gates",
      spec.readinessGates.map { gate in
        let status = status.condition(gate.conditionType)?.status.rawValue
        return (gate.conditionType.rawValue, status ?? "<none>")
      })
    list("Conditions", status.conditions.map { ($0.type.rawValue, $0.status.rawValue) })
  }

  private var qosClass: String {
    // The server sets it with the pod's creation.
    status.qosClass.isEmpty ? PodQOSClass.bestEffort.rawValue : status.qosClass.rawValue
  }
}
