import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printNode (v1.36)

extension Node: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Name", "Status", "Roles", "Age", "Version", .wide("Internal-IP"), .wide("External-IP"),
      .wide("OS-Image"), .wide("Kernel-Version"), .wide("Container-Runtime"),
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let info = status.nodeInfo
    func known(_ text: String) -> String { text.isEmpty ? "<unknown>" : text }
    var kernel = known(info.kernelVersion)
    if !info.architecture.isEmpty { kernel += " (\(info.architecture))" }
    return [
      nameCell, .text(statusText), .text(roles.joined(separator: ",").orNone), age(at: now),
      .text(info.kubeletVersion), .text(address("InternalIP")), .text(address("ExternalIP")),
      .text(known(info.osImage)), .text(kernel), .text(known(info.containerRuntimeVersion)),
    ]
  }

  /// The roles that labels give the node, sorted.
  var roles: [String] {
    let prefix = "node-role.kubernetes.io/"
    var roles: [String] = []
    for (key, value) in metadata.labels {
      if key.hasPrefix(prefix), key.count > prefix.count {
        roles.append(String(key.dropFirst(prefix.count)))
      } else if key == "kubernetes.io/role", !value.isEmpty {
        roles.append(value)
      }
    }
    roles.sort()
    return roles.indices.filter { $0 == 0 || roles[$0] != roles[$0 - 1] }.map { roles[$0] }
  }

  private var statusText: String {
    let ready = status.condition(.ready).map { $0.status == .true ? "Ready" : "NotReady" }
    return (ready ?? "Unknown") + (spec.unschedulable ? ",SchedulingDisabled" : "")
  }

  private func address(_ type: NodeAddressType) -> String {
    status.addresses.first { $0.type == type }?.address ?? "<none>"
  }
}
