import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printLimitRange (v1.36)

extension LimitRange: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Created At"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, .text(metadata.creationTimestamp?.description ?? "<unknown>")]
  }
}
