import KubeModel

extension PodSpecValidation {
  /// The containers that run side by side.
  mutating func checkContainers() {
    let list = path.child("containers")
    guard !spec.containers.isEmpty else { return errors.required(list) }
    var names: [String] = []
    for (index, container) in spec.containers.enumerated() {
      let place = list.index(index)
      checkCommon(container, at: place)
      if names.contains(container.name) {
        errors.duplicate(place.child("name"), container.name)
      }
      names.append(container.name)
      checkLifecycleAndProbes(container, at: place)
      checkRestart(container, at: place)
    }
    checkUniqueHostPorts(spec.containers, at: list)
  }

  /// The containers that run first, one after the other, and the sidecars among them.
  mutating func checkInitContainers() {
    let list = path.child("initContainers")
    var names = spec.containers.map(\.name)
    for (index, container) in spec.initContainers.enumerated() {
      let place = list.index(index)
      checkCommon(container, at: place)
      checkRestart(container, at: place)
      if names.contains(container.name) {
        errors.duplicate(place.child("name"), container.name)
      } else if !container.name.isEmpty {
        names.append(container.name)
      }
      checkUniqueHostPorts([container], at: list)
      if container.restartPolicy == .always {
        checkLifecycleAndProbes(container, at: place)
      } else {
        forbidLifecycleAndProbes(
          container, at: place, "may not be set for init containers without restartPolicy=Always")
      }
    }
  }

  /// The containers that were added for debugging.
  mutating func checkEphemeralContainers() {
    let list = path.child("ephemeralContainers")
    let others = (spec.containers + spec.initContainers).map(\.name)
    var names = others
    for (index, ephemeral) in spec.ephemeralContainers.enumerated() {
      let place = list.index(index)
      let container = ephemeral.common
      checkCommon(container, at: place)
      checkImageSpaces(container, at: place)
      if names.contains(container.name) {
        errors.duplicate(place.child("name"), container.name)
      } else {
        names.append(container.name)
      }
      let target = ephemeral.targetContainerName
      if !target.isEmpty, !others.contains(target) {
        errors.notFound(place.child("targetContainerName"), target)
      }
      forbidInEphemeral(container, at: place)
    }
  }

  private mutating func forbidInEphemeral(_ container: Container, at place: FieldPath) {
    let reason = "cannot be set for an Ephemeral Container"
    let isSet: [(String, Bool)] = [
      ("ports", !container.ports.isEmpty),
      ("resources", container.resources != ResourceRequirements()),
      ("resizePolicy", !container.resizePolicy.isEmpty),
      ("restartPolicy", container.restartPolicy != nil),
      ("restartPolicyRules", !container.restartPolicyRules.isEmpty),
      ("livenessProbe", container.livenessProbe != nil),
      ("readinessProbe", container.readinessProbe != nil),
      ("startupProbe", container.startupProbe != nil),
      ("lifecycle", container.lifecycle != nil),
    ]
    for (field, isSet) in isSet where isSet { errors.forbidden(place.child(field), reason) }
    for (index, mount) in container.volumeMounts.enumerated() {
      let mounts = place.child("volumeMounts").index(index)
      if !mount.subPath.isEmpty { errors.forbidden(mounts.child("subPath"), reason) }
      if !mount.subPathExpr.isEmpty { errors.forbidden(mounts.child("subPathExpr"), reason) }
    }
  }

  private mutating func checkCommon(_ container: Container, at place: FieldPath) {
    if container.name.isEmpty {
      errors.required(place.child("name"))
    } else {
      errors.invalid(place.child("name"), container.name, NameFormat.label(container.name))
    }
    if container.image.isEmpty { errors.required(place.child("image")) }
    checkWord(
      container.terminationMessagePolicy, among: ["File", "FallbackToLogsOnError"],
      at: place.child("terminationMessagePolicy"))
    checkPorts(container.ports, at: place.child("ports"))
    checkEnvironment(container.env, at: place.child("env"))
    checkEnvironmentFrom(container.envFrom, at: place.child("envFrom"))
    checkMounts(container, at: place.child("volumeMounts"))
    checkDevices(container, at: place.child("volumeDevices"))
    checkWord(
      container.imagePullPolicy, among: ["Always", "IfNotPresent", "Never"],
      at: place.child("imagePullPolicy"))
    checkResources(
      container.resources, at: place.child("resources"), name: ResourceNames.containerErrors)
    checkResizePolicy(container.resizePolicy, at: place.child("resizePolicy"))
    checkSecurity(container.securityContext, at: place.child("securityContext"))
  }

  /// Blanks around an image's name are refused in a pod, but not in a template.
  mutating func checkImageSpaces(_ container: Container, at place: FieldPath) {
    guard let first = container.image.first, let last = container.image.last else { return }
    if first.isWhitespace || last.isWhitespace {
      errors.invalid(
        place.child("image"), container.image, "must not have leading or trailing whitespace")
    }
  }

