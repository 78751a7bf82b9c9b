import KubeModel
import Testing

@testable import KubeAPIServer

/// What is handed out, and what happens when nothing is left.
@Suite struct ServiceAddressesTests {
  private func service(ports: [Int32]) -> ServiceSpec {
    var spec = ServiceSpec()
    spec.type = .nodePort
    spec.ports = ports.map { number in
      var port = ServicePort()
      port.nodePort = number
      return port
    }
    return spec
  }

  @Test func aPortThatTheServiceItselfNamesIsNotHandedOut() throws {
    var addresses = ServiceAddresses()
    var spec = service(ports: [0, 30000])
    try addresses.allot(to: &spec)
    #expect(spec.ports.map(\.nodePort) == [30001, 30000])
  }

  @Test func whenAllNodePortsAreTakenTheNextServiceIsRefused() throws {
    var addresses = ServiceAddresses()
    addresses.note(nil, service(ports: Array(30000...32766)))
    var last = service(ports: [0])
    try addresses.allot(to: &last)
    #expect(last.ports.map(\.nodePort) == [32767])
    addresses.note(nil, last)
    var refused = service(ports: [0])
    let error = #expect(throws: APIError.self) { try addresses.allot(to: &refused) }
    #expect(
      error?.message == "Internal error occurred: failed to allocate a nodePort: range is full")
    addresses.note(last, nil)
    try addresses.allot(to: &refused)
    #expect(refused.ports.map(\.nodePort) == [32767])
  }

  @Test func whenAllAddressesAreTakenTheNextServiceIsRefused() throws {
    var addresses = ServiceAddresses()
    for number in 10...65534 {
      var spec = ServiceSpec()
      spec.clusterIPs = ["10.96.\(number >> 8).\(number & 255)"]
      addresses.note(nil, spec)
    }
    var spec = ServiceSpec()
    let error = #expect(throws: APIError.self) { try addresses.allot(to: &spec) }
    #expect(
      error?.message == "Internal error occurred: failed to allocate a serviceIP: range is full")
  }
}
