import KubeModel

// Follows   kubectl/pkg/describe (v1.36): budgets, quotas, priorities

extension PodDisruptionBudget: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    if let least = spec.minAvailable {
      text.line(0, "Min available:", "\(least)")
    } else if let most = spec.maxUnavailable {
      text.line(0, "Max unavailable:", "\(most)")
    }
    text.line(0, "Selector:", spec.selector.map { LabelSelector.format($0) } ?? "<unset>")
    text.line(0, "Status:")
    for (title, count) in [
      ("Allowed disruptions", status.disruptionsAllowed), ("Current", status.currentHealthy),
      ("Desired", status.desiredHealthy), ("Total", status.expectedPods),
    ] {
      text.line(2, title + ":", "\(count)")
    }
  }
}

extension ResourceQuota: Describable {
  public static var showsEvents: Bool { false }

  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    if !spec.scopes.isEmpty {
      text.line(0, "Scopes:", spec.scopes.map(\.rawValue).sorted().joined(separator: ", "))
    }
    text.line(0, "Resource", "Used", "Hard")
    text.line(0, "--------", "----", "----")
    for (name, hard) in status.hard {
      text.line(0, name, "\(status.used[name] ?? Quantity())", "\(hard)")
    }
  }
}

extension PriorityClass: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.line(0, "Name:", metadata.name)
    text.line(0, "Value:", "\(value)")
    text.line(0, "GlobalDefault:", "\(globalDefault)")
    text.line(0, "PreemptionPolicy:", preemptionPolicy?.rawValue ?? "")
    text.line(0, "Description:", description)
    text.line(0, "Annotations:", metadata.annotations.labelText)
  }
}
