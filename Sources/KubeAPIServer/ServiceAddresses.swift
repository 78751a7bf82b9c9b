import KubeModel

/// Hands out cluster IPs (10.96.0.0/16, from 10.96.0.10 on) and node ports (from 30000 on), each once.
///
/// - Upstream: `pkg/registry/core/service/{ipallocator,portallocator}`, `initIPFamilyFields` of
///   `pkg/registry/core/service/storage/alloc.go` (v1.36), in a cluster with IPv4 alone. Upstream draws
///   at random; here the next free one is taken, and one that became free only after all others. It may
///   be asked for by name at once.
struct ServiceAddresses: Sendable {
  private static let ips: ClosedRange<UInt32> = 10...65534
  private static let ports: ClosedRange<Int32> = 30000...32767

  private var nextIP = Self.ips.lowerBound
  private var nextPort = Self.ports.lowerBound
  private var takenIPs: Set<String> = []  // Looked up, never walked.
  private var takenPorts: Set<Int32> = []  // Looked up, never walked.

  /// Fills in families, addresses and node ports.
  ///
  /// - Throws: InternalError when all are taken.
  mutating func allot(to spec: inout ServiceSpec) throws(APIError) {
    guard spec.type != .externalName else { return }
    allotFamilies(to: &spec)
    if spec.clusterIP.isEmpty { spec.clusterIP = try freeIP() }
    if spec.clusterIPs.isEmpty { spec.clusterIPs = [spec.clusterIP] }
    guard spec.needsNodePorts else { return }
    for index in spec.ports.indices where spec.ports[index].nodePort == 0 {
      spec.ports[index].nodePort = try freePort(besides: spec.ports)
    }
  }

  private mutating func freeIP() throws(APIError) -> String {
    for _ in Self.ips {
      let address = "10.96.\(nextIP >> 8).\(nextIP & 255)"
      nextIP = nextIP == Self.ips.upperBound ? Self.ips.lowerBound : nextIP + 1
      if !takenIPs.contains(address) { return address }
    }
    throw Self.full("serviceIP")
  }

  private mutating func freePort(besides own: [ServicePort]) throws(APIError) -> Int32 {
    for _ in Self.ports {
      let port = nextPort
      nextPort = nextPort == Self.ports.upperBound ? Self.ports.lowerBound : nextPort + 1
      if !takenPorts.contains(port), !own.contains(where: { $0.nodePort == port }) { return port }
    }
    throw Self.full("nodePort")
  }

  private static func full(_ what: String) -> APIError {
    APIError(
      code: 500, reason: .internalError,
      message: "Internal error occurred: failed to allocate a \(what): range is full")
  }

  /// A Service without a selector and an address of its own may have endpoints of both families.
  private func allotFamilies(to spec: inout ServiceSpec) {
    let isOpen = spec.hasOwnAddresses
    if spec.ipFamilies.isEmpty { spec.ipFamilies = [.ipv4] }
    if spec.ipFamilyPolicy == nil {
      spec.ipFamilyPolicy = isOpen ? .requireDualStack : .singleStack
    }
    if isOpen, spec.ipFamilyPolicy != .singleStack, spec.ipFamilies.count == 1 {
      spec.ipFamilies.append(spec.ipFamilies[0] == .ipv4 ? .ipv6 : .ipv4)
    }
  }

  /// What a Service asks for by name, and another one has; its own of before do not count.
  func conflicts(_ spec: ServiceSpec, over old: ServiceSpec?) -> [FieldError] {
    var errors = FieldErrors()
    let path = FieldPath("spec")
    for address in spec.clusterIPs
    where takenIPs.contains(address) && old?.clusterIPs.contains(address) != true {
      errors.invalid(
        path.child("clusterIPs"), spec.clusterIPs,
        "failed to allocate IP \(address): provided IP is already allocated")
    }
    guard errors.isEmpty else { return errors.all }
    for (index, port) in spec.ports.enumerated()
    where takenPorts.contains(port.nodePort)
      && old?.ports.contains(where: { $0.nodePort == port.nodePort }) != true
    {
      errors.invalid(
        path.child("ports").index(index).child("nodePort"), port.nodePort,
        "provided port is already allocated")
      break
    }
    return errors.all
  }

  /// Notes that what a Service had is free, and what it has now is taken.
  mutating func note(_ old: ServiceSpec?, _ new: ServiceSpec?) {
    for address in old?.clusterIPs ?? [] { takenIPs.remove(address) }
    for port in old?.ports ?? [] { takenPorts.remove(port.nodePort) }
    for address in new?.clusterIPs ?? [] where address != "None" { takenIPs.insert(address) }
    for port in new?.ports ?? [] where port.nodePort != 0 { takenPorts.insert(port.nodePort) }
  }
}

extension ServiceSpec {
  /// True for types that answer on a port of every node.
  var needsNodePorts: Bool {
    type == .nodePort || type == .loadBalancer && allocateLoadBalancerNodePorts != false
  }

  /// True of a headless Service without a selector: what it leads to is said by the user, and may be
  /// of any family.
  var hasOwnAddresses: Bool { clusterIP == "None" && selector.isEmpty }
}
