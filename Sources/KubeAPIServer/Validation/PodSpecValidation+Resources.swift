import KubeModel

extension PodSpecValidation {
  /// Requests and limits, of a container or of the whole pod.
  mutating func checkResources(
    _ resources: ResourceRequirements, at place: FieldPath, name check: ResourceNames.Check
  ) {
    for (name, amount) in resources.limits {
      checkAmount(name, amount, at: place.child("limits").key(name), name: check)
      checkHugePages(name, amount, at: place.child("limits").key(name))
    }
    for (name, amount) in resources.requests {
      checkAmount(name, amount, at: place.child("requests").key(name), name: check)
      checkAgainstLimit(name, amount, resources.limits[name], at: place)
      checkHugePages(name, amount, at: place.child("requests").key(name))
    }
    let lists = [resources.limits, resources.requests]
    if lists.contains(where: { $0.contains { ResourceNames.isHugePages($0.key) } }),
      !lists.contains(where: { $0["cpu"] != nil || $0["memory"] != nil })
    {
      errors.forbidden(place, "HugePages require cpu or memory")
    }
    checkClaimNames(resources.claims, at: place.child("claims"))
  }

  private mutating func checkAmount(
    _ name: String, _ amount: Quantity, at place: FieldPath, name check: ResourceNames.Check
  ) {
    errors.add(check(name, place))
    errors.add(ResourceNames.amountErrors(name, amount, at: place))
  }

  private mutating func checkHugePages(_ name: String, _ amount: Quantity, at place: FieldPath) {
    guard ResourceNames.isHugePages(name), !ResourceNames.isWholePages(name, amount) else { return }
    errors.invalid(
      place, amount.description, "\(amount) is not positive integer multiple of \(name)")
  }

  private mutating func checkAgainstLimit(
    _ name: String, _ amount: Quantity, _ limit: Quantity?, at place: FieldPath
  ) {
    let mayDiffer = ResourceNames.allowsOvercommit(name)
    guard let limit else {
      if !mayDiffer {
        errors.required(
          place.child("limits"), "Limit must be set for non overcommitable resources")
      }
      return
    }
    if amount != limit, !mayDiffer {
      errors.invalid(
        place.child("requests"), amount.description, "must be equal to \(name) limit of \(limit)")
    } else if amount > limit {
      errors.invalid(
        place.child("requests"), amount.description,
        "must be less than or equal to \(name) limit of \(limit)")
    }
  }

  /// Names in a container's claims must stand among those of the pod, each once.
  private mutating func checkClaimNames(_ claims: [ResourceClaim], at list: FieldPath) {
    let known = spec.resourceClaims.map(\.name).filter { !$0.isEmpty }
    var seen: [String] = []
    for (index, claim) in claims.enumerated() {
      let place = list.index(index)
      if claim.name.isEmpty {
        errors.required(place)
        continue
      }
      let key = claim.request.isEmpty ? claim.name : claim.name + "/" + claim.request
      if !claim.request.isEmpty, !seen.contains(claim.name) {
        errors.invalid(place.child("request"), claim.request, NameFormat.label(claim.request))
      }
      if seen.contains(claim.name) {
        errors.duplicate(place, claim.name)
      } else if seen.contains(key) {
        errors.duplicate(place, key)
      } else if claim.request.isEmpty, seen.contains(where: { $0.hasPrefix(claim.name + "/") }) {
        errors.duplicate(place, claim.name)
      }
      seen.append(key)
      if !known.contains(claim.name) {
        let list = known.isEmpty ? " which is empty" : ": " + known.sorted().joined(separator: ", ")
        errors.notFound(
          place, claim.name, "must be one of the names in pod.spec.resourceClaims" + list)
      }
    }
  }

  mutating func checkResourceClaims() {
    var names: [String] = []
    for (index, claim) in spec.resourceClaims.enumerated() {
      let place = path.child("resourceClaims").index(index)
      if claim.name.isEmpty {
        errors.required(place.child("name"))
      } else if names.contains(claim.name) {
        errors.duplicate(place.child("name"), claim.name)
      } else {
        errors.invalid(place.child("name"), claim.name, NameFormat.label(claim.name))
        names.append(claim.name)
      }
      if claim.resourceClaimName != nil, claim.resourceClaimTemplateName != nil {
        errors.invalid(
          place, GoDump(claim),
          "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified")
      }
      if claim.resourceClaimName == nil, claim.resourceClaimTemplateName == nil {
        errors.invalid(
          place, GoDump(claim),
          "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
      }
      if let name = claim.resourceClaimName {
        errors.invalid(place.child("resourceClaimName"), name, NameFormat.subdomain(name))
      }
      if let name = claim.resourceClaimTemplateName {
        errors.invalid(place.child("resourceClaimTemplateName"), name, NameFormat.subdomain(name))
      }
    }
  }

  /// What the pod as a whole asks for must cover what its containers ask for.
  mutating func checkPodResources() {
    guard let resources = spec.resources else { return }
    let place = path.child("resources")
    if !resources.claims.isEmpty {
      errors.forbidden(place.child("claims"), "claims cannot be set for Resources at pod-level")
    }
    checkResources(resources, at: place, name: ResourceNames.podErrors)
    for (name, sum) in PodResources.requestsOfContainers(spec) {
      guard let request = resources.requests[name] else { continue }
      if sum > request, name == "cpu" || name == "memory" || ResourceNames.isHugePages(name) {
        errors.invalid(
          place.child("requests").key(name), request.description,
          "must be greater than or equal to aggregate container requests of \(sum)")
      }
    }
    for (index, container) in spec.containers.enumerated() {
      for (name, limit) in container.resources.limits {
        guard let most = resources.limits[name], limit > most else { continue }
        errors.invalid(
          place.child("containers").index(index).key(name).child("limits"), limit.description,
          "must be less than or equal to pod limits of \(most)")
      }
    }
  }
}

/// What the containers of a pod ask for together.
///
/// Follows `AggregateContainerRequests` of `component-helpers/resource/helpers.go` (v1.36).
enum PodResources {
  /// The most that is asked for at one time.
  ///
  /// Init containers run one by one beside the sidecars started before them. A sidecar of 1, then
  /// an init container of 5, then containers of 3 in all: max(1 + 3, 1 + 5) = 6.
  static func requestsOfContainers(_ spec: PodSpec) -> ResourceList {
    var running: ResourceList = [:]
    for container in spec.containers { add(container.resources.requests, to: &running) }
    var sidecars: ResourceList = [:]
    var initPeak: ResourceList = [:]
    for container in spec.initContainers {
      var now = sidecars
      add(container.resources.requests, to: &now)
      if container.restartPolicy == .always {
        sidecars = now
        add(container.resources.requests, to: &running)
      }
      for (name, amount) in now where amount > initPeak[name] ?? .zero { initPeak[name] = amount }
    }
    for (name, amount) in initPeak where amount > running[name] ?? .zero { running[name] = amount }
    return running
  }

  private static func add(_ amounts: ResourceList, to sum: inout ResourceList) {
    for (name, amount) in amounts { sum[name] = sum[name].map { $0 + amount } ?? amount }
  }
}
