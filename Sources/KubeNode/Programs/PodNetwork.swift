import KubeModel
import KubePrograms
import KubeReconcile
import SimulationKernel

/// The cluster as a program of one pod sees it through the network: names, Services, pods.
///
/// Follows   the cluster's DNS specification 1.1 and what kube-proxy does
/// Left out  policies, node ports, session affinity. Of several endpoints
///           one is chosen by the instant. Names outside the cluster (under com, org, net, edu, gov, ch
///           and de) all answer 200 with a page that has the name.
struct PodNetwork: Network {
  let snapshot: Snapshot
  /// The pod that asks.
  let own: PodRuntime
  /// The container that asks; what its program listens on is found there first.
  let asking: Int
  let others: PagedArray<Kubelet.PodSlot>

  private var namespace: String { own.pod.metadata.namespace }

  func addresses(of name: String) -> [String] {
    if isAddress(name) { return [name] }
    if let service = service(named: name) {
      if service.spec.clusterIP != "None" && !service.spec.clusterIP.isEmpty {
        return [service.spec.clusterIP]
      }
      return endpoints(of: service, ready: !service.spec.publishNotReadyAddresses)
        .flatMap(\.endpoint.addresses)
    }
    if name == own.pod.metadata.name || name == own.pod.spec.hostname { return [own.addressText] }
    if let pod = pod(named: name) { return [pod.status.podIP].filter { !$0.isEmpty } }
    return isOutside(name) ? ["203.0.113.1"] : []
  }

  func send(_ request: Request, to name: String) -> Answer? {
    if name == "localhost" { return answer(request, own) }
    if let service = isAddress(name) ? service(at: name) : service(named: name) {
      return send(request, to: service)
    }
    if isAddress(name) {
      let table = snapshot.store[Pod.self]
      let key = table.keys.first { table[$0]?.status.podIP == name }
      return key.flatMap { runtime($0) }.map { answer(request, $0) } ?? Answer(.refused)
    }
    guard let pod = pod(named: name) else { return isOutside(name) ? outside(name) : nil }
    let key = snapshot.store.key(Pod.self, pod.metadata.namespace, pod.metadata.name)
    return key.flatMap { runtime($0) }.map { answer(request, $0) } ?? Answer(.refused)
  }

  // MARK: Names

