import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printReplicaSet (v1.36)

extension ReplicaSet: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Desired", "Current", "Ready", "Age"] + PodTemplateSpec.containerColumns
      + [.wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .number(spec.replicas ?? 0), .number(status.replicas),
      .number(status.readyReplicas), age(at: now),
    ] + spec.template.containerCells + [.text(LabelSelector.format(spec.selector))]
  }
}
