// Removes pods that nobody else removes.
//
// Follows   pkg/controller/podgc/gc_controller.go (v1.36)
// Same      the four rules and their order, the looks every 20 s, the 40 s that a missing node has to
//           come back
// Left out  looks that could find nothing: they are not made

import KubeModel
import KubeReconcile
import SimulationKernel

/// Removes finished pods above a number, pods of nodes that are gone or out of service, and pods that
/// are being deleted and never got a node.
public struct PodGarbageCollector: Reconciler {
  public static let name = "pod-garbage-collector-controller"
  public static let watches: [Watch] = [
    .changes(of: Pod.self, lookAtPod), .changes(of: Node.self, lookAtNode),
  ]

  /// From one look to the next.
  public static let period = Duration.seconds(20)
  /// How long a node must be missing before its pods go.
  public static let quarantine = Duration.seconds(40)

  public let latency: Duration
  /// How many finished pods may stay; 0 for any number.
  public var threshold = 12_500

  private var missingSince: StringMap<Instant> = [:]

  /// A collector that hears of a change after this long.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func adopt(settingsOf former: Self) { threshold = former.threshold }

  /// - Complexity: O(1) between the looks; a look takes O(pods).
  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    let period = Self.period.nanoseconds
    let now = snapshot.now
    let rest = now.nanoseconds % period
    var plan = Plan()
    // The first look is as the controller starts, and all are a multiple of the period later.
    if rest != 0 {
      let next = Instant(nanoseconds: now.nanoseconds - rest + (rest > 0 ? period : 0))
      if mayFindSomething(snapshot) { plan.wake(key, at: next) }
      return plan
    }
    plan = look(at: snapshot)
    if !missingSince.isEmpty { plan.wake(key, at: now + Self.period) }
    return plan
  }

  private func mayFindSomething(_ snapshot: Snapshot) -> Bool {
    if !missingSince.isEmpty { return true }
    if threshold > 0, snapshot.store[Pod.self].count > threshold { return true }
    var found = false
    var node = ""  // The one that was found last: the next pod often stands on it too.
    snapshot.store[Pod.self].forEach { _, pod in
      if found || !node.isEmpty && pod.spec.nodeName == node && !pod.isBeingDeleted { return }
      found = Self.isStranded(pod, snapshot)
      node = pod.spec.nodeName
    }
    return found
  }

  private mutating func look(at snapshot: Snapshot) -> Plan {
    let table = snapshot.store[Pod.self]
    var pods: [(key: ObjectKey, pod: Pod)] = []
    table.forEach { pods.append(($0, $1)) }
    var plan = Plan()
    var gone: Set<ObjectKey> = []
    func remove(_ key: ObjectKey, _ pod: Pod, _ condition: PodCondition?, _ rule: StaticString) {
      guard gone.insert(key).inserted else { return }
      plan += Self.removal(of: pod, key, condition, because: rule)
    }
    for (key, pod) in surplus(pods) {
      remove(key, pod, nil, "more finished pods than may stay")
    }
    for (key, pod) in pods where pod.isBeingDeleted && Self.isOutOfService(pod, snapshot) {
      remove(key, pod, nil, "its node is out of service")
    }
    let lost = lostNodes(pods.map(\.pod), snapshot)
    for (key, pod) in pods where lost.contains(pod.spec.nodeName) {
      var condition = PodCondition(type: .disruptionTarget, status: .true)
      condition.reason = "DeletionByPodGC"
      condition.message = "PodGC: node no longer exists"
      condition.lastTransitionTime = snapshot.time
      condition.observedGeneration = pod.metadata.generation
      remove(key, pod, condition, "its node no longer exists")
    }
    for (key, pod) in pods where pod.isBeingDeleted && pod.spec.nodeName.isEmpty {
      remove(key, pod, nil, "it is being deleted and never had a node")
    }
    return plan
  }

  /// The finished pods above the threshold: those that were evicted first, then the oldest.
  private func surplus(
    _ pods: [(key: ObjectKey, pod: Pod)]
  ) -> ArraySlice<(key: ObjectKey, pod: Pod)> {
    let open: [PodPhase] = [.pending, .running, .unknown]
    let finished = pods.filter { !open.contains($0.pod.status.phase) }
    guard threshold > 0, finished.count > threshold else { return [] }
    func rank(_ pod: Pod) -> (Int, Int64, String) {
      let wasEvicted = pod.status.phase == .failed && pod.status.reason == "Evicted"
      return (
        wasEvicted ? 0 : 1, pod.metadata.creationTimestamp?.unixSeconds ?? 0, pod.metadata.name
      )
    }
    let ordered = finished.sorted { rank($0.pod) < rank($1.pod) }
    return ordered.prefix(finished.count - threshold)
  }

  /// The nodes that pods name and that have been missing for 40 s.
  private mutating func lostNodes(_ pods: [Pod], _ snapshot: Snapshot) -> Set<String> {
    var missing: StringMap<Instant> = [:]
    for pod in pods where !pod.spec.nodeName.isEmpty {
      let name = pod.spec.nodeName
      if missing[name] == nil, snapshot[Node.self, "", name] == nil {
        missing[name] = missingSince[name] ?? snapshot.now
      }
    }
    var lost: Set<String> = []
    for (name, since) in missing where snapshot.now - since >= Self.quarantine {
      lost.insert(name)
      missing[name] = nil
    }
    missingSince = missing
    return lost
  }

  /// A pod that is not over is made Failed first, so that its controller can tell why it went.
  private static func removal(
    of pod: Pod, _ key: ObjectKey, _ condition: PodCondition?, because rule: StaticString
  ) -> Plan {
    var plan = Plan()
    if !pod.isTerminal {
      var failed = pod
      failed.status.phase = .failed
      if let condition { failed.status.conditions.set(condition, .inPlace) }
      plan.patchStatus(key, failed, because: rule)
    }
    var options = DeleteOptions()
    options.gracePeriodSeconds = 0
    options.preconditions = Preconditions()
    options.preconditions?.uid = pod.metadata.uid
    plan.delete(key, options, because: rule)
    return plan
  }
}

