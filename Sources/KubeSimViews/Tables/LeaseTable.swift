import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printLease (v1.36)

extension Lease: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Holder", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [nameCell, .text(spec.holderIdentity ?? ""), age(at: now)]
  }
}
