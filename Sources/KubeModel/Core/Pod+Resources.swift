extension PodSpec {
  /// What the pod asks for, by resource.
  ///
  /// Containers and sidecars run side by side, so their requests add up; an init container runs with
  /// the sidecars before it only, so it counts where it asks for more than all the others together.
  /// Requests of the pod as a whole replace those sums.
  ///
  /// With containers of 1 and 1, an init container of 3 and an overhead of 0.1 it is
  /// max(1 + 1, 3) + 0.1 = 3.1.
  ///
  /// - Parameters:
  ///   - includingOverhead: False to leave out what the runtime takes.
  ///   - defaults: What a container without a request for a resource counts as.
  /// - Upstream: `component-helpers/resource` `PodRequests`, v1.36, of the spec; the amounts of a
  ///   resize that is under way are not looked at.
  public func requests(
    includingOverhead: Bool = true, whereMissing defaults: ResourceList = [:]
  ) -> ResourceList {
    var total = aggregate { container in
      var list = container.resources.requests
      for (name, amount) in defaults where list[name] == nil { list[name] = amount }
      return list
    }
    total.override(with: resources?.requests ?? [:])
    if includingOverhead { total.add(overhead) }
    return total
  }

  /// What the pod may use at most, by resource; a resource without a limit is not in it.
  ///
  /// Adds up as ``requests(includingOverhead:whereMissing:)`` does; the overhead counts only where
  /// there is a limit.
  ///
  /// - Upstream: `component-helpers/resource` `PodLimits`, v1.36, of the spec.
  public func limits(includingOverhead: Bool = true) -> ResourceList {
    var total = aggregate(\.resources.limits)
    total.override(with: resources?.limits ?? [:])
    guard includingOverhead else { return total }
    for (name, amount) in overhead {
      if let limit = total[name], !limit.isZero { total[name] = limit + amount }
    }
    return total
  }

  private func aggregate(_ list: (Container) -> ResourceList) -> ResourceList {
    var total = ResourceList()
    for container in containers { total.add(list(container)) }
    var sidecars = ResourceList()
    var initial = ResourceList()
    for container in initContainers {
      var together = list(container)
      if container.isSidecar {
        total.add(together)
        sidecars.add(together)
        initial.raise(to: sidecars)
      } else {
        together.add(sidecars)
        initial.raise(to: together)
      }
    }
    total.raise(to: initial)
    return total
  }
}

extension Container {
  /// True for an init container that keeps running beside the others.
  public var isSidecar: Bool { restartPolicy == .always }
}

extension StringMap<Quantity> {
  /// Adds the amounts of another list.
  public mutating func add(_ other: ResourceList) {
    for (name, amount) in other { self[name] = self[name].map { $0 + amount } ?? amount }
  }

  /// Raises each amount to that of another list where that is greater.
  public mutating func raise(to other: ResourceList) {
    for (name, amount) in other {
      if let present = self[name], present >= amount { continue }
      self[name] = amount
    }
  }

  /// Takes over the amounts that can be set for a pod as a whole: cpu, memory and huge pages.
  fileprivate mutating func override(with other: ResourceList) {
    for (name, amount) in other where ResourceName.isForWholePods(name) { self[name] = amount }
  }
}

extension ResourceName {
  /// Whether the resource can be asked for, or limited, by a pod as a whole.
  public static func isForWholePods(_ name: String) -> Bool {
    name == cpu || name == memory || name.hasPrefix(hugePagesPrefix)
  }
}
