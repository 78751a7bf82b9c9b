import KubeModel

extension PodSpecValidation {
  mutating func checkAffinity() {
    guard let affinity = spec.affinity else { return }
    let place = path.child("affinity")
    if let node = affinity.nodeAffinity {
      checkNodeAffinity(node, at: place.child("nodeAffinity"))
    }
    if let pods = affinity.podAffinity {
      checkPodAffinity(
        pods.requiredDuringSchedulingIgnoredDuringExecution,
        pods.preferredDuringSchedulingIgnoredDuringExecution, at: place.child("podAffinity"))
    }
    if let pods = affinity.podAntiAffinity {
      checkPodAffinity(
        pods.requiredDuringSchedulingIgnoredDuringExecution,
        pods.preferredDuringSchedulingIgnoredDuringExecution, at: place.child("podAntiAffinity"))
    }
  }

  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  private mutating func checkNodeAffinity(_ affinity: NodeAffinity, at place: FieldPath) {
    if let selector = affinity.requiredDuringSchedulingIgnoredDuringExecution {
      errors.add(NodeSelectorValidation.selector(selector, at: place.child(Self.required)))
    }
    let terms = affinity.preferredDuringSchedulingIgnoredDuringExecution
    for (index, term) in terms.enumerated() {
      let place = place.child(Self.preferred).index(index)
      checkWeight(term.weight, at: place)
      errors.add(
        NodeSelectorValidation.term(
          term.preference, at: place.child("preference"), checksValues: false))
    }
  }

  private mutating func checkWeight(_ weight: Int32, at place: FieldPath) {
    if !(1...100).contains(weight) {
      errors.invalid(place.child("weight"), weight, "must be in the range 1-100")
    }
  }

  private mutating func checkPodAffinity(
    _ required: [PodAffinityTerm], _ preferred: [WeightedPodAffinityTerm], at place: FieldPath
  ) {
    for (index, term) in required.enumerated() {
      checkTerm(term, at: place.child(Self.required).index(index))
    }
    for (index, term) in preferred.enumerated() {
      let place = place.child(Self.preferred).index(index)
      checkWeight(term.weight, at: place)
      checkTerm(term.podAffinityTerm, at: place.child("podAffinityTerm"))
    }
  }

  private mutating func checkTerm(_ term: PodAffinityTerm, at place: FieldPath) {
    errors.add(LabelValidation.selector(term.labelSelector, at: place.child("labelSelector")))
    errors.add(
      LabelValidation.selector(term.namespaceSelector, at: place.child("namespaceSelector")))
    for name in term.namespaces {
      errors.invalid(place.child("namespace"), name, NameFormat.label(name))
    }
    checkLabelKeys(term.matchLabelKeys, term, at: place.child("matchLabelKeys"))
    checkLabelKeys(term.mismatchLabelKeys, term, at: place.child("mismatchLabelKeys"))
    checkRepeatedKeys(term, at: place)
    if term.topologyKey.isEmpty {
      errors.required(place.child("topologyKey"), "can not be empty")
    }
    errors.add(LabelValidation.key(term.topologyKey, at: place.child("topologyKey")))
  }

  private mutating func checkLabelKeys(
    _ keys: [String], _ term: PodAffinityTerm, at place: FieldPath
  ) {
    guard !keys.isEmpty else { return }
    if term.labelSelector == nil {
      return errors.forbidden(place, "must not be specified when labelSelector is not set")
    }
    for (index, key) in keys.enumerated() {
      errors.add(LabelValidation.key(key, at: place.index(index)))
    }
  }

  /// The server adds an expression to the selector for each of `matchLabelKeys`; a second one of
  /// the same key was the user's.
  private mutating func checkRepeatedKeys(_ term: PodAffinityTerm, at place: FieldPath) {
    if let selector = term.labelSelector {
      var seen = selector.matchLabels.keys
      for expression in selector.matchExpressions {
        if let index = term.matchLabelKeys.lastIndex(of: expression.key),
          seen.contains(expression.key)
        {
          errors.invalid(
            place.index(index), expression.key, "exists in both matchLabelKeys and labelSelector")
        }
        seen.append(expression.key)
      }
    }
    for (index, key) in term.matchLabelKeys.enumerated()
    where term.mismatchLabelKeys.contains(key) {
      errors.invalid(
        place.child("matchLabelKeys").index(index), key,
        "exists in both matchLabelKeys and mismatchLabelKeys")
    }
  }

  mutating func checkTopologySpread() {
    let constraints = spec.topologySpreadConstraints
    for (index, constraint) in constraints.enumerated() {
      let place = path.child("topologySpreadConstraints").index(index)
      checkSpread(constraint, among: constraints[(index + 1)...], at: place)
    }
  }

