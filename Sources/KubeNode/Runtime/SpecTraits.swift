import KubeModel
import KubePrograms

/// What is asked for often of a pod's spec, and takes longer to read there.
///
/// Read once for all pods of a template, as long as they come one after the other.
struct SpecTraits: Sendable {
  /// Init containers, then containers, then ephemeral ones, each in the order of the spec.
  let containers: ContiguousArray<ContainerTraits>
  let initCount: Int
  let mainCount: Int
  /// True when some container has a rule that restarts all.
  let couldRestartAll: Bool
  let hasHostPorts: Bool
  let requests: ResourceList
  /// What the pod asks for and may use at most, as its status has it.
  @Boxed private(set) var resources: ResourceRequirements?
  /// Where it was read.
  let source: Indirect<PodSpec>

  init(_ source: Indirect<PodSpec>) {
    self.source = source
    let spec = source.wrappedValue
    var containers: ContiguousArray<ContainerTraits> = []
    containers.reserveCapacity(
      spec.initContainers.count + spec.containers.count + spec.ephemeralContainers.count)
    for container in spec.initContainers { containers.append(.init(container, "initContainers")) }
    for container in spec.containers { containers.append(.init(container, "containers")) }
    for container in spec.ephemeralContainers {
      containers.append(.init(container.common, "ephemeralContainers"))
    }
    self.containers = containers
    initCount = spec.initContainers.count
    mainCount = spec.containers.count
    couldRestartAll = containers.prefix(initCount + mainCount).contains { $0.restart.couldBeOfAll }
    hasHostPorts = spec.containers.contains { $0.ports.contains { $0.hostPort > 0 } }
    requests = spec.requests()
    _resources = Boxed(
      wrappedValue: ResourceRequirements(requests: requests, limits: spec.limits()))
  }

  /// Whether the same would be read of two specs. Siblings share their lists, also when each has a
  /// node of its own.
  static func areSame(of source: Indirect<PodSpec>, and spec: Indirect<PodSpec>) -> Bool {
    if source.sharesStorage(with: spec) { return true }
    return source.wrappedValue.containers.sharesStorage(with: spec.wrappedValue.containers)
      && source.wrappedValue.initContainers.sharesStorage(with: spec.wrappedValue.initContainers)
      && source.wrappedValue.ephemeralContainers
        .sharesStorage(with: spec.wrappedValue.ephemeralContainers)
      && source.wrappedValue.overhead == spec.wrappedValue.overhead
      && source.wrappedValue.$resources == spec.wrappedValue.$resources
  }
}

/// What is asked for often of a container's spec.
struct ContainerTraits: Sendable {
  let name: String
  /// The path to it in the pod, as Events have it.
  let path: String
  let image: String
  /// The image with its tag.
  let taggedImage: String
  /// The digest of the image.
  let imageID: String
  /// What is said when the image is on the node already.
  let isPresentText: String
  let pullPolicy: PullPolicy
  let restart: RestartTerms
  let isSidecar: Bool
  let hasPostStart: Bool
  let hasPreStop: Bool
  let hasEnvironment: Bool
  /// True when it starts what an image starts of which nobody knows what that is.
  let isUnknown: Bool
  let probes: ContiguousArray<ProbeKind>
  /// What it asks for.
  let requests: ResourceList
  /// What it asks for and may use at most, as its status has it.
  @Boxed private(set) var resources: ResourceRequirements?
  /// Its mounts, as its first status has them.
  let mounts: [VolumeMountStatus]

  init(_ container: Container, _ list: String) {
    name = container.name
    path = "spec.\(list){\(container.name)}"
    image = container.image
    taggedImage = ImageName.tagged(container.image)
    imageID = RuntimeNames.image(container.image)
    isPresentText =
      "Container image \"\(container.image)\" already present on machine and can be accessed by "
      + "the pod"
    pullPolicy = container.imagePullPolicy
    restart = RestartTerms(
      policy: container.restartPolicy, rules: container.restartPolicyRules)
    isSidecar = container.isSidecar
    hasPostStart = container.lifecycle?.postStart != nil
    hasPreStop = container.lifecycle?.preStop != nil
    hasEnvironment = !container.envFrom.isEmpty || !container.env.isEmpty
    isUnknown = container.command.isEmpty && KnownImage(named: container.image) == nil
    var probes: ContiguousArray<ProbeKind> = []
    if container.startupProbe != nil { probes.append(.startup) }
    if container.readinessProbe != nil { probes.append(.readiness) }
    if container.livenessProbe != nil { probes.append(.liveness) }
    self.probes = probes
    requests = container.resources.requests
    _resources = Boxed(wrappedValue: container.resources)
    mounts = container.volumeMounts.map { mount in
      var status = VolumeMountStatus()
      status.name = mount.name
      status.mountPath = mount.mountPath
      status.readOnly = mount.readOnly
      status.recursiveReadOnly = mount.readOnly ? .disabled : nil
      return status
    }
  }
}
