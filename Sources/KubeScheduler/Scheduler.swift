import KubeModel
import KubeReconcile
import SimulationKernel

// Gives pods their nodes, one pod after the other.
//
// Follows   pkg/scheduler (v1.36) with the default profile: schedule_one.go, eventhandlers.go,
//           backend/queue, backend/cache, framework/plugins.
// The same  order of the queue, back-off and its early end, queueing hints of each plugin, sampling
//           of nodes with a moving start, filters, scores, messages, conditions, Events.
// Differs   nodes are looked at one by one where upstream uses 16 threads, so exactly as many are
//           found as are wanted; ties are drawn from a generator that belongs to the scheduler.
// Left out  preemption (only the text of a failed one), inter-pod affinity, dynamic resources,
//           node features, pod groups, extenders, other profiles; reuse of the last
//           cycle's list for equal pods (gate OpportunisticBatching); amounts of a resize that is
//           under way; errors in node affinity that the API server has let through.

/// Gives pods their nodes.
///
/// Its memory (the queue, what stands on each node, what was computed about nodes) is part of the
/// value. A cycle costs a walk over the sampled nodes, 500 of 5,000, and a look at those of them
/// that have changed since a pod of the same shape was tried.
public struct Scheduler: Reconciler {
  public static let name = "default-scheduler"

  public static let watches: [Watch] =
    [
      .changes(of: Pod.self) { change, _, keys in
        if Self.matters(change) { keys.append(change.key) }
      },
      .changes(of: Node.self) { change, _, keys in
        if Self.matters(change) { keys.append(change.key) }
      },
      .changes(of: Service.self) { change, _, keys in
        if change.old?.spec.selector != change.new?.spec.selector { keys.append(change.key) }
      },
    ] + storageWatches

  /// None: `Timing.scheduling` is all the time that a pod takes.
  public var latency: Duration { .zero }

  let profile = Profile.standard
  private let cycleTime: Duration
  var random: SeededRandom
  var cache = ClusterCache()
  var queue = SchedulingQueue()
  var sheets = VerdictSheets()
  /// Where in the order of nodes the next search begins.
  var startPosition = 0
  /// When the cycle that is going on ends.
  private var cycleEnd: Instant?
  /// The names of nodes by their keys, to know which one is gone.
  var nodeNames: [ObjectKey: String] = [:]  // Looked up, never walked.
  /// The nodes that fit the pod that was tried last.
  var fitting = Candidates()

  /// A scheduler that has seen nothing yet; the seed decides which of equally good nodes it takes.
  public init(timing: Timing, seed: UInt64) {
    cycleTime = timing.scheduling
    random = SeededRandom(seed: seed)
  }

  /// Takes in what became of a pod, a node or a Service, or, for `ObjectKey.cluster`, tries a pod.
  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    var plan = Plan()
    if key == .cluster {
      plan = cycle(in: snapshot)
    } else if key.kind == snapshot.store.number(of: Pod.self) {
      if let checked = checkVolumeBinding(key, in: snapshot) {
        plan = checked
      } else {
        observePod(key, in: snapshot)
      }
    } else if key.kind == snapshot.store.number(of: Node.self) {
      observeNode(key, in: snapshot)
    } else if key.kind == snapshot.store.number(of: Service.self) {
      PodTopologySpread.forgetPlans(&cache)
    } else {
      observeStorage(key, in: snapshot)
    }
    plan.wake(.cluster, at: nextCycle(snapshot.now))
    return plan
  }

  /// Tries a pod if there is one and the time has come.
  private mutating func cycle(in snapshot: Snapshot) -> Plan {
    queue.release(now: snapshot.now)
    guard let end = cycleEnd, end <= snapshot.now else { return .nothing }
    cycleEnd = nil
    guard let entry = queue.pop() else { return .nothing }
    return attempt(entry, in: snapshot)
  }

  private mutating func nextCycle(_ now: Instant) -> Instant? {
    guard queue.isReady else {
      cycleEnd = nil
      return queue.nextRelease()
    }
    if cycleEnd == nil { cycleEnd = now + cycleTime }
    return cycleEnd
  }
}
