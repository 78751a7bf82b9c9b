import KubeModel

/// Amounts of resources as whole numbers, for the arithmetic of the scheduler.
///
/// Follows `Resource` in pkg/scheduler/framework/types.go (v1.36).
struct ResourceAmounts: Hashable, Sendable {
  /// Thousandths of a core.
  var milliCPU: Int64 = 0
  /// Bytes.
  var memory: Int64 = 0
  /// Bytes.
  var ephemeralStorage: Int64 = 0
  /// Extended resources and huge pages.
  var scalars: StringMap<Int64> = [:]

  init() {}

  init(_ list: ResourceList) {
    for (name, amount) in list {
      switch name {
      case ResourceName.cpu: milliCPU = amount.milliValue ?? .max
      case ResourceName.memory: memory = amount.value ?? .max
      case ResourceName.ephemeralStorage: ephemeralStorage = amount.value ?? .max
      default:
        if Self.isScalar(name) { scalars[name] = amount.value ?? .max }
      }
    }
  }

  /// Other resources of Kubernetes' own (`pods`, `storage`) are not compared with requests.
  private static func isScalar(_ name: String) -> Bool {
    name.contains("/") || name.hasPrefix(ResourceName.hugePagesPrefix)
      || name.hasPrefix("attachable-volumes-")
  }

  // Absurd amounts wrap around, as they do in Go, so that what was added can be taken away again.

  mutating func add(_ other: ResourceAmounts) {
    milliCPU &+= other.milliCPU
    memory &+= other.memory
    ephemeralStorage &+= other.ephemeralStorage
    for (name, amount) in other.scalars { scalars[name] = (scalars[name] ?? 0) &+ amount }
  }

  mutating func subtract(_ other: ResourceAmounts) {
    milliCPU &-= other.milliCPU
    memory &-= other.memory
    ephemeralStorage &-= other.ephemeralStorage
    for (name, amount) in other.scalars { scalars[name] = (scalars[name] ?? 0) &- amount }
  }
}

extension Int64 {
  /// The sum, or the end of the range that it would pass.
  func addingWithinRange(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}

/// Amounts that only count in scores: a container that asks for nothing counts as 100 m and
/// 200 MiB.
struct ScoringAmounts: Hashable, Sendable {
  var milliCPU: Int64 = 0
  var memory: Int64 = 0
}

/// A port of the node itself that a container asks for.
struct HostPort: Hashable, Sendable {
  let address: String
  let transport: NetworkProtocol
  let port: Int32

  init(_ port: ContainerPort) {
    address = port.hostIP.isEmpty ? "0.0.0.0" : port.hostIP
    transport = port.protocol.isEmpty ? .tcp : port.protocol
    self.port = port.hostPort
  }

  /// Whether two pods on one node cannot both have their port.
  func conflicts(with other: HostPort) -> Bool {
    port == other.port && transport == other.transport
      && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
  }
}
