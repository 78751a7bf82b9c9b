import KubeModel

// Follows   kubectl/pkg/describe, describeNode (v1.36)
// Left out  resource slices

extension Node: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.line(0, "Name:", metadata.name)
    text.line(0, "Roles:", roles.joined(separator: ",").orNone)
    text.labelsAndAnnotations(self)
    text.line(0, "CreationTimestamp:", metadata.creationTimestamp.longText)
    let taints = spec.taints.sorted {
      ("\($0.effect)", $0.key) < ("\($1.effect)", $1.key)
    }
    text.list(
      0, "Taints",
      taints.map { "\($0.key)\($0.value.isEmpty ? "" : "=" + $0.value):\($0.effect)" })
    text.line(0, "Unschedulable:", "\(spec.unschedulable)")
    describeLease(in: views, &text)
    describeConditions(&text)
    text.line(0, "Addresses:")
    for address in status.addresses { text.line(1, "\(address.type):", address.address) }
    for (title, list) in [("Capacity", status.capacity), ("Allocatable", status.allocatable)]
    where !list.isEmpty {
      text.line(0, title + ":")
      for (name, amount) in list { text.line(1, name + ":", amount.description) }
    }
    describeSystem(&text)
    NodeUsage(of: self, in: views).describe(&text)
  }

  private func describeLease(in views: Views, _ text: inout Description) {
    let key = views.store.key(Lease.self, "kube-node-lease", metadata.name)
    guard let lease = key.flatMap({ views.store[Lease.self, $0] }) else {
      let error = APIError.notFound(Lease.resource, metadata.name)
      return text.line(0, "Lease:", "Failed to get lease: \(error.message)")
    }
    text.line(0, "Lease:")
    text.line(1, "HolderIdentity:", lease.spec.holderIdentity.orUnset)
    text.line(1, "AcquireTime:", lease.spec.acquireTime?.wholeSeconds.longText ?? "<unset>")
    text.line(1, "RenewTime:", lease.spec.renewTime?.wholeSeconds.longText ?? "<unset>")
  }

  private func describeConditions(_ text: inout Description) {
    guard !status.conditions.isEmpty else { return }
    text.line(0, "Conditions:")
    text.line(
      1, "Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message")
    text.line(
      1, "----", "------", "-----------------", "------------------", "------", "-------")
    for condition in status.conditions {
      text.line(
        1, "\(condition.type) ", "\(condition.status) ",
        condition.lastHeartbeatTime.longText + " ", condition.lastTransitionTime.longText + " ",
        condition.reason + " ", condition.message)
    }
  }

  private func describeSystem(_ text: inout Description) {
    let info = status.nodeInfo
    text.line(0, "System Info:")
    for (title, value) in [
      ("Machine ID", info.machineID), ("System UUID", info.systemUUID), ("Boot ID", info.bootID),
      ("Kernel Version", info.kernelVersion), ("OS Image", info.osImage),
      ("Operating System", info.operatingSystem), ("Architecture", info.architecture),
      ("Container Runtime Version", info.containerRuntimeVersion),
      ("Kubelet Version", info.kubeletVersion),
    ] {
      text.line(1, title + ":", value)
    }
    for (title, value) in [
      ("PodCIDR", spec.podCIDR), ("PodCIDRs", spec.podCIDRs.joined(separator: ",")),
      ("ProviderID", spec.providerID),
    ] where !value.isEmpty {
      text.line(0, title + ":", value)
    }
  }
}

/// What the pods of a node ask for, and how much of the node that is.
private struct NodeUsage {
  private let pods: [Pod]
  private let allocatable: ResourceList

  init(of node: Node, in views: Views) {
    pods = views.store[Pod.self].placed(on: node.metadata.name).map(\.object)
      .filter { !$0.isTerminal }
      .sorted {
        ($0.metadata.namespace, $0.metadata.name) < ($1.metadata.namespace, $1.metadata.name)
      }
    allocatable = node.status.allocatable.isEmpty ? node.status.capacity : node.status.allocatable
  }

  func describe(_ text: inout Description) {
    text.line(0, "Non-terminated Pods:", "(\(pods.count) in total)")
    text.line(
      1, "Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests",
      "Memory Limits", "Age")
    text.line(
      1, "---------", "----", "", "------------", "----------", "---------------",
      "-------------", "---")
    var (requests, limits) = (ResourceList(), ResourceList())
    for pod in pods {
      let (asked, limit) = (pod.spec.requests(), pod.spec.limits())
      requests.add(asked)
      limits.add(limit)
      text.line(
        1, pod.metadata.namespace, pod.metadata.name, "", share("cpu", asked),
        share("cpu", limit), share("memory", asked), share("memory", limit),
        HumanDuration.since(pod.metadata.creationTimestamp, at: text.now))
    }
    text.line(0, "Allocated resources:")
    text.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)")
    text.line(1, "Resource", "Requests", "Limits")
    text.line(1, "--------", "--------", "------")
    let pages = allocatable.keys.filter { $0.hasPrefix("hugepages-") }
    for name in ["cpu", "memory", "ephemeral-storage"] + pages {
      text.line(1, name, share(name, requests), share(name, limits))
    }
    let known = ["cpu", "memory", "ephemeral-storage", "pods", "storage"] + pages
    for name in allocatable.keys where !known.contains(name) {
      text.line(
        1, name, (requests[name] ?? Quantity()).description,
        (limits[name] ?? Quantity()).description)
    }
  }

  /// `500m (12%)`: 0.5 of 4 CPUs are 12.5 %, cut.
  private func share(_ name: String, _ list: ResourceList) -> String {
    let amount = list[name] ?? Quantity()
    let whole = allocatable[name] ?? Quantity()
    let isCPU = name == "cpu"
    let part = Double((isCPU ? amount.milliValue : amount.value) ?? 0)
    let total = Double((isCPU ? whole.milliValue : whole.value) ?? 0)
    return "\(amount) (\(total == 0 ? 0 : Int64(part / total * 100))%)"
  }
}
