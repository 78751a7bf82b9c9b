import KubeSim
import KubeSimManifests
import TestFixtures
import Testing

/// What the server says of which families the addresses of a Service are.
@Suite struct ServiceTests {
  private func service(_ spec: String) throws -> ServiceSpec? {
    var cluster = Cluster(nodes: 0)
    let manifest = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {\(spec)}}"
    try cluster.apply(yamlText: manifest)
    let created = cluster[Service.self, "web"]?.spec
    try cluster.apply(yamlText: manifest)
    #expect(cluster[Service.self, "web"]?.spec == created, "an update keeps what was allotted")
    return created
  }

  @Test(arguments: [
    "selector: {app: web}, ports: [{port: 80}]", "clusterIP: None, selector: {app: web}",
    "ports: [{port: 80}]",
  ])
  func aServiceIsOfTheClustersFamily(spec: String) throws {
    let spec = try service(spec)
    #expect(spec?.ipFamilies == [.ipv4])
    #expect(spec?.ipFamilyPolicy == .singleStack)
  }

  @Test func aHeadlessServiceWithoutASelectorIsOfBothFamilies() throws {
    let spec = try service("clusterIP: None")
    #expect(spec?.ipFamilies == [.ipv4, .ipv6])
    #expect(spec?.ipFamilyPolicy == .requireDualStack)
    let single = try service("clusterIP: None, ipFamilyPolicy: SingleStack, ipFamilies: [IPv6]")
    #expect(single?.ipFamilies == [.ipv6])
  }

  @Test func aServiceThatPrefersTwoFamiliesGetsTheOneThereIs() throws {
    let spec = try service("ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]")
    #expect(spec?.ipFamilies == [.ipv4])
    #expect(spec?.ipFamilyPolicy == .preferDualStack)
  }

  @Test func anExternalNameIsOfNoFamily() throws {
    let spec = try service("type: ExternalName, externalName: example.com")
    #expect(spec?.ipFamilies == [])
    #expect(spec?.ipFamilyPolicy == nil)
  }

  @Test(arguments: [
    (
      "ipFamilies: [IPv6], ports: [{port: 80}]",
      "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"
    ),
    (
      "ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]",
      "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for"
        + " dual-stack services"
    ),
  ])
  func aFamilyThatTheClusterLacksIsRefused(spec: String, reason: String) {
    let error = #expect(throws: APIError.self) { try service(spec) }
    #expect(error?.message.hasSuffix("Service \"web\" is invalid: " + reason) == true)
  }

  @Test func aPodThatFailsReadinessStaysInTheSliceAndTakesNoTraffic() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels: {app: web}
          annotations:
            kubesim.dev/behavior: |
              app:
                probes:
                  readiness:
                    - {for: 10s, result: success}
                    - {for: 10s, result: failure}
                    - {result: success}
        spec:
          containers:
            - name: app
              image: "web:1"
              readinessProbe: {exec: {command: [probe, readiness]}, periodSeconds: 1, failureThreshold: 1}
        """)
    var seen: [[Bool?]] = []
    for _ in 0..<3 {
      try cluster.run(for: .seconds(8))
      let slice = cluster.all(EndpointSlice.self).first {
        $0.metadata.labels["kubernetes.io/service-name"] == "web"
      }
      seen.append(slice?.endpoints.flatMap { [$0.conditions.ready, $0.conditions.serving] } ?? [])
    }
    #expect(seen == [[true, true], [false, false], [true, true]])
  }
}