// MARK: what makes it look

extension PodGarbageCollector {
  private static let outOfService = "node.kubernetes.io/out-of-service"

  private static func isOutOfService(_ pod: Pod, _ snapshot: Snapshot) -> Bool {
    guard let node = snapshot[Node.self, "", pod.spec.nodeName] else { return false }
    return isOutOfService(node)
  }

  private static func isOutOfService(_ node: Node) -> Bool {
    !node.isReady && node.spec.taints.contains { $0.key == outOfService }
  }

  /// True for a pod that one of the rules about nodes is about, or will be.
  private static func isStranded(_ pod: Pod, _ snapshot: Snapshot) -> Bool {
    if pod.spec.nodeName.isEmpty { return pod.isBeingDeleted }
    guard let node = snapshot[Node.self, "", pod.spec.nodeName] else { return true }
    return pod.isBeingDeleted && isOutOfService(node)
  }

  @Sendable private static func lookAtPod(
    _ change: Change<Pod>, _ snapshot: Snapshot, _ keys: inout [ObjectKey]
  ) {
    // Asked through the optionals: an object that is bound is copied.
    guard let isOver = change.new?.isTerminal else { return }
    let isNewlyOver = isOver && change.old?.isTerminal != true
    let isNewlyDeleted =
      change.new?.isBeingDeleted == true && change.old?.isBeingDeleted != true
    let isNewlyPlaced = change.new?.spec.nodeName != (change.old?.spec.nodeName ?? "")
    let mayBeStranded = isNewlyDeleted || isNewlyPlaced
    if isNewlyOver || mayBeStranded && change.new.map({ isStranded($0, snapshot) }) == true {
      keys.append(.cluster)
    }
  }

  @Sendable private static func lookAtNode(
    _ change: Change<Node>, _ snapshot: Snapshot, _ keys: inout [ObjectKey]
  ) {
    guard let node = change.new else {
      keys.append(.cluster)
      return
    }
    if isOutOfService(node), change.old.map(isOutOfService) != true { keys.append(.cluster) }
  }
}
