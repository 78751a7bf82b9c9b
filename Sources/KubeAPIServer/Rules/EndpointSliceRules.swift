import KubeModel

/// What the server does to an EndpointSlice.
///
/// Follows `pkg/apis/discovery/v1/defaults.go`, `pkg/registry/discovery/endpointslice/strategy.go`
/// and `pkg/apis/discovery/validation` (v1.36).
public struct EndpointSliceRules: KindRules {
  public init() {}

  public func setDefaults(_ object: inout EndpointSlice) {
    for index in object.ports.indices {
      if object.ports[index].name == nil { object.ports[index].name = "" }
      if object.ports[index].protocol == nil { object.ports[index].protocol = .tcp }
    }
  }

  public func prepareForCreate(_ object: inout EndpointSlice) { object.metadata.generation = 1 }

  /// Everything but the metadata counts, and so do the labels.
  public func prepareForUpdate(_ new: inout EndpointSlice, from old: EndpointSlice) {
    var same = new
    same.metadata = old.metadata
    let changed = same != old || new.metadata.labels != old.metadata.labels
    new.metadata.generation = old.metadata.generation + (changed ? 1 : 0)
  }

  public func validate(_ object: EndpointSlice) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    let types = ["FQDN", "IPv4", "IPv6"]
    if object.addressType.isEmpty {
      errors.required(FieldPath("addressType"))
    } else if !types.contains(object.addressType.rawValue) {
      errors.notSupported(FieldPath("addressType"), object.addressType, types)
    }
    if object.endpoints.count > 1000 {
      errors.tooMany(FieldPath("endpoints"), object.endpoints.count, limit: 1000)
    }
    for (index, endpoint) in object.endpoints.enumerated() where endpoint.addresses.isEmpty {
      errors.required(
        FieldPath("endpoints").index(index).child("addresses"),
        "must contain at least 1 address")
    }
    for (index, port) in object.ports.enumerated() {
      let place = FieldPath("ports").index(index)
      let name = port.name ?? ""
      if object.ports[..<index].contains(where: { ($0.name ?? "") == name }) {
        errors.duplicate(place.child("name"), name)
      }
      if !name.isEmpty { errors.invalid(place.child("name"), name, NameFormat.label(name)) }
    }
    return errors.all
  }

  public func validateUpdate(_ new: EndpointSlice, from old: EndpointSlice) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new)
      + TemplateValidation.immutable(
        new.addressType, old.addressType, at: FieldPath("addressType"))
  }
}
