import KubeModel

/// Checks of a Service's addresses and address families.
///
/// Follows `ValidateServiceClusterIPsRelatedFields` and `validateUpgradeDowngrade...` of
/// `pkg/apis/core/validation/validation.go` (v1.36).
enum ServiceAddressValidation {
  private static let path = FieldPath("spec")

  /// What is wrong with the fields; also asked before addresses are allotted.
  static func fields(_ spec: ServiceSpec) -> [FieldError] {
    if spec.type == .externalName { return [] }
    var errors = FieldErrors()
    let (addresses, families) = (path.child("clusterIPs"), path.child("ipFamilies"))
    if !spec.clusterIP.isEmpty {
      if spec.clusterIPs.isEmpty {
        errors.required(addresses)
      } else if spec.clusterIPs.first != spec.clusterIP {
        errors.invalid(addresses, spec.clusterIPs, "first value must match `clusterIP`")
      }
    } else if !spec.clusterIPs.isEmpty {
      errors.invalid(
        addresses, spec.clusterIPs, "must be empty when `clusterIP` is not specified")
    }
    for (index, family) in spec.ipFamilies.enumerated() {
      if family != .ipv4, family != .ipv6 {
        errors.notSupported(families.index(index), family, ["IPv4", "IPv6"])
      }
      if spec.ipFamilies[..<index].contains(family) {
        errors.duplicate(families.index(index), family)
      }
    }
    let policies = ["PreferDualStack", "RequireDualStack", "SingleStack"]
    if let policy = spec.ipFamilyPolicy, !policies.contains(policy.rawValue) {
      errors.notSupported(path.child("ipFamilyPolicy"), policy, policies)
    }
    errors.add(values(spec, at: addresses))
    return errors.all
  }

  private static func values(_ spec: ServiceSpec, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for (index, address) in spec.clusterIPs.enumerated() {
      if index == 0, address == "None" {
        if spec.clusterIPs.count > 1 {
          errors.invalid(place, spec.clusterIPs, "'None' must be the first and only value")
        }
        continue
      }
      errors.invalid(place.index(index), address, IPAddress.messages(address))
    }
    let isReadable = errors.isEmpty
    if spec.clusterIPs.count > 2 {
      errors.invalid(place, spec.clusterIPs, "may only hold up to 2 values")
    }
    guard isReadable else { return errors.all }
    let isIPv6 = spec.clusterIPs.map { IPAddress($0)?.isIPv6 == true }
    if spec.clusterIPs.count > 1, !isIPv6.contains(true) || !isIPv6.contains(false) {
      errors.invalid(
        place, spec.clusterIPs, "may specify no more than one IP for each IP family")
    }
    guard !ServiceValidation.isHeadless(spec) else { return errors.all }
    for (index, family) in spec.ipFamilies.enumerated() where index < spec.clusterIPs.count {
      if isIPv6[index] ? family == .ipv4 : family == .ipv6 {
        errors.invalid(
          place.index(index), spec.clusterIPs[index],
          "expected an \(family) value as indicated by `ipFamilies[\(index)]`")
      }
    }
    return errors.all
  }

  /// The first address and family stay, unless the service becomes or was of type ExternalName.
  static func change(_ new: ServiceSpec, from old: ServiceSpec) -> [FieldError] {
    if new.type == .externalName || old.type == .externalName { return [] }
    var errors = FieldErrors()
    let (isHeadless, wasHeadless) =
      (ServiceValidation.isHeadless(new), ServiceValidation.isHeadless(old))
    if !(isHeadless && wasHeadless) { errors.add(addresses(new, old)) }
    if !isHeadless, !wasHeadless { errors.add(families(new, old)) }
    return errors.all
  }

  private static func addresses(_ new: ServiceSpec, _ old: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("clusterIPs")
    let (after, before) = (new.clusterIPs, old.clusterIPs)
    if after.count == before.count {
      for index in before.indices where before[index] != after[index] {
        errors.invalid(place.index(index), after, "may not change once set")
      }
      return errors.all
    }
    if after.isEmpty {
      errors.invalid(place.index(0), JSONValue.null, "primary clusterIP can not be unset")
    } else if let first = before.first, after.first != first {
      errors.invalid(place.index(0), after, "may not change once set")
    }
    if after.count == 1, after.count < before.count, new.ipFamilyPolicy != .singleStack {
      errors.invalid(
        path.child("ipFamilyPolicy"), new.ipFamilyPolicy,
        "must be set to 'SingleStack' when releasing the secondary clusterIP")
    }
    return errors.all
  }

  private static func families(_ new: ServiceSpec, _ old: ServiceSpec) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("ipFamilies").index(0)
    let (after, before) = (new.ipFamilies, old.ipFamilies)
    if after.count == before.count {
      for index in before.indices where before[index] != after[index] {
        errors.invalid(place, after, "may not change once set")
      }
      return errors.all
    }
    if after.count < before.count, new.clusterIPs.isEmpty {
      errors.invalid(place, after, "primary ipFamily can not be unset")
    }
    if let first = before.first, let now = after.first, first != now {
      errors.invalid(place, new.clusterIPs, "may not change once set")
    }
    if after.count == 1, after.count < before.count, new.ipFamilyPolicy != .singleStack {
      errors.invalid(
        path.child("ipFamilyPolicy"), new.ipFamilyPolicy,
        "must be set to 'SingleStack' when releasing the secondary ipFamily")
    }
    return errors.all
  }
}
