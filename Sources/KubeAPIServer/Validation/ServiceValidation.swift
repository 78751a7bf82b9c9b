import KubeModel

/// Checks of a Service.
///
/// Follows `ValidateService` of `pkg/apis/core/validation/validation.go` (v1.36). The address
/// families are looked at again when addresses are allotted.
enum ServiceValidation {
  static let path = FieldPath("spec")

  /// Reachable from outside the cluster.
  static func isExternal(_ spec: ServiceSpec) -> Bool {
    spec.type == .loadBalancer || spec.type == .nodePort
      || (spec.type == .clusterIP && !spec.externalIPs.isEmpty)
  }

  static func needsHealthCheck(_ spec: ServiceSpec) -> Bool {
    spec.type == .loadBalancer && spec.externalTrafficPolicy == .local
  }

  static func isHeadless(_ spec: ServiceSpec) -> Bool { spec.clusterIPs == ["None"] }

  static func validate(_ service: Service) -> [FieldError] {
    let spec = service.spec
    var errors = FieldErrors()
    errors.add(MetadataValidation.validate(service.metadata, isNamespaced: true, name: .label))
    if spec.ports.isEmpty, !isHeadless(spec), spec.type != .externalName {
      errors.required(path.child("ports"))
    }
    errors.add(typeFields(spec))
    errors.add(ports(spec))
    errors.add(LabelValidation.labels(spec.selector, at: path.child("selector")))
    errors.add(affinity(spec))
    errors.add(addressFields(spec))
    for (index, address) in spec.externalIPs.enumerated() {
      let place = path.child("externalIPs").index(index)
      let messages = IPAddress.messages(address)
      errors.invalid(
        place, address, messages.isEmpty ? IPAddress.specialMessages(address) : messages)
    }
    let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
    if spec.type.isEmpty {
      errors.required(path.child("type"))
    } else if !types.contains(spec.type.rawValue) {
      errors.notSupported(path.child("type"), spec.type, types)
    }
    errors.add(repeatedPorts(spec))
    errors.add(loadBalancer(spec))
    errors.add(loadBalancerClass(spec, from: nil))
    errors.add(trafficPolicies(spec))
    return errors.all
  }

  private static func typeFields(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    switch spec.type {
    case .loadBalancer, .nodePort:
      if isHeadless(spec) {
        errors.invalid(
          path.child("clusterIPs").index(0), "None",
          "may not be set to 'None' for \(spec.type) services")
      }
    case .externalName:
      let reason = "may not be set for ExternalName services"
      if !spec.clusterIPs.isEmpty { errors.forbidden(path.child("clusterIPs"), reason) }
      if !spec.ipFamilies.isEmpty { errors.forbidden(path.child("ipFamilies"), reason) }
      if spec.ipFamilyPolicy != nil { errors.forbidden(path.child("ipFamilyPolicy"), reason) }
      let name =
        spec.externalName.hasSuffix(".")
        ? String(spec.externalName.dropLast()) : spec.externalName
      if name.isEmpty {
        errors.required(path.child("externalName"))
      } else {
        errors.invalid(path.child("externalName"), name, NameFormat.subdomain(name))
      }
    default: break
    }
    return errors.all
  }

  private static func ports(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    var names: [String] = []
    for (index, port) in spec.ports.enumerated() {
      let place = path.child("ports").index(index)
      if port.name.isEmpty {
        if spec.ports.count > 1 { errors.required(place.child("name")) }
      } else {
        errors.invalid(place.child("name"), port.name, NameFormat.label(port.name))
        if names.contains(port.name) { errors.duplicate(place.child("name"), port.name) }
        names.append(port.name)
      }
      for message in NameFormat.portNumber(Int(port.port)) {
        errors.invalid(place.child("port"), port.port, message)
      }
      let protocols = ["SCTP", "TCP", "UDP"]
      if port.protocol.isEmpty {
        errors.required(place.child("protocol"))
      } else if !protocols.contains(port.protocol.rawValue) {
        errors.notSupported(place.child("protocol"), port.protocol, protocols)
      }
      errors.add(PortValidation.numberOrName(port.targetPort, at: place.child("targetPort")))
      if let name = port.appProtocol {
        errors.invalid(place.child("appProtocol"), name, NameFormat.qualifiedName(name))
      }
    }
    return errors.all
  }

  private static func affinity(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("sessionAffinityConfig")
    switch spec.sessionAffinity {
    case "": errors.required(path.child("sessionAffinity"))
    case .none:
      if spec.sessionAffinityConfig != nil {
        errors.forbidden(place, "must not be set when session affinity is None")
      }
    case .clientIP:
      let field = place.child("clientIP", "timeoutSeconds")
      let reason = "when session affinity type is ClientIP"
      guard let seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds else {
        errors.required(field, reason)
        break
      }
      if !(1...86400).contains(seconds) {
        errors.invalid(field, seconds, "must be greater than 0 and less than 86400")
      }
    default:
      errors.notSupported(
        path.child("sessionAffinity"), spec.sessionAffinity, ["ClientIP", "None"])
    }
    return errors.all
  }

  private static func repeatedPorts(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let list = path.child("ports")
    for (index, port) in spec.ports.enumerated() where port.nodePort != 0 {
      if spec.type == .clusterIP {
        errors.forbidden(
          list.index(index).child("nodePort"), "may not be used when `type` is 'ClusterIP'")
      }
    }
    for (index, port) in spec.ports.enumerated() where port.nodePort != 0 {
      if spec.ports[..<index].contains(where: {
        $0.nodePort == port.nodePort && $0.protocol == port.protocol
      }) {
        errors.duplicate(list.index(index).child("nodePort"), port.nodePort)
      }
    }
    for (index, port) in spec.ports.enumerated() {
      if spec.ports[..<index].contains(where: {
        $0.port == port.port && $0.protocol == port.protocol
      }) {
        var key = ServicePort()
        key.protocol = port.protocol
        key.port = port.port
        errors.duplicate(list.index(index), GoDump(key))
      }
    }
    return errors.all
  }

  static func validateUpdate(_ new: Service, from old: Service) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(ServiceAddressValidation.change(new.spec, from: old.spec))
    errors.add(loadBalancerClass(new.spec, from: old.spec))
    if needsHealthCheck(old.spec), needsHealthCheck(new.spec),
      new.spec.healthCheckNodePort != old.spec.healthCheckNodePort
    {
      errors.forbidden(path.child("healthCheckNodePort"), "field is immutable")
    }
    errors.add(validate(new))
    return errors.all
  }

  /// The fields of addresses and address families.
  static func addressFields(_ spec: ServiceSpec) -> [FieldError] {
    ServiceAddressValidation.fields(spec)
  }
}
