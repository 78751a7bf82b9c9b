import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printPriorityClass (v1.36)

extension PriorityClass: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Value", "Global-Default", "Age", "PreemptionPolicy"]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .number(value), "\(globalDefault)", age(at: now),
      .text(preemptionPolicy?.rawValue ?? ""),
    ]
  }
}
