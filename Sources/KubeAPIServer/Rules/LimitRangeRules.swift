import KubeModel

/// What the server does to a LimitRange.
///
/// Follows `pkg/apis/core/v1/defaults.go`, `pkg/registry/core/limitrange/strategy.go` and
/// `pkg/apis/core/validation` (v1.36).
public struct LimitRangeRules: KindRules {
  public init() {}

  public var allowsCreateOnUpdate: Bool { true }

  /// For containers: limits from the maximum, requests from the limits, and then from the minimum.
  public func setDefaults(_ object: inout LimitRange) {
    var spec = object.spec
    for index in spec.limits.indices where spec.limits[index].type == .container {
      var item = spec.limits[index]
      item.default = item.default.filled(from: item.max)
      item.defaultRequest = item.defaultRequest.filled(from: item.default).filled(from: item.min)
      spec.limits[index] = item
    }
    if spec != object.spec { object.spec = spec }
  }

  public func validate(_ object: LimitRange) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(
      MetadataValidation.validate(object.metadata, isNamespaced: true, name: .subdomain))
    let list = FieldPath("spec").child("limits")
    for (index, item) in object.spec.limits.enumerated() {
      let place = list.index(index)
      errors.add(type(item.type, at: place.child("type")))
      if object.spec.limits[..<index].contains(where: { $0.type == item.type }) {
        errors.duplicate(place.child("type"), item.type)
      }
      errors.add(names(item, at: place))
      errors.add(amounts(item, at: place))
    }
    return errors.all
  }

  private func type(_ type: LimitType, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.invalid(place, type.rawValue, NameFormat.qualifiedName(type.rawValue))
    let known = ["Pod", "Container", "PersistentVolumeClaim"]
    if errors.isEmpty, !type.rawValue.contains("/"), !known.contains(type.rawValue) {
      errors.invalid(place, type, "must be a standard limit type or fully qualified")
    }
    return errors.all
  }

  private func names(_ item: LimitRangeItem, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let isOfPods = item.type == .pod || item.type == .container
    let check = isOfPods ? ResourceNames.containerErrors : ResourceNames.errors
    var lists = [("max", item.max), ("min", item.min)]
    if item.type == .pod {
      for (field, list) in [("default", item.default), ("defaultRequest", item.defaultRequest)]
      where !list.isEmpty {
        errors.forbidden(place.child(field), "may not be specified when `type` is 'Pod'")
      }
    } else {
      lists += [("default", item.default), ("defaultRequest", item.defaultRequest)]
    }
    lists.append(("maxLimitRequestRatio", item.maxLimitRequestRatio))
    for (field, list) in lists {
      for name in list.keys { errors.add(check(name, place.child(field).key(name))) }
    }
    if item.type == "PersistentVolumeClaim", item.min["storage"] == nil, item.max["storage"] == nil
    {
      errors.required(
        place.child("limits"),
        "either minimum or maximum storage value is required, but neither was provided")
    }
    return errors.all
  }

  private func amounts(_ item: LimitRangeItem, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    var all = item.max
    for list in [item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio] {
      all.merge(list)
    }
    for name in all.keys {
      let (least, most) = (item.min[name], item.max[name])
      let (limit, request) = (item.default[name], item.defaultRequest[name])
      func check(
        _ small: Quantity?, _ large: Quantity?, _ field: String, shown: Quantity?,
        _ smallName: String,
        _ verb: String, _ largeName: String
      ) {
        guard let small, let large, small > large, let shown else { return }
        errors.invalid(
          place.child(field).key(name), shown,
          "\(smallName) value \(small) is \(verb) \(largeName) value \(large)")
      }
      let above = "greater than"
      check(least, most, "min", shown: least, "min", above, "max")
      check(least, request, "defaultRequest", shown: request, "min", above, "default request")
      check(request, most, "defaultRequest", shown: request, "default request", above, "max")
      check(
        request, limit, "defaultRequest", shown: request, "default request", above, "default limit")
      check(least, limit, "default", shown: least, "min", above, "default")
      check(limit, most, "default", shown: most, "default", above, "max")
      if let ratio = item.maxLimitRequestRatio[name], ratio < Quantity(value: 1) {
        errors.invalid(
          place.child("maxLimitRequestRatio").key(name), ratio, "ratio \(ratio) is less than 1")
      }
      if !ResourceNames.allowsOvercommit(name), let limit, let request, limit != request {
        errors.invalid(
          place.child("defaultRequest").key(name), request,
          "default value \(limit) must equal to defaultRequest value \(request) in \(name)")
      }
    }
    return errors.all
  }

  public func validateUpdate(_ new: LimitRange, from old: LimitRange) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata) + validate(new)
  }
}

extension ResourceList {
  fileprivate func filled(from other: ResourceList) -> ResourceList {
    var result = other
    result.merge(self)
    return result
  }
}
