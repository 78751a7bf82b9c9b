import KubeControllers
import KubeModel
import KubeReconcile
import Testing

@Suite struct EndpointSliceControllerTests {
  private var bench = ServiceRun()

  // MARK: one slice

  @Test mutating func serviceWithoutPodsHasAnEmptySlice() throws {
    let key = bench.service { $0.metadata.labels = ["team": "a"] }
    bench.run.settle()
    let slice = try #require(bench.slices.first)
    #expect(bench.run.log == ["create EndpointSlice \(slice.metadata.name)"])
    #expect(slice.metadata.generateName == "web-")
    #expect(
      slice.metadata.labels == [
        "team": "a", "kubernetes.io/service-name": "web",
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      ])
    let owner = try #require(bench.run[Service.self, key])
    #expect(slice.metadata.ownerReferences == [OwnerReference(controller: owner)])
    #expect(slice.addressType == .ipv4 && slice.endpoints.isEmpty && slice.ports.isEmpty)
    #expect(
      slice.metadata.annotations["endpoints.kubernetes.io/last-change-trigger-time"]
        == owner.metadata.creationTimestamp?.description)
  }

  @Test mutating func firstPodGoesIntoTheEmptySlice() throws {
    _ = bench.service()
    bench.node(zone: "a")
    bench.run.settle()
    bench.pod("web-1")
    bench.run.settle()
    #expect(bench.slices.count == 1)
    let slice = try #require(bench.slices.first)
    #expect(bench.run.log.last == "update EndpointSlice \(slice.metadata.name)")
    #expect(slice.ports == [ServiceRun.slicePort("http", 8080)])
    var expected = ServiceRun.endpoint(try #require(bench.run.objects(Pod.self).first))
    expected.zone = "a"
    #expect(slice.endpoints == [expected])
  }

  @Test mutating func readinessAndDeletionShowInTheConditions() throws {
    _ = bench.service()
    bench.node()
    let key = bench.pod("web-1", ready: false)
    bench.run.settle()
    func conditions() -> [Bool?] {
      let found = bench.slices.first?.endpoints.first?.conditions
      return [found?.ready, found?.serving, found?.terminating]
    }
    #expect(conditions() == [false, false, false])
    bench.setReady(key, true)
    bench.run.settle()
    #expect(conditions() == [true, true, false])
    bench.run.delete(key)
    bench.run.settle()
    #expect(conditions() == [false, true, true])
    bench.run.change(Pod.self, key) { $0.status.phase = .succeeded }
    bench.run.settle()
    #expect(bench.sizes == [0])
    #expect(bench.slices.first?.ports == [])
  }

  @Test mutating func publishedAddressesAreAlwaysReady() {
    _ = bench.service { $0.spec.publishNotReadyAddresses = true }
    // Even the node need not be there.
    let key = bench.pod("web-1", ready: false)
    bench.run.settle()
    bench.run.delete(key)
    bench.run.settle()
    let conditions = bench.slices.first?.endpoints.first?.conditions
    #expect(conditions?.ready == true)
    #expect(conditions?.serving == false)
    #expect(conditions?.terminating == true)
  }

  @Test mutating func podWithoutAnAddressIsAbsent() {
    _ = bench.service()
    bench.node()
    bench.run.settle()
    let reconciles = bench.run.reconciles
    let key = bench.pod("web-1") { $0.status.podIP = "" }
    bench.run.settle()
    #expect(bench.run.reconciles == reconciles)
    bench.run.change(Pod.self, key) { $0.status.podIP = "10.1.9.9" }
    bench.run.settle()
    #expect(bench.slices.first?.endpoints.map(\.addresses) == [["10.1.9.9"]])
  }

  @Test mutating func headlessServiceNamesTheHostsOfItsSubdomain() {
    _ = bench.service {
      $0.spec.clusterIP = "None"
      $0.spec.ports = []
    }
    bench.node()
    bench.pod("web-0") {
      $0.spec.hostname = "web-0"
      $0.spec.subdomain = "web"
    }
    bench.pod("web-1") {
      $0.spec.hostname = "web-1"
      $0.spec.subdomain = "other"
    }
    bench.run.settle()
    #expect(bench.slices.first?.metadata.labels["service.kubernetes.io/headless"] == "")
    #expect(bench.slices.first?.endpoints.map(\.hostname) == ["web-0", nil])
    #expect(bench.slices.first?.ports == [])
  }

  @Test(
    arguments: [("ExternalName", ["app": "web"]), ("ClusterIP", [:])]
      as [(String, StringMap<String>)])
  mutating func serviceWithoutASelectorHasNoSlices(type: String, selector: StringMap<String>) {
    _ = bench.service {
      $0.spec.type = ServiceType(rawValue: type)
      $0.spec.selector = selector
    }
    bench.run.settle()
    #expect(bench.slices.isEmpty)
  }

  @Test mutating func serviceThatLosesItsSelectorKeepsItsSlices() {
    let key = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.run.settle()
    let before = bench.slices
    bench.run.change(Service.self, key) { $0.spec.selector = [:] }
    bench.pod("web-2")
    bench.run.settle()
    #expect(bench.slices == before)
  }

  @Test mutating func slicesThatAFormerServiceLeftAreWrittenOver() throws {
    let former = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.run.settle()
    let left = try #require(bench.slices.first)
    let key = try #require(bench.run.snapshot.store.key(of: left.metadata.uid))
    bench.run.change(EndpointSlice.self, key) { $0.metadata.ownerReferences = [] }
    bench.run.remove(former)
    let next = bench.service()
    let owner = try #require(bench.run[Service.self, next])
    bench.run.settle()
    #expect(bench.run.log.last == "update EndpointSlice \(left.metadata.name)")
    #expect(bench.slices.map(\.metadata.ownerReferences) == [[OwnerReference(controller: owner)]])
    #expect(bench.slices.first?.endpoints == left.endpoints)
  }

  @Test mutating func labelsOfTheServiceGoToItsSlices() {
    let key = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.run.settle()
    bench.run.change(Service.self, key) {
      $0.metadata.labels = ["team": "b", "kubernetes.io/service-name": "mine"]
    }
    bench.run.settle()
    #expect(bench.slices.count == 1)
    #expect(bench.slices.first?.metadata.labels["team"] == "b")
    #expect(bench.slices.first?.metadata.labels["kubernetes.io/service-name"] == "web")
  }

  @Test mutating func aSettledServiceIsNotWrittenAgain() {
    let key = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.run.settle()
    let log = bench.run.log
    bench.run.change(Service.self, key) { $0.spec.sessionAffinity = .clientIP }
    bench.run.settle()
    #expect(bench.run.log == log)
  }

  // MARK: ports

  @Test mutating func namedPortIsLookedUpInContainersAndSidecars() {
    _ = bench.service {
      $0.spec.ports = [
        ServiceRun.port("metrics", "probe"), ServiceRun.port("http", "web"),
        ServiceRun.port("x", "none"),
      ]
    }
    bench.node()
    bench.pod("web-1") { pod in
      var app = Container()
      app.ports = [ContainerPort(containerPort: 8080, name: "web")]
      pod.spec.containers = [app]
      var sidecar = Container()
      sidecar.restartPolicy = .always
      sidecar.ports = [ContainerPort(containerPort: 9090, name: "probe")]
      pod.spec.initContainers = [sidecar]
    }
    bench.run.settle()
    #expect(
      bench.slices.first?.ports == [
        ServiceRun.slicePort("http", 8080), ServiceRun.slicePort("metrics", 9090),
      ])
  }

  // MARK: what wakes a Service

  @Test mutating func changesThatCannotMatterWakeNobody() {
    _ = bench.service()
    bench.node()
    let key = bench.pod("web-1")
    bench.run.settle()
    let reconciles = bench.run.reconciles
    bench.run.change(Pod.self, key) { $0.metadata.annotations["a"] = "b" }
    bench.run.change(Pod.self, key) { $0.status.message = "hello" }
    bench.pod("other") { $0.metadata.labels = ["app": "other"] }
    bench.pod("elsewhere") { $0.metadata.namespace = "other" }
    bench.run.settle()
    #expect(bench.run.reconciles == reconciles)
  }

  @Test mutating func labelMovesAPodFromOneServiceToTheOther() {
    _ = bench.service()
    _ = bench.service {
      $0.metadata.name = "api"
      $0.spec.selector = ["app": "api"]
    }
    bench.node()
    let key = bench.pod("web-1")
    bench.run.settle()
    bench.run.change(Pod.self, key) { $0.metadata.labels = ["app": "api"] }
    bench.run.settle()
    let byService = bench.slices.map {
      ($0.metadata.labels["kubernetes.io/service-name"], $0.endpoints.count)
    }
    #expect(byService.map(\.0) == ["web", "api"])
    #expect(byService.map(\.1) == [0, 1])
  }

  @Test mutating func changesWithinTheLatencyAreOneSync() {
    _ = bench.service()
    bench.node()
    bench.run.settle()
    let reconciles = bench.run.reconciles
    for index in 0..<20 { bench.pod("web-\(index)") }
    bench.run.settle()
    #expect(bench.run.reconciles == reconciles + 1)
    #expect(bench.sizes == [20])
  }

  // MARK: trouble

  @Test mutating func podOfAMissingNodeIsSkippedAndLookedAtAgain() {
    _ = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.pod("lost") { $0.spec.nodeName = "gone" }
    bench.run.settle()
    #expect(bench.names(bench.slices.first) == ["web-1"])
    #expect(
      bench.run.events.map(\.message) == [
        "Error updating Endpoint Slices for Service default/web: "
          + "skipping Pod lost for Service default/web: Node gone Not Found"
      ])
    #expect(bench.run.events.first?.reason == "FailedToUpdateEndpointSlices")
    #expect(bench.run.events.first?.component == "endpoint-slice-controller")
    // After 1 s, and 2 s after that.
    bench.run.run(for: .seconds(1))
    #expect(bench.run.events.count == 2)
    bench.run.run(for: .seconds(1))
    #expect(bench.run.events.count == 2)
    bench.node("gone")
    bench.run.run(for: .seconds(1))
    #expect(bench.run.events.count == 2)
    #expect(bench.names(bench.slices.first) == ["web-1", "lost"])
  }

  @Test mutating func terminatingNamespaceIsNotTriedAgain() {
    bench.run.refuse = { write in
      guard case .create = write.action else { return nil }
      var error = APIError.forbidden(EndpointSlice.resource, "", "it is being terminated")
      error.details.causes = [
        APIError.Cause(type: "NamespaceTerminating", message: "", field: "metadata.namespace")
      ]
      return error
    }
    _ = bench.service()
    bench.run.settle()
    #expect(bench.run.reconciles == 1)
    #expect(bench.run.events.isEmpty)
  }

  @Test mutating func refusedSliceIsReportedAndTriedAgain() {
    bench.run.refuse = { write in
      guard case .create = write.action else { return nil }
      return .forbidden(EndpointSlice.resource, "", "no")
    }
    _ = bench.service()
    bench.run.run(for: .milliseconds(6))
    #expect(
      bench.run.events.map(\.message) == [
        "Error updating Endpoint Slices for Service default/web: "
          + "failed to create EndpointSlice for Service default/web: "
          + "endpointslices.discovery.k8s.io is forbidden: no"
      ])
    bench.run.refuse = { _ in nil }
    bench.run.settle()
    #expect(bench.sizes == [0])
  }

  @Test mutating func serviceBeingDeletedGetsNoNewSlices() {
    let key = bench.service { $0.metadata.finalizers = ["example.com/hold"] }
    bench.run.delete(key)
    bench.run.settle()
    #expect(bench.slices.isEmpty)
  }

  // MARK: annotations and hints

  @Test mutating func triggerTimeIsTheEarliestNewChangeOfReadiness() {
    _ = bench.service()
    bench.node()
    bench.run.settle()
    func trigger() -> String? {
      bench.slices.first?.metadata.annotations["endpoints.kubernetes.io/last-change-trigger-time"]
    }
    bench.run.run(for: .seconds(10))
    let first = bench.run.time
    let key = bench.pod("web-1")
    bench.run.run(for: .seconds(1))
    #expect(trigger() == first.description)
    // A deletion changes no readiness.
    bench.run.delete(key)
    bench.run.settle()
    #expect(trigger() == nil)
    bench.run.run(for: .seconds(10))
    let second = bench.run.time
    bench.setReady(key, false)
    bench.run.settle()
    #expect(trigger() == second.description)
  }

  @Test(arguments: ["PreferClose", "PreferSameZone", "PreferSameNode"])
  mutating func trafficDistributionHintsAtZoneAndNode(distribution: String) {
    _ = bench.service { $0.spec.trafficDistribution = distribution }
    bench.node(zone: "a")
    bench.pod("web-1")
    bench.pod("web-2", ready: false)
    bench.run.settle()
    let hints = bench.slices.first?.endpoints.map(\.hints)
    #expect(hints?.first??.forZones.map(\.name) == ["a"])
    #expect(
      hints?.first??.forNodes.map(\.name) == (distribution == "PreferSameNode" ? ["node-1"] : []))
    #expect(hints?.last == .some(nil))
  }

  @Test mutating func twoFamiliesHaveSlicesOfTheirOwn() {
    _ = bench.service { $0.spec.ipFamilies = [.ipv4, .ipv6] }
    bench.node()
    bench.pod("web-1") { pod in
      pod.status.podIPs = ["10.1.7.7", "fd00::7"].map {
        var address = PodIP()
        address.ip = $0
        return address
      }
    }
    bench.run.settle()
    #expect(bench.slices.map(\.addressType) == [.ipv4, .ipv6])
    #expect(bench.slices.map { $0.endpoints.first?.addresses } == [["10.1.7.7"], ["fd00::7"]])
  }
}
