import KubeModel

// Follows   kubectl/pkg/describe, describeEndpointSliceV1 (v1.36)

extension EndpointSlice: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "AddressType:", addressType.rawValue)
    if ports.isEmpty {
      text.line(0, "Ports: <unset>")
    } else {
      text.line(0, "Ports:")
      text.line(1, "Name", "Port", "Protocol")
      text.line(1, "----", "----", "--------")
    }
    for port in ports {
      let name = port.name ?? ""
      text.line(
        1, name.isEmpty ? "<unset>" : name, port.port.orUnset, port.protocol?.rawValue ?? "")
    }
    text.line(0, endpoints.isEmpty ? "Endpoints: <none>" : "Endpoints:")
    for endpoint in endpoints {
      text.line(1, "- Addresses:", endpoint.addresses.joined(separator: ", ").orNone)
      text.line(2, "Conditions:")
      text.line(3, "Ready:", endpoint.conditions.ready.orUnset)
      text.line(2, "Hostname:", endpoint.hostname.orUnset)
      if let target = endpoint.targetRef {
        text.line(2, "TargetRef:", "\(target.kind)/\(target.name)")
      }
      text.line(2, "NodeName:", endpoint.nodeName.orUnset)
      text.line(2, "Zone:", endpoint.zone.orUnset)
    }
  }
}
