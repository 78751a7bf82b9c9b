import KubeModel

extension ServiceValidation {
  static func loadBalancer(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let only = "may only be used when `type` is 'LoadBalancer'"
    let isBalancer = spec.type == .loadBalancer
    // Upstream's own spelling of the place.
    let ranges = path.child("LoadBalancerSourceRanges")
    if !spec.loadBalancerSourceRanges.isEmpty {
      if !isBalancer { errors.forbidden(ranges, only) }
      for (index, range) in spec.loadBalancerSourceRanges.enumerated() {
        let text = String(range.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        errors.invalid(ranges.index(index), text, IPAddress.rangeMessages(text))
      }
    }
    if spec.allocateLoadBalancerNodePorts != nil, !isBalancer {
      errors.forbidden(path.child("allocateLoadBalancerNodePorts"), only)
    }
    if isBalancer, spec.allocateLoadBalancerNodePorts == nil {
      errors.required(FieldPath("allocateLoadBalancerNodePorts"))
    }
    return errors.all
  }

  static func loadBalancerClass(
    _ spec: ServiceSpec, from old: ServiceSpec?
  ) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("loadBalancerClass")
    if let old, old.type == .loadBalancer, spec.type == .loadBalancer,
      old.loadBalancerClass != spec.loadBalancerClass
    {
      errors.invalid(place, spec.loadBalancerClass, "may not change once set")
    }
    guard let name = spec.loadBalancerClass else { return errors.all }
    if spec.type == .loadBalancer {
      errors.invalid(place, name, NameFormat.qualifiedName(name))
    } else {
      errors.forbidden(place, "may only be used when `type` is 'LoadBalancer'")
    }
    return errors.all
  }

  static func trafficPolicies(_ spec: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let external = path.child("externalTrafficPolicy")
    let known = ["Cluster", "Local"]
    if !isExternal(spec) {
      if !spec.externalTrafficPolicy.isEmpty {
        errors.invalid(
          external, spec.externalTrafficPolicy,
          "may only be set for externally-accessible services")
      }
    } else if spec.externalTrafficPolicy.isEmpty {
      errors.required(external)
    } else if !known.contains(spec.externalTrafficPolicy.rawValue) {
      errors.notSupported(external, spec.externalTrafficPolicy, known)
    }
    let health = path.child("healthCheckNodePort")
    if needsHealthCheck(spec) {
      if spec.healthCheckNodePort == 0 { errors.required(health) }
    } else if spec.healthCheckNodePort != 0 {
      errors.invalid(
        health, spec.healthCheckNodePort,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")
    }
    let place = path.child("internalTrafficPolicy")
    if let policy = spec.internalTrafficPolicy {
      if !known.contains(policy.rawValue) { errors.notSupported(place, policy, known) }
    } else if ["NodePort", "LoadBalancer", "ClusterIP"].contains(spec.type.rawValue) {
      errors.required(place)
    }
    let distributions = ["PreferClose", "PreferSameZone", "PreferSameNode"]
    if let wanted = spec.trafficDistribution, !distributions.contains(wanted) {
      errors.notSupported(path.child("trafficDistribution"), wanted, distributions)
    }
    return errors.all
  }
}
