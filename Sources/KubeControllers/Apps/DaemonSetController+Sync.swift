// One look at a DaemonSet: which nodes need a pod, and which pods have to go.
//
// Follows   manage and updateDaemonSetStatus of pkg/controller/daemon/daemon_controller.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension DaemonSetController {
  /// A pod of the set.
  struct Daemon: Sendable {
    let key: ObjectKey
    let pod: Pod
    /// Whether it is of the present template.
    let isUpdated: Bool
    let isAvailable: Bool

    var target: Target { (key, pod.metadata.name) }
  }

  typealias Target = (key: ObjectKey, name: String)

  /// A node, and the pods that are on it or meant for it.
  struct Place: Sendable {
    let name: String
    /// False for a node that is gone, or never was.
    let exists: Bool
    let shouldRun: Bool
    let shouldContinue: Bool
    /// Bound ones first, then the older.
    var daemons: [Daemon] = []
  }

  /// One look at a set. Everything is decided by what was there when the look began.
  struct Sync: Sendable {
    let key: ObjectKey
    let set: DaemonSet
    let history: History
    /// All pods of the set.
    let pods: [Pod]
    /// All nodes, and those that pods name without there being any, by name.
    let places: [Place]
    /// The numbers, of nodes.
    let counts: DaemonSetStatus
    let now: Instant
    /// Nodes that get a pod.
    var creations: [String] = []
    /// Pods that go.
    var deletions: [Target] = []
    var events: [EventDraft] = []
    /// When to look again at failed pods.
    var retries: [Instant] = []
    /// When to look whether a ready pod has become available.
    var nextCheck: Instant?
    /// True when the look cannot be finished.
    var fails = false

    init(
      _ key: ObjectKey, _ set: DaemonSet, _ owned: [(key: ObjectKey, object: Pod)],
      _ history: History, _ failures: inout DaemonFailures, _ waits: inout DaemonWaits,
      in snapshot: Snapshot
    ) {
      self.key = key
      self.set = set
      self.history = history
      now = snapshot.now
      pods = owned.map(\.object)
      places = Self.places(of: set, owned, hash: history.hash, in: snapshot)
      counts = Self.count(places)
      if set.spec.minReadySeconds > 0 {
        nextCheck = waits.next(
          key, minReadySeconds: set.spec.minReadySeconds,
          ready: owned.filter { $0.object.isReady }.map(\.key),
          isWaiting: counts.numberReady != counts.numberAvailable, at: now)
      }
      for place in places { manage(place, &failures) }
      if creations.isEmpty, deletions.isEmpty, set.spec.updateStrategy.type == .rollingUpdate {
        rollOut()
      }
    }

    /// - Complexity: O(nodes · log nodes + pods); a look at a set of many nodes is spent here.
    private static func places(
      of set: DaemonSet, _ owned: [(key: ObjectKey, object: Pod)], hash: String,
      in snapshot: Snapshot
    ) -> [Place] {
      let placement = DaemonPlacement(set.spec.template)
      var verdicts: [(name: String, verdict: DaemonPlacement.Verdict)] = []
      snapshot.store[Node.self].forEach { _, node in
        verdicts.append((node.metadata.name, placement.verdict(on: node)))
      }
      verdicts.sort { $0.name < $1.name }
      var places: [Place] = []
      places.reserveCapacity(verdicts.count)
      var indices: [String: Int] = [:]  // Looked up, never walked.
      indices.reserveCapacity(verdicts.count)
      for (name, verdict) in verdicts {
        indices[name] = places.count
        places.append(
          Place(
            name: name, exists: true, shouldRun: verdict.shouldRun,
            shouldContinue: verdict.shouldContinue))
      }
      for (key, pod) in owned {
        guard let node = pod.daemonNode, !(pod.isTerminal && pod.isBeingDeleted) else { continue }
        let index = indices[node] ?? places.count
        if index == places.count {
          indices[node] = index
          places.append(Place(name: node, exists: false, shouldRun: false, shouldContinue: false))
        }
        places[index].daemons.append(
          Daemon(
            key: key, pod: pod, isUpdated: set.isUpdated(pod, hash),
            isAvailable: pod.isAvailable(
              minReadySeconds: set.spec.minReadySeconds, at: snapshot.now, snapshot.clock)))
      }
      for index in places.indices where places[index].daemons.count > 1 {
        places[index].daemons.sort { Pod.daemonPrecedes($0.pod, $1.pod) }
      }
      if places.count > verdicts.count { places.sort { $0.name < $1.name } }
      return places
    }

    /// What one node needs, whatever becomes of a rollout.
    private mutating func manage(_ place: Place, _ failures: inout DaemonFailures) {
      guard place.exists else {
        // A pod that was never bound is nobody else's to remove.
        let lost = place.daemons.filter { $0.pod.spec.nodeName.isEmpty }
        deletions += lost.map(\.target)
        return
      }
      if place.daemons.isEmpty {
        if place.shouldRun { creations.append(place.name) }
        return
      }
      let staying = place.daemons.filter { !$0.pod.isBeingDeleted }
      guard place.shouldContinue else {
        deletions += staying.map(\.target)
        return
      }
      let running = staying.filter { !removes($0, on: place, &failures) && !$0.pod.isTerminal }
      if !set.allowsSurge {
        deletions += running.dropFirst().map(\.target)
      } else if running.count > 1 {
        thin(running)
      } else if running.isEmpty, place.shouldRun {
        creations.append(place.name)
      }
    }

    /// Lets a pod go that is over. One that fails again and again stays for a while.
    private mutating func removes(
      _ daemon: Daemon, on place: Place, _ failures: inout DaemonFailures
    ) -> Bool {
      let pod = daemon.pod
      let name = "daemon pod \(pod.metadata.namespace)/\(pod.metadata.name) on node \(place.name)"
      switch pod.status.phase {
      case .failed:
        let generation = set.status.observedGeneration
        if let retry = failures.failed(key, generation, on: place.name, at: now) {
          retries.append(retry)
          return false
        }
        tell(.warning, "FailedDaemonPod", "Found failed \(name), will try to kill it")
      case .succeeded:
        tell(.normal, "SucceededDaemonPod", "Found succeeded \(name), will try to delete it")
      default: return false
      }
      deletions.append(daemon.target)
      return true
    }

    /// Of several pods on a node two may stay while a new one comes up beside the old one.
    private mutating func thin(_ running: [Daemon]) {
      func isNew(_ daemon: Daemon) -> Bool { daemon.pod.revisionName == history.hash }
      let new = running.firstIndex(where: isNew)
      let old = running.firstIndex { !isNew($0) }
      deletions += running.indices.filter { $0 != new && $0 != old }.map { running[$0].target }
      guard let new, let old else { return }
      if !running[old].pod.isReady || running[new].isAvailable {
        deletions.append(running[old].target)
      }
    }

    private mutating func tell(_ type: EventType, _ reason: String, _ message: String) {
      events.append(
        EventDraft(
          type, reason, message, regarding: ObjectReference(to: set),
          component: DaemonSetController.name))
    }
  }
}
