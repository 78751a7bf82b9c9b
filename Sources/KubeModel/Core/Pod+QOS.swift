extension PodSpec {
  /// How well the pod's resources are assured.
  ///
  /// `Guaranteed` when every container (or the pod as a whole) has limits for cpu and memory and
  /// requests the same amounts; `BestEffort` when nothing at all is asked for or limited; otherwise
  /// `Burstable`. Only cpu and memory count, and only amounts above zero.
  ///
  /// - Upstream: `pkg/apis/core/v1/helper/qos` `ComputePodQOS`, v1.36.
  public var qosClass: PodQOSClass {
    var requests = ResourceList()
    var limits = ResourceList()
    var allAreLimited = true
    for resources in resourcesForQOS {
      requests.add(Self.counted(resources.requests))
      let counted = Self.counted(resources.limits)
      limits.add(counted)
      if counted.count < 2 { allAreLimited = false }
    }
    if requests.isEmpty && limits.isEmpty { return .bestEffort }
    return allAreLimited && requests == limits ? .guaranteed : .burstable
  }

  /// The resources of the pod as a whole if there are any, otherwise those of each container.
  private var resourcesForQOS: [ResourceRequirements] {
    if let resources,
      (resources.requests.keys + resources.limits.keys).contains(where: ResourceName.isForWholePods)
    {
      return [resources]
    }
    return (containers + initContainers).map(\.resources)
  }

  private static func counted(_ list: ResourceList) -> ResourceList {
    list.filter { name, amount in
      (name == ResourceName.cpu || name == ResourceName.memory) && amount.sign > 0
    }
  }
}
