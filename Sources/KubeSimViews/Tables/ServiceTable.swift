import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printService (v1.36)

extension Service: TablePrintable {
  public static var columns: [Table.Column] {
    ["Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", .wide("Selector")]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .text(spec.type.rawValue), .text(spec.clusterIPs.first ?? "<none>"),
      .text(externalText(wide: wide)), .text(portText), age(at: now),
      .text(spec.selector.labelText),
    ]
  }

  private func externalText(wide: Bool) -> String {
    let external = spec.externalIPs.joined(separator: ",")
    switch spec.type {
    case .clusterIP, .nodePort: return external.orNone
    case .externalName: return spec.externalName
    case .loadBalancer:
      let balancers = balancerText(wide: wide)
      guard !external.isEmpty else { return balancers.isEmpty ? "<pending>" : balancers }
      return balancers.isEmpty ? external : balancers + "," + external
    default: return "<unknown>"
    }
  }

  /// Addresses of load balancers, sorted, each once; cut to 16 characters unless wide.
  private func balancerText(wide: Bool) -> String {
    var addresses: [String] = []
    for ingress in status.loadBalancer.ingress {
      let address = ingress.ip.isEmpty ? ingress.hostname : ingress.ip
      if !address.isEmpty, !addresses.contains(address) { addresses.append(address) }
    }
    let text = addresses.sorted().joined(separator: ",")
    return wide || text.count <= 16 ? text : text.prefix(13) + "..."
  }

  private var portText: String {
    spec.ports.map { port in
      let node = port.nodePort > 0 ? ":\(port.nodePort)" : ""
      return "\(port.port)\(node)/\(port.protocol)"
    }.joined(separator: ",").orNone
  }
}
