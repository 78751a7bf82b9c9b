import KubeModel

/// What the server fills into pods and pod templates.
///
/// Follows `pkg/apis/core/v1/defaults.go` and its generated companion (v1.36).
enum PodDefaults {
  /// A pod's own defaults come on top of those of a template: requests from limits, host ports on
  /// the host's network, service links.
  static func setPod(_ spec: inout PodSpec) {
    setTemplate(&spec)
    for index in spec.containers.indices { setRequests(&spec.containers[index].resources) }
    for index in spec.initContainers.indices { setRequests(&spec.initContainers[index].resources) }
    setPodRequests(&spec)
    if spec.enableServiceLinks == nil { spec.enableServiceLinks = true }
    guard spec.hostNetwork else { return }
    for index in spec.containers.indices { setHostPorts(&spec.containers[index].ports) }
    for index in spec.initContainers.indices { setHostPorts(&spec.initContainers[index].ports) }
  }

  /// The defaults of any pod spec.
  static func setTemplate(_ spec: inout PodSpec) {
    for index in spec.volumes.indices { VolumeDefaults.set(&spec.volumes[index]) }
    for index in spec.initContainers.indices { setContainer(&spec.initContainers[index]) }
    for index in spec.containers.indices { setContainer(&spec.containers[index]) }
    for index in spec.ephemeralContainers.indices {
      setContainer(&spec.ephemeralContainers[index].common)
    }
    if !spec.overhead.isEmpty { spec.overhead = rounded(spec.overhead) }
    if var resources = spec.resources {
      resources.limits = rounded(resources.limits)
      resources.requests = rounded(resources.requests)
      spec.resources = resources
    }
    if spec.dnsPolicy.isEmpty { spec.dnsPolicy = .clusterFirst }
    if spec.restartPolicy.isEmpty { spec.restartPolicy = .always }
    if spec.securityContext == nil { spec.securityContext = PodSecurityContext() }
    if spec.terminationGracePeriodSeconds == nil { spec.terminationGracePeriodSeconds = 30 }
    if spec.schedulerName.isEmpty { spec.schedulerName = "default-scheduler" }
  }

  private static func setContainer(_ container: inout Container) {
    if container.imagePullPolicy.isEmpty {
      container.imagePullPolicy = pullPolicy(ofImage: container.image)
    }
    if container.terminationMessagePath.isEmpty {
      container.terminationMessagePath = "/dev/termination-log"
    }
    if container.terminationMessagePolicy.isEmpty { container.terminationMessagePolicy = .file }
    for index in container.ports.indices where container.ports[index].protocol.isEmpty {
      container.ports[index].protocol = .tcp
    }
    for index in container.env.indices { setVariable(&container.env[index]) }
    container.resources.limits = rounded(container.resources.limits)
    container.resources.requests = rounded(container.resources.requests)
    setProbe(&container.livenessProbe)
    setProbe(&container.readinessProbe)
    setProbe(&container.startupProbe)
    if var lifecycle = container.lifecycle {
      setHTTP(&lifecycle.postStart)
      setHTTP(&lifecycle.preStop)
      container.lifecycle = lifecycle
    }
  }

  /// An image without a tag, or with the tag `latest`, is pulled each time; one with a digest, or
  /// with a name that is none, not.
  static func pullPolicy(ofImage image: String) -> PullPolicy {
    if image.contains("@") { return .ifNotPresent }
    var path = image.split(separator: "/", omittingEmptySubsequences: false)
    // What stands first and looks like a host may have capital letters and a port.
    if path.count > 1, let host = path.first,
      host.contains(".") || host.contains(":") || host == "localhost"
    {
      path.removeFirst()
    }
    guard let last = path.popLast() else { return .ifNotPresent }
    let tagged = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isName = (path + tagged.prefix(1)).allSatisfy(isImageNamePart)
    guard isName else { return .ifNotPresent }
    return tagged.count == 1 || tagged[1] == "latest" ? .always : .ifNotPresent
  }

