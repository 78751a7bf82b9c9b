import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printNamespace (v1.36)

extension Namespace: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Status", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, .text(status.phase.rawValue), age(at: now)]
  }
}
