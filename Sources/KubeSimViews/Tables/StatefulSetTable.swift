import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printStatefulSet (v1.36)

extension StatefulSet: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Ready", "Age"] + PodTemplateSpec.containerColumns
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, "\(status.readyReplicas)/\(spec.replicas ?? 0)", age(at: now)]
      + spec.template.containerCells
  }
}
