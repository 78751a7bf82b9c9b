import KubeControllers
import KubeModel
import KubeReconcile
import Testing

/// The EndpointSlice controller with a Service, its pods and their nodes.
struct ServiceRun {
  var run = ControllerRun(EndpointSliceController())
  var lastAddress = 0

  mutating func service(_ change: (inout Service) -> Void = { _ in }) -> ObjectKey {
    var service = Service()
    service.metadata.name = "web"
    service.metadata.namespace = "default"
    service.spec.selector = ["app": "web"]
    service.spec.clusterIP = "10.96.0.10"
    service.spec.ipFamilies = [.ipv4]
    service.spec.ports = [Self.port("http", .int(8080))]
    change(&service)
    return run.insert(service)
  }

  static func port(_ name: String, _ target: IntOrString) -> ServicePort {
    var port = ServicePort()
    port.name = name
    port.protocol = .tcp
    port.port = 80
    port.targetPort = target
    return port
  }

  mutating func node(_ name: String = "node-1", zone: String = "") {
    var node = Node()
    node.metadata.name = name
    if !zone.isEmpty { node.metadata.labels["topology.kubernetes.io/zone"] = zone }
    run.insert(node)
  }

  @discardableResult mutating func pod(
    _ name: String, ready: Bool = true, _ change: (inout Pod) -> Void = { _ in }
  ) -> ObjectKey {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.namespace = "default"
    pod.metadata.labels = ["app": "web"]
    pod.spec.nodeName = "node-1"
    pod.status.phase = .running
    lastAddress += 1
    pod.status.podIP = "10.1.\(lastAddress / 256).\(lastAddress % 256)"
    Self.setReady(&pod, ready, at: run.time)
    change(&pod)
    return run.insert(pod)
  }

  static func setReady(_ pod: inout Pod, _ ready: Bool, at time: Timestamp) {
    var condition = PodCondition(type: .ready, status: ready ? .true : .false)
    condition.lastTransitionTime = time
    pod.status.conditions = [condition]
  }

  mutating func setReady(_ key: ObjectKey, _ ready: Bool) {
    let time = run.time
    run.change(Pod.self, key) { Self.setReady(&$0, ready, at: time) }
  }

  var slices: [EndpointSlice] { run.objects(EndpointSlice.self) }
  var sizes: [Int] { slices.map(\.endpoints.count) }

  func names(_ slice: EndpointSlice?) -> [String] {
    slice?.endpoints.compactMap { $0.targetRef?.name } ?? []
  }

  /// Slices of these sizes, each of pods of its own, which are in the store too.
  mutating func fill(_ sizes: [Int], of service: ObjectKey) throws {
    let owner = try #require(run[Service.self, service])
    for (number, size) in sizes.enumerated() {
      var slice = EndpointSlice()
      slice.metadata.name = "web-\(number)"
      slice.metadata.namespace = "default"
      slice.metadata.labels = [
        "kubernetes.io/service-name": "web",
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      ]
      slice.metadata.ownerReferences = [OwnerReference(controller: owner)]
      slice.addressType = .ipv4
      slice.ports = [Self.slicePort("http", 8080)]
      for index in 0..<size {
        let key = pod("old-\(number)-\(index)")
        slice.endpoints.append(Self.endpoint(try #require(run[Pod.self, key])))
      }
      run.insert(slice)
    }
  }

  static func slicePort(_ name: String, _ number: Int32) -> EndpointSlicePort {
    var port = EndpointSlicePort()
    port.name = name
    port.port = number
    port.protocol = .tcp
    return port
  }

  static func endpoint(_ pod: Pod) -> Endpoint {
    var endpoint = Endpoint()
    endpoint.addresses = [pod.status.podIP]
    endpoint.conditions.ready = true
    endpoint.conditions.serving = true
    endpoint.conditions.terminating = false
    endpoint.nodeName = pod.spec.nodeName
    var target = ObjectReference(to: pod)
    target.apiVersion = ""
    target.resourceVersion = ""
    endpoint.targetRef = target
    return endpoint
  }
}
