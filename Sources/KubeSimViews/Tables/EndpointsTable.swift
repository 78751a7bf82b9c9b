import KubeModel

// Follows   pkg/printers/internalversion/printers.go, formatEndpoints (v1.36)

extension Endpoints: TablePrintable {
  public static var columns: [Table.Column] { ["Name", "Endpoints", "Age"] }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    let texts = subsets.flatMap { subset in
      if subset.ports.isEmpty { return subset.addresses.map(\.ip) }
      return subset.ports.flatMap { port in
        subset.addresses.map { Self.joined(host: $0.ip, port: port.port) }
      }
    }
    return [nameCell, .text(Self.atMostThree(texts, more: "more...")), age(at: now)]
  }

  /// `a,b,c + 2 more...`; `<none>` for none.
  static func atMostThree(_ texts: [String], more: String) -> String {
    let first = texts.prefix(3).joined(separator: ",").orNone
    return texts.count > 3 ? "\(first) + \(texts.count - 3) \(more)" : first
  }

  /// `10.0.0.1:80`, `[::1]:80`.
  static func joined(host: String, port: Int32) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
