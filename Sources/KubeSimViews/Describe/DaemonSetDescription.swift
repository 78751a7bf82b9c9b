import KubeModel

// Follows   kubectl/pkg/describe, describeDaemonSet (v1.36)

extension DaemonSet: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.line(0, "Selector:", (try? Selector(spec.selector))?.canonical ?? "")
    text.line(0, "Node-Selector:", spec.template.spec.nodeSelector.labelText)
    text.labelsAndAnnotations(self)
    for (title, count) in [
      ("Desired Number of Nodes Scheduled", status.desiredNumberScheduled),
      ("Current Number of Nodes Scheduled", status.currentNumberScheduled),
      ("Number of Nodes Scheduled with Up-to-date Pods", status.updatedNumberScheduled),
      ("Number of Nodes Scheduled with Available Pods", status.numberAvailable),
      ("Number of Nodes Misscheduled", status.numberMisscheduled),
    ] {
      text.line(0, "\(title): \(count)")
    }
    text.line(0, "Pods Status:", views.podCounts(of: self))
    text.template(spec.template)
  }
}
