import KubeModel
import KubeNode
import KubeReconcile
import SimulationKernel

/// A store with nodes and pods, a kubelet, and a clock: enough of a cluster to watch pods live.
///
/// It delivers changes as the runner does and carries the kubelet's writes out. Every version of a
/// pod is kept with its time.
struct NodeDriver {
  struct Version {
    let time: Double
    let pod: Pod
    let rule: String
  }

  struct Occurrence {
    let time: Double
    let reason: String
    let message: String
    let type: EventType
    let name: String
    let fieldPath: String
  }

  private(set) var store = Store()
  var kubelet: Kubelet
  private(set) var now = Instant.zero
  private(set) var versions: [Version] = []
  private(set) var events: [Occurrence] = []
  private(set) var deletions: [(name: String, time: Double)] = []
  private(set) var reconciles = 0
  /// The pods that the kubelet itself created.
  private(set) var created: [String] = []
  private var queue: [ObjectKey: Instant] = [:]
  private var timers: [ObjectKey: Instant] = [:]
  private var version: UInt64 = 0
  private var number: UInt64 = 0
  let clock = Clock()

  init(timing: Timing = .immediate, nodes: [String] = ["node-1"]) {
    kubelet = Kubelet(timing: timing)
    for name in nodes { addNode(name) }
    run(for: .zero)
  }

  var snapshot: Snapshot { Snapshot(store: store, now: now, clock: clock) }

  // MARK: What a user does

  @discardableResult mutating func addNode(
    _ name: String, _ change: (inout Node) -> Void = { _ in }
  ) -> ObjectKey {
    var node = Node()
    node.metadata.name = name
    change(&node)
    return insert(node)
  }

  @discardableResult mutating func insert<Object: APIObject>(_ object: Object) -> ObjectKey {
    var object = object
    number += 1
    version += 1
    if object.metadata.uid.isEmpty { object.metadata.uid = UID("uid-\(number)") }
    if object.metadata.namespace.isEmpty, Object.resource.isNamespaced {
      object.metadata.namespace = "default"
    }
    object.metadata.generation = 1
    object.metadata.creationTimestamp = clock.timestamp(now)
    object.metadata.resourceVersion = ResourceVersion(version)
    let key = store.insert(object)
    if let pod = object as? Pod {
      versions.append(Version(time: now.seconds, pod: pod, rule: "created by user"))
    }
    deliver(Change(key: key, created: object))
    return key
  }

  /// Puts a pod on the first node, as the scheduler would have left it.
  @discardableResult mutating func create(_ pod: Pod) -> ObjectKey {
    var pod = pod
    if pod.spec.nodeName.isEmpty { pod.spec.nodeName = "node-1" }
    if pod.spec.restartPolicy.isEmpty { pod.spec.restartPolicy = .always }
    pod.status.phase = .pending
    pod.status.conditions = [PodCondition(type: .podScheduled, status: .true)]
    return insert(pod)
  }

  mutating func change(_ key: ObjectKey, _ body: (inout Pod) -> Void) {
    guard let old = store[Pod.self, key] else { return }
    var new = old
    body(&new)
    if new.spec != old.spec { new.metadata.generation += 1 }
    replace(key, old, new, "user")
  }

  mutating func changeNode(_ name: String, _ body: (inout Node) -> Void) {
    guard let key = store.key(Node.self, "", name), let old = store[Node.self, key] else { return }
    var new = old
    body(&new)
    store.replace(key, with: new)
    deliver(Change(key: key, from: old, to: new))
  }

  /// Deletes as the server does: at once with a grace of 0, else by marking.
  mutating func delete(_ key: ObjectKey, grace: Int64? = nil) {
    guard let old = store[Pod.self, key] else { return }
    let wanted = old.isTerminal ? 0 : grace ?? old.spec.terminationGracePeriodSeconds ?? 30
    if wanted == 0 {
      remove(key)
      return
    }
    if let present = old.metadata.deletionGracePeriodSeconds, present <= wanted { return }
    var new = old
    new.metadata.generation += old.isBeingDeleted ? 0 : 1
    new.metadata.deletionGracePeriodSeconds = wanted
    new.metadata.deletionTimestamp = clock.timestamp(now + .seconds(wanted))
    replace(key, old, new, "deleted by user")
  }

  mutating func kill(_ key: ObjectKey, _ container: String, exit: Int32) {
    kubelet.kill(pod: key, container: container, exitCode: exit, at: now)
    enqueue(key, now)
  }

  mutating func enqueue(_ key: ObjectKey) { enqueue(key, now) }

  // MARK: Time

  mutating func run(for duration: Duration) { run(until: now + duration) }

  mutating func run(until end: Instant) {
    while let (key, time) = next(), time <= end {
      now = max(now, time)
      queue[key] = nil
      timers[key] = nil
      reconciles += 1
      let plan = kubelet.reconcile(key, in: snapshot)
      for wake in plan.wakes {
        timers[wake.key] = min(timers[wake.key] ?? .distantFuture, wake.time)
      }
      for write in plan.writes { carryOut(write) }
    }
    now = max(now, end)
  }

  private func next() -> (ObjectKey, Instant)? {
    let all = queue.map { ($0.key, $0.value) } + timers.map { ($0.key, $0.value) }
    return all.min {
      ($0.1.nanoseconds, $0.0.kind, $0.0.slot) < ($1.1.nanoseconds, $1.0.kind, $1.0.slot)
    }
  }

  // MARK: What the kubelet writes

