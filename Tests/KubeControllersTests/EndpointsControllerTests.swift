import KubeControllers
import KubeModel
import KubeReconcile
import Testing

@Suite struct EndpointsControllerTests {
  private var run = ControllerRun(EndpointsController())

  @discardableResult private mutating func service(
    _ change: (inout Service) -> Void = { _ in }
  ) -> ObjectKey {
    var service = Service()
    service.metadata.name = "web"
    service.metadata.namespace = "default"
    service.metadata.labels = ["team": "a"]
    service.spec.selector = ["app": "web"]
    service.spec.clusterIP = "10.96.0.10"
    service.spec.ipFamilies = [.ipv4]
    service.spec.ports = [ServiceRun.port("http", .int(8080))]
    change(&service)
    return run.insert(service)
  }

  @discardableResult private mutating func pod(
    _ name: String, ip: String, ready: Bool = true, _ change: (inout Pod) -> Void = { _ in }
  ) -> ObjectKey {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.namespace = "default"
    pod.metadata.labels = ["app": "web"]
    pod.spec.nodeName = "node-1"
    pod.status.phase = .running
    pod.status.podIP = ip
    ServiceRun.setReady(&pod, ready, at: run.time)
    change(&pod)
    return run.insert(pod)
  }

  private var endpoints: Endpoints? { run.objects(Endpoints.self).first }
  private var subsets: [EndpointSubset] { endpoints?.subsets ?? [] }

  @Test mutating func aServiceWithoutPodsHasEndpointsWithoutSubsets() {
    service()
    run.settle()
    #expect(endpoints?.metadata.name == "web")
    #expect(subsets == [])
    #expect(
      endpoints?.metadata.labels == [
        "team": "a", "endpoints.kubernetes.io/managed-by": "endpoint-controller",
      ])
  }

  @Test mutating func readyAndUnreadyPodsAreInListsOfTheirOwnSortedByAddress() {
    service()
    pod("b", ip: "10.1.0.2")
    pod("a", ip: "10.1.0.1")
    pod("c", ip: "10.1.0.3", ready: false)
    run.settle()
    #expect(subsets.count == 1)
    #expect(subsets.first?.addresses.map(\.ip) == ["10.1.0.1", "10.1.0.2"])
    #expect(subsets.first?.notReadyAddresses.map(\.ip) == ["10.1.0.3"])
    #expect(subsets.first?.ports.map(\.port) == [8080])
    #expect(subsets.first?.addresses.first?.targetRef?.name == "a")
  }

  @Test mutating func finishedAndTerminatingPodsAreAbsent() {
    service()
    pod("over", ip: "10.1.0.1") { $0.status.phase = .failed }
    pod("done", ip: "10.1.0.2") { $0.status.phase = .succeeded }
    pod("going", ip: "10.1.0.3") { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    run.settle()
    #expect(subsets == [])
  }

  @Test mutating func publishedAddressesAreReadyAlsoWhileTheyTerminate() {
    service { $0.spec.publishNotReadyAddresses = true }
    pod("a", ip: "10.1.0.1", ready: false)
    pod("b", ip: "10.1.0.2") { $0.metadata.deletionTimestamp = Timestamp(unixSeconds: 1) }
    run.settle()
    #expect(subsets.first?.addresses.map(\.ip) == ["10.1.0.1", "10.1.0.2"])
  }

  @Test mutating func aHeadlessServiceWithoutPortsHasASubsetWithoutPorts() {
    service {
      $0.spec.clusterIP = "None"
      $0.spec.ports = []
    }
    pod("a", ip: "10.1.0.1")
    run.settle()
    #expect(subsets.first?.addresses.count == 1)
    #expect(subsets.first?.ports == [])
    #expect(endpoints?.metadata.labels["service.kubernetes.io/headless"] == "")
  }

  @Test mutating func podsWithOtherNumbersForANamedPortAreInOtherSubsets() {
    service { $0.spec.ports = [ServiceRun.port("http", .string("web"))] }
    for (name, ip, number) in [("a", "10.1.0.1", 80), ("b", "10.1.0.2", 81)] {
      pod(name, ip: ip) {
        var port = ContainerPort()
        port.name = "web"
        port.containerPort = Int32(number)
        port.protocol = .tcp
        var container = Container()
        container.ports = [port]
        $0.spec.containers = [container]
      }
    }
    run.settle()
    #expect(subsets.map { $0.ports.map(\.port) } == [[80], [81]])
    #expect(subsets.map { $0.addresses.map(\.ip) } == [["10.1.0.1"], ["10.1.0.2"]])
  }

  @Test mutating func anAnnotationOfAPodWritesNothing() {
    service()
    let key = pod("a", ip: "10.1.0.1")
    run.settle()
    let before = run.log.count
    run.change(Pod.self, key) { $0.metadata.annotations["a"] = "b" }
    run.settle()
    #expect(run.log.count == before)
  }

  @Test(arguments: [(997, 4, 997, 3), (1000, 10, 1000, 0), (990, 10, 990, 10)])
  mutating func aboveAThousandUnreadyAddressesAreCutFirst(
    ready: Int, unready: Int, readyLeft: Int, unreadyLeft: Int
  ) {
    for index in 0..<(ready + unready) {
      pod("p\(index)", ip: "10.\(index / 256).0.\(index % 256)", ready: index < ready)
    }
    service()
    run.settle()
    #expect(subsets.first?.addresses.count == readyLeft)
    #expect(subsets.first?.notReadyAddresses.count == unreadyLeft)
    let annotation = endpoints?.metadata.annotations["endpoints.kubernetes.io/over-capacity"]
    #expect(annotation == (ready + unready > 1000 ? "truncated" : nil))
  }

  @Test mutating func endpointsThatSomebodyDeletesComeBackAndGoWithTheirService() {
    let key = service()
    run.settle()
    run.remove(run.store[Endpoints.self].keys[0])
    run.settle()
    #expect(run.names(Endpoints.self) == ["web"])
    run.remove(key)
    run.settle()
    #expect(run.names(Endpoints.self) == [])
  }

  @Test mutating func endpointsWithoutASelectorAreLeftAlone() {
    service { $0.spec.selector = [:] }
    service {
      $0.metadata.name = "outside"
      $0.spec.type = .externalName
    }
    run.settle()
    #expect(run.names(Endpoints.self) == [])
  }

  @Test mutating func refusedEndpointsAreReportedAndTriedAgain() {
    run.refuse = { write in
      if case .create = write.action {
        return .forbidden(Endpoints.resource, "web", "quota")
      }
      return nil
    }
    service()
    run.run(for: .milliseconds(6))
    #expect(run.events.first?.reason == "FailedToCreateEndpoint")
    #expect(
      run.events.first?.message.hasPrefix("Failed to create endpoint for service default/web: ")
        == true)
    run.refuse = { _ in nil }
    run.settle()
    #expect(run.names(Endpoints.self) == ["web"])
  }
}
