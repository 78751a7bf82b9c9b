import KubeModel

/// Checks that come before a Service is given addresses and node ports, and alone.
///
/// Follows `pkg/registry/core/service/storage/alloc.go` (v1.36) for a cluster of one address
/// family: services in 10.96.0.0/16, node ports from 30000 to 32767.
enum ServiceAllocationValidation {
  /// What is wrong with what a Service asks for.
  static func validate(_ spec: ServiceSpec) -> [FieldError] {
    if spec.type == .externalName { return [] }
    var errors = FieldErrors()
    errors.add(ServiceAddressValidation.fields(spec))
    if !errors.isEmpty || spec.hasOwnAddresses { return errors.all }
    let path = FieldPath("spec")
    if spec.ipFamilyPolicy == .requireDualStack {
      errors.invalid(
        path.child("ipFamilyPolicy"), spec.ipFamilyPolicy,
        "this cluster is not configured for dual-stack services")
    }
    for (index, family) in spec.ipFamilies.enumerated() where family == .ipv6 {
      errors.invalid(
        path.child("ipFamilies").index(index), family, "not configured on this cluster")
    }
    guard errors.isEmpty else { return errors.all }
    for address in spec.clusterIPs where address != "None" && !address.hasPrefix("10.96.") {
      errors.invalid(
        path.child("clusterIPs"), spec.clusterIPs,
        "failed to allocate IP \(address): the provided IP (\(address)) is not in the valid range. "
          + "The range of valid IPs is 10.96.0.0/16")
    }
    guard errors.isEmpty, spec.type == .nodePort || spec.type == .loadBalancer else {
      return errors.all
    }
    for (index, port) in spec.ports.enumerated() where port.nodePort != 0 {
      if !(30000...32767).contains(port.nodePort) {
        errors.invalid(
          path.child("ports").index(index).child("nodePort"), port.nodePort,
          "provided port is not in the valid range. The range of valid ports is 30000-32767")
        break
      }
    }
    return errors.all
  }
}
