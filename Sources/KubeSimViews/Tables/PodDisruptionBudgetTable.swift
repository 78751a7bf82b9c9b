import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printPodDisruptionBudget (v1.36)

extension PodDisruptionBudget: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age"]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .text(spec.minAvailable?.description ?? "N/A"),
      .text(spec.maxUnavailable?.description ?? "N/A"), .number(status.disruptionsAllowed),
      age(at: now),
    ]
  }
}
