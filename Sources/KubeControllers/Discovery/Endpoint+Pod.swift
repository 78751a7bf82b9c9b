// Follows   staging/src/k8s.io/endpointslice/utils.go (v1.36)

import KubeModel

extension Endpoint {
  /// The endpoint of a pod with these addresses.
  init(of pod: Pod, _ addresses: [String], on node: Node?, for service: Service) {
    self.init()
    let isServing = pod.isReady
    let isTerminating = pod.isBeingDeleted
    let isReady = service.spec.publishNotReadyAddresses || isServing && !isTerminating
    self.addresses = addresses
    conditions.ready = isReady
    conditions.serving = isServing
    conditions.terminating = isTerminating
    var target = ObjectReference()
    target.kind = Pod.resource.kind
    target.namespace = pod.metadata.namespace
    target.name = pod.metadata.name
    target.uid = pod.metadata.uid
    targetRef = target
    if !pod.spec.nodeName.isEmpty { nodeName = pod.spec.nodeName }
    if let zone = node?.metadata.labels["topology.kubernetes.io/zone"], !zone.isEmpty {
      self.zone = zone
    }
    if !pod.spec.hostname.isEmpty && pod.spec.subdomain == service.metadata.name {
      hostname = pod.spec.hostname
    }
    if isReady { hints = EndpointHints(service.spec.trafficDistribution, zone, nodeName) }
  }
}

extension EndpointHints {
  /// Who shall prefer an endpoint of this zone and node; nil when nobody in particular.
  fileprivate init?(_ distribution: String?, _ zone: String?, _ node: String?) {
    let known = ["PreferClose", "PreferSameZone", "PreferSameNode"]
    guard let distribution, known.contains(distribution) else { return nil }
    self.init()
    if let zone {
      var hint = ForZone()
      hint.name = zone
      forZones = [hint]
    }
    if let node, distribution == "PreferSameNode" {
      var hint = ForNode()
      hint.name = node
      forNodes = [hint]
    }
    if forZones.isEmpty && forNodes.isEmpty { return nil }
  }
}

extension Pod {
  /// The pod's addresses of one family.
  func addresses(_ family: AddressType) -> [String] {
    let all = status.podIPs.isEmpty ? [status.podIP] : status.podIPs.map(\.ip)
    return all.filter { !$0.isEmpty && $0.contains(":") == (family == .ipv6) }
  }

  /// The number of a named port: of the containers, then of the sidecars.
  fileprivate func port(named name: String, _ protocol: NetworkProtocol) -> Int32? {
    let sidecars = spec.initContainers.filter { $0.restartPolicy == .always }
    for container in spec.containers + sidecars {
      let port = container.ports.first { $0.name == name && $0.protocol == `protocol` }
      if let port { return port.containerPort }
    }
    return nil
  }
}

extension Service {
  /// The families of addresses that the Service has.
  var addressTypes: [AddressType] {
    if spec.ipFamilies.isEmpty { return [spec.clusterIP.contains(":") ? .ipv6 : .ipv4] }
    return spec.ipFamilies.map { $0 == .ipv6 ? .ipv6 : .ipv4 }
  }

  /// The labels of its slices: its own, and three that it cannot set.
  var sliceLabels: StringMap<String> {
    var labels = metadata.labels
    let isHeadless = spec.clusterIP.isEmpty || spec.clusterIP == "None"
    labels[EndpointSync.headlessLabel] = isHeadless ? "" : nil
    labels[EndpointSync.serviceLabel] = metadata.name
    labels[EndpointSync.managedByLabel] = EndpointSliceController.managedBy
    return labels
  }

  /// The ports of every pod's endpoint, when no port is named; else each pod has its own.
  var fixedEndpointPorts: [EndpointSlicePort]? {
    let numbers = spec.ports.compactMap { port -> EndpointSlicePort? in
      if case .int(let number) = port.targetPort { port.endpointPort(number) } else { nil }
    }
    return numbers.count == spec.ports.count ? numbers.inOrder : nil
  }

  /// The ports of a pod's endpoint; a name that the pod does not have is left out.
  func endpointPorts(on pod: Pod) -> [EndpointSlicePort] {
    spec.ports.compactMap { port in
      switch port.targetPort {
      case .int(let number): port.endpointPort(number)
      case .string(let name): pod.port(named: name, port.protocol).map(port.endpointPort)
      }
    }.inOrder
  }
}

extension ServicePort {
  fileprivate func endpointPort(_ number: Int32) -> EndpointSlicePort {
    var port = EndpointSlicePort()
    port.name = name
    port.port = number
    port.protocol = `protocol`
    port.appProtocol = appProtocol
    return port
  }
}

extension [EndpointSlicePort] {
  /// The ports by name, so that two lists of the same ports are equal; upstream compares hashes.
  var inOrder: Self {
    count < 2 ? self : sorted { ($0.name ?? "", $0.port ?? 0) < ($1.name ?? "", $1.port ?? 0) }
  }
}
