import KubeModel

/// Hands out cluster IPs (10.96.0.0/16, from 10.96.0.10 on) and node ports (from 30000 on), each once,
/// and says of which families a Service's addresses are.
///
/// - Upstream: `pkg/registry/core/service/{ipallocator,portallocator}` draw at random; here the next
///   free one is taken. Addresses of deleted Services are not used again.
struct ServiceAddresses: Sendable {
  private var nextIP: UInt32 = 10
  private var nextPort: Int32 = 30000

  mutating func allot<Object: APIObject>(to object: inout Object) {
    guard Object.self == Service.self, var service = object as? Service else { return }
    guard service.spec.type != .externalName else { return }
    if service.spec.clusterIP.isEmpty {
      service.spec.clusterIP = "10.96.\(nextIP >> 8 & 255).\(nextIP & 255)"
      nextIP += 1
    }
    if service.spec.clusterIPs.isEmpty { service.spec.clusterIPs = [service.spec.clusterIP] }
    Self.setFamilies(&service.spec)
    if service.spec.type == .nodePort || service.spec.type == .loadBalancer {
      for index in service.spec.ports.indices where service.spec.ports[index].nodePort == 0 {
        service.spec.ports[index].nodePort = nextPort
        nextPort = nextPort == 32767 ? 30000 : nextPort + 1
      }
    }
    if let allotted = service as? Object { object = allotted }
  }

  /// What nobody has said: one family, IPv4; both where the addresses are the user's own.
  ///
  /// - Upstream: `initIPFamilyFields` of `pkg/registry/core/service/storage/alloc.go`.
  private static func setFamilies(_ spec: inout ServiceSpec) {
    let isOwn = spec.hasOwnAddresses
    let policy = spec.ipFamilyPolicy ?? (isOwn ? .requireDualStack : .singleStack)
    spec.ipFamilyPolicy = policy
    if spec.ipFamilies.isEmpty { spec.ipFamilies = [.ipv4] }
    if isOwn, policy != .singleStack, spec.ipFamilies.count == 1 {
      spec.ipFamilies.append(spec.ipFamilies == [.ipv4] ? .ipv6 : .ipv4)
    }
  }
}

extension ServiceSpec {
  /// True of a headless Service without a selector: what it leads to is said by the user, and may be
  /// of any family.
  var hasOwnAddresses: Bool { clusterIPs.first == "None" && selector.isEmpty }
}
