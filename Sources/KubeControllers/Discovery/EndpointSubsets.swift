// Follows   pkg/controller/endpoint/endpoints_controller.go,
//           pkg/api/v1/endpoints/util.go: RepackSubsets (v1.36)

import KubeModel

/// The addresses of a Service, put together by the ports that they share.
enum EndpointSubsets {
  /// An address, and whether it takes traffic.
  private struct Place: Equatable {
    let address: EndpointAddress
    let isReady: Bool
  }

  /// One port with all addresses that have it.
  private struct Column {
    let port: EndpointPort?
    var places: [Place]
  }

  /// The subsets: those ports are in one that have the same addresses.
  static func of(_ service: Service, _ pods: [Pod]) -> [EndpointSubset] {
    let family = service.addressTypes.first ?? .ipv4
    let fixedPorts = service.fixedEndpointPorts
    var columns: [Column] = []
    for pod in pods.sorted(by: { $0.order(family) < $1.order(family) }) {
      guard let place = place(of: pod, family, service) else { continue }
      let ports = (fixedPorts ?? service.endpointPorts(on: pod)).map(EndpointPort.init)
      let isHeadless = service.spec.ports.isEmpty && service.spec.clusterIP == "None"
      for port in isHeadless ? [nil] : ports.map(Optional.some) {
        if let index = columns.firstIndex(where: { $0.port == port }) {
          columns[index].places.append(place)
        } else {
          columns.append(Column(port: port, places: [place]))
        }
      }
    }
    var groups: [(places: [Place], ports: [EndpointPort])] = []
    for column in columns {
      let ports = column.port.map { [$0] } ?? []
      if let index = groups.firstIndex(where: { $0.places == column.places }) {
        groups[index].ports += ports
      } else {
        groups.append((column.places, ports))
      }
    }
    return groups.map { group in
      var subset = EndpointSubset()
      subset.addresses = group.places.filter(\.isReady).map(\.address)
      subset.notReadyAddresses = group.places.filter { !$0.isReady }.map(\.address)
      subset.ports = group.ports
      return subset
    }
  }

  private static func place(
    of pod: Pod, _ family: AddressType, _ service: Service
  ) -> Place? {
    guard !pod.isTerminal, let ip = pod.addresses(family).first else { return nil }
    let publishes = service.spec.publishNotReadyAddresses
    if pod.isBeingDeleted && !publishes { return nil }
    var address = EndpointAddress()
    address.ip = ip
    address.nodeName = pod.spec.nodeName.isEmpty ? nil : pod.spec.nodeName
    if !pod.spec.hostname.isEmpty && pod.spec.subdomain == service.metadata.name {
      address.hostname = pod.spec.hostname
    }
    var target = ObjectReference()
    target.kind = Pod.resource.kind
    target.namespace = pod.metadata.namespace
    target.name = pod.metadata.name
    target.uid = pod.metadata.uid
    address.targetRef = target
    return Place(address: address, isReady: publishes || pod.isReady)
  }

  /// Leaves at most this many addresses, the ready ones first, each subset its share; true when some
  /// had to go. 997 ready and 4 not ready leave 997 and 3.
  static func cut(_ subsets: inout [EndpointSubset], to capacity: Int) -> Bool {
    let ready = subsets.reduce(0) { $0 + $1.addresses.count }
    let unready = subsets.reduce(0) { $0 + $1.notReadyAddresses.count }
    if ready + unready <= capacity { return false }
    var (readyLeft, unreadyLeft) = (min(ready, capacity), max(0, capacity - ready))
    let (readyTotal, unreadyTotal) = (readyLeft, unreadyLeft)
    func share(_ count: Int, _ allowed: Int, _ total: Int, _ left: inout Int) -> Int {
      let part = total == 0 ? 0 : min(left, (count * allowed + total - 1) / total)
      left -= part
      return part
    }
    for index in subsets.indices {
      let count = share(subsets[index].addresses.count, readyTotal, ready, &readyLeft)
      subsets[index].addresses = Array(subsets[index].addresses.prefix(count))
      let rest = share(
        subsets[index].notReadyAddresses.count, unreadyTotal, unready, &unreadyLeft)
      subsets[index].notReadyAddresses = Array(subsets[index].notReadyAddresses.prefix(rest))
    }
    subsets.removeAll { $0.addresses.isEmpty && $0.notReadyAddresses.isEmpty }
    return true
  }
}

extension Pod {
  fileprivate func order(_ family: AddressType) -> (String, String) {
    (addresses(family).first ?? "", metadata.uid.description)
  }
}

extension EndpointPort {
  fileprivate init(_ port: EndpointSlicePort) {
    self.init()
    name = port.name ?? ""
    self.port = port.port ?? 0
    `protocol` = port.protocol ?? .tcp
    appProtocol = port.appProtocol
  }
}
