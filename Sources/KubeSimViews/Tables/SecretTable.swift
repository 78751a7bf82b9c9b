import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printSecret (v1.36)

extension Secret: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Type", "Data", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, .text(type.rawValue), .number(data.count), age(at: now)]
  }
}
