import KubeModel

/// Checks a pod's spec, be it in a pod or in the template of a workload.
///
/// Follows `ValidatePodSpec` of `pkg/apis/core/validation/validation.go` (v1.36) with the gates'
/// defaults, check by check, so that errors come in upstream's order. The themes are in the
/// extensions: containers, environment, probes, volumes, resources, security, placement.
///
/// Left out: stop signals, whose gate is off, the AppArmor and seccomp annotations of old, the name
/// rules of cluster trust bundles, pod certificates, and the checks inside rare volume sources
/// (those that no simulated node mounts), of which only what must be set is checked.
struct PodSpecValidation {
  let spec: PodSpec
  /// The name of the pod; nil in a template.
  let podName: String?
  /// The spec's place.
  let path: FieldPath
  /// What was found.
  var errors = FieldErrors()
  /// Positions of the valid volumes, by name.
  var volumes: StringMap<Int> = [:]

  var isPod: Bool { podName != nil }

  /// What is wrong with a spec; a template has no pod name.
  static func validate(_ spec: PodSpec, podName: String?, at path: FieldPath) -> [FieldError] {
    var validation = PodSpecValidation(spec: spec, podName: podName, path: path)
    validation.checkAll()
    return validation.errors.all
  }

  private mutating func checkAll() {
    if spec.terminationGracePeriodSeconds == nil {
      errors.required(path.child("terminationGracePeriodSeconds"))
    }
    checkVolumes()
    checkResourceClaims()
    checkContainers()
    checkInitContainers()
    checkEphemeralContainers()
    checkPodResources()
    checkHostPorts()
    checkPolicies()
    errors.add(LabelValidation.labels(spec.nodeSelector, at: path.child("nodeSelector")))
    checkPodSecurity()
    checkAffinity()
    checkDNS()
    checkGates()
    checkTopologySpread()
    checkHostProcess()
    checkHostUsers()
    checkNames()
    checkTail()
  }

  private mutating func checkPolicies() {
    let restart = ["Always", "OnFailure", "Never"]
    checkWord(spec.restartPolicy, among: restart, at: path.child("restartPolicy"))
    let dns = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]
    checkWord(spec.dnsPolicy, among: dns, at: path.child("dnsPolicy"))
  }

  /// A word that must be there and known.
  mutating func checkWord(
    _ word: some APIStringEnum, among known: [String], at path: FieldPath
  ) {
    if word.isEmpty {
      errors.required(path)
    } else if !known.contains(word.rawValue) {
      errors.notSupported(path, word, known)
    }
  }

  private mutating func checkNames() {
    let names: [(String, String, NameFormat.Check)] = [
      ("serviceAccountName", spec.serviceAccountName, NameFormat.subdomain),
      ("nodeName", spec.nodeName, NameFormat.subdomain),
    ]
    for (field, name, check) in names where !name.isEmpty {
      errors.invalid(path.child(field), name, check(name))
    }
    if let deadline = spec.activeDeadlineSeconds {
      for message in NameFormat.range(Int(deadline), 1, Int(Int32.max)) {
        errors.invalid(path.child("activeDeadlineSeconds"), deadline, message)
      }
    }
    for (field, name) in [("hostname", spec.hostname), ("subdomain", spec.subdomain)]
    where !name.isEmpty {
      errors.invalid(path.child(field), name, NameFormat.label(name))
    }
  }

  private mutating func checkTail() {
    errors.add(TolerationValidation.validate(spec.tolerations, at: path.child("tolerations")))
    for (index, alias) in spec.hostAliases.enumerated() {
      let place = path.child("hostAliases").index(index)
      errors.invalid(place.child("ip"), alias.ip, IPAddress.messages(alias.ip))
      for (index, name) in alias.hostnames.enumerated() {
        errors.invalid(place.child("hostnames").index(index), name, NameFormat.subdomain(name))
      }
    }
    if !spec.priorityClassName.isEmpty {
      errors.invalid(
        path.child("priorityClassName"), spec.priorityClassName,
        NameFormat.subdomain(spec.priorityClassName))
    }
    if let name = spec.runtimeClassName {
      errors.invalid(path.child("runtimeClassName"), name, NameFormat.subdomain(name))
    }
    if let policy = spec.preemptionPolicy {
      let known = ["PreemptLowerPriority", "Never"]
      checkWord(policy, among: known, at: path.child("preemptionPolicy"))
    }
    if !spec.overhead.isEmpty {
      var overhead = ResourceRequirements()
      overhead.limits = spec.overhead
      checkResources(overhead, at: path.child("overhead"), name: ResourceNames.containerErrors)
    }
    checkOS()
  }
}
