import KubeModel

/// What the server does to a Service. Addresses and node ports are allotted by the server's verbs,
/// between `prepareFor...` and validation; see `ServiceAddresses`.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/service/strategy.go` and
/// `pkg/apis/core/validation` (v1.36).
public struct ServiceRules: KindRules {
  public init() {}

  public var allowsCreateOnUpdate: Bool { true }

  public func setDefaults(_ object: inout Service) {
    var spec = object.spec
    if spec.sessionAffinity.isEmpty { spec.sessionAffinity = .none }
    if spec.sessionAffinity == .none { spec.sessionAffinityConfig = nil }
    if spec.sessionAffinity == .clientIP {
      var config = spec.sessionAffinityConfig ?? SessionAffinityConfig()
      var client = config.clientIP ?? ClientIPConfig()
      if client.timeoutSeconds == nil { client.timeoutSeconds = 10800 }
      config.clientIP = client
      spec.sessionAffinityConfig = config
    }
    if spec.type.isEmpty { spec.type = .clusterIP }
    for index in spec.ports.indices {
      if spec.ports[index].protocol.isEmpty { spec.ports[index].protocol = .tcp }
      if spec.ports[index].targetPort == .int(0) || spec.ports[index].targetPort == .string("") {
        spec.ports[index].targetPort = .int(spec.ports[index].port)
      }
    }
    if spec.externalTrafficPolicy.isEmpty, ServiceValidation.isExternal(spec) {
      spec.externalTrafficPolicy = .cluster
    }
    if spec.internalTrafficPolicy == nil, spec.type != .externalName {
      spec.internalTrafficPolicy = .cluster
    }
    if spec.type == .loadBalancer, spec.allocateLoadBalancerNodePorts == nil {
      spec.allocateLoadBalancerNodePorts = true
    }
    if spec != object.spec { object.spec = spec }
    for index in object.status.loadBalancer.ingress.indices
    where !object.status.loadBalancer.ingress[index].ip.isEmpty
      && object.status.loadBalancer.ingress[index].ipMode == nil
    {
      object.status.loadBalancer.ingress[index].ipMode = .vip
    }
  }

  public func prepareForCreate(_ object: inout Service) {
    object.status = ServiceStatus()
    syncAddresses(&object.spec, from: nil)
  }

  public func prepareForUpdate(_ new: inout Service, from old: Service) {
    new.keepStatus(of: old)
    keepAllotted(&new.spec, old.spec)
    syncAddresses(&new.spec, from: old.spec)
    dropWhatTypeLacks(&new.spec, old.spec)
  }

  /// `clusterIP` and the first of `clusterIPs` say the same; a user may give either.
  private func syncAddresses(_ spec: inout ServiceSpec, from old: ServiceSpec?) {
    guard let old else {
      if !spec.clusterIP.isEmpty, spec.clusterIPs.isEmpty { spec.clusterIPs = [spec.clusterIP] }
      return
    }
    if spec.clusterIP != old.clusterIP {
      // Whoever changes the one and leaves the other means the one.
      if spec.clusterIP.isEmpty, spec.clusterIPs == old.clusterIPs {
        spec.clusterIPs = []
      } else if !spec.clusterIP.isEmpty, spec.clusterIPs == old.clusterIPs {
        spec.clusterIPs = [spec.clusterIP]
      }
    } else if spec.clusterIPs != old.clusterIPs, spec.clusterIPs.isEmpty {
      spec.clusterIP = ""
    }
  }

  /// An update that leaves out what was allotted keeps it.
  private func keepAllotted(_ new: inout ServiceSpec, _ old: ServiceSpec) {
    if new.type != .externalName, old.type != .externalName {
      if new.clusterIP.isEmpty { new.clusterIP = old.clusterIP }
      if new.clusterIPs.isEmpty, new.clusterIP == old.clusterIP { new.clusterIPs = old.clusterIPs }
      if new.ipFamilyPolicy == nil { new.ipFamilyPolicy = old.ipFamilyPolicy }
      if new.ipFamilies.isEmpty { new.ipFamilies = old.ipFamilies }
    }
    let hasPorts: (ServiceSpec) -> Bool = { $0.type == .nodePort || $0.type == .loadBalancer }
    guard hasPorts(new), hasPorts(old) else { return }
    for index in new.ports.indices where new.ports[index].nodePort == 0 {
      let port = new.ports[index]
      let same = old.ports.first { $0.protocol == port.protocol && $0.port == port.port }
      let taken = new.ports.contains { $0.nodePort != 0 && $0.nodePort == same?.nodePort }
      if let same, !taken { new.ports[index].nodePort = same.nodePort }
    }
    if ServiceValidation.needsHealthCheck(new), ServiceValidation.needsHealthCheck(old),
      new.healthCheckNodePort == 0
    {
      new.healthCheckNodePort = old.healthCheckNodePort
    }
  }

  /// A service that changes its type loses what the new type has no use for, unless the user
  /// changed that too.
  private func dropWhatTypeLacks(_ new: inout ServiceSpec, _ old: ServiceSpec) {
    let hadAddress = old.type != .externalName
    if hadAddress, new.type == .externalName {
      if new.clusterIP == old.clusterIP { new.clusterIP = "" }
      if new.clusterIPs == old.clusterIPs { new.clusterIPs = [] }
      if new.ipFamilies == old.ipFamilies { new.ipFamilies = [] }
      if new.ipFamilyPolicy == old.ipFamilyPolicy { new.ipFamilyPolicy = nil }
    }
    let hadPorts = old.type == .nodePort || old.type == .loadBalancer
    if hadPorts, new.type != .nodePort, new.type != .loadBalancer {
      let ports = old.ports.map(\.nodePort)
      for index in new.ports.indices where ports.contains(new.ports[index].nodePort) {
        new.ports[index].nodePort = 0
      }
    }
    if ServiceValidation.needsHealthCheck(old), !ServiceValidation.needsHealthCheck(new),
      new.healthCheckNodePort == old.healthCheckNodePort
    {
      new.healthCheckNodePort = 0
    }
    if old.type == .loadBalancer, new.type != .loadBalancer {
      if new.allocateLoadBalancerNodePorts == old.allocateLoadBalancerNodePorts {
        new.allocateLoadBalancerNodePorts = nil
      }
      if new.loadBalancerClass == old.loadBalancerClass { new.loadBalancerClass = nil }
    }
    if ServiceValidation.isExternal(old), !ServiceValidation.isExternal(new),
      new.externalTrafficPolicy == old.externalTrafficPolicy
    {
      new.externalTrafficPolicy = ""
    }
  }

  public func prepareForStatusUpdate(_ new: inout Service, from old: Service) {
    new.spec = old.spec
  }

  public func validate(_ object: Service) -> [FieldError] { ServiceValidation.validate(object) }

  public func validateUpdate(_ new: Service, from old: Service) -> [FieldError] {
    ServiceValidation.validateUpdate(new, from: old)
  }
}
