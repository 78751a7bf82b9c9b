import KubeModel

// Follows   kubectl/pkg/describe, describeService (v1.36)

extension Service: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "Selector:", spec.selector.labelText)
    text.line(0, "Type:", spec.type.rawValue)
    if let policy = spec.ipFamilyPolicy { text.line(0, "IP Family Policy:", policy.rawValue) }
    text.line(0, "IP Families:", spec.ipFamilies.map(\.rawValue).joined(separator: ",").orNone)
    text.line(0, "IP:", spec.clusterIP)
    text.line(0, "IPs:", spec.clusterIPs.joined(separator: ",").orNone)
    let balancers = status.loadBalancer.ingress.map { ingress in
      ingress.ip.isEmpty
        ? ingress.hostname : ingress.ip + (ingress.ipMode.map { " (\($0))" } ?? "")
    }
    for (title, value) in [
      ("External IPs", spec.externalIPs.joined(separator: ",")),
      ("Desired LoadBalancer IP", spec.loadBalancerIP), ("External Name", spec.externalName),
      ("LoadBalancer Ingress", balancers.joined(separator: ", ")),
    ] where !value.isEmpty {
      text.line(0, title + ":", value)
    }
    describePorts(in: views, &text)
    describePolicies(&text)
  }

  private func describePorts(in views: Views, _ text: inout Description) {
    let slices = views.objects(EndpointSlice.self, metadata.namespace).filter {
      $0.metadata.labels["kubernetes.io/service-name"] == metadata.name
    }
    for port in spec.ports {
      let name = port.name.isEmpty ? "<unset>" : port.name
      text.line(0, "Port:", name, "\(port.port)/\(port.protocol)")
      text.line(0, "TargetPort:", "\(port.targetPort)/\(port.protocol)")
      if let `protocol` = port.appProtocol { text.line(0, "AppProtocol:", `protocol`) }
      if port.nodePort != 0 {
        text.line(0, "NodePort:", name, "\(port.nodePort)/\(port.protocol)")
      }
      text.line(0, "Endpoints:", Self.endpointText(slices, port: port.name))
    }
  }

  private func describePolicies(_ text: inout Description) {
    text.line(0, "Session Affinity:", spec.sessionAffinity.rawValue)
    for (title, value) in [
      ("External Traffic Policy", spec.externalTrafficPolicy.rawValue),
      ("Internal Traffic Policy", spec.internalTrafficPolicy?.rawValue ?? ""),
      ("HealthCheck NodePort", spec.healthCheckNodePort == 0 ? "" : "\(spec.healthCheckNodePort)"),
      ("LoadBalancer Source Ranges", spec.loadBalancerSourceRanges.joined(separator: ",")),
      ("Traffic Distribution", spec.trafficDistribution ?? ""),
    ] where !value.isEmpty {
      text.line(0, title + ":", value)
    }
  }

  /// The ready endpoints of a port; empty when there are slices but none is ready.
  private static func endpointText(_ slices: [EndpointSlice], port name: String) -> String {
    guard !slices.isEmpty else { return "<none>" }
    let texts = slices.flatMap { slice in
      let ready = slice.endpoints.filter { $0.conditions.ready != false }.compactMap(
        \.addresses.first)
      if slice.ports.isEmpty { return ready }
      return slice.ports.filter { ($0.name ?? "") == name }.flatMap { port in
        ready.map { Endpoints.joined(host: $0, port: port.port ?? 0) }
      }
    }
    return texts.isEmpty ? "" : Endpoints.atMostThree(texts, more: "more...")
  }
}
