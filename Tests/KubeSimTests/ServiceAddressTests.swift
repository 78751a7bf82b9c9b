import KubeSim
import KubeSimManifests
import Testing

/// The addresses and node ports of Services.
@Suite struct ServiceAddressTests {
  private func cluster(_ specs: String...) throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    for (index, spec) in specs.enumerated() {
      try cluster.apply(yamlText: Self.service("s\(index)", spec))
    }
    return cluster
  }

  private static func service(_ name: String, _ spec: String) -> String {
    "{apiVersion: v1, kind: Service, metadata: {name: \(name)}, spec: \(spec)}"
  }

  private static let web = "selector: {app: web}, ports: [{port: 80}]"

  @Test func anAddressOrPortOfAnotherServiceIsRefused() throws {
    var cluster = try cluster(
      "{type: NodePort, clusterIP: 10.96.7.7, selector: {app: web}, "
        + "ports: [{port: 80, nodePort: 30080}]}")
    let address = #expect(throws: APIError.self) {
      try cluster.apply(yamlText: Self.service("b", "{clusterIP: 10.96.7.7, \(Self.web)}"))
    }
    #expect(
      address?.message.hasSuffix(
        "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.7.7\"]: "
          + "failed to allocate IP 10.96.7.7: provided IP is already allocated") == true)
    let port = #expect(throws: APIError.self) {
      try cluster.apply(
        yamlText: Self.service("b", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"))
    }
    #expect(
      port?.message.hasSuffix(
        "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 30080: "
          + "provided port is already allocated") == true)
    // Its own it keeps, and what it had is free once it is gone.
    try cluster.edit(Service.self, "s0") { $0.metadata.labels["a"] = "b" }
    try cluster.delete(Service.self, "s0")
    try cluster.apply(
      yamlText: Self.service(
        "b", "{type: NodePort, clusterIP: 10.96.7.7, ports: [{port: 80, nodePort: 30080}]}"))
  }

  @Test func whatAnotherServiceAskedForIsNotHandedOut() throws {
    let cluster = try cluster(
      "{type: NodePort, clusterIP: 10.96.0.12, ports: [{port: 80, nodePort: 30000}]}",
      "{type: NodePort, \(Self.web)}", "{type: NodePort, \(Self.web)}")
    let specs = cluster.all(Service.self).map(\.spec)
    #expect(Set(specs.map(\.clusterIP)).count == specs.count)
    #expect(Set(specs.flatMap { $0.ports.map(\.nodePort) }.filter { $0 != 0 }).count == 3)
  }

  @Test func aServiceThatBecomesANodePortGetsOne() throws {
    var cluster = try cluster("{\(Self.web)}")
    try cluster.patch(Service.self, "s0", .merge(["spec": ["type": "NodePort"]]))
    let port = try #require(cluster[Service.self, "s0"]?.spec.ports.first?.nodePort)
    #expect((30000...32767).contains(port))
  }

  @Test func aLoadBalancerMayDoWithoutNodePorts() throws {
    let cluster = try cluster(
      "{type: LoadBalancer, allocateLoadBalancerNodePorts: false, \(Self.web)}")
    #expect(cluster[Service.self, "s0"]?.spec.ports.map(\.nodePort) == [0])
  }
}