  private mutating func carryOut(_ write: Write) {
    switch write.action {
    case .updateStatus(let key, let object):
      if let pod = object as? Pod, let old = store[Pod.self, key] {
        var new = old
        new.$status = pod.$status
        replace(key, old, new, "\(write.rule) \(write.detail)")
      } else if let node = object as? Node, let old = store[Node.self, key] {
        var new = old
        new.$status = node.$status
        store.replace(key, with: new)
        deliver(Change(key: key, from: old, to: new))
      }
    case .update(let key, let object):
      guard let node = object as? Node, let old = store[Node.self, key] else { return }
      var new = node
      new.$status = old.$status
      store.replace(key, with: new)
      deliver(Change(key: key, from: old, to: new))
    case .delete(let key, _): remove(key)
    case .event(let draft):
      events.append(
        Occurrence(
          time: now.seconds, reason: draft.reason, message: draft.message, type: draft.type,
          name: draft.regarding.name, fieldPath: draft.regarding.fieldPath))
    case .create(let object):
      if let pod = object as? Pod {
        created.append(pod.metadata.name)
        create(pod)
      }
    case .bind: break
    }
  }

  private mutating func replace(_ key: ObjectKey, _ old: Pod, _ new: Pod, _ rule: String) {
    var new = new
    version += 1
    new.metadata.resourceVersion = ResourceVersion(version)
    store.replace(key, with: new)
    versions.append(Version(time: now.seconds, pod: new, rule: rule))
    deliver(Change(key: key, from: old, to: new))
  }

  private mutating func remove(_ key: ObjectKey) {
    guard let old = store[Pod.self, key] else { return }
    store.remove(Pod.self, key)
    deletions.append((old.metadata.name, now.seconds))
    deliver(Change(key: key, removed: old))
  }

  private mutating func deliver<Object: APIObject>(_ change: Change<Object>) {
    var keys: [ObjectKey] = []
    for watch in Kubelet.watches {
      watch.add(change, in: snapshot, to: &keys)
    }
    for key in keys { enqueue(key, now + kubelet.latency) }
  }

  private mutating func enqueue(_ key: ObjectKey, _ time: Instant) {
    queue[key] = min(queue[key] ?? .distantFuture, time)
  }

  // MARK: What was seen

  func pod(_ key: ObjectKey) -> Pod? { store[Pod.self, key] }

  /// The first container's status.
  func status(_ key: ObjectKey, _ name: String = "app") -> ContainerStatus? {
    let status = pod(key)?.status
    return ((status?.containerStatuses ?? []) + (status?.initContainerStatuses ?? []))
      .first { $0.name == name }
  }

  func events(_ reason: String) -> [Occurrence] { events.filter { $0.reason == reason } }

  /// The first container's status in each version that has one.
  var statuses: [ContainerStatus] {
    versions.compactMap { $0.pod.status.containerStatuses.first }
  }

  /// When a pod first was so, from a time on.
  func time(after start: Double = 0, _ test: (Pod) -> Bool) -> Double? {
    versions.first { $0.time >= start && test($0.pod) }?.time
  }

  /// The states that a container went through: `P`hase, state, restarts, ready.
  func story(_ name: String = "app") -> [String] {
    var lines: [String] = []
    for version in versions {
      let status = version.pod.status
      let all = status.containerStatuses + status.initContainerStatuses
      guard let container = all.first(where: { $0.name == name }) else { continue }
      let line =
        "\(status.phase) \(Self.text(container.state)) \(container.restartCount)"
        + (container.ready ? " ready" : "")
      if lines.last != line { lines.append(line) }
    }
    return lines
  }

  static func text(_ state: ContainerState) -> String {
    if let ending = state.terminated { return "\(ending.reason)(\(ending.exitCode))" }
    if state.running != nil { return "running" }
    return state.waiting?.reason ?? "none"
  }

  /// Everything that was seen, for looking at.
  var log: String {
    let lines =
      versions.map { version -> (Double, String) in
        let status = version.pod.status
        let containers = (status.initContainerStatuses + status.containerStatuses).map {
          "\($0.name)=\(Self.text($0.state))/\(Self.text($0.lastState)) r\($0.restartCount)"
            + ($0.ready ? " ready" : "") + ($0.started == true ? " started" : "")
        }
        let conditions = status.conditions.map {
          "\($0.type.rawValue.prefix(6))=\($0.status.rawValue.prefix(1))"
            + ($0.reason.isEmpty ? "" : "/" + $0.reason)
        }
        return (
          version.time,
          "\(version.pod.metadata.name) \(status.phase) \(status.reason) ip=\(status.podIP) "
            + "\(containers) \(conditions.joined(separator: " ")) <- \(version.rule)"
        )
      }
      + events.map { ($0.time, "EVENT \($0.name) \($0.fieldPath) \($0.reason): \($0.message)") }
      + deletions.map { ($0.time, "GONE \($0.name)") }
    return lines.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map { "\($0.element.0) \($0.element.1)" }.joined(separator: "\n")
  }
}

/// A pod with one container `app`, with a behaviour in JSON under `kubesim.dev/behavior`.
func makePod(
  _ behavior: String = "", name: String = "web", restart: RestartPolicy = .always,
  grace: Int64 = 30, _ change: (inout Pod) -> Void = { _ in }
) -> Pod {
  var pod = Pod()
  pod.metadata.name = name
  if !behavior.isEmpty { pod.metadata.annotations["kubesim.dev/behavior"] = behavior }
  pod.spec.restartPolicy = restart
  pod.spec.terminationGracePeriodSeconds = grace
  pod.spec.containers = [Container(name: "app", image: "app:1")]
  change(&pod)
  return pod
}

/// A probe by command.
func makeProbe(period: Int32 = 2, failures: Int32 = 1, delay: Int32 = 0) -> Probe {
  var probe = Probe()
  probe.exec = ExecAction()
  probe.periodSeconds = period
  probe.failureThreshold = failures
  probe.successThreshold = 1
  probe.timeoutSeconds = 1
  probe.initialDelaySeconds = delay
  return probe
}