  private func isAddress(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The parts of a name before `svc.cluster.local`.
  private func parts(_ name: String) -> [String] {
    var parts = name.split(separator: ".").map(String.init)
    for suffix in [["svc", "cluster", "local"], ["svc", "cluster"], ["svc"]]
    where parts.count > suffix.count && parts.suffix(suffix.count).elementsEqual(suffix) {
      parts.removeLast(suffix.count)
      break
    }
    return parts
  }

  private func service(named name: String) -> Service? {
    let parts = parts(name)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    return snapshot[Service.self, parts.count == 2 ? parts[1] : namespace, first]
  }

  private func service(at address: String) -> Service? {
    let table = snapshot.store[Service.self]
    return table.keys.lazy.compactMap { table[$0] }.first { $0.spec.clusterIP == address }
  }

  /// `web-0.nginx`: a pod behind a headless Service, by its hostname, which need not be its name.
  private func pod(named name: String) -> Pod? {
    let parts = parts(name)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    let space = parts.count == 3 ? parts[2] : namespace
    guard snapshot[Service.self, space, parts[1]] != nil else { return nil }
    func isMeant(_ pod: Pod) -> Bool {
      pod.metadata.namespace == space && pod.spec.subdomain == parts[1]
        && pod.spec.hostname == parts[0]
    }
    if let pod = snapshot[Pod.self, space, parts[0]], isMeant(pod) { return pod }
    let table = snapshot.store[Pod.self]
    return table.keys.lazy.compactMap { table[$0] }.first(where: isMeant)
  }

  /// True for a name of the world outside, where every server answers.
  private func isOutside(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    return parts.count > 1
      && ["com", "org", "net", "edu", "gov", "ch", "de"].contains(parts.last ?? "")
  }

  private func outside(_ name: String) -> Answer {
    Answer(.status(200), "<html><body><h1>\(name)</h1></body></html>\n", validity: .once)
  }

  // MARK: Services

  private func endpoints(
    of service: Service, ready: Bool
  ) -> [(endpoint: Endpoint, ports: [EndpointSlicePort])] {
    let slices = snapshot.store[EndpointSlice.self]
    return slices.keys.compactMap { slices[$0] }
      .filter {
        $0.metadata.namespace == service.metadata.namespace
          && $0.metadata.labels["kubernetes.io/service-name"] == service.metadata.name
      }
      .sorted { $0.metadata.name < $1.metadata.name }
      .flatMap { slice in
        slice.endpoints.filter { !ready || $0.conditions.ready != false }
          .map { ($0, slice.ports) }
      }
  }

  private func send(_ request: Request, to service: Service) -> Answer {
    let found = endpoints(of: service, ready: true)
    guard !found.isEmpty, let asked = request.port else { return Answer(.refused, validity: .once) }
    let chosen = found[Int(mix(UInt64(bitPattern: snapshot.now.nanoseconds)) % UInt64(found.count))]
    var port: Int32? = asked
    if service.spec.clusterIP != "None" {
      guard let own = service.spec.ports.first(where: { $0.port == asked }) else {
        return Answer(.refused, validity: .once)
      }
      port = chosen.ports.first { ($0.name ?? "") == own.name }?.port ?? nil
    }
    guard let port, let target = chosen.endpoint.targetRef,
      let key = snapshot.store.key(Pod.self, target.namespace, target.name),
      let runtime = key.slot == ownSlot ? own : runtime(key)
    else { return Answer(.refused, validity: .once) }
    return answer(request.at(port), runtime)
  }

  private var ownSlot: UInt32? {
    snapshot.store.key(Pod.self, namespace, own.pod.metadata.name)?.slot
  }

  private func runtime(_ key: ObjectKey) -> PodRuntime? {
    guard Int(key.slot) < others.count, others[Int(key.slot)].serial == key.serial else {
      return nil
    }
    return others[Int(key.slot)].runtime?.wrappedValue
  }

  // MARK: Pods

  /// Who of a pod's containers answers on a port; one of which nothing is known takes what its spec
  /// declares, and everything when it declares nothing.
  private func answer(_ request: Request, _ pod: PodRuntime) -> Answer {
    let isOwn = pod.pod.metadata.uid == own.pod.metadata.uid
    var isTaken = false
    for index in pod.containers.indices where !isOwn || index != asking {
      guard let process = pod.containers[index].current, process.isAlive(at: snapshot.now) else {
        continue
      }
      guard var instance = pod.instance(index, at: snapshot.now, snapshot.clock) else {
        isTaken = isTaken || pod.takes(request.port, index)
        continue
      }
      instance.machine.files.volumes = pod.volumes
      let answer = instance.ask(request, at: snapshot.now - process.startedAt)
      if answer.outcome != .refused { return answer }
    }
    return Answer(isTaken ? .status(200) : .refused, validity: .once)
  }
}

extension Request {
  /// The same request at another port.
  fileprivate func at(_ port: Int32) -> Request {
    switch self {
    case .connect: .connect(port: port)
    case .http(_, let path): .http(port: port, path: path)
    case .health(_, let service): .health(port: port, service: service)
    case .exec: self
    }
  }
}

extension PodRuntime {
  func container(_ index: Int) -> Container? {
    let spec = pod.spec
    if index < spec.initContainers.count { return spec.initContainers[index] }
    let place = index - spec.initContainers.count
    return place < spec.containers.count ? spec.containers[place] : nil
  }

  /// The program of a container, to be asked; nil when it has none.
  func instance(_ index: Int, at now: Instant, _ clock: Clock) -> Instance? {
    guard let process = containers[index].current else { return nil }
    if let instance = process.instance { return instance.wrappedValue }
    guard process.startsLater, let container = container(index) else { return nil }
    let image = KnownImage(named: container.image)
    let words =
      image?.commandLine(command: container.command, args: container.args)
      ?? container.command + container.args
    var files = Files()
    for (path, text) in image?.files ?? [:] { files.root.put(text, at: path) }
    for mount in container.volumeMounts {
      files.mount(
        Files.Mount(path: mount.mountPath, volume: mount.name, subPath: mount.subPath))
    }
    var environment: StringMap<String> = [:]
    for variable in container.env { environment[variable.name] = variable.value }
    var instance = Instance(
      Servers.server(of: words) ?? Toolbox.program(for: words),
      on: Machine(
        arguments: words, environment: environment, hostname: pod.metadata.name,
        directory: image?.directory ?? "/", files: files,
        started: clock.microTime(process.startedAt)))
    instance.start()
    return instance
  }

  /// True when a container of which nothing is known may be listening on a port.
  func takes(_ port: Int32?, _ index: Int) -> Bool {
    guard let container = container(index) else { return false }
    return container.ports.isEmpty || container.ports.contains { $0.containerPort == port }
  }
}