  private mutating func checkSpread(
    _ constraint: TopologySpreadConstraint, among rest: ArraySlice<TopologySpreadConstraint>,
    at place: FieldPath
  ) {
    if constraint.maxSkew <= 0 {
      errors.invalid(place.child("maxSkew"), constraint.maxSkew, "must be greater than zero")
    }
    if constraint.topologyKey.isEmpty {
      errors.required(place.child("topologyKey"), "can not be empty")
    }
    let action = constraint.whenUnsatisfiable
    if action != .doNotSchedule, action != .scheduleAnyway {
      errors.notSupported(
        place.child("whenUnsatisfiable"), action, ["DoNotSchedule", "ScheduleAnyway"])
    }
    if rest.contains(where: {
      $0.topologyKey == constraint.topologyKey && $0.whenUnsatisfiable == action
    }) {
      errors.duplicate(
        place.child("{topologyKey, whenUnsatisfiable}"), "{\(constraint.topologyKey), \(action)}")
    }
    if let domains = constraint.minDomains {
      if domains <= 0 {
        errors.invalid(place.child("minDomains"), domains, "must be greater than zero")
      }
      if action != .doNotSchedule {
        errors.invalid(
          place.child("minDomains"), domains,
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(action)")
      }
    }
    for (field, policy) in [
      ("nodeAffinityPolicy", constraint.nodeAffinityPolicy),
      ("nodeTaintsPolicy", constraint.nodeTaintsPolicy),
    ] {
      if let policy, policy != .honor, policy != .ignore {
        errors.notSupported(place.child(field), policy, ["Honor", "Ignore"])
      }
    }
    checkSpreadKeys(constraint, at: place.child("matchLabelKeys"))
    errors.add(LabelValidation.selector(constraint.labelSelector, at: place.child("labelSelector")))
  }

  private mutating func checkSpreadKeys(
    _ constraint: TopologySpreadConstraint, at place: FieldPath
  ) {
    guard !constraint.matchLabelKeys.isEmpty else { return }
    if constraint.labelSelector == nil {
      errors.forbidden(place, "must not be specified when labelSelector is not set")
    }
    let taken = constraint.labelSelector?.matchLabels.keys ?? []
    for (index, key) in constraint.matchLabelKeys.enumerated() {
      errors.add(LabelValidation.key(key, at: place.index(index)))
      // Expressions of the same keys are the server's own, made from `matchLabelKeys`.
      if taken.contains(key) {
        errors.invalid(
          place.index(index), key, "exists in both matchLabelKeys and labelSelector")
      }
    }
  }

  mutating func checkDNS() {
    let place = path.child("dnsConfig")
    if spec.dnsPolicy == .none {
      guard let config = spec.dnsConfig else {
        return errors.required(place, "must provide `dnsConfig` when `dnsPolicy` is None")
      }
      if config.nameservers.isEmpty {
        return errors.required(
          place.child("nameservers"),
          "must provide at least one DNS nameserver when `dnsPolicy` is None")
      }
    }
    guard let config = spec.dnsConfig else { return }
    if config.nameservers.count > 3 {
      errors.invalid(
        place.child("nameservers"), config.nameservers, "must not have more than 3 nameservers")
    }
    for (index, server) in config.nameservers.enumerated() {
      errors.invalid(
        place.child("nameservers").index(index), server, IPAddress.messages(server))
    }
    if config.searches.count > 32 {
      errors.invalid(
        place.child("searches"), config.searches, "must not have more than 32 search paths")
    }
    if config.searches.joined(separator: " ").utf8.count > 2048 {
      errors.invalid(
        place.child("searches"), config.searches,
        "must not have more than 2048 characters (including spaces) in the search list")
    }
    for (index, search) in config.searches.enumerated() where search != "." {
      let domain = search.hasSuffix(".") ? String(search.dropLast()) : search
      errors.invalid(
        place.child("searches").index(index), domain, NameFormat.subdomainWithUnderscore(domain))
    }
    for (index, option) in config.options.enumerated() where option.name.isEmpty {
      errors.required(place.child("options").index(index), "must not be empty")
    }
  }

  mutating func checkGates() {
    for (index, gate) in spec.readinessGates.enumerated() {
      let name = gate.conditionType.rawValue
      errors.invalid(
        path.child("readinessGates").index(index).child("conditionType"), name,
        NameFormat.qualifiedName(name))
    }
    let names = spec.schedulingGates.map(\.name)
    for (index, name) in names.enumerated() {
      let place = path.child("schedulingGates").index(index)
      errors.invalid(place, name, NameFormat.qualifiedName(name))
      if names[..<index].contains(name) { errors.duplicate(place, name) }
    }
  }
}
