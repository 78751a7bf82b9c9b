import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printControllerRevision (v1.36)

extension ControllerRevision: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Controller", "Revision", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let controller = metadata.controllerRef.map { owner in
      let group = owner.apiVersion.split(separator: "/").dropLast().first.map { ".\($0)" } ?? ""
      return owner.kind.lowercased() + group + "/" + owner.name
    }
    return [nameCell, .text(controller ?? "<none>"), .number(revision), age(at: now)]
  }
}
