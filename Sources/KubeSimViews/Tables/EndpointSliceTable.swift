import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printEndpointSlice (v1.36)

extension EndpointSlice: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "AddressType", "Ports", "Endpoints", "Age"]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let portTexts = ports.map { port in
      port.port.map { String($0) } ?? "*"
    }
    let portText = ports.isEmpty ? "<unset>" : Endpoints.atMostThree(portTexts, more: "more...")
    let addresses = Endpoints.atMostThree(endpoints.flatMap(\.addresses), more: "more...")
    return [
      nameCell, .text(addressType.rawValue), .text(portText),
      .text(endpoints.isEmpty ? "<unset>" : addresses), age(at: now),
    ]
  }
}