  private mutating func checkPorts(_ ports: [ContainerPort], at list: FieldPath) {
    var names: [String] = []
    for (index, port) in ports.enumerated() {
      let place = list.index(index)
      if !port.name.isEmpty {
        let messages = NameFormat.portName(port.name)
        errors.invalid(place.child("name"), port.name, messages)
        if names.contains(port.name) {
          errors.duplicate(place.child("name"), port.name)
        } else if messages.isEmpty {
          names.append(port.name)
        }
      }
      if port.containerPort == 0 {
        errors.required(place.child("containerPort"))
      } else {
        checkPortNumber(port.containerPort, at: place.child("containerPort"))
      }
      if port.hostPort != 0 { checkPortNumber(port.hostPort, at: place.child("hostPort")) }
      checkWord(port.protocol, among: ["SCTP", "TCP", "UDP"], at: place.child("protocol"))
    }
  }

  mutating func checkPortNumber(_ number: Int32, at place: FieldPath) {
    for message in NameFormat.portNumber(Int(number)) { errors.invalid(place, number, message) }
  }

  private mutating func checkUniqueHostPorts(_ containers: [Container], at list: FieldPath) {
    var taken: [String] = []
    for (index, container) in containers.enumerated() {
      for (position, port) in container.ports.enumerated() where port.hostPort != 0 {
        let key = "\(port.protocol)/\(port.hostIP)/\(port.hostPort)"
        if taken.contains(key) {
          let place = list.index(index).child("ports").index(position)
          errors.duplicate(place.child("hostPort"), key)
        } else {
          taken.append(key)
        }
      }
    }
  }

  /// On the host's network a container's port is the host's port; a template may leave it open.
  mutating func checkHostPorts() {
    guard spec.hostNetwork else { return }
    for (index, container) in spec.containers.enumerated() {
      for (position, port) in container.ports.enumerated()
      where (isPod || port.hostPort != 0) && port.hostPort != port.containerPort {
        let place = path.child("containers").index(index).child("ports").index(position)
        errors.invalid(
          place.child("hostPort"), port.hostPort,
          "must match `containerPort` when `hostNetwork` is true")
      }
    }
  }

  private mutating func checkResizePolicy(_ policies: [ContainerResizePolicy], at list: FieldPath) {
    var seen: [String] = []
    for (index, policy) in policies.enumerated() {
      if seen.contains(policy.resourceName) {
        errors.duplicate(list.index(index), policy.resourceName)
      }
      seen.append(policy.resourceName)
      if policy.resourceName.isEmpty {
        errors.required(list)
      } else if !["cpu", "memory"].contains(policy.resourceName) {
        errors.notSupported(list, policy.resourceName, ["cpu", "memory"])
      }
      checkWord(policy.restartPolicy, among: ["NotRequired", "RestartContainer"], at: list)
      if spec.restartPolicy == .never, policy.restartPolicy != .notRequired {
        errors.invalid(
          list, policy.restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'")
      }
    }
  }

  /// The restart policy of one container and the rules that go with it.
  private mutating func checkRestart(_ container: Container, at place: FieldPath) {
    let known = ["Always", "Never", "OnFailure"]
    if let policy = container.restartPolicy, !known.contains(policy.rawValue) {
      errors.notSupported(place.child("restartPolicy"), policy, known)
    }
    guard !container.restartPolicyRules.isEmpty else { return }
    if container.restartPolicy == nil {
      errors.required(
        place.child("restartPolicy"), "must specify restartPolicy when restart rules are used")
    }
    let list = place.child("restartPolicyRules")
    if container.restartPolicyRules.count > 20 {
      errors.tooLong(list, limit: 20)
    }
    for (index, rule) in container.restartPolicyRules.enumerated() {
      checkRestartRule(rule, at: list.index(index))
    }
  }

  private mutating func checkRestartRule(_ rule: ContainerRestartRule, at place: FieldPath) {
    let actions = ["Restart", "RestartAllContainers"]
    if !actions.contains(rule.action.rawValue) {
      errors.notSupported(place.child("action"), rule.action, actions)
    }
    guard let codes = rule.exitCodes else {
      return errors.required(place.child("exitCodes"), "must be specified")
    }
    let operators = ["In", "NotIn"]
    if !operators.contains(codes.operator.rawValue) {
      errors.notSupported(place.child("exitCodes", "operator"), codes.operator, operators)
    }
    if codes.values.isEmpty {
      errors.required(place.child("exitCodes", "values"), "must specify at least one value")
    } else if codes.values.count > 255 {
      errors.tooMany(place.child("exitCodes", "values"), codes.values.count, limit: 255)
    }
  }
}
