import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printDaemonSet (v1.36)

extension DaemonSet: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Desired", "Current", "Ready", "Up-to-date", "Available", "Node Selector", "Age"]
      + PodTemplateSpec.containerColumns + [.wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .number(status.desiredNumberScheduled), .number(status.currentNumberScheduled),
      .number(status.numberReady), .number(status.updatedNumberScheduled),
      .number(status.numberAvailable), .text(spec.template.spec.nodeSelector.labelText),
      age(at: now),
    ] + spec.template.containerCells + [.text(LabelSelector.format(spec.selector))]
  }
}
