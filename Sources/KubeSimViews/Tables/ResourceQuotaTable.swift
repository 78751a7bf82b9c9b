import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printResourceQuota (v1.36)

extension ResourceQuota: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Request", "Limit", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    func text(_ isShown: (String) -> Bool) -> String {
      status.hard.filter { isShown($0.key) }.map {
        "\($0.key): \(status.used[$0.key] ?? Quantity())/\($0.value)"
      }.joined(separator: ", ")
    }
    return [
      nameCell, .text(text { !$0.hasPrefix("limits.") }), .text(text { $0.hasPrefix("limits.") }),
      age(at: now),
    ]
  }
}
