import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printConfigMap (v1.36)

extension ConfigMap: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Data", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, .number(data.count + binaryData.count), age(at: now)]
  }
}
