import KubeModel

extension Table {
  /// The table of objects of any one kind: its own columns, or NAME and AGE for a kind without.
  public init(
    ofAny objects: [any APIObject], kind: any APIObject.Type, at now: MicroTime, wide: Bool = false
  ) {
    guard let printable = kind as? any TablePrintable.Type else {
      self.init(
        columns: ["Name", "Age"], rows: objects.map { [$0.nameCell, $0.age(at: now)] })
      return
    }
    func table<Object: TablePrintable>(_ kind: Object.Type) -> Table {
      Table(of: objects.compactMap { $0 as? Object }, at: now, wide: wide)
    }
    self = table(printable)
  }
}