  private static func isImageNamePart(_ part: Substring) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool { NameFormat.isLowercase(byte) || NameFormat.isDigit(byte) }
    guard let first = part.utf8.first, let last = part.utf8.last else { return false }
    return isPlain(first) && isPlain(last)
      && part.utf8.allSatisfy { isPlain($0) || "._-".utf8.contains($0) }
  }

  private static func setVariable(_ variable: inout EnvVar) {
    guard var source = variable.valueFrom else { return }
    if source.fieldRef?.apiVersion.isEmpty == true { source.fieldRef?.apiVersion = "v1" }
    if let file = source.fileKeyRef, file.optional == nil { source.fileKeyRef?.optional = false }
    variable.valueFrom = source
  }

  private static func setProbe(_ place: inout Probe?) {
    guard var probe = place else { return }
    if probe.timeoutSeconds == 0 { probe.timeoutSeconds = 1 }
    if probe.periodSeconds == 0 { probe.periodSeconds = 10 }
    if probe.successThreshold == 0 { probe.successThreshold = 1 }
    if probe.failureThreshold == 0 { probe.failureThreshold = 3 }
    if var http = probe.httpGet {
      setHTTP(&http)
      probe.httpGet = http
    }
    if let grpc = probe.grpc, grpc.service == nil { probe.grpc?.service = "" }
    place = probe
  }

  private static func setHTTP(_ handler: inout LifecycleHandler?) {
    guard var http = handler?.httpGet else { return }
    setHTTP(&http)
    handler?.httpGet = http
  }

  private static func setHTTP(_ http: inout HTTPGetAction) {
    if http.path.isEmpty { http.path = "/" }
    if http.scheme.isEmpty { http.scheme = .http }
  }

  // MARK: - Resources

  /// Amounts finer than a thousandth are rounded up to it: 0.0001 becomes 1m.
  static func rounded(_ amounts: ResourceList) -> ResourceList {
    var result = amounts
    for (name, amount) in amounts {
      guard let milli = amount.milliValue else { continue }
      let rounded = Quantity(milliValue: milli, format: amount.format)
      if rounded != amount { result[name] = rounded }
    }
    return result
  }

  private static func setRequests(_ resources: inout ResourceRequirements) {
    for (name, amount) in resources.limits where resources.requests[name] == nil {
      resources.requests[name] = amount
    }
  }

  /// A pod with limits as a whole gets requests as a whole: what its containers ask for, or else
  /// its limit. Huge pages are always asked for in full.
  private static func setPodRequests(_ spec: inout PodSpec) {
    guard var resources = spec.resources, !resources.limits.isEmpty else { return }
    let sums = PodResources.requestsOfContainers(spec)
    for (name, sum) in sums where resources.requests[name] == nil {
      if name == ResourceName.cpu || name == ResourceName.memory {
        resources.requests[name] = sum
      } else if ResourceNames.isHugePages(name), resources.limits[name] != nil {
        resources.requests[name] = sum
      }
    }
    for (name, limit) in resources.limits where resources.requests[name] == nil {
      resources.requests[name] = limit
    }
    spec.resources = resources
  }

  private static func setHostPorts(_ ports: inout [ContainerPort]) {
    for index in ports.indices where ports[index].hostPort == 0 {
      ports[index].hostPort = ports[index].containerPort
    }
  }
}

extension PodDefaults {
  /// Takes away annotations in which clients before v1.8 wrote init containers.
  ///
  /// Follows `dropInitContainerAnnotations` of `pkg/apis/core/v1/conversion.go` (v1.36).
  static func dropInitContainerAnnotations(_ annotations: inout StringMap<String>) {
    for name in oldAnnotations where annotations[name] != nil { annotations[name] = nil }
  }

  private static let oldAnnotations = [
    "pod.alpha.kubernetes.io/init-containers", "pod.alpha.kubernetes.io/init-container-statuses",
    "pod.beta.kubernetes.io/init-containers", "pod.beta.kubernetes.io/init-container-statuses",
  ]

  /// The defaults of a template, written only when something was missing, so that the storage of a
  /// complete spec stays shared with its siblings.
  static func setTemplate(_ template: inout PodTemplateSpec) {
    dropInitContainerAnnotations(&template.metadata.annotations)
    let filled = filled(template.spec, with: setTemplate)
    if template.spec != filled { template.spec = filled }
  }

  /// The account's name stands in two fields, of which the older one counts only alone. Stored
  /// objects have both; that is no default, but comes from the conversion between versions.
  static func agreeOnServiceAccount(_ spec: inout PodSpec) {
    let name = spec.serviceAccountName.isEmpty ? spec.serviceAccount : spec.serviceAccountName
    if spec.serviceAccountName != name { spec.serviceAccountName = name }
    if spec.serviceAccount != name { spec.serviceAccount = name }
  }

  /// The same for a template that shares its storage; written only where the names differ.
  static func agreeOnServiceAccount(_ template: inout PodTemplateSpec) {
    if template.spec.serviceAccount != template.spec.serviceAccountName {
      agreeOnServiceAccount(&template.spec)
    }
  }

  /// A copy of a spec with these defaults.
  static func filled(_ spec: PodSpec, with defaults: (inout PodSpec) -> Void) -> PodSpec {
    var spec = spec
    defaults(&spec)
    return spec
  }
}
