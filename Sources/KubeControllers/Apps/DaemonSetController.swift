// Runs one pod of a DaemonSet on each node that fits.
//
// Follows   pkg/controller/daemon (v1.36)
// Left out  expectations: a snapshot shows the controller's own writes; retries of the status
// Differs   nodes are taken in the order of their names, upstream's in any order

import KubeModel
import KubeReconcile
import SimulationKernel

/// Creates a pod for each node that should have one, removes those that should not be there,
/// replaces pods of old revisions node by node, and reports the numbers.
public struct DaemonSetController: Reconciler {
  public static let name = "daemonset-controller"
  public static let watches: [Watch] = [
    .primary(DaemonSet.self), pods, .claimed(ControllerRevision.self, by: DaemonSet.self), nodes,
  ]

  public var latency: Duration
  private var failures = DaemonFailures()
  private var waits = DaemonWaits()

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let set = snapshot[DaemonSet.self, key] else {  // read
      failures.forget(key)
      waits.forget(key)
      return .nothing
    }
    if set.spec.selector == LabelSelector() { return Self.refusal(of: set) }
    guard !set.isBeingDeleted, let selector = try? Selector(set.spec.selector) else {
      return .nothing
    }
    let pods = snapshot.claim(Pod.self, for: set, by: selector)  // select
    let revisions = snapshot.claim(ControllerRevision.self, for: set, by: selector)
    let history = History(
      of: set, revisions.objects, pods.objects.map { ($0.key, $0.object) }, in: snapshot)
    let sync = Sync(key, set, pods.objects, history, &failures, &waits, in: snapshot)
    return revisions.then {
      pods.then {
        .sequence(history.changes[...]) { error in
          if error != nil { return .retry }
          return history.isTaken ? .retry : sync.plan()  // act, report, wait
        }
      }
    }
  }

  /// With a selector that matches everything nothing is done, and that is said.
  private static func refusal(of set: DaemonSet) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .warning, "SelectingAll",
        "This daemon set is selecting all pods. A non-empty selector is required.",
        regarding: ObjectReference(to: set), component: name))
    return plan
  }

  /// The changes of pods that make a set due: all but those after which a look would see the same.
  private static let pods = Watch.claimed(Pod.self, by: DaemonSet.self) { old, new, _ in
    old.status.phase == new.status.phase && old.isReady == new.isReady
      && old.readyTime == new.readyTime && old.isBeingDeleted == new.isBeingDeleted
      && old.spec.nodeName == new.spec.nodeName && old.metadata.labels == new.metadata.labels
  }

  /// A node that comes, and one whose labels or taints change, concerns the sets that have to do
  /// something about it. That a node goes is seen by its pods.
  private static let nodes = Watch.changes(of: Node.self) { change, snapshot, keys in
    guard let node = change.new else { return }
    if let old = change.old, old.metadata.labels == node.metadata.labels,
      old.spec.taints == node.spec.taints
    {
      return
    }
    let pods = snapshot.store[Pod.self].placed(on: node.metadata.name)
    snapshot.store[DaemonSet.self].forEach { key, set in
      let verdict = DaemonPlacement(set.spec.template).verdict(on: node)
      let hasPod = pods.contains { $0.object.metadata.isControlled(by: set.metadata.uid) }
      let isDue =
        hasPod
        ? !verdict.shouldContinue || set.status.numberMisscheduled > 0 : verdict.shouldRun
      if isDue { keys.append(key) }
    }
  }
}

/// How long the pods of DaemonSets that fail again and again are left lying.
///
/// The delay is a second after the first failure on a node and doubles up to 15 minutes. It is
/// forgotten half an hour after the last one, and with each new generation of the set.
struct DaemonFailures: Sendable {
  private struct Record: Sendable {
    let generation: Int64
    var delay: Duration
    var last: Instant
    var retry: Instant?
  }

  private var records: [ObjectKey: [String: Record]] = [:]  // Looked up, never walked.
  private static let cap = Duration.seconds(900)

  /// Takes note of a failed pod. Returns when to look at it again, or nil when it is to go now.
  mutating func failed(_ set: ObjectKey, _ generation: Int64, on node: String, at now: Instant)
    -> Instant?
  {
    var record = records[set]?[node]
    if let old = record, old.generation != generation || now - old.last > Self.cap * 2 {
      record = nil
    }
    guard var record else {
      records[set, default: [:]][node] = Record(
        generation: generation, delay: .seconds(1), last: now)
      return nil
    }
    if now - record.last < record.delay {
      let retry = record.retry.flatMap { $0 > now ? $0 : nil } ?? now + record.delay
      record.retry = retry
      records[set]?[node] = record
      return retry
    }
    record.delay = min(record.delay * 2, Self.cap)
    record.last = now
    record.retry = nil
    records[set]?[node] = record
    return nil
  }

  mutating func forget(_ set: ObjectKey) { records[set] = nil }
}
