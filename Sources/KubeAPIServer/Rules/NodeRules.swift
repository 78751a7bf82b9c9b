import KubeModel

/// What the server does to a Node.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/node/strategy.go` and
/// `pkg/apis/core/validation` (v1.36). A node's status may come with its creation, and its
/// generations are not counted. Left out: the configuration that nodes once took from ConfigMaps.
public struct NodeRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout Node) {
    if object.status.allocatable.isEmpty, !object.status.capacity.isEmpty {
      object.status.allocatable = object.status.capacity
    }
    if object.spec.podCIDRs.isEmpty, !object.spec.podCIDR.isEmpty {
      object.spec.podCIDRs = [object.spec.podCIDR]
    }
  }

  public func prepareForCreate(_ object: inout Node) {}

  public func prepareForUpdate(_ new: inout Node, from old: Node) { new.keepStatus(of: old) }

  public func validate(_ object: Node) -> [FieldError] {
    var errors = FieldErrors()
    let metadata = FieldPath("metadata")
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: false, name: .subdomain))
    errors.add(TolerationValidation.taints(object.spec.taints, at: metadata.child("taints")))
    errors.add(resources(object.status))
    let list = FieldPath("spec").child("podCIDRs")
    for (index, range) in object.spec.podCIDRs.enumerated() {
      errors.invalid(list.index(index), range, IPAddress.rangeMessages(range))
      if object.spec.podCIDRs[..<index].contains(range) {
        errors.duplicate(list.index(index), range)
      }
    }
    let families = object.spec.podCIDRs.map { $0.contains(":") }
    if families.count > 2 || (families.count == 2 && families[0] == families[1]) {
      errors.invalid(
        list, object.spec.podCIDRs, "may specify no more than one CIDR for each IP family")
    }
    return errors.all
  }

  public func validateUpdate(_ new: Node, from old: Node) -> [FieldError] {
    var errors = FieldErrors()
    let spec = FieldPath("spec")
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(statusErrors(new.status))
    if !old.spec.podCIDRs.isEmpty, new.spec.podCIDRs != old.spec.podCIDRs {
      errors.forbidden(
        spec.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid")
    }
    if !old.spec.providerID.isEmpty, new.spec.providerID != old.spec.providerID {
      errors.forbidden(
        spec.child("providerID"),
        "node updates may not change providerID except from \"\" to valid")
    }
    errors.add(
      TolerationValidation.taints(new.spec.taints, at: FieldPath("metadata").child("taints")))
    if new.spec.externalID != old.spec.externalID {
      errors.forbidden(spec.child("externalID"), "may not be updated")
    }
    return errors.all
  }

  public func validateStatusUpdate(_ new: Node, from old: Node) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + statusErrors(new.status)
  }

  private func statusErrors(_ status: NodeStatus) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(resources(status))
    for (index, address) in status.addresses.enumerated()
    where status.addresses[..<index].contains(address) {
      errors.duplicate(
        FieldPath("status").child("addresses").index(index), GoDump(address))
    }
    return errors.all
  }

  private func resources(_ status: NodeStatus) -> [FieldError] {
    var errors = FieldErrors()
    for (field, amounts) in [
      ("capacity", status.capacity), ("allocatable", status.allocatable),
    ] {
      for (name, amount) in amounts {
        let place = FieldPath("status").child(field, name)
        errors.add(ResourceNames.amountErrors(name, amount, at: place))
      }
    }
    return errors.all
  }
}
