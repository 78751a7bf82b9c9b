import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printDeployment (v1.36)

extension Deployment: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Ready", "Up-to-date", "Available", "Age"] + PodTemplateSpec.containerColumns
      + [.wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let selector = (try? Selector(spec.selector))?.canonical ?? "<invalid>"
    return [
      nameCell, "\(status.readyReplicas)/\(spec.replicas ?? 0)", .number(status.updatedReplicas),
      .number(status.availableReplicas), age(at: now),
    ] + spec.template.containerCells + [.text(selector)]
  }
}
